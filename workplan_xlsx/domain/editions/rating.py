"""State and score of one target: the fixed states first, then the rule set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from workplan_xlsx.domain.editions.completion import STAGE_PCT as STAGE_PCT
from workplan_xlsx.domain.editions.completion import completion_pct, is_fulfilled, unfit
from workplan_xlsx.domain.editions.facts import ALONE, Facts, Surroundings
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.rated import Rating
from workplan_xlsx.domain.model import Mark, Target
from workplan_xlsx.domain.pacing import expected_pct, is_due_throughout
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rulesets.rule_set import RuleSet
from workplan_xlsx.domain.traffic_light import TrafficLight

COUNTED = frozenset((TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED, TrafficLight.DONE))
"""The lights that are scored; all others are not counted."""
_LIGHT_OF_MARK = {
    Mark.NOT_APPLICABLE: TrafficLight.NOT_APPLICABLE,
    Mark.UNDECIDED: TrafficLight.UNDECIDED,
    Mark.UNDER_REVIEW: TrafficLight.UNDER_REVIEW,
}


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A light, and the rule and word that it comes from."""

    light: TrafficLight
    rule: str = ""
    word: str = ""


def rate(figure: Figure, rules: RuleSet, around: Surroundings = ALONE, *, lang: str = "zh") -> Rating:
    """Return how the figure's target stands at the end of its period; the reason is left to be told."""
    facts = facts_of(figure, around)
    verdict = _verdict(figure, facts, rules, lang)
    counted = verdict.light in COUNTED
    return Rating(
        figure=figure,
        light=verdict.light,
        completion_pct=facts.completion,
        expected_pct=facts.expected,
        shortfall_pp=facts.known("behind_pp"),
        ratio=facts.known("ratio"),
        score=rules.score(figure.target.nature, facts.known) if counted else None,
        reason="",
        rule=verdict.rule,
        word=verdict.word,
    )


def facts_of(figure: Figure, around: Surroundings) -> Facts:
    """Return all that rules can look at for the figure's target."""
    target, period = figure.target, figure.period
    completion = completion_pct(target, figure.value, figure.status)
    expected = expected_pct(target, period)
    measured = not target.is_stage and not unfit(target)
    return Facts(
        completion=completion,
        expected=expected,
        actual=None if figure.value is None else Fraction(figure.value),
        aim=target.value if measured else None,
        last_year=None if target.baseline is None else Fraction(target.baseline),
        days_late=_days_late(figure, completion),
        term_percent=_term_percent(figure),
        unstarted_periods=_unstarted(target, period, completion),
        around=around,
    )


def _days_late(figure: Figure, completion: Fraction | None) -> int | None:
    due_on = figure.task.due_on
    if due_on is None or (completion is not None and completion >= 100):
        return None if due_on is None else min(0, (figure.period.ends_on - due_on).days)
    return (figure.period.ends_on - due_on).days


def _term_percent(figure: Figure) -> Fraction | None:
    due_on, period = figure.task.due_on, figure.period
    if due_on is None:
        return None
    first = figure.target.plan.starts_on or date(period.year, 1, 1)
    days = (due_on - first).days + 1
    return Fraction(100 * max(0, (period.ends_on - first).days + 1), days) if days > 0 else Fraction(100)


def _unstarted(target: Target, period: Period, completion: Fraction | None) -> int | None:
    """Periods since the planned start, this one included, in which nothing was done; 0 before it."""
    if completion is None:
        return None
    first = target.plan.starts_on or date(period.year, 1, 1)
    if completion > 0 or first > period.ends_on:
        return 0
    begun = 1 if first.year < period.year else Period.containing(first, period.rhythm).index
    return period.index - begun + 1


def _verdict(figure: Figure, facts: Facts, rules: RuleSet, lang: str) -> _Verdict:
    """The first that applies, in the order of default_rules, "State of a target"."""
    target = figure.target
    nowhere = figure.source is None and figure.override is None
    if nowhere or (figure.value is None and not figure.status and target.mark is Mark.NONE):
        return _Verdict(TrafficLight.MISSING)
    if target.mark is not Mark.NONE:
        return _Verdict(_LIGHT_OF_MARK[target.mark])
    if facts.around.excused:
        return _Verdict(TrafficLight.NOT_APPLICABLE)
    if facts.completion is None:
        return _Verdict(TrafficLight.UNDECIDED)
    if not facts.expected and rules.not_due_is_own:
        return _Verdict(TrafficLight.NOT_DUE)
    if rules.done_is_own and is_fulfilled(target, facts.completion, figure.value):
        early = is_due_throughout(target) and not figure.period.is_last
        return _Verdict(TrafficLight.GREEN if early else TrafficLight.DONE)
    return _by_rule(target, facts, rules, lang)


def _by_rule(target: Target, facts: Facts, rules: RuleSet, lang: str) -> _Verdict:
    rule = rules.decide(target.nature, _tolerant(facts, rules).known)
    if rule is None:
        return _Verdict(TrafficLight.UNDECIDED)
    state = rules.state_by_key[rule.state]
    if state.light is TrafficLight.RED and target.stretch and rules.stretch_floor:
        amber = (_word(each, lang) for each in rules.stand_ins if each.light is TrafficLight.AMBER)
        return _Verdict(TrafficLight.AMBER, rule.number, next(amber, ""))
    return _Verdict(state.light, rule.number, _word(state, lang))


def _word(state: State, lang: str) -> str:
    return state.word_en if lang == "en" and state.word_en else state.word


def _tolerant(facts: Facts, rules: RuleSet) -> Facts:
    """The facts as the light rules see them: a shortfall within the dead band is none."""
    behind = facts.known("behind_pp") if rules.tolerance_pp else None
    if behind is None or not 0 < behind <= rules.tolerance_pp:
        return facts
    return replace(facts, completion=facts.expected, actual=facts.planned)
