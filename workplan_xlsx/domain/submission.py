"""What became of a file from the inbox, and what a unit has reported (报送)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.quick_to_pickle import quick_to_pickle
from workplan_xlsx.domain.reported_then import ReportedThen
from workplan_xlsx.domain.returns import Entry


class Outcome(StrEnum):
    """Where a file of the inbox ends up; each file has exactly one."""

    ACCEPTED = "accepted"
    RETURNED = "returned"  # 退回: the unit is told what to mend
    DUPLICATE = "duplicate"  # the same bytes were taken in before
    SUPERSEDED = "superseded"  # accepted once, a later valid form of the same unit and period counts now
    QUARANTINED = "quarantined"  # could not be read or attributed; kept for a person
    IGNORED = "ignored"  # not a return at all: folder, lock file, our own note
    WAITING = "waiting"  # still being copied; looked at again next time


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What judging one file's bytes came to; nothing has been kept yet.

    Attributes:
        unit: Ledger name, "" where the file could not be attributed.
        period: None where it could not be attributed.
        identified_by: Which mark said whose it is (see IdentityMark.source).
        entries: The accepted rows; empty unless the outcome is ACCEPTED.
        sign_off: (key, text) pairs of the head's inputs, keys as in SignOff.
    """

    file: str
    sha256: str
    outcome: Outcome
    unit: str = ""
    period: Period | None = None
    form_version: str = ""
    identified_by: str = ""
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    sign_off: tuple[tuple[str, str], ...] = ()


_NOTHING: Mapping[str, Any] = {}


def _nothing() -> Mapping[str, Any]:
    """The same for all: of thousands of forms hardly one lends a row, or meant something else."""
    return _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A judged file as kept in the store: the verdict, when it was received, and its place in the sequence.

    Attributes:
        received_at: Moment of the receipt, with time zone.
        version: 1 for the first judged form of its unit and period, then 2, 3 ... (returned ones count too).
        verdict: As judged when received; its outcome never changes. Whether a later one supersedes it
            follows from the sequence (domain/merging.py).
        judged_by: Digest of the ledger by which it was judged; "" where that is not known.
        sent_as: The name of then, where the unit has another one now.
        lent: By target code the form of another of the unit's former names in which its row stands; the row
            is among the verdict's entries all the same (domain/merging.py).
        then: By target code what was reported, where it does not mean now what it meant
            (domain/measures_of_today.py); the verdict's entries hold what counts.
    """

    received_at: datetime
    version: int
    verdict: Verdict
    judged_by: str = ""
    sent_as: str = ""
    lent: Mapping[str, Submission] = field(default_factory=_nothing, compare=False)
    then: Mapping[str, ReportedThen] = field(default_factory=_nothing, compare=False)

    def form_of(self, target_code: str) -> Submission:
        """The form in which the target's row stands: this one, unless two units became one."""
        return self.lent.get(target_code, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedForm:
    """A form that was sent out: which unit, which period, which wording of the ledger."""

    period: Period
    unit: str
    version: str
    issued_at: datetime
    path: str
