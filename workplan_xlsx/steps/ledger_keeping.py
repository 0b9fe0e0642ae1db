"""ledger.xlsx against the ledger in force: checked, compared, recorded with a date."""

from __future__ import annotations

from dataclasses import dataclass

from workplan_xlsx.books.ledger.reader import read_ledger
from workplan_xlsx.domain.findings import Finding, Severity, gravest
from workplan_xlsx.domain.ledger_changes import LedgerChange, differences
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.errors import LedgerError
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say


@dataclass(frozen=True, kw_only=True)
class LedgerReview:
    """What reading ledger.xlsx came to.

    Attributes:
        ledger: As read; None where it has errors.
        changes: Differences to the ledger in force.
        recorded: Whether it was put in force now.
    """

    ledger: Ledger | None
    findings: tuple[Finding, ...]
    changes: tuple[LedgerChange, ...]
    recorded: bool


def review(office: Office, *, record: bool) -> LedgerReview:
    """Read ledger.xlsx back; if it is clean, differs and is to be recorded, put it in force."""
    reading = read_ledger(office.folders.ledger)
    if reading.ledger is None or gravest(reading.findings) is Severity.ERROR:
        return LedgerReview(ledger=None, findings=reading.findings, changes=(), recorded=False)
    changes = tuple(differences(office.store.ledger_in_force(), reading.ledger))
    if changes and record:
        office.store.record_ledger(reading.ledger, office.now)
    return LedgerReview(
        ledger=reading.ledger,
        findings=reading.findings,
        changes=changes,
        recorded=bool(changes and record),
    )


def ledger_to_use(office: Office) -> Ledger:
    """Return the ledger in force, after what the coordinator changed in ledger.xlsx has been recorded.

    Raises:
        LedgerError: ledger.xlsx holds mistakes; the first few are named.
    """
    if not office.folders.ledger.exists():
        return office.ledger()
    review_now = review(office, record=True)
    if review_now.ledger is None:
        errors = [each for each in review_now.findings if each.severity is Severity.ERROR]
        told = "\n".join(f"  {each.place()}  {each.message(office.lang)}" for each in errors[:10])
        raise LedgerError(say("cli.ledger_has_errors", office.lang, count=len(errors), errors=told))
    return review_now.ledger
