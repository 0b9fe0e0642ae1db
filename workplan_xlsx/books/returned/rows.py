"""The rows of a returned form: what stands in 序号 and in the input columns, line by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workplan_xlsx.books.columns import CODE_KEY
from workplan_xlsx.books.returned.contents import content_of, contents_of, contents_there
from workplan_xlsx.books.returned.grid import Cell
from workplan_xlsx.books.returned.number_formats import written_code
from workplan_xlsx.books.returned.table import Table
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.returns import Answer, CellKind, GivenCells, ReturnedRow
from workplan_xlsx.domain.unseen import as_seen

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
    places = _Places.in_table(table)
    for number, cells in table.body:
        code, restored = _code(table, cells.get(places.code), epoch_1904=epoch_1904)
        if _is_row(code, cells, places):
            rows.append(_row(table, number, cells, code, places))
            findings += restored
    return FormRows(tuple(rows), tuple(findings))


class _Places(NamedTuple):
    """In which columns a row is read.

    Attributes:
        code, name, unit: NOWHERE where the sheet lacks the column.
        code_at: Where a row's code stands or would stand.
    """

    code: int
    name: int
    unit: int
    code_at: int
    inputs: Mapping[Answer, int]
    given: tuple[int, ...]

    @classmethod
    def in_table(cls, table: Table) -> _Places:
        """The places in this table."""
        columns = table.columns
        code, name, unit = (columns.get(key, _NOWHERE) for key in (CODE_KEY, "name", "unit"))
        inputs = {answer: columns[answer.value] for answer in Answer if answer.value in columns}
        given = tuple(columns.get(key, _NOWHERE) for key in GivenCells._fields)
        return cls(code, name, unit, columns.get(CODE_KEY, min(columns.values())), inputs, given)


_NOWHERE = -1
_DATE = CellKind.DATE


def _is_row(code: str, cells: Mapping[int, Cell], places: _Places) -> bool:
    if _CODE.fullmatch(code):
        return True
    name = None if code else cells.get(places.name)
    if name is not None and not name.is_blank:
        return True
    return any(column in cells and not cells[column].is_blank for column in places.inputs.values())


def _row(table: Table, number: int, cells: Mapping[int, Cell], code: str, places: _Places) -> ReturnedRow:
    sheet, name, unit = table.sheet.name, cells.get(places.name), cells.get(places.unit)
    return ReturnedRow(
        code=code,
        code_at=content_of(sheet, cells, number, places.code_at),
        row=number + 1,
        hidden=number in table.sheet.hidden_rows,
        answers=contents_of(sheet, cells, number, places.inputs),
        name=name.text.strip() if name else "",
        unit=unit.text.strip() if unit else "",
        given=GivenCells._make(contents_there(sheet, cells, number, places.given)),
    )


def _code(table: Table, cell: Cell | None, *, epoch_1904: bool) -> tuple[str, Sequence[Finding]]:
    """What stands in 序号; a code that a program turned into a date is turned back where that is certain."""
    if cell is None:
        return "", ()
    if cell.kind is _DATE and cell.number is not None:
        code = written_code(cell.format_code, cell.number, epoch_1904=epoch_1904)
        if code is not None:
            facts = {"got": cell.text, "code": code}
            place = cell.address
            return code, [found(Code.CODE_WAS_DATE, sheet=table.sheet.name, cell=place, **facts)]
    return tidy_code(cell.text), ()


def tidy_code(written: str) -> str:
    """The code without white space; full-width digits and long dashes as a code has them."""
    if _OUR_SHAPE.fullmatch(written):
        return written  # nearly always
    text = as_seen(written)
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES))
    return plain if _OUR_SHAPE.fullmatch(plain) else text
