"""All that a rule can look at for a task of a unit, or for a unit as a whole, by the measures' names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from workplan_xlsx.domain.editions.facts import running
from workplan_xlsx.domain.editions.ranked import RankState, Standing
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.rulesets.measures import LIGHT_NAMES


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """The facts of a task: its light now and before, its score, its marks."""

    task: TaskRating
    marks: Mapping[str, Fraction] = field(default_factory=dict)

    def known(self, name: str) -> Fraction | None:
        """Return the measure's value; None where it is not known."""
        kind, _, what = name.partition(".")
        if kind == "task_score":
            return self.task.score
        if kind == "mark":
            return self.marks.get(what, Fraction(0))
        light, before = LIGHT_NAMES[what], self.task.history
        if kind == "now":
            return Fraction(self.task.light is light)
        if kind == "before":
            return Fraction(running(light, before))
        if kind == "running":
            return Fraction(running(light, (self.task.light, *before)))
        lights = (self.task.light, *before)[: int(kind.removeprefix("within"))]
        return Fraction(lights.count(light))


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The facts of a unit: how it reported, how its tasks stand, where it is ranked."""

    standing: Standing
    rank_last: int | None = None
    marks: Mapping[str, Fraction] = field(default_factory=dict)

    def known(self, name: str) -> Fraction | None:
        """Return the measure's value; None where it is not known."""
        if name == "rank_last":
            return None if self.rank_last is None else Fraction(self.rank_last)
        kind, _, what = name.partition(".")
        if kind == "mark":
            return self.marks.get(what, Fraction(0))
        if kind == "count":
            return Fraction(self.standing.count(LIGHT_NAMES[what]))
        return _OF_UNIT[name](self.standing)


def attainment(standing: Standing) -> Fraction | None:
    """序时达成度: mean of completion to plan over the counted tasks, in percent; above 100 is ahead."""
    means = []
    for task in standing.tasks:
        ratios = [each.ratio for each in task.ratings if each.score is not None and each.ratio is not None]
        if ratios:
            means.append(sum(ratios, Fraction(0)) / len(ratios))
    return 100 * sum(means, Fraction(0)) / len(means) if means else None


def _whole(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


_OF_UNIT: Mapping[str, Callable[[Standing], Fraction | None]] = {
    "rank": lambda standing: _whole(standing.rank),
    "rank_change": lambda standing: _whole(standing.rank_change),
    "progress": lambda standing: standing.progress,
    "attainment": attainment,
    "reporting": lambda standing: standing.reporting.score,
    "tasks": lambda standing: Fraction(sum(1 for task in standing.tasks if task.score is not None)),
    "late_workdays": lambda standing: Fraction(standing.reporting.late_workdays),
    "times_returned": lambda standing: Fraction(standing.reporting.times_returned),
    "missing": lambda standing: Fraction(standing.state is RankState.MISSING),
}
