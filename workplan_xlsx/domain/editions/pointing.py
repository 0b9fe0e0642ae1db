"""Additions and deductions of a unit (加减分), each with its reason, cut off at the stated limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from workplan_xlsx.domain.editions.ranked import Points, Standing
from workplan_xlsx.domain.editions.surroundings import Marks
from workplan_xlsx.domain.editions.unit_facts import TaskFacts, UnitFacts
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rulesets.conditions import Known, holds
from workplan_xlsx.domain.rulesets.measures import Level
from workplan_xlsx.domain.rulesets.rule_set import PointsRule, RuleSet, within
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

Items = tuple[tuple[str, Known], ...]
"""The items that a rule looks at: (code or "", their facts)."""


def points_of(
    standing: Standing,
    rules: RuleSet,
    marks: Marks,
    targets: Mapping[str, Known],
    place: tuple[int, int] | None,
    period: Period,
    lang: Lang,
) -> tuple[Points, ...]:
    """Return the unit's additions and deductions, in the order of the rules, then what was entered.

    `place` is its rank and its place from the end by the totals before any points; `targets` the facts of its
    targets by code.
    """
    found = [each for rule in rules.points if (each := _by_rule(standing, rule, marks, targets, place, lang))]
    found += _granted(standing.unit, rules, period)
    if rules.points_limit is None:
        return tuple(found)
    return _limited(found, rules.points_limit, lang)


def _by_rule(
    standing: Standing,
    rule: PointsRule,
    marks: Marks,
    targets: Mapping[str, Known],
    place: tuple[int, int] | None,
    lang: Lang,
) -> Points | None:
    """The points of one rule, over all of the unit's items that it applies to."""
    if rule.groups and standing.group not in rule.groups:
        return None
    hit: list[str] = []
    total = Fraction(0)
    for code, known in _items(standing, rule.level, marks, targets, place):
        points = rule.points.value(known) if holds(rule.when, known) else None
        if points:
            total += points
            hit.append(code)
    total = within(total, rule.least, rule.most)
    if not total:
        return None
    codes = listed(filter(None, hit), lang)
    reason = say("edition.points_items", lang, reason=rule.reason, codes=codes) if codes else rule.reason
    return Points(points=total, reason=reason, rule=rule.number)


def _items(
    standing: Standing,
    level: Level,
    marks: Marks,
    targets: Mapping[str, Known],
    place: tuple[int, int] | None,
) -> Items:
    if level is Level.UNIT:
        return (("", _ranked_facts(standing, place, marks)),)
    if level is Level.TASK:
        tasks = standing.tasks
        return tuple((each.task.code, TaskFacts(each, marks.on(each.task.code)).known) for each in tasks)
    codes = [each.target.code for task in standing.tasks for each in task.ratings if each.score is not None]
    return tuple((code, targets[code]) for code in codes if code in targets)


def _ranked_facts(standing: Standing, place: tuple[int, int] | None, marks: Marks) -> Known:
    facts = UnitFacts(standing, place[1] if place else None, marks.on(standing.unit)).known
    if place is None:
        return facts
    rank = Fraction(place[0])
    return lambda name: rank if name == "rank" else facts(name)


def _granted(unit: str, rules: RuleSet, period: Period) -> Iterator[Points]:
    for each in rules.granted:
        if each.unit == unit and each.period in ("", str(period)):
            yield Points(points=each.points, reason=each.reason)


def _limited(found: list[Points], limit: Fraction, lang: Lang) -> tuple[Points, ...]:
    """Everything together is cut off at +/- the limit; what is cut is told as a line of its own."""
    total = sum((each.points for each in found), Fraction(0))
    cut = within(total, -limit, limit) - total
    if not cut:
        return tuple(found)
    return (*found, Points(points=cut, reason=say("edition.points_limit", lang, limit=str(limit))))
