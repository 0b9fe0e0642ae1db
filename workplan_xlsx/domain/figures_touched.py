"""What a change of the ledger does to figures that were reported already, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.period import Period

Touched = tuple["How", str, Period]
"""What becomes of the figure of a target code in a period."""
_Key = tuple[str, str]


class How(StrEnum):
    """What becomes of a figure."""

    LOST = "lost"  # it counts no longer, or no longer in full
    CARRIED = "carried"  # it counts for another unit now, or in another measure


def touched(before: Iterable[Figure], after: Iterable[Figure]) -> Iterator[Touched]:
    """Yield every figure of one period that the new ledger loses or carries on, save those decided."""
    now = _by_key(after)
    for (code, lead), was in _by_key(before).items():
        if was.source is None or was.override is not None or not _says(was):
            continue
        stands = now.get((code, lead)) or now.get((code, ""))
        how = How.LOST if stands is None or not _says(stands) else _how(was, stands)
        if how is not None:
            yield how, code, was.period


def _how(was: Figure, stands: Figure) -> How | None:
    if stands.override is not None:
        return None
    if _reported(was) != _reported(stands):
        return How.LOST
    return How.CARRIED if (was.unit, was.then) != (stands.unit, stands.then) else None


def _reported(figure: Figure) -> tuple[Decimal | None, str]:
    """What stands in the form, whatever the measure is called now."""
    then = figure.then
    return (figure.value, figure.status) if then is None else (then.value, then.stage)


def _says(figure: Figure) -> bool:
    return figure.value is not None or bool(figure.status)


def _by_key(figures: Iterable[Figure]) -> Mapping[_Key, Figure]:
    return {(each.target.code, each.lead): each for each in figures}
