"""All that a rule can look at for one target in one period, by the measures' names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from workplan_xlsx.domain import exact
from workplan_xlsx.domain.rulesets.measures import LIGHT_NAMES
from workplan_xlsx.domain.traffic_light import TrafficLight

_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around a figure: its task's past, its peers, its unit's place, the coordinator's marks.

    Attributes:
        lights_before: The task's lights in the periods before, the latest first.
        completion_before, expected_before: Of the same target at the end of the period before, in percent.
        average: Mean completion of the targets of the same name, this one included; None without peers.
        rank, rank_last: The reporting unit's place by score in its group, from the top and from the end.
        marks: The coordinator's marks on target, task or unit.
        excused: Left out by the coordinator (不可抗力).
    """

    lights_before: Sequence[TrafficLight] = ()
    completion_before: Fraction | None = None
    expected_before: Fraction = Fraction(0)
    average: Fraction | None = None
    rank: int | None = None
    rank_last: int | None = None
    marks: Mapping[str, Fraction] = field(default_factory=dict)
    excused: bool = False


ALONE = Surroundings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one target.

    Attributes:
        completion, expected: Percent of the year's target: reached, and due by now.
        actual, aim, last_year: In the target's own unit; None for stages and where not set.
        days_late: Days after the last day of its term, negative before it; None once done or without a term.
        term_percent: How much of the term is gone, 0-100 and above; None without a term.
        unstarted_periods: Periods in which it should have been under way and was not; 0 once started.
    """

    completion: Fraction | None
    expected: Fraction
    actual: Fraction | None = None
    aim: Decimal | None = None
    last_year: Fraction | None = None
    days_late: int | None = None
    term_percent: Fraction | None = None
    unstarted_periods: int | None = None
    around: Surroundings = ALONE
    _worked_out: dict[str, Fraction | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def planned(self) -> Fraction | None:
        """What is due by now, in the target's own unit; None for stages and where not set."""
        return None if self.aim is None else Fraction(self.aim) * self.expected / _HUNDRED

    def known(self, name: str) -> Fraction | None:
        """Return the measure's value; None where it is not known. Rules ask for the same one many times."""
        if name not in self._worked_out:
            self._worked_out[name] = self._work_out(name)
        return self._worked_out[name]

    def _work_out(self, name: str) -> Fraction | None:
        plain = _PLAIN.get(name)
        if plain is not None:
            return plain(self)
        kind, _, what = name.partition(".")
        if kind == "mark":
            return self.around.marks.get(what, Fraction(0))
        if kind == "before":
            return Fraction(running(LIGHT_NAMES[what], self.around.lights_before))
        if kind.startswith("within"):
            last = self.around.lights_before[: int(kind.removeprefix("within"))]
            return Fraction(list(last).count(LIGHT_NAMES[what]))
        return None


def running(light: TrafficLight, lights: Sequence[TrafficLight]) -> int:
    """How many of the lights, from the first on, are this one without a break."""
    return next((at for at, each in enumerate(lights) if each is not light), len(lights))


def _ratio(facts: Facts) -> Fraction | None:
    if facts.completion is None or not facts.expected:
        return None
    return exact.divided(facts.completion, facts.expected)


def _behind_pp(facts: Facts) -> Fraction | None:
    return None if facts.completion is None else exact.minus(facts.expected, facts.completion)


def _behind_percent(facts: Facts) -> Fraction | None:
    ratio = _ratio(facts)
    return None if ratio is None else _HUNDRED * (1 - ratio)


def _behind(facts: Facts) -> Fraction | None:
    planned = facts.planned
    return None if facts.actual is None or planned is None else planned - facts.actual


def _period_done(facts: Facts) -> Fraction | None:
    """What this period alone added, percent of the year's target."""
    if facts.completion is None or facts.around.completion_before is None:
        return None
    return facts.completion - facts.around.completion_before


def _period_due(facts: Facts) -> Fraction:
    return facts.expected - facts.around.expected_before


def _period_ratio(facts: Facts) -> Fraction | None:
    done, due = _period_done(facts), _period_due(facts)
    return None if done is None or due <= 0 else done / due


def _period_behind_pp(facts: Facts) -> Fraction | None:
    done = _period_done(facts)
    return None if done is None else _period_due(facts) - done


def _period_behind_percent(facts: Facts) -> Fraction | None:
    ratio = _period_ratio(facts)
    return None if ratio is None else _HUNDRED * (1 - ratio)


def _period_behind(facts: Facts) -> Fraction | None:
    """In the target's own unit: what this period was to add, minus what it added."""
    behind_pp, planned = _period_behind_pp(facts), facts.planned
    if behind_pp is None or planned is None or not facts.expected:
        return None
    return behind_pp * planned / facts.expected


def _above_average_pp(facts: Facts) -> Fraction | None:
    average = facts.around.average
    return None if facts.completion is None or average is None else facts.completion - average


def _above_average_percent(facts: Facts) -> Fraction | None:
    above, average = _above_average_pp(facts), facts.around.average
    return None if above is None or not average else _HUNDRED * above / average


def _above_last_year(facts: Facts) -> Fraction | None:
    if facts.actual is None or facts.last_year is None:
        return None
    return facts.actual - facts.last_year


def _growth_percent(facts: Facts) -> Fraction | None:
    above = _above_last_year(facts)
    return None if above is None or not facts.last_year else _HUNDRED * above / facts.last_year


def _whole(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


_PLAIN: Mapping[str, Callable[[Facts], Fraction | None]] = {
    "ratio": _ratio,
    "behind_pp": _behind_pp,
    "behind_percent": _behind_percent,
    "behind": _behind,
    "completion": lambda facts: facts.completion,
    "expected": lambda facts: facts.expected,
    "period_ratio": _period_ratio,
    "period_behind_pp": _period_behind_pp,
    "period_behind_percent": _period_behind_percent,
    "period_behind": _period_behind,
    "above_average_pp": _above_average_pp,
    "above_average_percent": _above_average_percent,
    "growth_percent": _growth_percent,
    "above_last_year": _above_last_year,
    "days_late": lambda facts: _whole(facts.days_late),
    "term_percent": lambda facts: facts.term_percent,
    "unstarted_periods": lambda facts: _whole(facts.unstarted_periods),
    "rank": lambda facts: _whole(facts.around.rank),
    "rank_last": lambda facts: _whole(facts.around.rank_last),
}
