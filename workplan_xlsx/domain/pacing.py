"""序时进度: how much of the year's target is expected by the end of a period (default_rules, "Expected")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from workplan_xlsx.domain.model import Bound, Ledger, Nature, PlanCurve, Target, Task
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.rounding import plain, round_half_up

_ALL = Fraction(100)
_NOTHING = Fraction(0)
_CEILINGS = (Bound.AT_MOST, Bound.LESS_THAN)
BY_QUARTER = (Decimal(20), Decimal(50), Decimal(75), Decimal(100))
"""A usual curve for investment: 20 % by the first quarter, 50 by the second, 75 by the third."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The plan curve of targets that have no plan of their own.

    Attributes:
        quarters: Percent of the year's target due at the end of each quarter (a period inside a quarter has
            the last quarter's); empty: the straight line.
    """

    quarters: tuple[Decimal, ...] = ()

    def nodes(self, year: int) -> tuple[tuple[Period, Decimal], ...]:
        """The curve as plan nodes of the year."""
        periods = Period.all_of(year, Rhythm.QUARTERLY)
        return tuple(zip(periods, self.quarters, strict=True)) if self.quarters else ()


def paced(ledger: Ledger, curve: Curve) -> Ledger:
    """Return the ledger with the curve as plan of every target that has none of its own.

    A plan of its own: nodes, a start, a single period in which all is due, or to be held throughout.
    """
    nodes = curve.nodes(ledger.head.year)
    if not nodes:
        return ledger
    return replace(ledger, tasks=tuple(_paced(task, nodes) for task in ledger.tasks))


def _paced(task: Task, nodes: tuple[tuple[Period, Decimal], ...]) -> Task:
    def planned(target: Target) -> Target:
        own = target.plan != PlanCurve() or is_due_throughout(target)
        return target if own else replace(target, plan=PlanCurve(nodes=nodes))

    return replace(task, targets=tuple(planned(target) for target in task.targets))


def expected_pct(target: Target, period: Period) -> Fraction:
    """Return what the target is expected to have reached at the period's end, in percent 0-100, exact.

    Own nodes count first; else a single period in which all is due; else 100 throughout for what is due
    now (levels to hold, at-most targets); else the straight line over the year, or from the plan's start.
    """
    if target.plan.nodes:
        return _latest_node(target, period)
    if target.plan.due_only_in is not None:
        return _ALL if period.starts_on >= target.plan.due_only_in.starts_on else _NOTHING
    if is_due_throughout(target):
        return _ALL
    return _straight_line(target.plan.starts_on, period)


def planned_value(target: Target, period: Period) -> Decimal | None:
    """Return 本期计划: what the plan expects by the period's end, in the target's unit, to 4 decimals.

    None for stages, for what is not set, and for clearances, where a share of the target says nothing.
    """
    if target.is_stage or target.value is None or target.nature is Nature.CLEAR:
        return None
    if target.bound in _CEILINGS:
        return target.value
    return _share(target.value, expected_pct(target, period))


@lru_cache(maxsize=4096)
def _share(value: Decimal, percent: Fraction) -> Decimal:
    return Decimal(plain(round_half_up(Fraction(value) * percent / 100, 4)))


def is_due_throughout(target: Target) -> bool:
    """Whether the target is owed from the first day: a level to hold or a ceiling to keep."""
    return target.nature is Nature.LEVEL or target.bound in _CEILINGS


def _latest_node(target: Target, period: Period) -> Fraction:
    reached = [
        (node.ends_on, percent) for node, percent in target.plan.nodes if node.ends_on <= period.ends_on
    ]
    return Fraction(max(reached)[1]) if reached else _NOTHING


@lru_cache(maxsize=256)
def _straight_line(starts_on: date | None, period: Period) -> Fraction:
    """One figure for nearly all targets of a period."""
    if starts_on is None or starts_on.year < period.year:
        return _ALL * period.elapsed
    if starts_on > period.ends_on:
        return _NOTHING
    first = Period.containing(starts_on, period.rhythm).index
    last = Period.all_of(period.year, period.rhythm)[-1].index
    return _ALL * Fraction(period.index - first + 1, last - first + 1)
