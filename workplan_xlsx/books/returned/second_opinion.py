"""The second, independent reading of an .xlsx: the cells that count must be the same in both.

calamine is asked; where it cannot be (it refuses the workbook, or a stray cell far out would make it ask
for the memory of a whole sheet) openpyxl is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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
from workplan_xlsx.books.returned.number_formats import moment_of
from workplan_xlsx.books.returned.unreadable import Unreadable, damaged
from workplan_xlsx.domain.returns import CellKind

LARGEST_DENSE_AREA = 5_000_000
"""Cells of the box that calamine would allocate."""

_SAME_SERIAL = 2e-5  # a second is 1.2e-5 of a day; calamine and Excel round times differently
Rows = Iterable[Sequence[Value]]


class Difference(NamedTuple):
    """A place where the two readings differ, and what each says."""

    row: int
    column: int
    one: str
    two: str


def first_difference(
    data: bytes,
    grid: Grid,
    sheet: Sheet,
    *,
    columns: Collection[int],
    from_row: int,
    places: Collection[tuple[int, int]] = (),
) -> Difference | None:
    """Return the first place where the second reader sees something else; None when both agree.

    Looked at are these columns from a row down to the end of both readings, and single places beside them.
    What stands under a merge is not looked at: no reader of ours takes it.

    Raises:
        Unreadable: No second reader can open the workbook.
    """
    if not columns and not places:
        return None
    furthest = max([*columns, *(column for _, column in places)])
    wanted = _Wanted(frozenset(columns), from_row, frozenset(places))
    covered = {(cell.row, cell.column) for cell in sheet.covered}
    theirs = dict(wanted.of(_second_rows(data, sheet, furthest)))
    ours = {(cell.row, cell.column): cell for cell in sheet.cells() if wanted.has(cell.row, cell.column)}
    for place in sorted((theirs.keys() | ours.keys()) - covered):
        mine, other = ours.get(place), theirs.get(place, "")
        if not _same(mine, other, epoch_1904=grid.epoch_1904):
            return Difference(*place, mine.text if mine else "", str(other))
    return None


class _Wanted(NamedTuple):
    """The cells that count."""

    columns: frozenset[int]
    from_row: int
    places: frozenset[tuple[int, int]]

    def has(self, row: int, column: int) -> bool:
        """Whether this one does."""
        return (row >= self.from_row and column in self.columns) or (row, column) in self.places

    def of(self, rows: Rows) -> Iterator[tuple[tuple[int, int], Value]]:
        """Yield those that hold something; a blank row costs next to nothing."""
        last_place = max((row for row, _ in self.places), default=-1)
        for row, values in enumerate(rows):
            if row >= self.from_row:
                for column in self.columns:
                    if column < len(values) and values[column] != "":
                        yield (row, column), values[column]
            if row <= last_place:
                for place_row, column in self.places:
                    if place_row == row and column < len(values) and values[column] != "":
                        yield (row, column), values[column]


def _second_rows(data: bytes, sheet: Sheet, furthest: int) -> Rows:
    if sheet.box_area <= LARGEST_DENSE_AREA:
        try:
            return _calamine_rows(data, sheet.name)
        except Unreadable:
            if not data.startswith(b"PK"):
                raise
    return _openpyxl_rows(data, sheet, furthest)


def _calamine_rows(data: bytes, name: str) -> Rows:
    book = open_calamine(data)
    with foreign_reader():
        sheet = book.get_sheet_by_name(name)
    return rows_from_top(sheet)


def _openpyxl_rows(data: bytes, sheet: Sheet, furthest: int) -> Rows:
    """The streaming mode of openpyxl, from A1 on."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        page = book[sheet.name]
        page.reset_dimensions()
        for row in page.iter_rows(max_col=furthest + 1, values_only=True):
            yield [_plain(value) for value in row] if any(value is not None for value in row) else ()
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
        return theirs == "" or (
            isinstance(theirs, str) and (theirs.startswith(("#", "Err:")) or not theirs.strip())
        )
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
    if ours.kind is CellKind.DATE and moment_of(ours.number, epoch_1904=epoch_1904) is None:
        return True  # no day at all, or Excel's 29 February 1900: every reader makes up another one
    serial = Decimal(repr(serial_of_value(theirs, epoch_1904=epoch_1904)))
    return abs(ours.number - serial) < Decimal(repr(_SAME_SERIAL))


def _bare(text: str) -> str:
    """Without white space: calamine trims, and line ends differ."""
    return "".join(text.split())
