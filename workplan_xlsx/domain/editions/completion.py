"""完成率: how much of the year's target is reached (default_rules, "Completion"); exact, nothing rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from workplan_xlsx.domain import exact
from workplan_xlsx.domain.model import Bound, Nature, Stage, Target

STAGE_PCT = {
    Stage.NOT_STARTED: 0,
    Stage.STARTED: 25,
    Stage.UNDER_WAY: 50,
    Stage.NEARLY_DONE: 80,
    Stage.DONE: 100,
}
CEILINGS = (Bound.AT_MOST, Bound.LESS_THAN)
_ABOUT_IS_ENOUGH = Fraction(95, 100)
_FULL = Fraction(100)


def completion_pct(target: Target, value: Decimal | None, stage: str) -> Fraction | None:
    """Return 完成率 in percent of the year's target, exact, without cap; None if it cannot be worked out.

    None: nothing was reported, or `unfit` says why the target cannot be measured.
    """
    if target.is_stage:
        return Fraction(STAGE_PCT[Stage(stage)]) if stage else None
    if value is None or target.value is None or unfit(target):
        return None
    if target.nature is Nature.CLEAR:
        baseline = Fraction(target.baseline or 0)
        return _FULL * (baseline - Fraction(value)) / baseline
    if target.bound in CEILINGS:
        return _FULL if value <= target.value else _percent(target.value, value)
    if target.bound is Bound.ABOUT and Fraction(value) >= _ABOUT_IS_ENOUGH * Fraction(target.value):
        return _FULL
    return _percent(value, target.value)


def _percent(part: Decimal, whole: Decimal) -> Fraction:
    above, below = part.as_integer_ratio()
    whole_above, whole_below = whole.as_integer_ratio()
    return exact.product(100 * above, below, whole_below, whole_above)


def unfit(target: Target) -> str:
    """Return why completion cannot be worked out, as key of words/edition.toml; "" if it can."""
    if target.is_stage:
        return ""
    if target.value is None:
        return "undecided_not_set"
    if target.nature is Nature.CLEAR:
        return "" if target.baseline and target.baseline > 0 else "undecided_no_baseline"
    if target.bound is Bound.RANGE and target.value_max is not None and target.value_max < target.value:
        return "undecided_range_turned"
    if target.value < 0:
        return "undecided_negative"
    return "undecided_zero" if target.value == 0 and target.bound not in CEILINGS else ""


def is_fulfilled(target: Target, completion: Fraction, value: Decimal | None) -> bool:
    """Whether the year's target is met; 突破/超过 only by more than the figure, 少于 only by less."""
    if completion < _FULL:
        return False
    if value is not None and target.value is not None:
        if target.bound is Bound.MORE_THAN:
            return value > target.value
        if target.bound is Bound.LESS_THAN:
            return value < target.value
    return True


def value_for(target: Target, completion: Fraction) -> Fraction | None:
    """Return the figure that brings this completion, in the target's unit, exact; None where none is told."""
    if target.is_stage or target.value is None or unfit(target) or target.bound in CEILINGS:
        return None
    if target.nature is Nature.CLEAR:
        baseline = Fraction(target.baseline or 0)
        return baseline - baseline * completion / _FULL
    return Fraction(target.value) * completion / _FULL
