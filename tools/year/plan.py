"""What happens in the year, and when: looks, returns, troubles; all from a seed, before anything runs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.rounds import Round, RoundKind, RoundPlan, rounds_of
from workplan_xlsx.domain.workdays import DeadlineRule, Workdays, deadline_of

ZONE = ZoneInfo("Asia/Shanghai")
WORKDAYS = Workdays()
AFTER = timedelta(minutes=1)
_WRONG_AT_FIRST, _LATE = 0.12, 0.04
_UNITS, _WITH_FIGURES = (34, 3), {34: 27, 3: 3}
"""So many units; the first of them have figures of their own, which they can leave out."""


@dataclass(frozen=True, slots=True)
class Window:
    """From a moment to another, exclusive."""

    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.begins <= moment < self.ends


@dataclass(frozen=True, slots=True)
class Sending:
    """A unit puts its form into the inbox; `wrong` the first time, and the whole form two days later."""

    at: datetime
    period: Period
    place: int
    wrong: bool = False

    @property
    def seed(self) -> str:
        """The same figures in every life."""
        return f"{self.period}/{self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The year as it is meant, and what comes in between.

    Attributes:
        looks: When the service is asked to look.
        off: Nobody looks; mail_away: no mail server answers; full_disk: nothing can be written.
    """

    seed: int
    small: bool
    periods: tuple[Period, ...]
    rounds: tuple[Round, ...]
    looks: tuple[datetime, ...]
    sendings: tuple[Sending, ...]
    off: Window
    mail_away: Window
    full_disk: Window

    @property
    def founded_at(self) -> datetime:
        """Early on the first day: an earlier period is nobody's."""
        return datetime.combine(self.periods[0].starts_on, time(7), ZONE)


def plan_year(months: int, seed: int, *, small: bool) -> Plan:
    """Plan the last so many months of 2023, for 34 units or for three."""
    periods = Period.all_of(2023, Rhythm.MONTHLY)[-months:]
    rounds = tuple(rounds_of(periods, RoundPlan(), DeadlineRule(), WORKDAYS, ZONE))
    due = {(each.period, each.kind): each.due_at for each in rounds}
    deadline = deadline_of(periods[months // 3], DeadlineRule(), WORKDAYS, ZONE).at
    draft = due[periods[2 * months // 3], RoundKind.DRAFT]
    forms = due[periods[months // 4], RoundKind.FORMS_OUT]
    return Plan(
        seed=seed,
        small=small,
        periods=periods,
        rounds=rounds,
        looks=_looks(rounds, often=not small),
        sendings=tuple(_sendings(periods, _UNITS[small], seed)),
        off=Window(deadline - timedelta(days=4), deadline + timedelta(days=3)),
        mail_away=Window(forms - timedelta(hours=1), forms + timedelta(hours=30)),
        full_disk=Window(draft - timedelta(hours=2), draft + timedelta(hours=30)),
    )


def _looks(rounds: tuple[Round, ...], *, often: bool) -> tuple[datetime, ...]:
    """A minute after each round is due, twice a week at five, and some days after the last round."""
    moments = {each.due_at + AFTER for each in rounds}
    first, last = min(moments), max(moments)
    days = [first.date() + timedelta(days=each) for each in range((last - first).days + 4)]
    wanted = [day for day in days if (day.weekday() in (1, 4) if often else day.day in (14, 22))]
    moments |= {datetime.combine(day, time(17), ZONE) for day in wanted if WORKDAYS.is_workday(day)}
    return (*sorted(moments), last + timedelta(days=3))


def _sendings(periods: tuple[Period, ...], units: int, seed: int) -> Iterator[Sending]:
    for period in periods:
        deadline = deadline_of(period, DeadlineRule(), WORKDAYS, ZONE).at
        for place in range(units):
            chance = random.Random(f"{seed}/{period}/{place}")
            day = period.starts_on + timedelta(days=chance.randint(9, 23))
            at = datetime.combine(day, time(chance.randint(9, 16), chance.randint(0, 59)), ZONE)
            if chance.random() < _LATE:
                at = deadline + timedelta(hours=chance.randint(1, 12))
            elif place < _WITH_FIGURES[units] and chance.random() < _WRONG_AT_FIRST:
                yield Sending(at, period, place, wrong=True)
                at += timedelta(days=2)
            yield Sending(at, period, place)


def notice_of(plan: Plan, folder: Path) -> Path:
    """The notice that the year is about."""
    if not plan.small:
        from workplan_xlsx.demo.data import NOTICE as SAMPLE

        return SAMPLE
    from office import NOTICE

    path = folder / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path
