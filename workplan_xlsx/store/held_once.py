"""Texts and numbers that stand in a plan or a period again and again are held once: names, measures."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

_REMEMBERED = 4096
_LONGEST = 64
"""A longer text (an account, a whole ledger) hardly stands there twice."""


def text(told: str) -> str:
    """The text, as the one that was met before where there was one."""
    return _short(told) if len(told) <= _LONGEST else told


@lru_cache(maxsize=_REMEMBERED)
def _short(told: str) -> str:
    return told


@lru_cache(maxsize=_REMEMBERED)
def number(told: str) -> Decimal:
    """The number that the text tells, digit for digit; the one that was met before where there was one."""
    return Decimal(told)
