"""What taking in came to: one outcome for every entry of the inbox."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict


@dataclass(frozen=True, kw_only=True)
class TakenFile:
    """What became of one entry of the inbox.

    Attributes:
        outcome: As it stands after this run (an accepted form displaced in the same run is superseded).
        submission: As kept; None where nothing was kept (ignored, waiting, dry run).
        marked_copy: The form to send back; None where there is none.
    """

    file: str
    outcome: Outcome
    verdict: Verdict
    submission: Submission | None = None
    marked_copy: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What `collect` came to; every entry seen has exactly one outcome.

    Attributes:
        problem_rows: Rows of 问题清单 in ledger.xlsx that were added or renewed.
        notes: What the coordinator has to know beside the files.
    """

    files: tuple[TakenFile, ...]
    seen: int
    dry_run: bool
    problem_rows: int = 0
    notes: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        if len(self.files) != self.seen:
            raise AssertionError(f"{self.seen} entries seen, {len(self.files)} outcomes")

    def count(self, outcome: Outcome) -> int:
        """How many entries ended so."""
        return Counter(taken.outcome for taken in self.files)[outcome]
