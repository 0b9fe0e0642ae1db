"""What taking in came to: one outcome for every entry of the inbox, and how far each one came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from workplan_xlsx.domain.findings import Code, Finding, Severity
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict


class Stage(StrEnum):
    """How far a file came before its outcome was known, in this order."""

    SEEN = "seen"
    SETTLING = "settling"
    STORED = "stored"  # its bytes were read and hashed
    READ = "read"
    IDENTIFIED = "identified"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """What became of one entry of the inbox, or of one member of an archive.

    Attributes:
        outcome: As it stands after this run (an accepted form displaced in the same run is superseded).
        verdict: Without its figures: those stand in the store.
        submission: As kept, without figures; None where nothing was kept (ignored, waiting, dry run).
        marked_copy: The form to send back; None where there is none.
        place: Where it was put; None where it was not.
        stays: Whether it should have been put away and could not be.
        trouble: Why its answer could not be written; made up for by the next run.
    """

    file: str
    outcome: Outcome
    verdict: Verdict
    submission: Submission | None = None
    marked_copy: Path | None = None
    place: Path | None = None
    stays: bool = False
    trouble: str = ""

    @property
    def unchecked(self) -> bool:
        """Whether an own rule could not be asked about it."""
        return any(each.code is Code.OWN_RULE_FAILED for each in self.verdict.findings)

    @property
    def stage(self) -> Stage:
        """How far it came."""
        if self.outcome is Outcome.IGNORED:
            return Stage.SEEN
        if self.outcome is Outcome.WAITING:
            return Stage.SETTLING
        if self.outcome is Outcome.QUARANTINED:
            return self._where_quarantined()
        if self.outcome is Outcome.DUPLICATE:
            return Stage.STORED
        errors = (each for each in self.verdict.findings if each.severity is not Severity.NOTE)
        in_doubt = any(each.code.group == "identity" for each in errors)
        return Stage.IDENTIFIED if in_doubt else Stage.JUDGED

    def _where_quarantined(self) -> Stage:
        if not self.verdict.sha256:
            return Stage.SEEN
        unreadable = any(
            each.code.group == "file" and each.severity is Severity.ERROR for each in self.verdict.findings
        )
        return Stage.STORED if unreadable else Stage.READ


def not_taken(name: str, outcome: Outcome, finding: Finding) -> TakenFile:
    """An entry that was not read: ignored, waiting, or nothing that could be read."""
    verdict = Verdict(file=name, sha256="", outcome=outcome, findings=(finding,))
    return TakenFile(file=name, outcome=outcome, verdict=verdict)


def repetition(name: str, of: Verdict) -> Verdict:
    """The same bytes again: they count once, whatever the name."""
    return Verdict(file=name, sha256=of.sha256, outcome=Outcome.DUPLICATE, unit=of.unit, period=of.period)


def without_figures(submission: Submission) -> Submission:
    """What is told of a kept file, light enough to be held for thousands of them."""
    verdict = replace(submission.verdict, entries=())
    return Submission(received_at=submission.received_at, version=submission.version, verdict=verdict)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What `collect` came to; every entry seen, and every member of an archive, has exactly one outcome.

    Attributes:
        seen: Entries of the inbox and members of archives.
        warnings: What the operator should know about the run itself.
        problem_rows: Rows of 问题清单 in ledger.xlsx that were added or renewed.
        notes: What the coordinator has to know beside the files.
    """

    files: tuple[TakenFile, ...]
    seen: int
    dry_run: bool
    problem_rows: int = 0
    notes: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        outcomes = sum(self.count(outcome) for outcome in Outcome)
        names = {taken.file for taken in self.files}
        if not self.seen == outcomes == len(names):
            raise AssertionError(f"{self.seen} files seen, {outcomes} outcomes of {len(names)} names")

    def count(self, outcome: Outcome) -> int:
        """How many files ended so."""
        return self._counts[outcome]

    @cached_property
    def _counts(self) -> Counter[Outcome]:
        return Counter(taken.outcome for taken in self.files)

    @property
    def brings_news(self) -> bool:
        """Whether any file was judged in this run, or in an earlier one that was stopped over it."""
        kept = (taken for taken in self.files if taken.submission is not None)
        return any(taken.outcome is not Outcome.DUPLICATE for taken in kept)

    @property
    def wants_a_person(self) -> bool:
        """Whether anything was returned, not recognised, not answered, or not held against an own rule."""
        asks = (Outcome.RETURNED, Outcome.QUARANTINED)
        return any(taken.outcome in asks or taken.trouble or taken.unchecked for taken in self.files)
