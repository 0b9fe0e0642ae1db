"""What a notice plans for each quarter (一季度 5家, 二季度 10家) -> a target's plan, where it is certain."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise

from workplan_xlsx.domain.model import Bound, Nature, PlanCurve
from workplan_xlsx.domain.notice import NoticeTask, Quantity
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.rounding import plain, round_half_up

_QUARTERS = (1, 2, 3, 4)
_NO_CLIMB = (Bound.AT_MOST, Bound.LESS_THAN, Bound.RANGE)
_DECIMALS = 8


def plan_by_quarters(target: Quantity, task: NoticeTask, year: int) -> PlanCurve:
    """Return the nodes that the task's quarters give the target; none where they do not fit it exactly.

    They fit if the task has one target of that unit, each of the four quarters states one amount of it, and
    the last of them, or their sum, is the year's.
    """
    value, amounts = target.value, _amounts(target, task)
    if not value or len(amounts) != len(_QUARTERS) or target.op in _NO_CLIMB:
        return PlanCurve()
    sums = amounts[-1] != value
    reached = tuple(accumulate(amounts)) if sums else amounts
    if target.nature is Nature.CUMULATIVE and len(set(amounts)) == 1 and not sums:
        return PlanCurve()  # 5家 in every quarter and in the year: to date or not, it fits no count
    if reached[-1] != value or (sums and target.nature is not Nature.CUMULATIVE):
        return PlanCurve()
    if any(later < earlier for earlier, later in pairwise(reached)):
        return PlanCurve()
    periods = Period.all_of(year, Rhythm.QUARTERLY)
    return PlanCurve(nodes=tuple(zip(periods, (_percent(each, value) for each in reached), strict=True)))


def _percent(amount: Decimal, value: Decimal) -> Decimal:
    return Decimal(plain(round_half_up(Fraction(amount) * 100 / Fraction(value), _DECIMALS)))


def _amounts(target: Quantity, task: NoticeTask) -> tuple[Decimal, ...]:
    """The amounts of the quarters in order; () where one is missing, or two could be meant."""
    alike = [each for each in task.targets if each.is_measured_target and each.unit == target.unit]
    told = dict(task.quarters)
    if len(alike) != 1 or sorted(told) != list(_QUARTERS) or len(told) != len(task.quarters):
        return ()
    found: list[Decimal] = []
    for quarter in _QUARTERS:
        same = [each.value for each in told[quarter] if each.unit == target.unit]
        if len(same) != 1 or same[0] is None:
            return ()
        found.append(same[0])
    return tuple(found)
