"""Jobs that the service does with every look (inbox, mail, page): how they went last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from workplan_xlsx.store.door import Door
from workplan_xlsx.store.schema import standing_job


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingJob:
    """One job of every look.

    Attributes:
        failures: How often it has failed since it last went well; 0 while all is well.
        failing_since: When the first of those failures was; None while all is well.
        retry_at: Not before this moment again; None while all is well.
        done_at: When it last went well, to the day it was first told; None when it never did.
        message: Why it failed last, one sentence.
    """

    name: str
    failures: int = 0
    failing_since: datetime | None = None
    retry_at: datetime | None = None
    done_at: datetime | None = None
    message: str = ""


class StandingJobs(Door):
    """The jobs of every look; only what changes is written, so that a quiet year leaves no trace."""

    def job(self, name: str) -> StandingJob:
        """Return how the job went last; all well when it was never recorded."""
        with self.reading() as connection:
            row = connection.execute(select(standing_job).where(standing_job.c.name == name)).first()
        return StandingJob(name=name) if row is None else _job(row)

    def failing_jobs(self) -> tuple[StandingJob, ...]:
        """Return the jobs that failed last time, by name."""
        wanted = select(standing_job).where(standing_job.c.failures > 0).order_by(standing_job.c.name)
        with self.reading() as connection:
            return tuple(_job(row) for row in connection.execute(wanted))

    def record_job(self, job: StandingJob) -> None:
        """Put how the job went in place of what was known of it."""
        with self.writing() as connection:
            connection.execute(delete(standing_job).where(standing_job.c.name == job.name))
            connection.execute(insert(standing_job).values(**_row(job)))


def _row(job: StandingJob) -> dict[str, object]:
    return {
        "name": job.name,
        "failures": job.failures,
        "failing_since": job.failing_since,
        "retry_at": job.retry_at,
        "done_at": job.done_at,
        "message": job.message,
    }


def _job(row: Any) -> StandingJob:
    return StandingJob(
        name=row.name,
        failures=row.failures,
        failing_since=row.failing_since,
        retry_at=row.retry_at,
        done_at=row.done_at,
        message=row.message,
    )
