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


def read_once(
    read: Callable[Concatenate[Content, Beside], Read],
) -> Callable[Concatenate[Content, Beside], Read]:
    """Remember what a pure reader said about the last small parts, each with what was asked beside it.

    What it returns must not be changed by anyone.
    """
    remembering = lru_cache(maxsize=_MOST_KEPT)(read)

    @wraps(read)
    def once(content: Content, /, *beside: Beside.args, **named: Beside.kwargs) -> Read:
        if len(content) > _LARGEST_KEPT:
            return read(content, *beside, **named)
        return remembering(content, *beside, **named)  # type: ignore[arg-type] # all that is asked can be hashed

    return once
