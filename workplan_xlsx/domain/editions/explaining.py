"""One sentence for every light, for the telephone: what was reported, what was due, which rule, where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from workplan_xlsx.domain.editions.completion import unfit
from workplan_xlsx.domain.editions.facts import Surroundings
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.rated import Rating
from workplan_xlsx.domain.editions.rating import facts_of
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.ledger_changes import meaning_words
from workplan_xlsx.domain.model import Bound, Mark, Nature, Stage, Target
from workplan_xlsx.domain.pacing import planned_value
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.rounding import plain, round_half_up, whole_half_up
from workplan_xlsx.domain.rulesets.conditions import Condition, compare, measures_of, tests_of
from workplan_xlsx.domain.rulesets.measures import measure_word
from workplan_xlsx.domain.rulesets.rule_set import LightRule, RuleSet
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_SILENT = {
    TrafficLight.MISSING: "why_missing",
    TrafficLight.NOT_APPLICABLE: "why_not_applicable",
    TrafficLight.UNDER_REVIEW: "why_under_review",
    TrafficLight.NOT_DUE: "why_not_due",
}

_HOW_BOUND = {Bound.AT_MOST: "why_at_most", Bound.LESS_THAN: "why_less_than"}


def light_words(light: TrafficLight, lang: Lang, stand_ins: Sequence[State] = ()) -> str:
    """The light's word as a reader sees it: 绿灯, 未报 ...; this place's own where a state stands for it."""
    own = next((own_word(state, lang) for state in stand_ins if state.light is light), "")
    return own or say(f"edition.light_{light.name.lower()}", lang)


def within_a_sentence(word: str, lang: Lang) -> str:
    """The light's word as it stands amid a sentence."""
    return word.lower() if lang == "en" else word


def state_words(state: State, lang: Lang) -> str:
    """The state's word as this place says it: 欠进度, 蓝码; else the light's."""
    return own_word(state, lang) or light_words(state.light, lang)


def own_word(state: State, lang: Lang) -> str:
    """The state's own word; "" where it has none."""
    return state.word_en if lang == "en" and state.word_en else state.word


def explain(rating: Rating, rules: RuleSet, around: Surroundings, lang: Lang) -> str:
    """Return the sentence that explains the rating's light."""
    light = rating.word or light_words(rating.light, lang, rules.stand_ins)
    if rating.rule:  # whatever it is called, a rule gave it: the figure and the rule are told
        return _said(light, list(_parts(rating, rules, around, lang)), lang)
    if rating.light is TrafficLight.UNDECIDED:
        return _said(light, [_why_undecided(rating, rules, around, lang)], lang)
    if rating.light in _SILENT:
        excused = around.excused and rating.light is TrafficLight.NOT_APPLICABLE
        if rating.light is TrafficLight.MISSING and _held(rating.figure):
            return _said(light, list(_held_told(rating.figure, lang)), lang)
        key = "why_excused" if excused else _SILENT[rating.light]
        return say(f"edition.{key}", lang, light=light, unit=_who_lacks(rating.figure, lang))
    return _said(light, list(_parts(rating, rules, around, lang)), lang)


def _who_lacks(figure: Figure, lang: Lang) -> str:
    """Whose figure is missing: of a figure put together those leads that told none."""
    silent = [part.unit for part in figure.parts if part.value is None and not part.status]
    return listed(silent, lang) or figure.unit


def _held(figure: Figure) -> list[Figure]:
    """The figures that were reported and do not count, since they were meant otherwise."""
    return [each for each in figure.parts or (figure,) if each.then is not None and not each.then.converted]


def _held_told(figure: Figure, lang: Lang) -> Iterator[str]:
    yield from then_told(figure, lang)
    for each in _held(figure):
        yield _source(each, lang)


def then_told(figure: Figure, lang: Lang) -> Iterator[str]:
    """A sentence on each figure that was reported in another measure or sense: what became of it."""
    for each in figure.parts or (figure,):
        if each.then is not None:
            key = "edition.then_converted" if each.then.converted else "edition.then_held"
            yield say(key, lang, unit=each.unit, **_of_then(each, lang))


