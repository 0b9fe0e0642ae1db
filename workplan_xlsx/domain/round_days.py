"""On which day a round falls, as a rule: 第1个工作日, 截止前3个工作日, 次月5日."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Workdays


class Anchor(StrEnum):
    """From where a round's day is counted."""

    FROM_START = "from_start"  # 第n个工作日: of the period
    FROM_END = "from_end"  # 倒数第n个工作日: of the period
    BEFORE_DEADLINE = "before_deadline"  # 截止前n个工作日; 0 is 截止当天
    AFTER_DEADLINE = "after_deadline"  # 截止后n个工作日
    DAY_OF_MONTH = "day_of_month"  # n日: of the period's last month
    DAY_OF_NEXT_MONTH = "day_of_next_month"  # 次月n日


@dataclass(frozen=True, slots=True)
class DayRule:
    """A round's day: so many workdays, or a day of the month, counted from the anchor.

    A day of the month that a month lacks is its last day; one that is a day off moves to the next workday.
    A workday that a period lacks (the 22nd of February) is its last one.
    """

    anchor: Anchor
    number: int

    def day(self, period: Period, deadline_on: date, workdays: Workdays) -> date:
        """The day in a period whose deadline is on the given day."""
        match self.anchor:
            case Anchor.FROM_START:
                return _nth_workday(period, self.number, workdays)
            case Anchor.FROM_END:
                return _nth_workday_from_end(period, self.number, workdays)
            case Anchor.BEFORE_DEADLINE:
                return workdays.workdays_before(deadline_on, self.number)
            case Anchor.AFTER_DEADLINE:
                return _workdays_after(deadline_on, self.number, workdays)
            case Anchor.DAY_OF_MONTH:
                return workdays.next_workday(_day_of_month(period.ends_on, self.number))
            case Anchor.DAY_OF_NEXT_MONTH:
                first = _last_of_month(period.ends_on) + timedelta(days=1)
                return workdays.next_workday(_day_of_month(first, self.number))


def _nth_workday(period: Period, number: int, workdays: Workdays) -> date:
    days = _workdays_of(period, workdays)
    return days[min(number, len(days)) - 1] if days else workdays.next_workday(period.ends_on)


def _nth_workday_from_end(period: Period, number: int, workdays: Workdays) -> date:
    days = _workdays_of(period, workdays)
    return days[-min(number, len(days))] if days else workdays.next_workday(period.ends_on)


def _workdays_of(period: Period, workdays: Workdays) -> list[date]:
    """Empty in a week that is all holiday."""
    length = (period.ends_on - period.starts_on).days + 1
    days = (period.starts_on + timedelta(days=each) for each in range(length))
    return [day for day in days if workdays.is_workday(day)]


def _workdays_after(day: date, number: int, workdays: Workdays) -> date:
    for _ in range(number):
        day = workdays.next_workday(day + timedelta(days=1))
    return day


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _day_of_month(month: date, number: int) -> date:
    return month.replace(day=min(number, _last_of_month(month).day))
