"""Foreign files are read in other processes: one that dies or hangs is a verdict for its file only."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class FileInHand:
    """A file's bytes, read once, with the name it had and its hash."""

    name: str
    sha256: str
    data: bytes


Work = Callable[[FileInHand], Result]
_CHUNK = 16


def work_isolated(
    hands: Iterable[FileInHand], work: Work[Result], dead: Work[Result], *, jobs: int
) -> Iterator[Result]:
    """Yield the work's result for each file, in order; `dead` makes it for a file whose worker died."""
    files = list(hands)
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    with _workers(jobs) as workers:
        futures = [workers.submit(_work_chunk, work, chunk) for chunk in chunks]
        results: list[list[Result] | None] = []
        for future in futures:
            try:
                results.append(future.result())
            except BrokenProcessPool:
                results.append(None)
    for chunk, result in zip(chunks, results, strict=True):
        yield from result if result is not None else _one_by_one(chunk, work, dead)


def _workers(jobs: int) -> ProcessPoolExecutor:
    method = "spawn" if os.name == "nt" else "forkserver"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["workplan_xlsx.intake.judging"])
    return ProcessPoolExecutor(max_workers=jobs, mp_context=context)


def _work_chunk(work: Work[Result], chunk: Sequence[FileInHand]) -> list[Result]:
    return [work(hand) for hand in chunk]


def _one_by_one(chunk: Sequence[FileInHand], work: Work[Result], dead: Work[Result]) -> Iterator[Result]:
    for hand in chunk:
        with _workers(1) as worker:
            try:
                yield worker.submit(work, hand).result()
            except BrokenProcessPool:
                yield dead(hand)
