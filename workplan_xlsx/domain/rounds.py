"""Which rounds of the month are due now: decided from the plan, the calendar and the run ledger; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.round_days import Anchor, DayRule
from workplan_xlsx.domain.workdays import DeadlineRule, Workdays, deadline_of


class RoundKind(StrEnum):
    """What a round does; the order is that of the month."""

    FORMS_OUT = "forms_out"  # 下发填报表
    REMIND_ALL = "remind_all"  # 提醒全部单位
    REMIND_MISSING = "remind_missing"  # 催报: to those missing
    DRAFT = "draft_report"  # 通报征求意见稿
    REPORT = "report"  # 生成通报
    PROBLEMS = "overdue_problems"  # 超期问题提醒


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRule:
    """When a kind of round falls due in each period.

    Attributes:
        step: 1 for the only or first one of its kind, 2, 3 ... for further ones (several reminders).
        words: As the office wrote it; shown where the round is.
    """

    kind: RoundKind
    day: DayRule
    at: time = time(8, 30)
    step: int = 1
    words: str = ""


DEFAULT_RULES = (
    RoundRule(kind=RoundKind.FORMS_OUT, day=DayRule(Anchor.FROM_START, 1)),
    RoundRule(kind=RoundKind.REMIND_ALL, day=DayRule(Anchor.BEFORE_DEADLINE, 3)),
    RoundRule(kind=RoundKind.REMIND_MISSING, day=DayRule(Anchor.BEFORE_DEADLINE, 1)),
    RoundRule(kind=RoundKind.DRAFT, day=DayRule(Anchor.AFTER_DEADLINE, 1)),
    RoundRule(kind=RoundKind.REPORT, day=DayRule(Anchor.AFTER_DEADLINE, 3)),
    RoundRule(kind=RoundKind.PROBLEMS, day=DayRule(Anchor.DAY_OF_MONTH, 15)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """All rounds of the plan; a kind without a rule is not done by itself."""

    rules: tuple[RoundRule, ...] = DEFAULT_RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of one period.

    Attributes:
        name: Unique in its period: the kind, with the step from the second one on.
        due_at: When it should happen, with time zone; it may be made up for later.
        lapses_at: From when on doing it would do harm (a reminder after the deadline); None: never.
    """

    period: Period
    kind: RoundKind
    due_at: datetime
    step: int = 1
    lapses_at: datetime | None = None

    @property
    def name(self) -> str:
        """Its name in the run ledger."""
        return self.kind.value if self.step == 1 else f"{self.kind.value}-{self.step}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What the run ledger knows of a round.

    Attributes:
        ended: It was done, or given up: it never comes back.
        retry_at: Not before this moment again; None when never begun or ended.
    """

    period: Period
    name: str
    ended: bool
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be done now (the longest overdue first), and what was missed for good.

    Attributes:
        next_at: Before this moment nothing more falls due, is missed or may be tried again; None: ever.
    """

    due: tuple[Round, ...]
    lapsed: tuple[Round, ...]
    next_at: datetime | None = None


def rounds_of(
    periods: Iterable[Period], plan: RoundPlan, rule: DeadlineRule, workdays: Workdays, zone: ZoneInfo
) -> Iterator[Round]:
    """Yield every round of the periods with its due moment, period by period in the order of the month."""
    for period in periods:
        deadline = deadline_of(period, rule, workdays, zone).at
        due_at = {
            each: datetime.combine(each.day.day(period, deadline.date(), workdays), each.at, zone)
            for each in plan.rules
        }
        ends = _lapses(due_at, deadline)
        for each in sorted(plan.rules, key=lambda rule: (due_at[rule], list(RoundKind).index(rule.kind))):
            yield Round(
                period=period,
                kind=each.kind,
                step=each.step,
                due_at=due_at[each],
                lapses_at=ends.get(each.kind),
            )


def _lapses(due_at: Mapping[RoundRule, datetime], deadline: datetime) -> dict[RoundKind, datetime]:
    """Nobody fills in a form whose report is due, or wants a draft beside the final report."""
    reports = [moment for rule, moment in due_at.items() if rule.kind is RoundKind.REPORT]
    ends = {RoundKind.REMIND_ALL: deadline}
    if reports:
        ends |= dict.fromkeys((RoundKind.FORMS_OUT, RoundKind.REMIND_MISSING, RoundKind.DRAFT), min(reports))
    return ends


def agenda(rounds: Sequence[Round], records: Sequence[RunRecord], now: datetime) -> Agenda:
    """Return what is due and not done; what was missed comes up exactly once.

    A failed round waits for its retry moment. Of several missed rounds of one kind in a period only the last
    is done: two reminders in one minute help nobody.
    """
    known = {(record.period, record.name): record for record in records}
    begun = [each for each in rounds if _utc(each.due_at) <= _utc(now)]
    open_rounds = [each for each in begun if not _ended(known.get((each.period, each.name)))]
    last = {(each.period, each.kind): each for each in sorted(begun, key=lambda each: _utc(each.due_at))}
    due, lapsed = [], []
    for each in open_rounds:
        replaced = last[each.period, each.kind] is not each
        if replaced or (each.lapses_at is not None and _utc(each.lapses_at) <= _utc(now)):
            lapsed.append(each)
        elif _may_run(known.get((each.period, each.name)), now):
            due.append(each)
    next_at = _next_moment(rounds, records, now)
    return Agenda(tuple(sorted(due, key=_order)), tuple(sorted(lapsed, key=_order)), next_at)


def _next_moment(rounds: Sequence[Round], records: Sequence[RunRecord], now: datetime) -> datetime | None:
    moments = [each.due_at for each in rounds]
    moments += [each.lapses_at for each in rounds if each.lapses_at is not None]
    moments += [each.retry_at for each in records if each.retry_at is not None and not each.ended]
    return min((each for each in moments if _utc(each) > _utc(now)), key=_utc, default=None)


def next_rounds(rounds: Iterable[Round], now: datetime, count: int) -> tuple[Round, ...]:
    """The next rounds to come, the nearest first."""
    coming = sorted((each for each in rounds if _utc(each.due_at) > _utc(now)), key=_order)
    return tuple(coming[:count])


def _order(each: Round) -> tuple[datetime, int, int]:
    return _utc(each.due_at), list(RoundKind).index(each.kind), each.step


def _utc(moment: datetime) -> datetime:
    """Moments of one zone are compared by the clock on the wall otherwise, which runs back in autumn."""
    return moment.astimezone(UTC)


def _ended(record: RunRecord | None) -> bool:
    return record is not None and record.ended


def _may_run(record: RunRecord | None, now: datetime) -> bool:
    return record is None or record.retry_at is None or _utc(record.retry_at) <= _utc(now)


def retry_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failure: 1, 2, 4 ... minutes, at most 2 hours."""
    return min(timedelta(minutes=2 ** (min(attempts, 10) - 1)), timedelta(hours=2))
