"""How facts of an edition are shown in a cell: lights, figures, percents, ranks; only rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from workplan_xlsx.books.ranking.contents import Cell, Shown
from workplan_xlsx.books.ranking.formats import figure_look, light_look
from workplan_xlsx.books.styles import LIGHT_LOOKS
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.ranked import RankState, Standing
from workplan_xlsx.domain.editions.rated import Rating
from workplan_xlsx.domain.editions.reported import Punctuality, ReportingRecord
from workplan_xlsx.domain.joint import JointPart
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.model import Bound, Stage, Target
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounding import plain, whole_half_up
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say

NOT_APPLICABLE = "—"
_NONE = Shown(NOT_APPLICABLE, "centred")
_SIGNS = {
    Bound.AT_LEAST: "≥",
    Bound.MORE_THAN: ">",
    Bound.AT_MOST: "≤",
    Bound.LESS_THAN: "<",
    Bound.EXACTLY: "=",
    Bound.ABOUT: "≈",
}
# the reporting light has the look of the progress light that is as grave
_PUNCTUALITY_LOOKS = {
    Punctuality.ON_TIME: ("√", "centred"),
    Punctuality.LATE: ("▲", "light_amber"),
    Punctuality.RETURNED: ("■", "light_red"),
    Punctuality.MISSING: ("□", "light_missing"),
}
_WORST_FIRST = (
    TrafficLight.RED,
    TrafficLight.AMBER,
    TrafficLight.GREEN,
    TrafficLight.DONE,
    TrafficLight.NOT_DUE,
)


def period_words(period: Period, lang: Lang) -> str:
    """The period as a heading says it."""
    return period.words_zh if lang == "zh" else str(period)


@cache
def light_word(light: TrafficLight, lang: Lang, stand_ins: tuple[State, ...] = ()) -> str:
    """The light's word; the place's own where one of its states stands for it."""
    return light_words(light, lang, stand_ins)


@cache
def light_text(light: TrafficLight, lang: Lang, stand_ins: tuple[State, ...] = ()) -> str:
    """The light as text: shape and word."""
    return f"{LIGHT_LOOKS[light].shape} {light_word(light, lang, stand_ins)}"


@cache
def light(light: TrafficLight, lang: Lang, stand_ins: tuple[State, ...] = ()) -> Shown:
    """The light: shape, word and colour."""
    colour = next((each.colour for each in stand_ins if each.light is light), "")
    return Shown(light_text(light, lang, stand_ins), light_look(light, colour))


def rated_light(rating: Rating, edition: Edition, lang: Lang) -> Shown:
    """The target's light; where the place has a state of its own for it, by that word and colour."""
    if not rating.word:
        return light(rating.light, lang, edition.stand_ins)
    return _own_light(rating.light, rating.word, edition.states)


@cache
def _own_light(light: TrafficLight, word: str, states: tuple[State, ...]) -> Shown:
    colours = (each.colour for each in states if each.light is light and word in (each.word, each.word_en))
    return Shown(f"{LIGHT_LOOKS[light].shape} {word}", light_look(light, next(colours, "")))


def unit_light(standing: Standing) -> TrafficLight:
    """The worst light among a unit's tasks, 未报 where nothing of it was accepted."""
    if standing.state is RankState.MISSING:
        return TrafficLight.MISSING
    present = {task.light for task in standing.tasks}
    return next((state for state in _WORST_FIRST if state in present), TrafficLight.UNDECIDED)


def punctuality_words(record: ReportingRecord, lang: Lang) -> str:
    """按时, 迟报 2 日, 退回未重报 or 未报."""
    return say(f"ranking.report_{record.punctuality.name.lower()}", lang, days=record.late_workdays)


def punctuality(record: ReportingRecord, lang: Lang) -> Shown:
    """The reporting light: shape, word and colour."""
    shape, look = _PUNCTUALITY_LOOKS[record.punctuality]
    return Shown(f"{shape} {punctuality_words(record, lang)}", look)


