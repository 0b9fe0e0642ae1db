"""The worker's side of isolation: limits on itself, then one file at a time until nobody asks any more.

A worker may not keep the machine's memory, run for ever, write a file, print, or answer more than it is
allowed to. On Windows there are no such limits on a process from within; there only the office's clock holds.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from workplan_xlsx import cycles
from workplan_xlsx.intake.in_hand import FileInHand, taken_over
from workplan_xlsx.intake.stopping import leave_stopping_to_the_office

MEBIBYTE = 2**20
MOST_TRACE_CHARACTERS = 4_000
_MOST_FILES, _HIGHEST_FILE = 64, 1024  # the highest where the system does not tell


class Failure(StrEnum):
    """Why there is no result for a file; the value is the entry of reading.toml that says so."""

    DIED = "worker_died"
    KILLED = "worker_killed"
    TIME = "worker_time"
    MEMORY = "worker_memory"
    NONSENSE = "worker_nonsense"
    ERROR = "worker_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost. Far above every honest file that was measured (8.8 s and 0.9 GiB at worst).

    Attributes:
        seconds: By the clock, from the file's handing over to its answer.
        memory_bytes: Of address space, beside what the worker holds before its first file: the plan of a
            country is larger than any file may be.
        answer_bytes: Of the answer on its way back.
        retires_at_bytes: A worker that once needed so much for its files is replaced: allocators give
            little back.
    """

    seconds: float = 30
    memory_bytes: int = 1024 * MEBIBYTE
    answer_bytes: int = 16 * MEBIBYTE
    retires_at_bytes: int = 256 * MEBIBYTE


_MADE, _MADE_LAST, _FAILED = b"made", b"last", b"fail"
_WORD_BYTES = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends back for a file.

    Attributes:
        result: What the work returned, pickled; empty where it failed.
        trace: For the log, where an unexpected error came up.
        retires: The worker leaves after this answer; after a failure it always does.
    """

    result: bytes
    failure: Failure | None = None
    trace: str = ""
    retires: bool = False

    def as_sent(self) -> bytes:
        """As it travels: a word that says what follows it."""
        if self.failure is None:
            return (_MADE_LAST if self.retires else _MADE) + self.result
        return _FAILED + f"{self.failure.value}\n{self.trace}".encode("utf-8", "backslashreplace")

    @classmethod
    def of(cls, sent: bytes) -> Answer:
        """Read it again.

        Raises:
            ValueError: It is no answer.
        """
        word, rest = sent[:_WORD_BYTES], sent[_WORD_BYTES:]
        if word in (_MADE, _MADE_LAST):
            return cls(rest, retires=word == _MADE_LAST)
        if word != _FAILED:
            raise ValueError("no answer of a worker")
        failure, _, trace = rest.decode("utf-8").partition("\n")
        return cls(b"", Failure(failure), trace, retires=True)


def serve(asked: Connection, limits: Limits, work: Callable[[Any], object] | None = None) -> None:
    """Do the work for one file after the other until the other end closes.

    Where this process has not inherited the work it comes first, pickled.
    """
    leave_stopping_to_the_office()
    try:
        work = work or cast("Callable[[Any], object]", pickle.loads(asked.recv_bytes()))
    except (EOFError, OSError):
        return
    limit_oneself(limits, asked.fileno())
    cycles.look_seldom()
    cycles.leave_alone()
    retires_at = _highest_memory_bytes() + limits.retires_at_bytes
    while True:
        try:
            hand = taken_over(asked)
        except (EOFError, OSError):
            return
        with _own_clock(limits.seconds):
            answer = _answer(hand, work, limits, retires_at)
            asked.send_bytes(answer.as_sent())
        if answer.retires:
            return


def _answer(hand: FileInHand, work: Callable[[Any], object], limits: Limits, retires_at: int) -> Answer:
    """The work's result; whatever it raises, panics of foreign readers included, is a failure."""
    try:
        result = pickle.dumps(work(hand))
    except MemoryError:
        return Answer(b"", Failure.MEMORY, retires=True)
    except BaseException:  # noqa: BLE001 - panics of calamine are no Exception; all is logged by the office
        return Answer(b"", Failure.ERROR, traceback.format_exc()[-MOST_TRACE_CHARACTERS:], retires=True)
    if len(result) > limits.answer_bytes:
        return Answer(b"", Failure.NONSENSE, retires=True)
    return Answer(result, retires=_highest_memory_bytes() > retires_at)


def limit_oneself(limits: Limits, pipe: int) -> None:
    """Give up all that reading a file does not need, every other open file included; not on Windows."""
    if os.name == "nt":
        return
    import resource

    _give_up_files(but=pipe)
    os.setsid()  # Ctrl+C is the office's to handle; and the whole group can be killed
    os.chdir("/")
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _set_limit(resource.RLIMIT_AS, _address_space_bytes() + limits.memory_bytes)
    _set_limit(resource.RLIMIT_FSIZE, 0)
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_NOFILE, _MOST_FILES)


def _give_up_files(*, but: int) -> None:
    """The office's lock first of all: it must not be held by us when the office is killed."""
    try:
        highest = max(int(each.name) for each in Path("/proc/self/fd").iterdir())
    except OSError:
        highest = _HIGHEST_FILE
    os.closerange(3, but)
    os.closerange(but + 1, highest + 1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # foreign readers print their panics, with paths of the machine
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _set_limit(which: int, value: int) -> None:
    import resource

    _, highest = resource.getrlimit(which)
    allowed = value if highest == resource.RLIM_INFINITY else min(value, highest)
    resource.setrlimit(which, (allowed, allowed))


@contextlib.contextmanager
def _own_clock(seconds: float) -> Iterator[None]:
    """The kernel ends the worker when time is up, even if nobody is left to do so."""
    if os.name == "nt":
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


def _address_space_bytes() -> int:
    """What is taken now; 0 where the system does not tell (macOS, which keeps no such limit either)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _highest_memory_bytes() -> int:
    if os.name == "nt":
        return 0
    import resource
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
