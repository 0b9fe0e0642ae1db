"""The one place that rounds: half up, to the decimals asked for."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import isfinite


def round_half_up(exact: Fraction | Decimal, decimals: int) -> Decimal:
    """Return the exact number rounded half up (away from zero) to that many decimals."""
    return Decimal(f"{whole_half_up(exact, decimals)}E-{decimals}")


def whole_half_up(exact: Fraction | Decimal, decimals: int) -> int:
    """Return the same rounded number as a whole number of its last decimal: 12.34 as 1234."""
    numerator, denominator = exact.as_integer_ratio()
    doubled = 2 * abs(numerator) * 10**decimals
    whole: int = (doubled + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole


def shown_of_double(number: float) -> Decimal:
    """Return what a spreadsheet shows of a stored double: fifteen digits at most, without needless zeros.

    What was typed comes back as typed; 0.1+0.2, worked out by a formula, is 0.3 to whoever looks at it and
    not 0.30000000000000004.
    """
    told = repr(number)
    if len(told) > _DIGITS_OF_A_CELL and isfinite(number):
        told = format(number, f".{_DIGITS_OF_A_CELL}g")
    return Decimal(plain(Decimal(told))) if number else Decimal(0)


_DIGITS_OF_A_CELL = 15


def plain(value: Decimal) -> str:
    """Return the decimal without exponent and without needless zeros: 3550, 0.38, 98.92."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def share_text(share: Decimal) -> str:
    """Return a share as percent without needless zeros: 0.7 is "70%"."""
    return f"{plain(share * 100)}%"


def exact_text(value: Fraction | None) -> str | None:
    """Return an exact text: a finite decimal where there is one ("97.5"), else a fraction ("8900/91")."""
    return None if value is None else _exact_text(*value.as_integer_ratio())


@lru_cache(maxsize=4096)
def _exact_text(numerator: int, denominator: int) -> str:
    """A large plan has few different figures; they are told again and again."""
    rest = denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{numerator}/{denominator}"
    with localcontext() as context:
        context.prec = 200
        return plain(Decimal(numerator) / Decimal(denominator))
