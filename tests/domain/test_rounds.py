"""Which rounds are due: each once a period, missed ones made up, failed ones tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.rounds import (
    RoundKind,
    RoundPlan,
    RunRecord,
    due_rounds,
    retry_after,
    rounds_of,
)
from workplan_xlsx.domain.workdays import DeadlineRule, Workdays

ZONE = ZoneInfo("Asia/Shanghai")
ROUNDS = list(rounds_of(Period.all_of(2023, Rhythm.MONTHLY), RoundPlan(), DeadlineRule(), Workdays(), ZONE))
SUMMER = [each for each in ROUNDS if each.period.index in (6, 7)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def told(rounds) -> list[str]:
    return [f"{each.due_at:%m-%d %H:%M} {each.kind} {each.period}" for each in rounds]


def test_the_month_in_order():
    """Forms on the first workday; the report on the third workday after the deadline."""
    assert told(sorted(SUMMER, key=lambda each: each.due_at)) == [
        "06-01 08:30 forms_out 2023-06",
        "07-03 08:30 report 2023-06",
        "07-03 08:30 forms_out 2023-07",
        "08-02 08:30 report 2023-07",
    ]


def test_what_was_missed_is_made_up_once():
    """The machine was off from June 1 to 12: the forms go out on the 12th, then never again."""
    due = due_rounds(SUMMER, [], at("2023-06-12T09:00"))
    done = [
        RunRecord(
            period=each.period,
            kind=each.kind,
            due_at=each.due_at,
            attempts=1,
            finished_at=at("2023-06-12T09:00"),
            retry_at=None,
            message="",
        )
        for each in due
    ]

    assert told(due) == ["06-01 08:30 forms_out 2023-06"]
    assert due_rounds(SUMMER, done, at("2023-06-20T09:00")) == []


def test_forms_are_not_sent_out_after_their_report_is_due():
    """Off for two months: nobody fills in June's form in August, its report still comes."""
    assert told(due_rounds(SUMMER, [], at("2023-08-01T09:00"))) == [
        "07-03 08:30 forms_out 2023-07",
        "07-03 08:30 report 2023-06",
    ]


def test_a_failed_round_waits_longer_each_time():
    """1, 2, 4 ... minutes, at most two hours; a finished one never comes back."""
    failed = RunRecord(
        period=Period.parse("2023-06"),
        kind=RoundKind.FORMS_OUT,
        due_at=at("2023-06-01T08:30"),
        attempts=1,
        finished_at=None,
        retry_at=at("2023-06-01T08:31"),
        message="磁盘已满",
    )

    assert due_rounds(SUMMER, [failed], at("2023-06-01T08:30")) == []
    assert len(due_rounds(SUMMER, [failed], at("2023-06-01T08:31"))) == 1
    assert [retry_after(number) for number in (1, 2, 4, 20)] == [
        timedelta(minutes=1),
        timedelta(minutes=2),
        timedelta(minutes=8),
        timedelta(hours=2),
    ]
