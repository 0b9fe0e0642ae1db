"""Workdays and deadlines by the Chinese calendar with 调休."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import DeadlineRule, Workdays, deadline_of

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = Workdays()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2023-06-22", False),  # 端午节, a Thursday
        ("2023-06-25", True),  # 调休: a working Sunday
        ("2023-06-24", False),  # a plain Saturday
        ("2023-06-26", True),
    ],
)
def test_holidays_and_working_weekends(day, works):
    """The published table decides, not the weekday."""
    assert DAYS.is_workday(date.fromisoformat(day)) is works


def test_a_year_without_a_table_has_weekends_only_and_says_so():
    """2040 is not published: told, not guessed silently."""
    assert (DAYS.known(2023), DAYS.known(2040)) == (True, False)
    assert DAYS.is_workday(date(2040, 1, 2))
    one_day = {date(2040, 1, 2): False}
    assert not Workdays(overrides=one_day).known(2040)
    assert Workdays(overrides=one_day, complete_years=frozenset({2040})).known(2040)


@pytest.mark.parametrize(
    ("period", "rule", "due", "moved"),
    [
        ("2023-06", DeadlineRule(), "2023-06-28T18:00", False),
        ("2023-10", DeadlineRule(day=1), "2023-10-07T18:00", True),  # 国庆, then a working Saturday
        ("2023-02", DeadlineRule(day=31), "2023-02-28T18:00", False),
        ("2023-06", DeadlineRule(day=3, at=time(12), month_after=True), "2023-07-03T12:00", False),
        ("2023-12", DeadlineRule(day=5, month_after=True), "2024-01-05T18:00", False),
        ("2023Q2", DeadlineRule(), "2023-06-28T18:00", False),
        ("2023-W25", DeadlineRule(), "2023-06-25T18:00", False),
    ],
)
def test_the_deadline_moves_to_the_next_workday(period, rule, due, moved):
    """Day 31 is the last day of a short month; weeks are due on their last day."""
    deadline = deadline_of(Period.parse(period), rule, DAYS, ZONE)

    assert (deadline.at, deadline.moved) == (at(due), moved)


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        ("2023-06-28T18:00", 0),
        ("2023-06-28T18:01", 1),
        ("2023-06-29T09:00", 2),
        ("2023-07-01T09:00", 3),  # a Saturday adds nothing
        ("2023-07-03T09:00", 4),
    ],
)
def test_started_workdays_late(moment, days):
    """On time is 0; the rest of the deadline's own day is the first."""
    assert DAYS.started_workdays_after(at("2023-06-28T18:00"), at(moment)) == days


def test_a_moment_in_another_zone_is_the_same_moment():
    """10:00 UTC is 18:00 in Shanghai: on time."""
    assert (
        DAYS.started_workdays_after(at("2023-06-28T18:00"), datetime.fromisoformat("2023-06-28T10:00+00:00"))
        == 0
    )
