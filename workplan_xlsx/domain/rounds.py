"""Which rounds of the month are due now: decided from the plan, the calendar and the run ledger; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import DeadlineRule, Workdays, deadline_of


class RoundKind(StrEnum):
    """What a round does; each happens once a period."""

    FORMS_OUT = "forms_out"  # 下发填报表
    REPORT = "report"  # 生成通报


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """When rounds are due, in the office's words; 0 switches a round off.

    Attributes:
        forms_out_workday: Forms go out on this workday of the period's first month.
        report_workday: The report is made on this workday after the deadline's day.
        at: Time of day of both.
    """

    forms_out_workday: int = 1
    report_workday: int = 3
    at: time = time(8, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of one period, and when it is due."""

    period: Period
    kind: RoundKind
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What the run ledger knows of a round.

    Attributes:
        finished_at: None while it has not succeeded.
        attempts: How often it was begun.
        retry_at: Not before this moment again; None when never begun or finished.
        message: What went wrong last, one sentence; "" when nothing did.
    """

    period: Period
    kind: RoundKind
    due_at: datetime
    attempts: int
    finished_at: datetime | None
    retry_at: datetime | None
    message: str


def rounds_of(
    periods: Iterable[Period], plan: RoundPlan, rule: DeadlineRule, workdays: Workdays, zone: ZoneInfo
) -> Iterator[Round]:
    """Yield every round of the periods with its due moment, in no particular order."""
    for period in periods:
        if plan.forms_out_workday:
            first = workdays.next_workday(period.starts_on)
            for _ in range(plan.forms_out_workday - 1):
                first = workdays.next_workday(first + timedelta(days=1))
            due_at = datetime.combine(first, plan.at, zone)
            yield Round(period=period, kind=RoundKind.FORMS_OUT, due_at=due_at)
        if plan.report_workday:
            day = deadline_of(period, rule, workdays, zone).at.date()
            for _ in range(plan.report_workday):
                day = workdays.next_workday(day + timedelta(days=1))
            due_at = datetime.combine(day, plan.at, zone)
            yield Round(period=period, kind=RoundKind.REPORT, due_at=due_at)


def due_rounds(rounds: Iterable[Round], records: Sequence[RunRecord], now: datetime) -> list[Round]:
    """Return what is due and not done, the longest overdue first; what was missed comes up exactly once.

    A failed round waits for its retry moment. A period's forms are never sent out after its report is due:
    what was missed for good is not made up late, only its report is.
    """
    known = {(record.period, record.kind): record for record in records}
    listed = list(rounds)
    reported_at = {each.period: each.due_at for each in listed if each.kind is RoundKind.REPORT}
    due = []
    for each in listed:
        record = known.get((each.period, each.kind))
        if each.due_at > now or (record is not None and not _may_run(record, now)):
            continue
        if each.kind is RoundKind.FORMS_OUT and now >= reported_at.get(each.period, now + timedelta(1)):
            continue
        due.append(each)
    return sorted(due, key=lambda each: (each.due_at, each.kind))


def _may_run(record: RunRecord, now: datetime) -> bool:
    return record.finished_at is None and (record.retry_at is None or record.retry_at <= now)


def retry_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failure: 1, 2, 4 ... minutes, at most 2 hours."""
    return min(timedelta(minutes=2 ** (attempts - 1)), timedelta(hours=2))
