"""How far a long step has come; the door decides whether anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from workplan_xlsx.domain.watching import Over, Watch

Progress = Callable[[str, int, int], None]
"""Called with (what, done, of) whenever one more is done; `what` is a word of the catalogue."""

Item = TypeVar("Item")


def silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""


def counted(items: Iterable[Item], what: str, of: int, progress: Progress) -> Iterator[Item]:
    """Yield the items, telling after each one how many are done."""
    progress(what, 0, of)
    for done, item in enumerate(items, start=1):
        yield item
        progress(what, done, of)


def watching(what: str, progress: Progress) -> Watch:
    """Return what counts so many items for the progress, in however many parts they come."""
    return partial(_over, what, progress)


def _over(what: str, progress: Progress, of: int) -> Over:
    progress(what, 0, of)
    return _Tally(what, of, progress).over


class _Tally:
    """How many are done; told at most some hundred times, since a row is sooner written than told of."""

    _TIMES_TOLD = 200

    def __init__(self, what: str, of: int, progress: Progress) -> None:
        self._what, self._of, self._progress = what, of, progress
        self._step = max(1, of // self._TIMES_TOLD)
        self._done = 0

    def over(self, items: Iterable[Item], /) -> Iterator[Item]:
        for item in items:
            yield item
            self._done += 1
            if self._done % self._step == 0 or self._done == self._of:
                self._progress(self._what, self._done, self._of)
