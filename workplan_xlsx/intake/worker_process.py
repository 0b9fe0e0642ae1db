"""One worker's process, seen from the office: a file goes to it, and an answer or how it ended comes back."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import select
import signal
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, cast

from workplan_xlsx.intake import starting
from workplan_xlsx.intake.in_hand import FileInHand, hand_over
from workplan_xlsx.intake.worker import Answer, Failure, Limits

_ROOM_FOR_THE_FRAME = 65_536
_START_SECONDS, _A_MOMENT = 30.0, 0.5
"""What starting may take on a busy machine, beside the time for the file."""
_ALARM, _KILL = (int(getattr(signal, name, 0)) for name in ("SIGALRM", "SIGKILL"))


@dataclass(slots=True)
class Task:
    """A file on its way.

    Attributes:
        alone: It has been handed to a worker that had read nothing before it.
        killed: How many workers were killed over it by somebody else.
    """

    number: int
    hand: FileInHand
    alone: bool = False
    killed: int = 0


class WorkerProcess:
    """A worker process; it runs from the moment this is made until `end`."""

    def __init__(self, start: Callable[[Connection], Any]) -> None:
        self.ours, theirs = multiprocessing.Pipe()
        self._process = start(theirs)
        theirs.close()
        self.files_read = 0
        self.ends_at = 0.0
        self.task: Task

    def take(self, task: Task, seconds: float) -> None:
        """Hand over a file; a worker that is already gone shows when its answer is asked for."""
        self.task = task
        self.ends_at = time.monotonic() + seconds + (_START_SECONDS if self.files_read == 0 else 0)
        self.files_read += 1
        with _gone_shows_later():
            hand_over(task.hand, self.ours)

    @property
    def process_id(self) -> int:
        """The system's number for it."""
        return int(self._process.pid)

    def send(self, what: bytes) -> None:
        """Send its work to a worker that has not inherited it."""
        with _gone_shows_later():
            self.ours.send_bytes(what)

    def answer(self, limits: Limits) -> Answer | Failure:
        """What it sent; a failure where it is gone or sent nonsense."""
        try:
            sent = self.ours.recv_bytes(limits.answer_bytes + _ROOM_FOR_THE_FRAME)
        except (EOFError, ConnectionError):
            return self._how_it_ended(_START_SECONDS)
        except OSError:  # an answer that is too long, or breaks off
            return Failure.KILLED if self._how_it_ended(_A_MOMENT) is Failure.KILLED else Failure.NONSENSE
        try:
            return Answer.of(sent)
        except ValueError:
            return Failure.NONSENSE

    def _how_it_ended(self, patience_seconds: float) -> Failure:
        self._process.join(patience_seconds)
        code = self._process.exitcode
        if code in (-_KILL, starting.SERVER_GONE):
            return Failure.KILLED
        return Failure.TIME if code == -_ALARM else Failure.DIED

    def end(self) -> None:
        """Kill it with all that it may have started, and wait until it is gone."""
        self.ours.close()
        if os.name != "nt" and self._process.pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()


def _gone_shows_later() -> contextlib.AbstractContextManager[None]:
    """A worker that is gone shows when its answer is asked for."""
    return contextlib.suppress(ConnectionError)


def that_answered(connections: Collection[Connection], seconds: float) -> Sequence[Connection]:
    """Those that can be read, or have come to their end, within the seconds."""
    if os.name == "nt":
        return cast("list[Connection]", wait(connections, seconds))
    look = select.poll()  # what `wait` does, for a third: it is asked once a file
    by_number = {each.fileno(): each for each in connections}
    for number in by_number:
        look.register(number, select.POLLIN)
    return [by_number[number] for number, _ in look.poll(seconds * 1000)]
