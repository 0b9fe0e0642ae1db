"""What rules name by hand (units, groups, targets, periods): by its name of today; told where it is none.

Points for a unit that is written wrongly would be given to nobody, and the ranking be wrong in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rulesets.rule_set import RuleSet
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed


def under_names_of_today(rules: RuleSet, ledger: Ledger) -> RuleSet:
    """Return the rules with every unit that they name called as the ledger calls it now."""
    if not rules.granted and not rules.marks:
        return rules
    granted = tuple(replace(each, unit=_today(each.unit, ledger)) for each in rules.granted)
    marks = tuple(replace(each, on=_today(each.on, ledger)) for each in rules.marks)
    return replace(rules, granted=granted, marks=marks)


def _today(name: str, ledger: Ledger) -> str:
    unit = ledger.find_unit(name)
    return name if unit is None else unit.name


def unaimed(rules: RuleSet, ledger: Ledger, period: Period, lang: Lang) -> Iterator[str]:
    """Yield a sentence for each thing that the rules name and this plan does not have."""
    known = {*ledger.unit_by_name, *ledger.target_by_code, *(task.code for task in ledger.tasks)}
    for granted in rules.granted:
        if granted.unit not in ledger.unit_by_name:
            yield say("rules.unaimed_unit", lang, unit=granted.unit, reason=granted.reason)
    for mark in rules.marks:
        if mark.on not in known:
            yield say("rules.unaimed_mark", lang, on=mark.on, name=mark.name)
    periods = {"", *map(str, Period.all_of(period.year, period.rhythm))}
    named = [granted.period for granted in rules.granted] + [mark.period for mark in rules.marks]
    for written in dict.fromkeys(named):
        if written not in periods:
            yield say("rules.unaimed_period", lang, written=written, spelled=period)
    yield from _groups(rules, ledger, lang)


def _groups(rules: RuleSet, ledger: Ledger, lang: Lang) -> Iterator[str]:
    known = dict.fromkeys(unit.ranking_group for unit in ledger.units)
    named = [group for points in rules.points for group in sorted(points.groups)]
    named += [group for each in rules.lists for group in sorted(each.groups)]
    for group in dict.fromkeys(named):
        if group not in known:
            groups = listed((each for each in known if each), lang) or "—"
            yield say("rules.unaimed_group", lang, group=group, known=groups)
