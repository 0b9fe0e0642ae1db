"""A rule set is checked before use: no gap, no overlap, no rule that never applies, no unknown state.

The check is exact: every measure's axis is cut at the bounds that rules name, and each cell of the space that
the cuts make is tried. Measures are taken to be free of each other, but for those of one family (ahead or
behind the plan), which agree on whether the plan is met.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workplan_xlsx.domain.model import Nature
from workplan_xlsx.domain.rulesets.boxes import Cell, Space, stretches
from workplan_xlsx.domain.rulesets.conditions import Condition, holds, tests_of
from workplan_xlsx.domain.rulesets.measures import Measure, measure_named
from workplan_xlsx.domain.rulesets.rule_set import RuleSet
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

MOST_CELLS = 50_000
"""More combinations than this cannot be told apart by a person either."""
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a rule set: `key` of words/rules.toml and its facts."""

    key: str
    facts: tuple[tuple[str, str], ...]

    def told(self, lang: Lang) -> str:
        """The sentence for the coordinator."""
        return say(f"rules.{self.key}", lang, **dict(self.facts))


@dataclass(frozen=True, slots=True)
class _Case:
    """One alternative of a list that must cover everything once: its number, what it gives, when."""

    number: str
    gives: str
    when: Condition


def mistakes(rules: RuleSet, lang: Lang) -> tuple[Mistake, ...]:
    """Return everything that is wrong with the rule set; empty when it can be used."""
    found = [*_unknown_states(rules, lang), *_twice(rules)]
    for natures, cases in _alternatives(rules):
        found += _checked(cases, _words(natures, lang), first=rules.first_decides, lang=lang)
    for natures, cases in _score_alternatives(rules):
        found += _checked(cases, _words(natures, lang), first=True, lang=lang)
    return tuple(dict.fromkeys(found))


def _words(natures: Sequence[Nature], lang: Lang) -> str:
    if len(natures) == len(Nature):
        return say("rules.every_nature", lang)
    return listed((say(f"ledger.nature_{nature.name.lower()}", lang) for nature in natures), lang)


def _mistake(key: str, **facts: str) -> Mistake:
    return Mistake(key, tuple(sorted(facts.items())))


def _unknown_states(rules: RuleSet, lang: Lang) -> Iterator[Mistake]:
    known = listed(rules.state_by_key, lang)
    for rule in rules.lights:
        if rule.state not in rules.state_by_key:
            yield _mistake("check_state", number=rule.number, state=rule.state, known=known)


def _twice(rules: RuleSet) -> Iterator[Mistake]:
    numbers = [rule.number for rule in rules.lights]
    for number in dict.fromkeys(numbers):
        if numbers.count(number) > 1:
            yield _mistake("check_number_twice", number=number)
    keys = [state.key for state in rules.states]
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            yield _mistake("check_state_twice", state=key)


def _alternatives(rules: RuleSet) -> Iterator[tuple[list[Nature], list[_Case]]]:
    """The light rules by the natures that have the same ones."""
    by_rules: dict[tuple[str, ...], list[Nature]] = defaultdict(list)
    for nature in Nature:
        by_rules[tuple(rule.number for rule in rules.light_rules(nature))].append(nature)
    for natures in by_rules.values():
        cases = [_Case(rule.number, rule.state, rule.when) for rule in rules.light_rules(natures[0])]
        yield natures, cases


def _score_alternatives(rules: RuleSet) -> Iterator[tuple[list[Nature], list[_Case]]]:
    by_rules: dict[tuple[int, ...], list[Nature]] = defaultdict(list)
    for nature in Nature:
        places = tuple(at for at, rule in enumerate(rules.scores) if nature in rule.natures)
        by_rules[places].append(nature)
    for places, natures in by_rules.items():
        cases = [_Case(f"score {at + 1}", f"score {at + 1}", rules.scores[at].when) for at in places]
        yield natures, cases


def _checked(cases: Sequence[_Case], natures: str, *, first: bool, lang: Lang) -> Iterator[Mistake]:
    space = _space(cases)
    if space.size > MOST_CELLS:
        yield _mistake("check_too_many", natures=natures, cells=str(space.size))
        return
    gaps: list[Cell] = []
    overlaps: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    used: set[str] = set()
    for cell in space.cells():
        hits = [case for case in cases if holds(case.when, space.values(cell).get)]
        used |= {case.number for case in (hits[:1] if first else hits)}
        if not hits:
            gaps.append(cell)
        elif not first and len({case.gives for case in hits}) > 1:
            overlaps[tuple(case.number for case in hits)].append(cell)
    for box in space.boxes(gaps, _TOLD):
        yield _mistake("check_gap", natures=natures, where=space.told(box, lang))
    for numbers, cells in overlaps.items():
        for box in space.boxes(cells, _TOLD):
            where = space.told(box, lang)
            both = listed(numbers, lang)
            yield _mistake("check_overlap", natures=natures, numbers=both, where=where)
    for case in cases:
        if case.number not in used:
            yield _mistake("check_never", number=case.number)


def _space(cases: Sequence[_Case]) -> Space:
    bounds: dict[str, set[Fraction]] = defaultdict(set)
    for case in cases:
        for test in tests_of(case.when):
            bounds[test.measure].add(test.bound)
    measures = {name: _measure(name) for name in bounds}
    families = [measure.family for measure in measures.values() if measure.family]
    for name, measure in measures.items():
        if families.count(measure.family) > 1:
            bounds[name].add(Fraction(measure.met_at))
    axes = {name: stretches(measures[name], ends) for name, ends in bounds.items()}
    return Space(axes, measures)


def _measure(name: str) -> Measure:
    measure = measure_named(name)
    if measure is None:
        raise ValueError(f"no measure {name!r}: conditions are read by writing.read_condition")
    return measure
