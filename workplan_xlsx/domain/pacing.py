"""序时进度: how much of the year's target is expected by the end of a period (default_rules, "Expected")."""

from __future__ import annotations

from fractions import Fraction

from workplan_xlsx.domain.model import Bound, Nature, Target
from workplan_xlsx.domain.period import Period

_ALL = Fraction(100)
_NOTHING = Fraction(0)


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
    return _straight_line(target, period)


def is_due_throughout(target: Target) -> bool:
    """Whether the target is owed from the first day: a level to hold or a ceiling to keep."""
    return target.nature is Nature.LEVEL or target.bound in (Bound.AT_MOST, Bound.LESS_THAN)


def _latest_node(target: Target, period: Period) -> Fraction:
    reached = [
        (node.ends_on, percent) for node, percent in target.plan.nodes if node.ends_on <= period.ends_on
    ]
    return Fraction(max(reached)[1]) if reached else _NOTHING


def _straight_line(target: Target, period: Period) -> Fraction:
    starts_on = target.plan.starts_on
    if starts_on is None or starts_on.year < period.year:
        return _ALL * period.elapsed
    if starts_on > period.ends_on:
        return _NOTHING
    first = Period.containing(starts_on, period.rhythm).index
    last = Period.all_of(period.year, period.rhythm)[-1].index
    return _ALL * Fraction(period.index - first + 1, last - first + 1)
