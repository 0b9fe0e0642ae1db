"""Where a period stands: who was asked, who has sent, what was returned, who is missing."""

from __future__ import annotations

from dataclasses import dataclass

from workplan_xlsx.domain.editions.reported import Punctuality, ReportingRecord
from workplan_xlsx.domain.editions.working_out import records_of
from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.merging import counting
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.restating import PeriodState
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.errors import UsageError
from workplan_xlsx.steps.following import disagreements_among, known_forms
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say


@dataclass(frozen=True, kw_only=True)
class PeriodStatus:
    """The state of a period's returns.

    Attributes:
        records: One a unit that was asked, in the roster's order.
        editions: How many editions were published: from the first on the period is closed.
        disagreements: (unit, finding) where the leads of a target report differently.
        reopened: Units for which a closed period is open again.
    """

    period: Period
    deadline: Deadline
    records: tuple[ReportingRecord, ...]
    editions: int
    disagreements: tuple[tuple[str, Finding], ...] = ()
    reopened: tuple[str, ...] = ()

    def state(self, unit: str) -> PeriodState:
        """Whether the period is open, closed or reopened for the unit."""
        if not self.editions:
            return PeriodState.OPEN
        return PeriodState.REOPENED if unit in self.reopened else PeriodState.CLOSED

    def units(self, *kinds: Punctuality) -> tuple[str, ...]:
        """The units that reported in one of these ways."""
        return tuple(record.unit for record in self.records if record.punctuality in kinds)


def period_status(office: Office, ledger: Ledger, period: Period) -> PeriodStatus:
    """Return who has reported for the period so far."""
    submissions = known_forms(office, ledger, period)
    counted = counting(submissions)
    deadline = office.deadline(period)
    records = records_of(
        ledger,
        submissions,
        counted,
        deadline.at,
        office.workdays,
        office.config.rules.reporting,
    )
    return PeriodStatus(
        period=period,
        deadline=deadline,
        records=tuple(records.values()),
        editions=len(office.store.editions(period)),
        disagreements=disagreements_among(ledger, period, counted, office.lang),
        reopened=tuple(each.unit for each in ledger.decisions.reopenings if each.period == period),
    )


def latest_issued(office: Office) -> Period:
    """The last period for which forms went out.

    Raises:
        UsageError: None went out yet.
    """
    last = last_issued(office)
    if last is None:
        raise UsageError(say("cli.nothing_issued", office.lang))
    return last


def last_issued(office: Office) -> Period | None:
    """The last period for which forms went out; None before the first."""
    return max(office.store.issued_periods(), key=lambda period: period.ends_on, default=None)
