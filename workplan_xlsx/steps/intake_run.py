"""What one run over the inbox works with, and the files that it has in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan_xlsx.domain.judging.judge import JudgingPlan
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.inbox import Entry, Stamp, changed_lately
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.judging import Judged, OpenedArchive
from workplan_xlsx.intake.readers import Readers
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.inbox_files import TakenName

if TYPE_CHECKING:
    from workplan_xlsx.steps.planning_forms import FormBasis

_SHORT = 12  # digits of a ledger's digest that stand in a form
_STAMP_TELLS_AFTER_SECONDS = 3  # file systems count time in steps of up to two seconds


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run over the inbox.

    Attributes:
        patience: Whether files that look unfinished are given time; not where everything is to be judged at
            once.
        now_ns: The clock when the inbox was looked at, for comparing with the stamps of files.
        lying: Files of earlier runs that may still lie in the inbox, by name.
        known: Of these the hashes whose bytes are in the store.
        inbox_id: Which folder the inbox was then (device, inode): if it is another one, its share is gone.
    """

    office: Office
    ledger: Ledger
    plan: JudgingPlan
    readers: Readers[Judged]
    openers: Workers[OpenedArchive]
    lying: Mapping[str, TakenName]
    known: frozenset[str]
    now_ns: int
    patience: bool
    dry_run: bool
    inbox_id: Stamp = ()
    _bases: dict[Period, FormBasis] = field(default_factory=dict)

    def form_basis(self, period: Period) -> FormBasis:
        """What the marked copies of a period are made from; gathered once a run."""
        from workplan_xlsx.steps.planning_forms import form_basis

        if period not in self._bases:
            version = self.office.store.ledger_versions()[-1].digest[:_SHORT]
            self._bases[period] = form_basis(self.office, self.ledger, period, version)
        return self._bases[period]

    def lies_there_since(self, entry: Entry) -> TakenName | None:
        """The record of this very file, if an earlier run took it and could not put it away."""
        taken = self.lying.get(entry.name)
        if taken is None or taken.sha256 not in self.known or taken.stamp != as_text(entry.stamp):
            return None
        return taken

    def name_of(self, hand: FileInHand, entry: Entry, *, member: bool) -> TakenName:
        """What is remembered of a file in hand. One that was changed just now is not known by its stamp."""
        tells = not member and not changed_lately(
            entry.stamp, self.now_ns, within_seconds=_STAMP_TELLS_AFTER_SECONDS
        )
        stamp = as_text(entry.stamp) if tells else ""
        return TakenName(name=hand.name, stamp=stamp, sha256=hand.sha256, seen_at=self.office.now)


def as_text(stamp: Stamp) -> str:
    """A stamp as the store keeps it."""
    return " ".join(map(str, stamp))


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A file in hand.

    Attributes:
        hand: Its data are empty where its bytes are known from an earlier run and were not read again.
        member: Whether it is a member of the archive `entry`.
        unread: Whether its bytes were not read again.
    """

    entry: Entry
    hand: FileInHand
    member: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file in hand that is in the store now.

    Attributes:
        judged: What the worker said, if it was judged in this run.
        first: Whether this is the file whose bytes were kept, not a repetition of them.
    """

    met: Met
    submission: Submission
    judged: Judged | None
    first: bool
