"""The rules in force and the warnings of an edition, one sentence each (说明)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from workplan_xlsx.domain.editions.completion import STAGE_PCT
from workplan_xlsx.domain.editions.explaining import light_words, state_words
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounding import exact_text, plain, round_half_up, share_text
from workplan_xlsx.domain.rulesets.conditions import told
from workplan_xlsx.domain.rulesets.rule_set import DEFAULT_LISTS, DEFAULT_SCORES, RuleSet
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.domain.workdays import Workdays
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_WORST_FIRST = (
    TrafficLight.RED,
    TrafficLight.AMBER,
    TrafficLight.GREEN,
    TrafficLight.DONE,
    TrafficLight.NOT_DUE,
)


def rule_sentences(rules: Rules, period: Period, lang: Lang) -> Iterator[str]:
    """Yield the rules in force, one sentence each, with their figures (for 说明)."""
    points = rules.reporting
    yield _expected(rules, period, lang)
    yield _lights(rules, lang)
    yield _task(rules.rule_set, lang)
    key = "edition.rules_score" if rules.rule_set.scores == DEFAULT_SCORES else "edition.rules_score_own"
    yield say(key, lang, progress=rules.weights.progress, reporting=rules.weights.reporting)
    yield say(
        "edition.rules_reporting",
        lang,
        late=points.late_points,
        late_cap=points.late_cap,
        returned=points.returned_points,
        returned_cap=points.returned_cap,
    )
    yield say("edition.rules_rank", lang)
    yield say("edition.rules_figure", lang)
    stages = listed((f"{stage_words(each, lang)} {pct}" for each, pct in STAGE_PCT.items()), lang)
    yield say("edition.rules_completion", lang, stages=stages)
    yield say("edition.rules_correction", lang)
    yield from _own_rules(rules.rule_set, lang)
    if rules.weights.least_tasks > 1:
        yield say("edition.rules_least_tasks", lang, least=rules.weights.least_tasks)


def _task(rules: RuleSet, lang: Lang) -> str:
    """A task's light: the worst of its targets, the lights called as this place calls them."""
    if not rules.stand_ins:
        return say("edition.rules_task", lang)
    order = listed((light_words(each, lang, rules.stand_ins) for each in _WORST_FIRST), lang)
    return say("edition.rules_task_own", lang, order=order)


def entered_sentences(rules: Rules, lang: Lang) -> Iterator[str]:
    """Yield the points and marks that the coordinator entered, one sentence each."""
    for each in rules.rule_set.granted:
        facts = {"unit": each.unit, "points": exact_text(each.points), "reason": each.reason}
        yield say("edition.granted_told", lang, **facts, period=each.period or "—")
    for mark in rules.rule_set.marks:
        told = {"on": mark.on, "name": mark.name, "value": exact_text(mark.value)}
        yield say("edition.mark_told", lang, **told, period=mark.period or "—")


def _expected(rules: Rules, period: Period, lang: Lang) -> str:
    if rules.curve.quarters:
        nodes = " / ".join(plain(percent) for percent in rules.curve.quarters)
        return say("edition.rules_expected_quarters", lang, nodes=nodes)
    return say("edition.rules_expected", lang, pct=f"{round_half_up(100 * period.elapsed, 1)}%")


def _lights(rules: Rules, lang: Lang) -> str:
    lights = rules.lights
    if lights is not None and not rules.rule_set.own_states:
        ends = {"green": share_text(lights.green_from), "amber": share_text(lights.amber_from)}
        return say("edition.rules_light", lang, **ends)
    rule_set = rules.rule_set
    lines = say("edition.then", lang).join(
        say(
            "edition.rules_light_one",
            lang,
            number=rule.number,
            state=state_words(rule_set.state_by_key[rule.state], lang),
            when=told(rule.when, lang),
        )
        for rule in rule_set.lights
    )
    name = f" {rule_set.name}" if rule_set.name else ""
    return say("edition.rules_light_own", lang, name=name, rules=lines)


def _own_rules(rules: RuleSet, lang: Lang) -> Iterator[str]:
    """What a place has beside the default: tolerance, scores, factors, points, lists."""
    if rules.tolerance_pp:
        yield say("edition.rules_tolerance", lang, points=exact_text(rules.tolerance_pp))
    if rules.scores != DEFAULT_SCORES:
        for score in rules.scores:
            points = score.points.told(lang)
            yield say("edition.rules_score_one", lang, when=told(score.when, lang), points=points)
    for factor in rules.factors:
        times = exact_text(factor.times)
        yield say("edition.rules_factor", lang, when=told(factor.when, lang), times=times)
    for rule in rules.points:
        facts = {"reason": rule.reason, "when": told(rule.when, lang), "points": rule.points.told(lang)}
        limits = {"least": _end(rule.least), "most": _end(rule.most)}
        yield say("edition.rules_points", lang, **facts, **limits)
    if rules.points_limit is not None:
        yield say("edition.rules_points_limit", lang, limit=exact_text(rules.points_limit))
    if rules.lists != DEFAULT_LISTS:
        for each in rules.lists:
            yield say("edition.rules_list", lang, name=each.name, when=told(each.when, lang))


def _end(limit: object) -> str:
    return "—" if limit is None else str(limit)


def warnings(
    counted: Mapping[str, Submission],
    figures: Iterable[Figure],
    as_of: datetime,
    deadline: datetime,
    workdays: Workdays,
    lang: Lang,
) -> Iterator[str]:
    """Yield what a reader must know before using the figures."""
    if not counted:
        yield say("edition.warn_no_return", lang)
    held = [each.target.code for each in figures if each.then is not None and not each.then.converted]
    if held:
        yield say("edition.warn_held", lang, count=len(held), codes=listed(dict.fromkeys(held), lang))
    if as_of < deadline:
        yield say("edition.warn_before_deadline", lang, deadline=f"{deadline:%Y-%m-%d %H:%M}")
    if not workdays.known(deadline.year):
        yield say("edition.warn_calendar", lang, year=deadline.year)
