"""What a rule can look at (衡量): each measure with its level, its range, and how it hangs on others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, has, say


class Level(StrEnum):
    """What is judged: one target, one task of a unit, or a unit as a whole."""

    TARGET = "target"
    TASK = "task"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure.

    Attributes:
        name: As rules write it, e.g. "behind_pp" or "before.amber"; its Chinese word does as well.
        levels: Where it has a meaning.
        whole: Only whole numbers occur.
        least: It is never below; None without a floor.
        family: Measures of one family turn from met to missed at the same fact.
        met_at: The value at which the plan is exactly met, for members of a family.
    """

    name: str
    levels: tuple[Level, ...]
    whole: bool = False
    least: int | None = None
    family: str = ""
    met_at: int = 0


def _of(level: Level, *names: str, **more: object) -> tuple[Measure, ...]:
    return tuple(Measure(name=name, levels=(level,), **more) for name in names)  # type: ignore[arg-type]


_MEASURES = (
    # against the node of the plan curve, cumulative
    *_of(Level.TARGET, "ratio", family="plan", met_at=1),
    *_of(Level.TARGET, "behind_pp", "behind_percent", "behind", family="plan"),
    # against the year's target
    *_of(Level.TARGET, "completion"),
    *_of(Level.TARGET, "expected", least=0),
    # this period alone
    *_of(Level.TARGET, "period_ratio", family="period", met_at=1),
    *_of(Level.TARGET, "period_behind_pp", "period_behind_percent", "period_behind", family="period"),
    # against the average of its peers, against last year
    *_of(Level.TARGET, "above_average_pp", "above_average_percent"),
    *_of(Level.TARGET, "growth_percent", "above_last_year"),
    # time
    *_of(Level.TARGET, "days_late", whole=True),
    *_of(Level.TARGET, "term_percent", least=0),
    *_of(Level.TARGET, "unstarted_periods", whole=True, least=0),
    # position of the reporting unit, or of the unit itself
    Measure(name="rank", levels=(Level.TARGET, Level.UNIT), whole=True, least=1),
    Measure(name="rank_last", levels=(Level.TARGET, Level.UNIT), whole=True, least=1),
    *_of(Level.UNIT, "rank_change", whole=True),
    *_of(Level.UNIT, "progress", "attainment"),
    *_of(Level.UNIT, "reporting", "tasks", "late_workdays", "times_returned", "missing", least=0),
    *_of(Level.TASK, "task_score"),
)
_BY_NAME = {measure.name: measure for measure in _MEASURES}

LIGHT_NAMES = {light.name.lower(): light for light in TrafficLight}
_MEMORY = re.compile(r"(before|running|now|count|within\d{1,3})\.([a-z_]+)")
_MEMORY_LEVELS = {
    "before": (Level.TARGET, Level.TASK),
    "running": (Level.TASK,),
    "now": (Level.TASK,),
    "within": (Level.TARGET, Level.TASK),
    "count": (Level.UNIT,),
}
_MARK = re.compile(r"mark\.[^\W\d]\w*")


def measure_named(name: str) -> Measure | None:
    """Return the measure of that name; None if there is none.

    Beside the fixed ones: `before.LIGHT` periods running with that light just before this one,
    `running.LIGHT` the same with this one, `now.LIGHT` 1 or 0, `withinN.LIGHT` how many of the last N
    periods had it, `count.LIGHT` how many tasks of the unit have it, `mark.NAME` the coordinator's own mark
    (0 if none).
    """
    if name in _BY_NAME:
        return _BY_NAME[name]
    memory = _MEMORY.fullmatch(name)
    if memory and memory[2] in LIGHT_NAMES:
        kind = "within" if memory[1].startswith("within") else memory[1]
        return Measure(name=name, levels=_MEMORY_LEVELS[kind], whole=True, least=0)
    if _MARK.fullmatch(name):
        return Measure(name=name, levels=tuple(Level))
    return None


@cache
def name_by_word() -> dict[str, str]:
    """Names by the word that either language uses for the measure."""
    return {_word(measure.name, lang): measure.name for measure in _MEASURES for lang in ("zh", "en")}


def _word(name: str, lang: Lang) -> str:
    return say(f"rules.measure_{name}", lang)


def measure_word(name: str, lang: Lang) -> str:
    """The measure as a sentence calls it: 落后百分点, 此前连续黄灯期数 ..."""
    if has(f"rules.measure_{name}"):
        return _word(name, lang)
    kind, _, what = name.partition(".")
    if kind == "mark":
        return what
    light = say(f"edition.light_{what}", lang)
    if kind.startswith("within"):
        return say("rules.memory_within", lang, periods=kind.removeprefix("within"), light=light)
    return say(f"rules.memory_{kind}", lang, light=light)
