"""Restatement (更正): a published figure and what holds now. What was published stays as it was."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from workplan_xlsx.domain.model import Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Submission


class PeriodState(StrEnum):
    """Whether what a unit sends for a period still goes into the period's own figures."""

    OPEN = "open"  # 填报中: nothing was published yet
    CLOSED = "closed"  # 已通报: what comes later changes nothing published, and is restated
    REOPENED = "reopened"  # 已重开: open again for one unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """One figure of a published period that is another one now.

    Attributes:
        edition: Number of the period's last published edition.
        published, published_status: What it said; None and "" where the figure was missing.
        value, status: What holds now; None and "" where nothing holds any more.
        source: The later form; None where an override changed it.
        reopened: Whether the office had reopened the period for the unit.
    """

    unit: str
    task: Task
    target: Target
    period: Period
    edition: int
    published: Decimal | None
    published_status: str
    value: Decimal | None
    status: str
    source: Submission | None
    reopened: bool = False
