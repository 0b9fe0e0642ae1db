"""How a unit reported: on time, late, returned, missing; kept apart from how its tasks stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from workplan_xlsx.domain.editions.reported import Punctuality, ReportingRecord
from workplan_xlsx.domain.editions.rules import ReportingRules
from workplan_xlsx.domain.submission import Outcome, Submission
from workplan_xlsx.domain.workdays import Workdays


def record(
    unit: str,
    submissions: Sequence[Submission],
    counted: Submission | None,
    *,
    deadline: datetime,
    workdays: Workdays,
    rules: ReportingRules,
) -> ReportingRecord:
    """Return how the unit reported in a period; `submissions` are its own, of that period.

    A unit is on time when its first accepted form was; a later correction does not make it late.
    """
    history = tuple(sorted(submissions, key=lambda each: (each.version, each.received_at)))
    accepted = [each for each in history if each.verdict.outcome is Outcome.ACCEPTED]
    times_returned = sum(1 for each in history if each.verdict.outcome is Outcome.RETURNED)
    late = workdays.started_workdays_after(deadline, accepted[0].received_at) if accepted else 0
    return ReportingRecord(
        unit=unit,
        deadline=deadline,
        punctuality=_punctuality(bool(accepted), late, times_returned),
        counted=counted,
        late_workdays=late,
        times_returned=times_returned,
        history=history,
        score=rules.score(late, times_returned) if accepted else Fraction(0),
    )


def _punctuality(accepted: bool, late_workdays: int, times_returned: int) -> Punctuality:
    if not accepted:
        return Punctuality.RETURNED if times_returned else Punctuality.MISSING
    return Punctuality.LATE if late_workdays else Punctuality.ON_TIME
