"""Whoever reads and judges files, seen from the office: it hands some over and asks for results later.

Reading and judging a form is a pure function of its bytes and the plan, so it does not matter who does it:
processes of this machine (here), or the workers of any executor (readers_of_executor.py).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Protocol, TypeVar

from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.isolation import Work, Workers
from workplan_xlsx.intake.one_core import on_one_core
from workplan_xlsx.intake.worker import Limits

Result = TypeVar("Result")
Made = TypeVar("Made", covariant=True)

_SWITCH_SECONDS = 0.0005
"""A process that waits for its next file costs more than the office loses by being interrupted."""

Results = Callable[[], Sequence[Made]]
"""Waits for the results of the files that were begun with, one for each, in their order."""


class Readers(Protocol[Made]):
    """What `collect` needs of whoever reads."""

    @property
    def batches_ahead(self) -> int:
        """How many batches it should have in hand beside the one whose results are asked for."""
        ...

    def begin(self, hands: Sequence[FileInHand]) -> Results[Made]:
        """Begin with the files; no file can make the results fail, whatever it does to its reader."""
        ...


class ReadersHere(Generic[Result]):
    """Isolated processes of this machine.

    With one job nothing runs beside anything else: one core. With more, that many processes read the next
    batch while the office keeps and answers the one before.

    For `files` that surely come they are begun at once, where they can be forked from this process: the store
    should have been let go of before.
    """

    def __init__(
        self, work: Work[Result], *, jobs: int = 1, files: int = 0, limits: Limits | None = None
    ) -> None:
        self._workers = Workers(work, jobs=jobs, limits=limits)
        self._workers.fork(files)  # before the first thread
        self._beside = ThreadPoolExecutor(1, "readers") if jobs > 1 else None
        self._closing = False
        self._switching_every = sys.getswitchinterval()
        if self._beside is not None:
            sys.setswitchinterval(_SWITCH_SECONDS)

    @property
    def batches_ahead(self) -> int:
        """One more batch is in hand where there is somebody to read it meanwhile."""
        return 0 if self._beside is None else 1

    def __enter__(self) -> ReadersHere[Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        if self._beside is not None:
            self._beside.shutdown(cancel_futures=True)
            sys.setswitchinterval(self._switching_every)
        self._workers.end()

    def begin(self, hands: Sequence[FileInHand]) -> Results[Result]:
        """Begin with the files; with one job they are read when they are asked for."""
        if self._beside is None:
            return lambda: self._read(hands)
        return self._beside.submit(self._read, hands).result

    def _read(self, hands: Sequence[FileInHand]) -> list[Result]:
        if self._beside is not None:
            return self._workers.all_results(self._until_closing(hands))
        with on_one_core(self._workers.waiting):
            return self._workers.all_results(self._until_closing(hands))

    def _until_closing(self, hands: Sequence[FileInHand]) -> Iterator[FileInHand]:
        """When the run ends early, what is being read is finished and nothing more is begun."""
        for hand in hands:
            if self._closing:
                return
            yield hand
