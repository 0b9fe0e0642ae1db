"""Exact arithmetic for a hundred thousand targets: a question that was asked before has its answer already.

Most targets of a large plan are as far as many others, so that the same few results would be worked out, and
held, again and again. A fraction is slow to hash; its two whole numbers are not.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

_REMEMBERED = 4096


def times(one: Fraction, other: Fraction) -> Fraction:
    """Return `one * other`."""
    return product(*one.as_integer_ratio(), *other.as_integer_ratio())


def divided(value: Fraction, by: Fraction) -> Fraction:
    """Return `value / by`; `by` is not 0."""
    above, below = by.as_integer_ratio()
    return product(*value.as_integer_ratio(), below, above)


def minus(value: Fraction, less: Fraction) -> Fraction:
    """Return `value - less`."""
    return _difference(*value.as_integer_ratio(), *less.as_integer_ratio())


@lru_cache(maxsize=_REMEMBERED)
def product(above: int, below: int, other_above: int, other_below: int) -> Fraction:
    """Return `above/below * other_above/other_below`."""
    return Fraction(above * other_above, below * other_below)


@lru_cache(maxsize=_REMEMBERED)
def _difference(above: int, below: int, less_above: int, less_below: int) -> Fraction:
    return Fraction(above * less_below - less_above * below, below * less_below)
