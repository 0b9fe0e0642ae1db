"""What a reader sees at a glance: how far a unit is on average, and how the lights went over the periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.traffic_light import TrafficLight

_FULL = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Means over a unit's counted targets, exact percents 0-100, no weights.

    Attributes:
        completion_pct: Mean 完成率, each capped at 100 so that one target cannot hide another.
        expected_pct: Mean 序时进度 of the same targets.
    """

    completion_pct: Fraction
    expected_pct: Fraction

    @property
    def ahead_pp(self) -> Fraction:
        """较序时: positive is ahead of the plan."""
        return self.completion_pct - self.expected_pct


def pace_of(standing: Standing) -> Pace | None:
    """Return the unit's means; None when no target of it counts."""
    counted = [
        (rating.completion_pct, rating.expected_pct)
        for task in standing.tasks
        for rating in task.ratings
        if rating.score is not None and rating.completion_pct is not None
    ]
    if not counted:
        return None
    done = sum((min(_FULL, completion) for completion, _ in counted), Fraction(0))
    due = sum((expected for _, expected in counted), Fraction(0))
    return Pace(completion_pct=done / len(counted), expected_pct=due / len(counted))


@dataclass(frozen=True, slots=True)
class PeriodLights:
    """How many tasks had each light in a period."""

    period: Period
    counts: Mapping[TrafficLight, int]


def lights_over_time(
    earlier: Iterable[tuple[Period, Iterable[TrafficLight]]], edition: Edition
) -> tuple[PeriodLights, ...]:
    """Return the counts of the periods before, the oldest first, and of this edition's period at the end."""
    return tuple(_counted(earlier, edition))


def _counted(
    earlier: Iterable[tuple[Period, Iterable[TrafficLight]]], edition: Edition
) -> Iterator[PeriodLights]:
    for period, lights in sorted(earlier, key=lambda each: each[0].ends_on):
        yield PeriodLights(period, Counter(lights))
    yield PeriodLights(edition.period, Counter(task.light for task in edition.tasks))