def percent(value: Fraction | None) -> Cell:
    """Percent with one decimal, the cell holding what it shows (half up); — where there is none."""
    return _NONE if value is None else _rounded(*value.as_integer_ratio(), 1, 1000, "percent")


def points(value: Fraction | None) -> Cell:
    """Percentage points with one decimal and sign; — where there are none."""
    return _NONE if value is None else _rounded(*value.as_integer_ratio(), 1, 10, "points")


def score(value: Fraction | Decimal | None, look: str = "score") -> Cell:
    """A score 0-100 with two decimals; — where it is not counted."""
    return _NONE if value is None else _rounded(*value.as_integer_ratio(), 2, 100, look)


@lru_cache(maxsize=4096)
def _rounded(above: int, below: int, decimals: int, unit: int, look: str) -> Shown:
    """The cell of a fraction; each stands in four lists, and many targets have the same."""
    return Shown(whole_half_up(Fraction(above, below), decimals) / unit, look)


def figure(figure: Figure, lang: Lang) -> Cell:
    """The figure in its own unit, the stage's word, or 未报."""
    if figure.value is not None:
        return number(figure.value)
    if figure.status:
        return Shown(stage_words(Stage(figure.status), lang), "centred")
    return Shown(light_words(TrafficLight.MISSING, lang), "centred")


def figure_text(figure: Figure, lang: Lang) -> str:
    """The figure as a sentence says it: 3550场, 推进中, 未报."""
    if figure.value is not None:
        return f"{plain(figure.value)}{figure.target.unit}"
    return (
        stage_words(Stage(figure.status), lang) if figure.status else light_words(TrafficLight.MISSING, lang)
    )


def stage(status: str, lang: Lang) -> str:
    """The stage's word in the language; "" where there is none."""
    return stage_words(Stage(status), lang) if status else ""


def account(part: JointPart, lang: Lang) -> str:
    """What a lead of a joint target told: its figure or stage, and its account of progress."""
    told = plain(part.value) if part.value is not None else ""
    return say("ranking.account_comma", lang).join(
        filter(None, (told, stage(part.status, lang), part.account))
    )


def number(value: Decimal) -> Shown:
    """A figure with thousands and as many decimals as it has (six at most)."""
    exponent = value.normalize().as_tuple().exponent
    return Shown(value, figure_look(-exponent if isinstance(exponent, int) else 0))


def aim(target: Target, lang: Lang) -> str:
    """The year's target in the notice's words; else as sign, number and unit; — for a stage."""
    if target.words:
        return target.words
    if target.value is None:
        return NOT_APPLICABLE if target.is_stage else say("ranking.aim_not_set", lang)
    if target.value_max is not None:
        return f"{plain(target.value)}—{plain(target.value_max)}{target.unit}"
    sign = _SIGNS.get(target.bound, "") if target.bound else ""
    return f"{sign}{plain(target.value)}{target.unit}"


def rank(standing: Standing, lang: Lang) -> Cell:
    """The rank as a number, 并列 shown with it; the state's word where there is none."""
    if standing.rank is None:
        return Shown(say(f"ranking.state_{standing.state.name.lower()}", lang), "unranked")
    return Shown(standing.rank, f"rank_tied_{lang}" if standing.tied else "rank")


def compares(edition: Edition) -> bool:
    """Whether there is a ranking before this one: without, nobody is new."""
    return any(standing.rank_before is not None for standing in edition.standings)


def is_new(standing: Standing) -> bool:
    """Whether the unit is ranked and was not before."""
    return standing.rank is not None and standing.rank_before is None


def change(standing: Standing, lang: Lang, *, compares: bool) -> Cell:
    """较上期: ↑2, ↓1, —, 新; — for a unit without rank, and where nobody had one before."""
    step = standing.rank_change
    if step is None and compares and is_new(standing):
        return Shown(say("ranking.new", lang), "centred")
    if step is None:
        return _NONE
    if step == 0:
        return _NONE
    return Shown(f"↑{step}", "rise") if step > 0 else Shown(f"↓{-step}", "fall")
