"""The one place that rounds: half up, to the decimals asked for."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction


def round_half_up(exact: Fraction | Decimal, decimals: int) -> Decimal:
    """Return the exact number rounded half up (away from zero) to that many decimals."""
    fraction = Fraction(exact) * 10**decimals
    doubled = abs(fraction) * 2
    whole = (doubled.numerator // doubled.denominator + 1) // 2
    with localcontext() as context:
        context.prec = 60
        return (Decimal(whole if fraction >= 0 else -whole).scaleb(-decimals)).quantize(
            Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP
        )


def plain(value: Decimal) -> str:
    """Return the decimal without exponent and without needless zeros: 3550, 0.38, 98.92."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def share_text(share: Decimal) -> str:
    """Return a share as percent without needless zeros: 0.7 is "70%"."""
    return f"{plain(share * 100)}%"


def exact_text(value: Fraction | None) -> str | None:
    """Return an exact text: a finite decimal where there is one ("97.5"), else a fraction ("8900/91")."""
    if value is None:
        return None
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    with localcontext() as context:
        context.prec = 200
        return plain(Decimal(value.numerator) / Decimal(value.denominator))
