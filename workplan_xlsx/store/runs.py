"""The run ledger: which scheduled round was done, is under way, or failed; each happens exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from workplan_xlsx.domain.period import Period
from workplan_xlsx.store.door import Door, next_number
from workplan_xlsx.store.schema import run


class RunState(StrEnum):
    """How far a round has come."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    LAPSED = "lapsed"  # missed for good: doing it late would harm (a reminder after the deadline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One round of the schedule; there is one for each plan, period and kind.

    Attributes:
        kind: What the round does, in the scheduler's word ("templates", "collect", "report" ...).
        due_at: When it should have happened; it may be made up for later.
        attempts: How often it was begun; 0 only where it lapsed untried.
        ended_at: When the last attempt finished or failed; None while running.
        retry_at: When a failed one may be tried again; None: a person must look first.
        message: Why it failed or lapsed; "" otherwise.
    """

    plan: str
    period: Period
    kind: str
    due_at: datetime
    state: RunState
    attempts: int
    claimed_at: datetime
    ended_at: datetime | None
    retry_at: datetime | None
    message: str


class Runs(Door):
    """The rounds of the schedule."""

    def claim(self, plan: str, period: Period, kind: str, due_at: datetime, now: datetime) -> bool:
        """Take the round on; True for exactly one caller.

        A failed round can be taken on again from its `retry_at` on; any other never.
        """
        with self.writing() as connection:
            row = connection.execute(select(run).where(_same(plan, period, kind))).first()
            if row is None:
                fresh = {"plan": plan, "period": period, "kind": kind, "due_at": due_at, "attempts": 1}
                number = next_number(connection, run)
                connection.execute(insert(run).values(number=number, **fresh, **_running(now)))
                return True
            if row.state != RunState.FAILED or row.retry_at is None or row.retry_at > now:
                return False
            again = update(run).where(_same(plan, period, kind))
            connection.execute(again.values(attempts=row.attempts + 1, **_running(now)))
            return True

    def finish(self, plan: str, period: Period, kind: str, at: datetime) -> None:
        """The round is done."""
        self._end(plan, period, kind, {"state": RunState.FINISHED.value, "ended_at": at})

    def fail(
        self,
        plan: str,
        period: Period,
        kind: str,
        at: datetime,
        *,
        message: str,
        retry_at: datetime | None,
    ) -> None:
        """The round failed; from `retry_at` on it may be tried again (None: not by itself)."""
        ended = {"state": RunState.FAILED.value, "ended_at": at, "message": message, "retry_at": retry_at}
        self._end(plan, period, kind, ended)

    def lapse(
        self, plan: str, period: Period, kind: str, due_at: datetime, now: datetime, *, message: str
    ) -> None:
        """Record that the round was missed for good; one that ever ended is left as it is."""
        with self.writing() as connection:
            row = connection.execute(select(run).where(_same(plan, period, kind))).first()
            given_up = {"state": RunState.LAPSED.value, "ended_at": now, "retry_at": None, "message": message}
            if row is None:
                fresh = {"plan": plan, "period": period, "kind": kind, "due_at": due_at, "attempts": 0}
                number = next_number(connection, run)
                connection.execute(insert(run).values(number=number, claimed_at=now, **fresh, **given_up))
            elif row.state == RunState.FAILED:
                connection.execute(update(run).where(_same(plan, period, kind)).values(given_up))

    def _end(self, plan: str, period: Period, kind: str, values: dict[str, object]) -> None:
        ended = update(run).where(_same(plan, period, kind), run.c.state == RunState.RUNNING.value)
        with self.writing() as connection:
            if connection.execute(ended.values(values)).rowcount != 1:
                raise ValueError(f"no round of {kind} for {period} is under way")

    def interrupted(self) -> tuple[Run, ...]:
        """Return every running round; for whoever holds the lock they are what a dead run had begun."""
        running = select(run).where(run.c.state == RunState.RUNNING.value).order_by(run.c.number)
        with self.reading() as connection:
            return tuple(_run(row) for row in connection.execute(running))

    def release_interrupted(self, now: datetime, *, message: str) -> tuple[Run, ...]:
        """Mark every running round as failed and due again now; return them as they were.

        For whoever holds the workspace's lock: the run that had begun them is dead.
        """
        interrupted = self.interrupted()
        for each in interrupted:
            self.fail(each.plan, each.period, each.kind, now, message=message, retry_at=now)
        return interrupted

    def run_of(self, plan: str, period: Period, kind: str) -> Run | None:
        """Return the round; None when nobody has taken it on yet."""
        with self.reading() as connection:
            row = connection.execute(select(run).where(_same(plan, period, kind))).first()
        return None if row is None else _run(row)

    def runs(self) -> tuple[Run, ...]:
        """Return all rounds in the order in which they were first taken on."""
        with self.reading() as connection:
            return tuple(_run(row) for row in connection.execute(select(run).order_by(run.c.number)))


def _same(plan: str, period: Period, kind: str) -> ColumnElement[bool]:
    return (run.c.plan == plan) & (run.c.period == period) & (run.c.kind == kind)


def _running(now: datetime) -> dict[str, object]:
    return {
        "state": RunState.RUNNING.value,
        "claimed_at": now,
        "ended_at": None,
        "retry_at": None,
        "message": "",
    }


def _run(row: Any) -> Run:
    return Run(
        plan=row.plan,
        period=row.period,
        kind=row.kind,
        due_at=row.due_at,
        state=RunState(row.state),
        attempts=row.attempts,
        claimed_at=row.claimed_at,
        ended_at=row.ended_at,
        retry_at=row.retry_at,
        message=row.message,
    )
