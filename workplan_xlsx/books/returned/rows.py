"""The rows of a returned form: what stands in 序号 and in the input columns, line by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from workplan_xlsx.books.columns import CODE_KEY
from workplan_xlsx.books.returned.contents import content_of
from workplan_xlsx.books.returned.grid import Cell
from workplan_xlsx.books.returned.number_formats import written_code
from workplan_xlsx.books.returned.table import Table
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.returns import Answer, CellKind, ReturnedRow

_CODE = re.compile(r"(?=.*\d)[\w.\-]{1,30}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣ー", "-"))
_OUR_SHAPE = re.compile(r"\d+(-\d+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class FormRows:
    """The rows as read, and what was met on the way (codes that had become dates)."""

    rows: tuple[ReturnedRow, ...]
    findings: tuple[Finding, ...]


def read_rows(table: Table, *, epoch_1904: bool) -> FormRows:
    """Return the table's rows in the sheet's order.

    A line is a row if something stands in one of its input columns, or a code in 序号, or a name in 指标名称
    where the code was lost. Bands and notes, which have text in another column only, are none.
    """
    findings: list[Finding] = []
    rows = []
    inputs = {answer: table.columns[answer.value] for answer in Answer if answer.value in table.columns}
    for number, cells in table.body:
        code, restored = _code(table, cells, epoch_1904=epoch_1904)
        name = cells.get(table.columns["name"]) if "name" in table.columns else None
        if _is_row(code, name, cells, inputs):
            rows.append(_row(table, number, cells, code, inputs))
            findings += restored
    return FormRows(tuple(rows), tuple(findings))


def _is_row(code: str, name: Cell | None, cells: Mapping[int, Cell], inputs: Mapping[Answer, int]) -> bool:
    if _CODE.fullmatch(code) or (not code and name is not None and not name.is_blank):
        return True
    return any(column in cells and not cells[column].is_blank for column in inputs.values())


def _row(
    table: Table, number: int, cells: Mapping[int, Cell], code: str, inputs: Mapping[Answer, int]
) -> ReturnedRow:
    sheet = table.sheet.name
    code_column = table.columns.get(CODE_KEY, min(table.columns.values()))
    return ReturnedRow(
        code=code,
        code_at=content_of(sheet, cells, number, code_column),
        row=number + 1,
        hidden=number in table.sheet.hidden_rows,
        answers={answer: content_of(sheet, cells, number, column) for answer, column in inputs.items()},
        name=_text(table, cells, "name"),
        unit=_text(table, cells, "unit"),
    )


def _text(table: Table, cells: Mapping[int, Cell], key: str) -> str:
    cell = cells.get(table.columns[key]) if key in table.columns else None
    return cell.text.strip() if cell else ""


def _code(table: Table, cells: Mapping[int, Cell], *, epoch_1904: bool) -> tuple[str, list[Finding]]:
    """What stands in 序号; a code that a program turned into a date is turned back where that is certain."""
    cell = cells.get(table.columns[CODE_KEY]) if CODE_KEY in table.columns else None
    if cell is None:
        return "", []
    if cell.kind is CellKind.DATE and cell.number is not None:
        code = written_code(cell.format_code, cell.number, epoch_1904=epoch_1904)
        if code is not None:
            facts = {"got": cell.text, "code": code}
            place = cell.address
            return code, [found(Code.CODE_WAS_DATE, sheet=table.sheet.name, cell=place, **facts)]
    return tidy_code(cell.text), []


def tidy_code(written: str) -> str:
    """The code without white space; full-width digits and long dashes as a code has them."""
    if _OUR_SHAPE.fullmatch(written):
        return written  # nearly always
    text = "".join(written.split())
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES))
    return plain if _OUR_SHAPE.fullmatch(plain) else text
