"""One sentence for every light, for the telephone: what was reported, what was due, which rule, where."""

from __future__ import annotations

from fractions import Fraction

from workplan_xlsx.domain.editions.edition import Rating, TrafficLight
from workplan_xlsx.domain.editions.rating import LightRules, planned_value
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.model import Bound, Nature, Stage
from workplan_xlsx.domain.rounding import plain, round_half_up, share_text
from workplan_xlsx.words import Lang, say

_SILENT = {
    TrafficLight.MISSING: "why_missing",
    TrafficLight.NOT_APPLICABLE: "why_not_applicable",
    TrafficLight.UNDECIDED: "why_undecided",
    TrafficLight.UNDER_REVIEW: "why_under_review",
    TrafficLight.NOT_DUE: "why_not_due",
}


def light_words(light: TrafficLight, lang: Lang) -> str:
    """The light's word as a reader sees it: 绿灯, 未报 ..."""
    return say(f"edition.light_{light.name.lower()}", lang)


def explain(rating: Rating, rules: LightRules, lang: Lang) -> str:
    """Return the sentence that explains the rating's light."""
    light = light_words(rating.light, lang)
    if rating.light in _SILENT:
        facts = {"light": light, "unit": rating.figure.unit}
        return say(f"edition.{_SILENT[rating.light]}", lang, **facts)
    parts = [_progress(rating, lang), _pace(rating, lang), _rule(rating, rules, lang), _source(rating, lang)]
    return say("edition.why", lang, light=light, parts=say("edition.then", lang).join(filter(None, parts)))


def _progress(rating: Rating, lang: Lang) -> str:
    figure, target = rating.figure, rating.target
    if target.is_stage:
        return say("edition.why_stage", lang, stage=stage_words(Stage(figure.status), lang))
    assert figure.value is not None
    assert target.value is not None
    facts = {"value": plain(figure.value), "target": plain(target.value), "unit": target.unit}
    return say("edition.why_level" if target.nature is Nature.LEVEL else "edition.why_total", lang, **facts)


def _pace(rating: Rating, lang: Lang) -> str:
    """Behind or ahead in percentage points (of the year's target), and what the plan wanted by now."""
    behind = rating.shortfall_pp
    if behind is None:
        return ""
    period = rating.figure.period
    planned = planned_value(rating.target, period)
    month = period.words_zh if lang == "zh" else str(period)
    wanted = _pct(rating.expected_pct) if planned is None else plain(planned) + rating.target.unit
    key = "edition.behind" if behind > 0 else "edition.ahead" if behind < 0 else "edition.on_plan"
    return say(key, lang, period=month, planned=wanted, points=_points(abs(behind)))


def _rule(rating: Rating, rules: LightRules, lang: Lang) -> str:
    target = rating.target
    if rating.light is TrafficLight.DONE:
        return say("edition.rule_done", lang)
    if target.bound is Bound.MORE_THAN and target.value is not None and rating.figure.value == target.value:
        return say("edition.rule_more_than", lang, target=plain(target.value))
    ratio = _pct((rating.ratio or Fraction(0)) * 100)
    ends = {"ratio": ratio, "green": share_text(rules.green_from), "amber": share_text(rules.amber_from)}
    if rating.light is TrafficLight.AMBER and target.stretch and _is_red(rating, rules):
        return say("edition.rule_stretch", lang, **ends)
    return say(f"edition.rule_{rating.light.name.lower()}", lang, **ends)


def _is_red(rating: Rating, rules: LightRules) -> bool:
    return rating.ratio is not None and rules.light(rating.ratio) is TrafficLight.RED


def _source(rating: Rating, lang: Lang) -> str:
    figure = rating.figure
    place = f"{figure.sheet}!{figure.cell}"
    return say("edition.source", lang, unit=figure.unit, place=place)


def _pct(value: Fraction) -> str:
    return f"{round_half_up(value, 1)}%"


def _points(value: Fraction) -> str:
    return str(round_half_up(value, 1))
