"""The figure that counts for a target in a period, and where it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workplan_xlsx.domain.decisions import Override
from workplan_xlsx.domain.model import Joint, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.reported_then import ReportedThen
from workplan_xlsx.domain.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The figure that counts for a target in a period, and where it comes from.

    Attributes:
        unit: The reporting unit.
        value: Exact, in the target's unit; None for a stage or where nothing was accepted.
        status: The stage's word (进展状态) as reported; "" when none.
        source: The submission it was read from; None where nothing was accepted.
        sheet, cell: The cell in that file; "" without a source.
        provisional: From a form that was returned, but a clean row of it (`partial = "merge"`).
        override: The office's decision that value or status come from; None where they are as reported.
        reported, reported_status: What the unit reported, where an override holds instead.
        then: What was reported in another measure or sense; None where it means what it says.
        parts: Every lead's own figure, where the target's `joint` makes one of several.
    """

    unit: str
    task: Task
    target: Target
    period: Period
    value: Decimal | None
    status: str
    source: Submission | None
    sheet: str = ""
    cell: str = ""
    provisional: bool = False
    override: Override | None = None
    reported: Decimal | None = None
    reported_status: str = ""
    then: ReportedThen | None = None
    parts: tuple[Figure, ...] = ()

    @property
    def lead(self) -> str:
        """The lead that this figure alone measures (各计各的); "" where all leads share the figure."""
        shared = self.target.joint is not Joint.EACH or len(self.task.lead_units) < 2
        return "" if shared else self.unit

    @property
    def read_from(self) -> tuple[Figure, ...]:
        """The figures that stand in cells of forms: the parts of a sum; else the figure itself."""
        is_sum = self.target.joint is Joint.SUM and self.parts and self.source is not None
        return self.parts if is_sum else (self,)