def _of_then(figure: Figure, lang: Lang) -> dict[str, str]:
    then = figure.then
    if then is None:
        return {}
    stage = stage_words(Stage(then.stage), lang) if then.stage else ""
    value = stage if then.value is None else plain(then.value) + then.measure
    what = say(f"checks.meaning_{then.what}", lang)
    before, after = (meaning_words(then.what, each, lang) for each in (then.before, then.after))
    return {"value": value, "what": what, "before": before, "after": after}


def _said(light: str, parts: list[str], lang: Lang) -> str:
    return say("edition.why", lang, light=light, parts=say("edition.then", lang).join(filter(None, parts)))


def _parts(rating: Rating, rules: RuleSet, around: Surroundings, lang: Lang) -> Iterator[str]:
    pace = [each for each in (_progress(rating, lang), _pace(rating, lang)) if each]
    yield say("edition.comma", lang).join(pace)
    yield _rule(rating, rules, around, lang)
    yield from _standing_of(rating.figure, lang)
    yield _source(rating.figure, lang)


def _progress(rating: Rating, lang: Lang) -> str:
    figure, target = rating.figure, rating.target
    if target.is_stage:
        return say("edition.why_stage", lang, stage=stage_words(Stage(figure.status), lang))
    value = "—" if figure.value is None else plain(figure.value)
    aim = _aim(target)
    if target.nature is Nature.CLEAR and target.baseline is not None:
        facts = {"value": value, "baseline": plain(target.baseline), "unit": target.unit}
        return say("edition.why_clear", lang, **facts)
    usual = "why_level" if target.nature is Nature.LEVEL else "why_total"
    key = _HOW_BOUND.get(target.bound, usual) if target.bound else usual
    return say(f"edition.{key}", lang, value=value, target=aim, unit=target.unit)


def _aim(target: Target) -> str:
    if target.value is None:
        return "—"
    ends = f"-{plain(target.value_max)}" if target.bound is Bound.RANGE and target.value_max else ""
    return plain(target.value) + ends


def _pace(rating: Rating, lang: Lang) -> str:
    """Behind or ahead in percentage points (of the year's target), and what the plan wanted by now."""
    behind = rating.shortfall_pp
    if behind is None:
        return ""
    period = rating.figure.period
    planned = planned_value(rating.target, period)
    wanted = _pct(rating.expected_pct) if planned is None else _amount(planned) + rating.target.unit
    key = "edition.behind" if behind > 0 else "edition.ahead" if behind < 0 else "edition.on_plan"
    return say(key, lang, period=period_words(period, lang), planned=wanted, points=_points(abs(behind)))


def period_words(period: Period, lang: Lang) -> str:
    """The period as a sentence about this year says it: 6月."""
    if lang == "zh" and period.rhythm is not Rhythm.WEEKLY:
        return period.words_zh.removeprefix(f"{period.year}年")
    return period.words_zh if lang == "zh" else str(period)


def _rule(rating: Rating, rules: RuleSet, around: Surroundings, lang: Lang) -> str:
    target = rating.target
    if rating.light is TrafficLight.DONE and not rating.rule:
        return say("edition.rule_about" if _is_nearly(rating) else "edition.rule_done", lang)
    if not rating.rule:
        return say("edition.rule_held", lang)
    if target.bound is Bound.MORE_THAN and target.value is not None and rating.figure.value == target.value:
        return say("edition.rule_more_than", lang, target=plain(target.value))
    rule = rules.light_by_number[rating.rule]
    now = _values(rule, rating, rules.measures_by_number[rule.number], around, lang)
    facts = {
        "number": rule.number,
        "when": rules.told(rule.number, lang),
        "now": listed(now, lang),
    }
    red = rules.state_by_key[rule.state].light is TrafficLight.RED
    key = "rule_stretch" if red and rating.light is TrafficLight.AMBER else "rule_applied"
    amber = light_words(TrafficLight.AMBER, lang, rules.stand_ins)
    return say(f"edition.{key}", lang, **facts, amber=within_a_sentence(amber, lang))


