"""问题清单 of ledger.xlsx kept up to date with what the forms say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.steps.following import problems_of
from workplan_xlsx.steps.workspace import Office

if TYPE_CHECKING:
    from workplan_xlsx.books.ledger.problem_sheet import SheetWritten


def keep_problems(office: Office, ledger: Ledger) -> SheetWritten | None:
    """Add new problems to 问题清单 of ledger.xlsx and renew their states; None where nobody ever told any."""
    problems = problems_of(office, ledger, office.now)
    if not problems:
        return None
    from workplan_xlsx.books.ledger.problem_sheet import write_problems  # here: reads the whole book

    return write_problems(problems, office.folders.ledger, office.lang)
