"""The problem loop (问题清单): raised by a unit, answered by the office, reported done, closed out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workplan_xlsx.domain.decisions import ProblemAnswer
from workplan_xlsx.domain.model import Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Submission


class ProblemState(StrEnum):
    """How far a problem has come; the value is the office's word."""

    NEW = "新增"
    COORDINATING = "协调中"
    REPORTED_DONE = "已解决"  # the unit says so
    CLOSED_OUT = "已销号"  # the office has verified it


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A difficulty that a unit raised in its form, followed from period to period.

    Attributes:
        number: Stable: the period and row in which it was raised, "2023-06/39-1"; with the unit's name
            behind it where that unit was not the row's reporting unit.
        difficulty, request, next_steps: As last told by the unit.
        source, sheet, cell: The form and cell that last told of it.
        raised_in, told_in: First and last period in which the unit told of it.
        answer: What the office says; None as long as it says nothing.
        age_days: Days since the form that raised it was received.
        overdue_days: Days past the office's own date for an answer; 0 when not overdue, or no longer open.
    """

    unit: str
    task: Task
    target: Target
    difficulty: str
    request: str
    next_steps: str
    source: Submission
    sheet: str
    cell: str
    number: str = ""
    raised_in: Period | None = None
    told_in: Period | None = None
    state: ProblemState = ProblemState.NEW
    answer: ProblemAnswer | None = None
    age_days: int = 0
    overdue_days: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it still stands: the unit has not reported it done, the office not struck it off."""
        return self.state in (ProblemState.NEW, ProblemState.COORDINATING)
