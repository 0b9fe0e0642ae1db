"""How a unit reported for a period (报送情况)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from workplan_xlsx.domain.submission import Submission


class Punctuality(StrEnum):
    """The reporting light: kept apart from the progress light."""

    ON_TIME = "按时"
    LATE = "迟报"
    RETURNED = "退回未重报"
    MISSING = "未报"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRecord:
    """How a unit reported for a period (报送情况).

    Attributes:
        counted: The submission that counts; None when nothing was accepted.
        late_workdays: Started workdays after the deadline; 0 on time.
        times_returned: How often its form had to be returned.
        history: All of its judged submissions of the period, in order of receipt.
        score: 0-100, exact.
    """

    unit: str
    deadline: datetime
    punctuality: Punctuality
    counted: Submission | None
    late_workdays: int
    times_returned: int
    history: tuple[Submission, ...]
    score: Fraction
