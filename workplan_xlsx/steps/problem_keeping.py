"""问题清单 of ledger.xlsx kept up to date with what the forms say."""

from __future__ import annotations

from workplan_xlsx.books.ledger.problem_sheet import SheetWritten, write_problems
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.steps.following import problems_of
from workplan_xlsx.steps.workspace import Office


def keep_problems(office: Office, ledger: Ledger) -> SheetWritten:
    """Add new problems to 问题清单 of ledger.xlsx and renew their states."""
    return write_problems(problems_of(office, ledger, office.now), office.folders.ledger, office.lang)
