"""Workdays (工作日) by the Chinese calendar with 调休, and deadlines moved off days off."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from workplan_xlsx.domain.period import Period


@dataclass(frozen=True, kw_only=True)
class Workdays:
    """Which days are workdays.

    Attributes:
        overrides: The workspace's own word on single days: True is a workday; it beats every table.
        complete_years: Years of which the overrides hold all that differs from weekdays and weekends.

    A year without a published table has weekends only; `known` says so, and whoever uses it must tell.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    complete_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether the office works that day."""
        if day in self.overrides:
            return self.overrides[day]
        published = _published(day)
        return day.weekday() < 5 if published is None else published

    def known(self, year: int) -> bool:
        """Whether the year's public holidays are in the published table, or all in the overrides.

        Single days in the overrides do not make a year known: the workspace must say that it is complete.
        """
        return year in self.complete_years or _published(date(year, 1, 1)) is not None

    def next_workday(self, day: date) -> date:
        """The day itself if it is a workday, else the first workday after it."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def nth_workday(self, year: int, month: int, number: int) -> date:
        """The month's `number`-th workday (1 is the first); the last one if it has fewer."""
        last = calendar.monthrange(year, month)[1]
        days = [day for each in range(1, last + 1) if self.is_workday(day := date(year, month, each))]
        return days[min(number, len(days)) - 1]

    def workdays_before(self, day: date, number: int) -> date:
        """The day that lies `number` workdays before the given one; 0 is the day itself."""
        while number > 0:
            day -= timedelta(days=1)
            number -= self.is_workday(day)
        return day

    def started_workdays_after(self, deadline: datetime, moment: datetime) -> int:
        """How many workdays late a moment is: 0 on time; each workday begun after the deadline adds 1.

        The rest of the deadline's own day is the first, if that is a workday. Days off do not count.
        """
        if moment <= deadline:
            return 0
        last = moment.astimezone(deadline.tzinfo).date()
        days = (last - deadline.date()).days
        late = sum(self.is_workday(deadline.date() + timedelta(days=each)) for each in range(days + 1))
        return max(1, late)


@lru_cache(maxsize=2000)  # some five years: a service asks for the same days again and again
def _published(day: date) -> bool | None:
    """Whether the published table has the day as a workday; None for a year without a table."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """When forms are due (报送时限).

    Attributes:
        day: Day of the month 1-31; the last day in a shorter month.
        at: Time of day.
        month_after: Counted in the month after the period's last one.
    """

    day: int = 28
    at: time = time(18, 0)
    month_after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline: the moment, with time zone, and whether a day off moved it."""

    at: datetime
    moved: bool


def deadline_of(period: Period, rule: DeadlineRule, workdays: Workdays, zone: ZoneInfo) -> Deadline:
    """Return the period's deadline, moved to the next workday when it falls on a day off.

    Half-monthly and weekly periods are due on their last day.
    """
    named = _named_day(period, rule)
    due = workdays.next_workday(named)
    return Deadline(at=datetime.combine(due, rule.at, zone), moved=due != named)


def _named_day(period: Period, rule: DeadlineRule) -> date:
    last = period.ends_on
    if (last - period.starts_on).days < 27:
        return last
    if rule.month_after:
        last = last + timedelta(days=1)
    return last.replace(day=min(rule.day, calendar.monthrange(last.year, last.month)[1]))
