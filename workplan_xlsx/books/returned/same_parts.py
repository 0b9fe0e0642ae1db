"""Parts that all forms of a period share, byte for byte: read once by each worker, not once a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

Read = TypeVar("Read")
Beside = ParamSpec("Beside")
Content = TypeVar("Content", bytes, str)
_MOST_KEPT = 64
_LARGEST_KEPT = 16 * 1024
"""Bytes or characters. Parts of our own forms have less; what a hostile file brings is not kept."""


def read_once_up_to(
    largest: int,
) -> Callable[[Callable[Concatenate[Content, Beside], Read]], Callable[Concatenate[Content, Beside], Read]]:
    """The same for parts of up to so many bytes or characters."""

    def made(
        read: Callable[Concatenate[Content, Beside], Read],
    ) -> Callable[Concatenate[Content, Beside], Read]:
        remembering = lru_cache(maxsize=_MOST_KEPT)(read)

        @wraps(read)
        def once(content: Content, /, *beside: Beside.args, **named: Beside.kwargs) -> Read:
            if len(content) > largest:
                return read(content, *beside, **named)
            return remembering(content, *beside, **named)  # type: ignore[arg-type] # all of it can be hashed

        return once

    return made


def read_once(
    read: Callable[Concatenate[Content, Beside], Read],
) -> Callable[Concatenate[Content, Beside], Read]:
    """Remember what a pure reader said about the last small parts, each with what was asked beside it.

    What it returns must not be changed by anyone.
    """
    return read_once_up_to(_LARGEST_KEPT)(read)
