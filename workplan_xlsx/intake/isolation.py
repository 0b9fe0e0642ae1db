"""Foreign files are read in other processes: one that dies or hangs is a verdict for its file only."""

from __future__ import annotations

import logging
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from workplan_xlsx.errors import ReadersError
from workplan_xlsx.intake import starting
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.our_values import values_in
from workplan_xlsx.intake.worker import Failure, Limits
from workplan_xlsx.intake.worker_process import Task, WorkerProcess, that_answered
from workplan_xlsx.words import Lang, say

Result = TypeVar("Result")
Made = TypeVar("Made", covariant=True)
_log = logging.getLogger(__name__)


class Work(Protocol[Made]):
    """What is done with each file in a worker; it travels there once, when the worker starts."""

    @property
    def lang(self) -> Lang:
        """The office's language."""
        ...

    def __call__(self, hand: FileInHand) -> Made:
        """Return the result for one file."""
        ...

    def failed(self, hand: FileInHand, failure: Failure) -> Made:
        """Return the result for a file that no worker could answer for; made here, not in a worker."""
        ...

    def fits(self, result: object, hand: FileInHand) -> bool:
        """Tell whether what a worker answered is a result for this file at all."""
        ...


class Workers(Generic[Result]):
    """A few worker processes that read many files, one at a time each; they start when first needed.

    A worker that dies is replaced. If it had read other files before, its file gets a second chance in a
    fresh one: what earlier files left behind in the memory is not its fault. A file that used up its time
    gets none: it has delayed the others once already. One whose worker somebody killed gets two more.
    """

    def __init__(self, work: Work[Result], *, jobs: int = 1, limits: Limits | None = None) -> None:
        self._work = work
        self._pickled = b""
        self._started = 0
        self._limits = limits or Limits()
        self._jobs = max(1, jobs)
        self._idle: list[WorkerProcess] = []
        self._busy: dict[Connection, WorkerProcess] = {}

    def __enter__(self) -> Workers[Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def fork(self, count: int) -> None:
        """Fork so many now, if nothing else runs in this process: they have the work, and its modules."""
        for _ in range(min(count, self._jobs) if starting.alone() else 0):
            self._idle.append(self._begun(lambda theirs: starting.forked(theirs, self._limits, self._work)))

    @property
    def waiting(self) -> list[int]:
        """The processes that wait for a file."""
        return [worker.process_id for worker in self._idle]

    def end(self) -> None:
        """Kill all of them, whatever they are doing."""
        for worker in (*self._idle, *self._busy.values()):
            worker.end()
        self._idle.clear()
        self._busy.clear()

    def results(self, hands: Iterable[FileInHand]) -> Iterator[Result]:
        """Yield the result for each file, in order; no more files are drawn than workers are free."""
        return (self._made(*each) for each in self._answered(hands))

    def all_results(self, hands: Iterable[FileInHand]) -> list[Result]:
        """The same when all have been read: one after the other they are unpacked in half the time."""
        answered: list[Any] = list(self._answered(hands))
        for place, each in enumerate(answered):
            answered[place] = self._made(*each)
        return answered

    def _answered(self, hands: Iterable[FileInHand]) -> Iterator[tuple[FileInHand, bytes | Failure]]:
        """Yield each file with its pickled result, or why there is none, in order."""
        coming = enumerate(hands)
        again: deque[Task] = deque()
        done: dict[int, tuple[FileInHand, bytes | Failure]] = {}
        following = 0
        while True:
            self._hand_out(coming, again)
            if not self._busy:
                return
            for task, outcome in self._answers():
                if isinstance(outcome, Failure) and self._deserves_another(task, outcome):
                    killed = task.killed + (outcome is Failure.KILLED)
                    again.append(Task(task.number, task.hand, alone=True, killed=killed))
                else:
                    done[task.number] = task.hand, outcome
            while following in done:
                yield done.pop(following)
                following += 1

    def _deserves_another(self, task: Task, failure: Failure) -> bool:
        if failure is Failure.KILLED:
            return task.killed < _TRIES_AFTER_A_KILL
        return not task.alone and failure in (Failure.DIED, Failure.MEMORY)

    def _hand_out(self, coming: Iterator[tuple[int, FileInHand]], again: deque[Task]) -> None:
        while len(self._busy) < self._jobs:
            if again:
                task = again.popleft()
            else:
                number, hand = next(coming, (0, None))
                if hand is None:
                    return
                task = Task(number, hand)
            worker = self._worker(fresh=task.alone)
            task.alone = worker.files_read == 0
            self._busy[worker.ours] = worker
            worker.take(task, self._limits.seconds)

    def _worker(self, *, fresh: bool) -> WorkerProcess:
        if self._idle and not fresh:
            return self._idle.pop()
        pickled = self._pickled or pickle.dumps(self._work)
        self._started += 1
        self._pickled = pickled if self._started < self._jobs else b""  # a plan may be large
        worker = self._begun(lambda theirs: starting.from_server(theirs, self._limits))
        worker.send(pickled)
        return worker

    def _begun(self, start: Callable[[Connection], Any]) -> WorkerProcess:
        """A worker that runs.

        Raises:
            ReadersError: None can be started on this machine now; no file is to blame for that.
        """
        try:
            return WorkerProcess(start)
        except (EOFError, OSError) as error:
            self.end()  # those that run would never leave by themselves; and what says so is read from a file
            lang = self._work.lang
            why = getattr(error, "strerror", None) or str(error)
            if isinstance(error, EOFError | ConnectionError):
                why = say("intake.ended_at_once", lang)
            raise ReadersError(say("intake.no_readers", lang, why=why)) from error

    def _answers(self) -> Iterator[tuple[Task, bytes | Failure]]:
        """Wait for the next answers, or for the moment at which a worker's time is up."""
        now = time.monotonic()
        until = min(worker.ends_at for worker in self._busy.values())
        for ours in that_answered(self._busy, max(0.0, until - now)):
            worker = self._busy.pop(ours)
            yield worker.task, self._outcome(worker)
        now = time.monotonic()
        for ours, worker in list(self._busy.items()):
            if worker.ends_at <= now:
                del self._busy[ours]
                worker.end()
                yield worker.task, Failure.TIME

    def _outcome(self, worker: WorkerProcess) -> bytes | Failure:
        answer = worker.answer(self._limits)
        if isinstance(answer, Failure):
            worker.end()
            return answer
        if answer.retires or answer.failure is not None:
            worker.end()
        elif len(self._idle) < self._jobs:
            self._idle.append(worker)
        else:
            worker.end()
        if answer.failure is not None:
            if answer.trace:
                _log.error("%s: %s", worker.task.hand.name, answer.trace)
            return answer.failure
        return answer.result

    def _made(self, hand: FileInHand, outcome: bytes | Failure) -> Result:
        if isinstance(outcome, Failure):
            return self._work.failed(hand, outcome)
        try:
            result: Result = values_in(outcome)
        except Exception as error:  # noqa: BLE001 - whatever nonsense raises, it is nonsense; or a mistake of ours
            why = f"{type(error).__name__}: {error}"[:200]
            _log.error("%s: what its reader answered is none of our values (%s)", hand.name, why)
            return self._work.failed(hand, Failure.NONSENSE)
        return result if self._work.fits(result, hand) else self._work.failed(hand, Failure.NONSENSE)


_TRIES_AFTER_A_KILL = 2
"""No file can send SIGKILL: a person did, or the system for want of memory. Honest forms outlive that."""
