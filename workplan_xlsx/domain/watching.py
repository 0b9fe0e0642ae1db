"""Long work on many items, which somebody may want to watch; the work itself does not know who does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Over(Protocol):
    """Yields the items one after the other and notes how many were taken."""

    def __call__(self, items: Iterable[Item], /) -> Iterable[Item]:
        """Yield them."""


class Watch(Protocol):
    """Is told how many items there will be in all; what it returns is then laid over each part of them."""

    def __call__(self, of: int, /) -> Over:
        """Begin to watch."""


def as_they_come(items: Iterable[Item], /) -> Iterable[Item]:
    """The items, unwatched."""
    return items


def unwatched(of: int, /) -> Over:  # noqa: ARG001
    """Nobody watches."""
    return as_they_come
