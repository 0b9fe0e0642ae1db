"""Parts that all forms of a period share, byte for byte: parsed once by each worker, not once a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Parsed = TypeVar("Parsed")
_MOST_KEPT = 64
_LARGEST_KEPT_BYTES = 64 * 1024
"""Parts of our own forms have a tenth of that; what a hostile file brings is not kept."""


def parsed_once(parse: Callable[[bytes, str], Parsed]) -> Callable[[bytes, str], Parsed]:
    """Remember what a pure parser said about the last small parts, each with its name.

    What it returns must not be changed by anyone.
    """
    remembering = lru_cache(maxsize=_MOST_KEPT)(parse)

    @wraps(parse)
    def parsed(content: bytes, part: str) -> Parsed:
        return (remembering if len(content) <= _LARGEST_KEPT_BYTES else parse)(content, part)

    return parsed
