"""What stands around each figure: past lights, the period before, peers, ranks, marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from workplan_xlsx.domain.editions.completion import completion_pct
from workplan_xlsx.domain.editions.facts import ALONE, Surroundings
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.joint_leads import lights_before, own_key
from workplan_xlsx.domain.pacing import expected_pct
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rulesets.rule_set import RuleSet
from workplan_xlsx.domain.traffic_light import TrafficLight

_PEERS = ("above_average_pp", "above_average_percent")
_NO_MARKS: Mapping[str, Fraction] = {}


@dataclass(frozen=True, kw_only=True)
class Past:
    """What earlier editions said.

    Attributes:
        ranks: Rank by unit in the last closed period; empty for the first.
        lights: Light of each task code in the periods before, the latest first; of a lead that is measured
            by its own figures also by `own_key`.
        period: The last closed period; None for the first.
        completions: Completion of each target code at the end of the period before this one, in percent.
    """

    ranks: Mapping[str, int] = field(default_factory=dict)
    lights: Mapping[str, Sequence[TrafficLight]] = field(default_factory=dict)
    period: Period | None = None
    completions: Mapping[str, Fraction] = field(default_factory=dict)


class Marks:
    """The coordinator's marks of one period, by what they are on."""

    def __init__(self, rules: RuleSet, period: Period) -> None:
        self._values: dict[str, dict[str, Fraction]] = {}
        self._excused: set[str] = set()
        for mark in rules.marks:
            if mark.period in ("", str(period)):
                self._values.setdefault(mark.on, {})[mark.name] = mark.value
                self._excused |= {mark.on} if mark.excused else set()

    def on(self, *places: str) -> Mapping[str, Fraction]:
        """The marks on these codes and names together; a later place beats an earlier one."""
        if not self._values:
            return _NO_MARKS
        return {name: value for place in places for name, value in self._values.get(place, {}).items()}

    def excused(self, *places: str) -> bool:
        """Whether any of these is left out (不可抗力)."""
        return bool(self._excused) and any(place in self._excused for place in places)


def surroundings(
    figures: Sequence[Figure],
    rules: RuleSet,
    past: Past,
    marks: Marks,
    places: Mapping[str, tuple[int, int]],
) -> Callable[[Figure], Surroundings]:
    """Return what gives each figure its surroundings; rank, peers and the period before only if asked for."""
    if not _asks(rules):
        return lambda figure: _simple(figure, past)
    averages = _averages(figures) if any(name in rules.looked_at for name in _PEERS) else {}

    def around(figure: Figure) -> Surroundings:
        task, target, period = figure.task.code, figure.target, figure.period
        before = period.previous()
        rank, rank_last = places.get(figure.unit, (None, None))
        first = Fraction(0) if before is None else None
        return Surroundings(
            lights_before=lights_before(past.lights, task, figure.lead),
            completion_before=past.completions.get(own_key(target.code, figure.lead), first),
            expected_before=Fraction(0) if before is None else expected_pct(target, before),
            average=averages.get((target.name, target.unit)),
            rank=rank,
            rank_last=rank_last,
            marks=marks.on(figure.unit, task, target.code),
            excused=marks.excused(figure.unit, task, target.code),
        )

    return around


def _asks(rules: RuleSet) -> bool:
    """Whether any rule looks beyond the plan and the task's own past."""
    beyond = ("period_", "above_average", "rank", "mark.")
    return bool(rules.marks) or any(name.startswith(beyond) for name in rules.looked_at)


def _simple(figure: Figure, past: Past) -> Surroundings:
    lights = lights_before(past.lights, figure.task.code, figure.lead)
    return Surroundings(lights_before=lights) if lights else ALONE


def _averages(figures: Iterable[Figure]) -> dict[tuple[str, str], Fraction]:
    """Mean completion of the targets of one name and unit of measure, where there are at least two."""
    peers: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for figure in figures:
        completion = completion_pct(figure.target, figure.value, figure.status)
        if completion is not None:
            peers[figure.target.name, figure.target.unit].append(completion)
    return {key: sum(each, Fraction(0)) / len(each) for key, each in peers.items() if len(each) > 1}


def completions(figures: Iterable[Figure]) -> dict[str, Fraction]:
    """Completion by target code (of one lead alone by `own_key`), of the targets where it is known."""
    told = (
        (own_key(each.target.code, each.lead), completion_pct(each.target, each.value, each.status))
        for each in figures
    )
    return {key: completion for key, completion in told if completion is not None}
