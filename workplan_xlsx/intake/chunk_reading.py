"""What runs in the worker of an executor, on this machine or another: some files are read for the office.

Each file is still read in an isolated process, a child of that worker: a harmful one neither ends nor hangs
it. The work (the plan) travels to a worker once and is kept there until the office takes it back.
"""

from __future__ import annotations

import multiprocessing
import pickle
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.util import Finalize
from threading import Lock
from typing import Any

from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.isolation import Work, Workers
from workplan_xlsx.intake.program import program

_MOST_WORKS = 4
"""So many offices can share a worker before it forgets the plan of one; that one is asked for it again."""


class CannotRead(StrEnum):
    """Why a worker cannot read a chunk at all."""

    OTHER_PROGRAM = "other_program"
    NO_WORK = "no_work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some files for a worker.

    Attributes:
        program: Of the office; a worker with another one refuses.
        key: Of the work.
        work: Pickled; empty where the worker should have it already.
    """

    program: str
    key: str
    hands: tuple[FileInHand, ...]
    work: bytes = b""


def read_chunk(chunk: Chunk) -> list[Any] | CannotRead:
    """Return the result for each file, in order."""
    if chunk.program != program():
        return CannotRead.OTHER_PROGRAM
    if chunk.work:
        keep_work(chunk.key, chunk.work)
    workers = _desk.take(chunk.key)
    if workers is None:
        return CannotRead.NO_WORK
    try:
        return list(workers.results(chunk.hands))
    finally:
        _desk.give_back(chunk.key, workers)


def keep_work(key: str, work: bytes) -> None:
    """Keep the work for the chunks that will name its key."""
    _desk.keep(key, work)


def forget_work(key: str) -> None:
    """The office is done: end the processes that were kept for it."""
    _desk.forget(key)


class _Desk:
    """The works that this process was given, and the isolated readers of each that are idle now."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._works: dict[str, Work[Any]] = {}
        self._idle: dict[str, list[Workers[Any]]] = {}
        self._ends_with_us: Finalize | None = None

    def keep(self, key: str, work: bytes) -> None:
        with self._lock:
            if key in self._works:
                return
            self._works[key] = pickle.loads(work)
            self._idle[key] = []
            if not self._ends_with_us:
                self._ends_with_us = Finalize(None, self._end_all, exitpriority=1)
            oldest = list(self._works)[:-_MOST_WORKS]
        for each in oldest:
            self.forget(each)

    def take(self, key: str) -> Workers[Any] | None:
        with self._lock:
            if key not in self._works:
                return None
            _may_have_children()
            return self._idle[key].pop() if self._idle[key] else Workers(self._works[key])

    def give_back(self, key: str, workers: Workers[Any]) -> None:
        with self._lock:
            if key in self._idle:
                self._idle[key].append(workers)
                return
        workers.end()

    def _end_all(self) -> None:
        """Before this process waits for its children: readers do not leave when they are told to."""
        for key in list(self._works):
            self.forget(key)

    def forget(self, key: str) -> None:
        with self._lock:
            self._works.pop(key, None)
            idle = self._idle.pop(key, [])
        for each in idle:
            each.end()


def _may_have_children() -> None:
    """Clusters start workers as daemons, which may have no children; ours end when their pipe does."""
    process = multiprocessing.current_process()
    if process.daemon:
        process.daemon = False


_desk = _Desk()