def _is_nearly(rating: Rating) -> bool:
    """Whether an approximate target (左右) is done by a figure below it."""
    target, value = rating.target, rating.figure.value
    if target.bound is not Bound.ABOUT or target.value is None or value is None:
        return False
    return value < target.value


def _values(
    rule: LightRule, rating: Rating, names: tuple[str, ...], around: Surroundings, lang: Lang
) -> Iterator[str]:
    """What the rule looked at, as it is now: 进度比 0.76."""
    facts = facts_of(rating.figure, around) if names != ("ratio",) else None
    alone = len(names) == 1
    for name in names:
        value = rating.ratio if facts is None else facts.known(name)
        if value is not None:
            shown = _shown(value, name, rule.when)
            yield shown if alone else f"{measure_word(name, lang)} {shown}"


def _shown(value: Fraction, name: str, when: Condition) -> str:
    """The value rounded, but never across an end of the rule: 0.9996 is not shown as 1 where < 1 is asked."""
    tests = [test for test in tests_of(when) if test.measure == name]
    results = [compare(value, test.sign, test.bound) for test in tests]
    for decimals in range(2, 12):
        whole = whole_half_up(value, decimals)
        rounded = Fraction(whole, 10**decimals)
        if results == [compare(rounded, test.sign, test.bound) for test in tests]:
            return plain(Decimal(f"{whole}E-{decimals}"))
    return plain(round_half_up(value, 12))


def _why_undecided(rating: Rating, rules: RuleSet, around: Surroundings, lang: Lang) -> str:
    target = rating.target
    if target.mark is Mark.UNDECIDED or unfit(target):
        return say(f"edition.{unfit(target) or 'undecided_marked'}", lang)
    facts = facts_of(rating.figure, around)
    asked = {name for rule in rules.light_rules(target.nature) for name in measures_of(rule.when)}
    unknown = [measure_word(name, lang) for name in sorted(asked) if facts.known(name) is None]
    if unknown:
        return say("edition.undecided_unknown", lang, measures=listed(unknown, lang))
    return say("edition.undecided_no_rule", lang)


def _standing_of(figure: Figure, lang: Lang) -> Iterator[str]:
    """What a reader must know of the figure: provisional, put together."""
    if figure.provisional:
        yield say("edition.provisional", lang)
    yield from then_told(figure, lang)
    if figure.lead:
        yield say("edition.joint_each", lang)
    if figure.parts:
        parts = (f"{part.unit} {_told(part, lang)}" for part in figure.parts)
        yield say(f"edition.joint_{figure.target.joint.name.lower()}", lang, parts=listed(parts, lang))


def _told(figure: Figure, lang: Lang) -> str:
    if figure.value is not None:
        return plain(figure.value)
    silent = light_words(TrafficLight.MISSING, lang)
    return stage_words(Stage(figure.status), lang) if figure.status else silent


def _source(figure: Figure, lang: Lang) -> str:
    places = (
        f"{each.source.verdict.unit} {each.sheet}!{each.cell}" for each in figure.read_from if each.source
    )
    told = listed(places, lang)
    return say("edition.source", lang, places=told) if told else ""


def _pct(value: Fraction) -> str:
    return f"{round_half_up(value, 1)}%"


def _points(value: Fraction) -> str:
    """One decimal; more where one would say that there is no difference."""
    return str(_rounded(value, (1, 2, 4, 8)))


def _amount(planned: Decimal) -> str:
    """What the plan wants by now, as one says it: two decimals, more where two would say nothing."""
    return plain(_rounded(planned, (2, 4)))


def _rounded(value: Fraction | Decimal, decimals: tuple[int, ...]) -> Decimal:
    """The value to the first of these decimals that does not make it 0, else to the last."""
    for each in decimals[:-1]:
        rounded = round_half_up(value, each)
        if rounded or not value:
            return rounded
    return round_half_up(value, decimals[-1])
