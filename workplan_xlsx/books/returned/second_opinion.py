"""The second, independent reading of an .xlsx: the cells that count must be the same in both.

calamine is asked; where it cannot be (it refuses the workbook, or a stray cell far out would make it ask
for the memory of a whole sheet) openpyxl is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from workplan_xlsx.books.returned.calamine_grid import (
    Value,
    foreign_reader,
    open_calamine,
    rows_from_top,
    serial_of_value,
)
from workplan_xlsx.books.returned.grid import Cell, Grid, Sheet
from workplan_xlsx.books.returned.unreadable import Unreadable, damaged
from workplan_xlsx.domain.returns import CellKind

LARGEST_DENSE_AREA = 5_000_000
"""Cells of the box that calamine would allocate."""

_SAME_SERIAL = 2e-5  # a second is 1.2e-5 of a day; calamine and Excel round times differently
Rows = Sequence[Sequence[Value]]


class Difference(NamedTuple):
    """A place where the two readings differ, and what each says."""

    row: int
    column: int
    one: str
    two: str


def first_difference(
    data: bytes, grid: Grid, sheet: Sheet, places: Iterable[tuple[int, int]]
) -> Difference | None:
    """Return the first of the places where the second reader sees something else; None when all agree.

    Raises:
        Unreadable: No second reader can open the workbook.
    """
    places = sorted(set(places) - {(cell.row, cell.column) for cell in sheet.covered})
    if not places:
        return None
    rows = _second_rows(data, sheet, last_row=places[-1][0])
    for row, column in places:
        theirs = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        ours = sheet.at(row, column)
        if not _same(ours, theirs, epoch_1904=grid.epoch_1904):
            return Difference(row, column, ours.text if ours else "", str(theirs))
    return None


def _second_rows(data: bytes, sheet: Sheet, *, last_row: int) -> Rows:
    if sheet.box_area <= LARGEST_DENSE_AREA:
        try:
            return _calamine_rows(data, sheet.name)
        except Unreadable:
            pass
    return _openpyxl_rows(data, sheet, last_row=last_row)


def _calamine_rows(data: bytes, name: str) -> Rows:
    book = open_calamine(data)
    with foreign_reader():
        sheet = book.get_sheet_by_name(name)
    return rows_from_top(sheet)


def _openpyxl_rows(data: bytes, sheet: Sheet, *, last_row: int) -> Rows:
    """The streaming mode of openpyxl, from A1 to the last row that counts."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        page = book[sheet.name]
        page.reset_dimensions()
        last_column = max((cell.column for cell in sheet.cells() if cell.row <= last_row), default=0)
        rows = page.iter_rows(max_row=last_row + 1, max_col=last_column + 1, values_only=True)
        return [tuple(_plain(value) for value in row) for row in rows]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, SyntaxError):
        # openpyxl lets nine kinds of errors through for files that it cannot read
        raise damaged("second_refuses") from None


def _plain(value: object) -> Value:
    """A value of openpyxl as calamine would give it."""
    if value is None:
        return ""
    return value if isinstance(value, bool | int | float | date | time | timedelta) else str(value)


def _same(ours: Cell | None, theirs: Value, *, epoch_1904: bool) -> bool:
    if ours is None or ours.kind in (CellKind.ERROR, CellKind.UNCALCULATED):
        # calamine shows errors and missing results as blanks, openpyxl shows the error's sign
        return theirs == "" or (isinstance(theirs, str) and (theirs.startswith("#") or not theirs.strip()))
    if isinstance(theirs, str):
        return ours.kind in (CellKind.TEXT, CellKind.DATE) and _bare(ours.text) == _bare(theirs)
    if isinstance(theirs, bool):
        return ours.kind is CellKind.TRUTH and ours.text == ("TRUE" if theirs else "FALSE")
    if isinstance(theirs, date | datetime | time | timedelta):
        return _same_moment(ours, theirs, epoch_1904=epoch_1904)
    return ours.number is not None and float(ours.number) == float(theirs)


def _same_moment(ours: Cell, theirs: date | datetime | time | timedelta, *, epoch_1904: bool) -> bool:
    if ours.number is None:
        return ours.kind is CellKind.DATE and ours.text.startswith(str(theirs)[:10])
    serial = Decimal(repr(serial_of_value(theirs, epoch_1904=epoch_1904)))
    return abs(ours.number - serial) < Decimal(repr(_SAME_SERIAL))


def _bare(text: str) -> str:
    """Without white space: calamine trims, and line ends differ."""
    return "".join(text.split())
