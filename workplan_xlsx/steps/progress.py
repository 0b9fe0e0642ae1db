"""How far a long step has come; the door decides whether anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

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
