"""What a unit reported before: the yardstick of the rules that look back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from workplan_xlsx.domain.handed_over import handed_over
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Submission

PastRows = Mapping[tuple[str, str], "PastRow"]
"""By unit and target code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRow:
    """A row as it was accepted last.

    Attributes:
        value: The figure that held: the office's, where it decided another one (核定).
        former: The one that held before it; forms may go out before the last period's have come back.
        unchanged: For how many periods running, that one included, the figure has been the same.
    """

    value: Decimal | None = None
    progress: str = ""
    unchanged: int = 1
    former: Decimal | None = None


def past_rows(
    ledger: Ledger, period: Period, counted: Mapping[Period, Mapping[str, Submission]]
) -> dict[tuple[str, str], PastRow]:
    """Return each row as it was accepted last before the period; `counted` holds the forms that count."""
    rows: dict[tuple[str, str], PastRow] = {}
    for earlier in sorted(each for each in counted if each < period):
        for unit, submission in counted[earlier].items():
            for entry in submission.verdict.entries:
                place = unit, entry.target_code
                decided = ledger.decisions.override(entry.target_code, earlier) if entry.counts else None
                value = decided.value if decided and decided.value is not None else entry.value
                rows[place] = _follow(rows.get(place), value, entry.progress)
        _hand_over(ledger, earlier, counted[earlier], rows)
    return rows


def _hand_over(
    ledger: Ledger, period: Period, counted: Mapping[str, Submission], rows: dict[tuple[str, str], PastRow]
) -> None:
    """Whoever leads a task now goes on from what its former lead had reached; the account was not its own."""
    for code, (_, entry) in handed_over(ledger, counted).items():
        place = ledger.task_of_target[code].reporting_unit, code
        if place not in rows:
            decided = ledger.decisions.override(code, period)
            value = decided.value if decided and decided.value is not None else entry.value
            rows[place] = _follow(None, value, "")


def _follow(before: PastRow | None, value: Decimal | None, progress: str) -> PastRow:
    if before is None:
        return PastRow(value=value, progress=progress)
    unchanged = before.unchanged + 1 if value is not None and before.value == value else 1
    return PastRow(value=value, progress=progress, unchanged=unchanged, former=before.value)
