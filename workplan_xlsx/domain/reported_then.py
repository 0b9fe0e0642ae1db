"""A figure as it was reported, where the ledger has given its target another meaning since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedThen:
    """What stands in the form, and why it is not what counts now.

    Attributes:
        value, stage, measure: As reported, in the 计量单位 of then; None and "" where there was none.
        what: Which field of the target changed, as in `MeaningChange`.
        before, after: What it said then and says now.
        converted: Whether the figure was converted exactly; else it does not count until it is told anew.
    """

    value: Decimal | None
    stage: str
    measure: str
    what: str
    before: str
    after: str
    converted: bool
