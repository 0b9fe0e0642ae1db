"""Which period is meant when none was named: today's for the forms, the last one due for the report."""

from __future__ import annotations

from datetime import datetime

from workplan_xlsx.domain.period import Period
from workplan_xlsx.errors import UsageError
from workplan_xlsx.steps.standing import latest_issued
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say


def period_of_today(office: Office) -> Period:
    """The period in which today lies.

    Raises:
        UsageError: Today lies in no period of the plan year.
    """
    period = Period.containing(office.now.date(), office.config.rhythm)
    if period.year != office.config.year:
        facts = {"day": office.now.date(), "year": office.config.year}
        raise UsageError(say("cli.today_in_no_period", office.lang, **facts))
    return period


def last_due_period(office: Office, at: datetime) -> Period:
    """The last period whose forms went out and whose deadline had passed at the moment.

    Raises:
        UsageError: No forms went out yet, or the first deadline is still to come.
    """
    due = [each for each in office.store.issued_periods() if office.deadline(each).at < at]
    if due:
        return max(due, key=lambda each: each.ends_on)
    latest = latest_issued(office)
    deadline = f"{office.deadline(latest).at:%Y-%m-%d %H:%M}"
    raise UsageError(say("cli.nothing_due", office.lang, period=latest, deadline=deadline))
