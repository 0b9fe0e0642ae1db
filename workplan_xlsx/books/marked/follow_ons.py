"""Follow-on findings: what a graver finding already explains is not said a second time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from workplan_xlsx.domain.findings import Code, Finding, Severity
from workplan_xlsx.domain.returns import ReturnedForm

_GRAVER_FIRST = (Severity.ERROR, Severity.QUERY, Severity.NOTE)
_NO_TABLE = (Code.SHEET_MISSING,)
_ABOUT_THE_TABLE = ("structure", "type", "relation")
_SPEAKS_FOR_ITS_ROW = (Code.ROW_REPEATED, Code.ROW_FOREIGN, Code.ROW_UNKNOWN, Code.ROW_WITHOUT_CODE)

Key = TypeVar("Key")


def without_follow_ons(findings: Iterable[Finding], returned: ReturnedForm) -> tuple[Finding, ...]:
    """Return the findings that say something new, each once, in their order.

    Left out: what is said of a table that is not there; of a row that stands there twice or does not belong
    there, beside that; of a cell, what is less grave than something else about the same cell.
    """
    said = tuple(dict.fromkeys(findings))
    if any(finding.code in _NO_TABLE for finding in said):
        return tuple(
            each for each in said if each.code in _NO_TABLE or each.code.group not in _ABOUT_THE_TABLE
        )
    rows = _rows_by_cell(returned)
    spoken_for = {_row_of(each, rows) for each in said if each.code in _SPEAKS_FOR_ITS_ROW}
    kept = [
        each
        for each in said
        if each.code in _SPEAKS_FOR_ITS_ROW or not each.cell or _row_of(each, rows) not in spoken_for
    ]
    return tuple(each for each in kept if not each.cell or each.severity is _gravest_at(each, kept))


def _rows_by_cell(returned: ReturnedForm) -> dict[tuple[str, str], str]:
    """(sheet, cell) -> code of the row that the cell belongs to."""
    return {
        (content.sheet, content.cell): row.code
        for row in returned.rows
        for content in (row.code_at, *row.answers.values())
    }


def _row_of(finding: Finding, rows: dict[tuple[str, str], str]) -> str:
    """The code of the finding's row; a place of its own for a cell that belongs to none."""
    return rows.get((finding.sheet, finding.cell), f"{finding.sheet}!{finding.cell}")


def _gravest_at(finding: Finding, findings: Iterable[Finding]) -> Severity:
    there = {each.severity for each in findings if (each.sheet, each.cell) == (finding.sheet, finding.cell)}
    return next(severity for severity in _GRAVER_FIRST if severity in there)
