"""Any executor as readers: chunks of bytes go out, results come back, and a lost worker changes nothing."""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from types import TracebackType
from typing import Generic, TypeVar

from workplan_xlsx.intake.chunk_reading import CannotRead, Chunk, forget_work, keep_work, read_chunk
from workplan_xlsx.intake.cluster import Cluster
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.isolation import Work
from workplan_xlsx.intake.program import program
from workplan_xlsx.intake.readers import ReadersHere, Results

Result = TypeVar("Result")
_MOST_FILES, _MOST_BYTES = 10, 2**20
_LOOK_SECONDS = 5.0
_log = logging.getLogger(__name__)


class ReadersOfExecutor(Generic[Result]):
    """The workers of an executor, which stays its owner's.

    A chunk whose worker is lost goes out again, then its files one by one; a file that is lost each time is
    read here, in a process that may die over it: only there can its own fault be told from the network's.
    Processes of a pool must not be forked from one that reads itself (use the context spawn or forkserver).
    """

    def __init__(self, executor: Executor, work: Work[Result]) -> None:
        self._executor = executor
        self._work = work
        self._pickled = pickle.dumps(work)
        self._key = hashlib.sha256(self._pickled).hexdigest()
        self._here = ReadersHere(work)
        self._gone = False
        self.read_here = 0

    @property
    def batches_ahead(self) -> int:
        """Enough for a few dozen workers."""
        return 8

    def __enter__(self) -> ReadersOfExecutor[Result]:
        """A cluster gets the work now, once for each worker; other executors with the first chunks."""
        if isinstance(self._executor, Cluster):
            self._executor.everywhere(keep_work, self._key, self._pickled)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._here.__exit__(kind, error, trace)
        if isinstance(self._executor, Cluster):
            with suppress(Exception):  # a worker that is gone has forgotten it
                self._executor.everywhere(forget_work, self._key)

    def begin(self, hands: Sequence[FileInHand]) -> Results[Result]:
        """Send the files out in chunks."""
        sent = [(chunk, self._ask(chunk)) for chunk in _chunks(hands)]
        return lambda: [each for chunk, future in sent for each in self._results(chunk, future)]

    def _results(self, chunk: Sequence[FileInHand], future: Future[object] | None) -> list[Result]:
        told = self._told(chunk, future) or self._told(chunk, self._ask(chunk, with_work=True))
        if told is not None:
            return told
        return [each for hand in chunk for each in self._alone(hand)]

    def _alone(self, hand: FileInHand) -> Sequence[Result]:
        told = self._told([hand], self._ask([hand], with_work=True))
        if told is not None:
            return told
        self.read_here += 1
        return self._here.begin([hand])()

    def _ask(self, hands: Sequence[FileInHand], *, with_work: bool = False) -> Future[object] | None:
        work = self._pickled if with_work else b""
        chunk = Chunk(program=program(), key=self._key, hands=tuple(hands), work=work)
        if self._gone:
            return None
        try:
            return self._executor.submit(read_chunk, chunk)
        except Exception as error:  # noqa: BLE001 - each executor has its own; the files are read here
            _log.info("the executor takes no more: %s", error)
            return None

    def _told(self, hands: Sequence[FileInHand], future: Future[object] | None) -> list[Result] | None:
        """The results, one for each file; None where they were lost or the worker could not read."""
        if future is None:
            return None
        try:
            told = self._wait(future)
        except Exception as error:  # noqa: BLE001 - whatever became of the worker, its files are read again
            _log.info("%d files were lost with their worker: %s", len(hands), error)
            return None
        if isinstance(told, CannotRead) or not isinstance(told, list) or len(told) != len(hands):
            return None
        fit = all(self._work.fits(each, hand) for each, hand in zip(told, hands, strict=True))
        return told if fit else None

    def _wait(self, future: Future[object]) -> object:
        """As long as it takes; but nobody waits for a cluster that has no worker left."""
        while True:
            try:
                return future.result(timeout=_LOOK_SECONDS)
            except TimeoutError:
                if future.done():
                    raise
                if isinstance(self._executor, Cluster) and not self._executor.in_reach():
                    self._gone = True
                    future.cancel()
                    raise


def _chunks(hands: Sequence[FileInHand]) -> Iterator[list[FileInHand]]:
    chunk: list[FileInHand] = []
    size = 0
    for hand in hands:
        if chunk and (len(chunk) == _MOST_FILES or size + len(hand.data) > _MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(hand)
        size += len(hand.data)
    if chunk:
        yield chunk
