"""Who is praised and who is reminded in a 通报: by the figures, never by name."""

from __future__ import annotations

from dataclasses import dataclass

from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.ranked import RankState, Standing
from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.traffic_light import TrafficLight

_BEST_RANKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """提醒: by what gives cause to it, each in the ranking's order."""

    red: tuple[Standing, ...]
    missing: tuple[Standing, ...]
    late: tuple[Standing, ...]

    def __bool__(self) -> bool:
        return bool(self.red or self.missing or self.late)


def praised(edition: Edition) -> tuple[Standing, ...]:
    """表扬: among the first three of their group, no red light, reported on time, never returned."""
    return tuple(
        each
        for each in edition.standings
        if each.rank is not None
        and each.rank <= _BEST_RANKS
        and not each.count(TrafficLight.RED)
        and each.reporting.punctuality is Punctuality.ON_TIME
        and not each.reporting.times_returned
    )


def reminded(edition: Edition) -> Reminded:
    """提醒: red lights, no report, a late report."""
    standings = edition.standings
    return Reminded(
        red=tuple(each for each in standings if each.count(TrafficLight.RED)),
        missing=tuple(each for each in standings if each.state is RankState.MISSING),
        late=tuple(each for each in standings if each.reporting.punctuality is Punctuality.LATE),
    )
