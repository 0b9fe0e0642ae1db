"""The second, independent reading of an .xlsx: the cells that count must be the same in both.

calamine is asked; where it cannot be (it refuses the workbook, or a stray cell far out would make it ask
for the memory of a whole sheet) openpyxl is. Where calamine says something else, openpyxl is heard as well:
calamine stops at a comment or a character written by its number inside a value, and knows no UTF-16.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from math import isfinite
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
from workplan_xlsx.books.returned.sniffing import Format, sniff
from workplan_xlsx.books.returned.unreadable import Unreadable, damaged, too_large
from workplan_xlsx.books.returned.xlsx_texts import unescaped
from workplan_xlsx.domain.returns import CellKind
from workplan_xlsx.domain.rounding import shown_of_double

LARGEST_DENSE_AREA = 5_000_000
"""Cells of the box that calamine would allocate."""

_SAME_SERIAL = 2e-5  # a second is 1.2e-5 of a day; calamine and Excel round times differently
_TEXT = CellKind.TEXT
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
    counting = _Counting(sorted(columns), from_row, places)
    difference = _difference(grid, sheet, _second_rows(data, sheet, furthest), counting)
    if difference is None or sniff(data).format is not Format.XLSX:
        return difference
    try:
        third = _difference(grid, sheet, _openpyxl_rows(data, sheet, furthest), counting)
    except Unreadable:
        return difference
    return difference if third is not None else None


def _difference(grid: Grid, sheet: Sheet, theirs: Rows, counting: _Counting) -> Difference | None:
    covered = {(cell.row, cell.column) for cell in sheet.covered}
    for row, column, mine, other in _unlike(sheet, theirs, counting):
        same = (row, column) in covered or _same(mine, other, epoch_1904=grid.epoch_1904)
        if not same:
            return Difference(row, column, mine.text if mine else "", str(other))
    return None


class _Counting:
    """The cells that count."""

    def __init__(self, columns: Sequence[int], from_row: int, places: Collection[tuple[int, int]]) -> None:
        self._columns, self._from_row = columns, from_row
        self._above: dict[int, list[int]] = {}
        for row, column in sorted(places):
            if row < from_row:
                self._above.setdefault(row, []).append(column)

    def columns_of(self, row: int) -> Sequence[int]:
        """The columns of a row in which they stand."""
        return self._columns if row >= self._from_row else self._above.get(row, ())


def _unlike(sheet: Sheet, theirs: Rows, counting: _Counting) -> Iterator[tuple[int, int, Cell | None, Value]]:
    """Yield (row, column, our cell, the other value) where not both have the same text, or nothing."""
    row = -1
    nothing: Mapping[int, Cell] = {}
    for row, values in enumerate(theirs):
        cells, width = sheet.rows.get(row, nothing), len(values)
        for column in counting.columns_of(row):
            mine, other = cells.get(column), values[column] if column < width else ""
            if other != "" if mine is None else mine.text != other or mine.kind is not _TEXT:
                yield row, column, mine, other
    for beyond, cells in sheet.rows.items():
        if beyond > row:
            for column in counting.columns_of(beyond):
                if column in cells:
                    yield beyond, column, cells[column], ""


def _second_rows(data: bytes, sheet: Sheet, furthest: int) -> Rows:
    if sheet.box_area <= LARGEST_DENSE_AREA:
        try:
            return _calamine_rows(data, sheet.name)
        except Unreadable:
            if sniff(data).format is not Format.XLSX:
                raise
    elif sniff(data).format is not Format.XLSX:
        raise too_large("area", limit=f"{LARGEST_DENSE_AREA:,}")
    return _openpyxl_rows(data, sheet, furthest)


def _calamine_rows(data: bytes, name: str) -> Rows:
    book = open_calamine(data)
    with foreign_reader():
        sheet = book.get_sheet_by_name(name)
    return rows_from_top(sheet)


def _openpyxl_rows(data: bytes, sheet: Sheet, furthest: int) -> Rows:
    """The streaming mode of openpyxl, from A1 on."""
    import warnings

    import openpyxl

    warnings.filterwarnings("ignore", module="openpyxl")  # about looks that it leaves out
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
    if type(theirs) is float and ours is not None and ours.kind is CellKind.NUMBER:
        return _same_number(ours, theirs)
    if ours is None or ours.kind in (CellKind.ERROR, CellKind.UNCALCULATED):
        return _is_nothing_or_error(theirs) or (ours is not None and ours.text == str(theirs))
    if isinstance(theirs, str):
        is_text = ours.kind in (CellKind.TEXT, CellKind.DATE, CellKind.STRUCK_OUT)
        return is_text and _bare(ours.text) in (_bare(theirs), _bare(unescaped(theirs)))
    if isinstance(theirs, bool):
        return ours.kind is CellKind.TRUTH and ours.text == ("TRUE" if theirs else "FALSE")
    if isinstance(theirs, date | datetime | time | timedelta):
        return _same_moment(ours, theirs, epoch_1904=epoch_1904)
    return _same_number(ours, float(theirs))


def _same_number(ours: Cell, theirs: float) -> bool:
    """Also where the other reader has digits that no person sees."""
    return ours.number is not None and (
        float(ours.number) == theirs or (isfinite(theirs) and shown_of_double(theirs) == ours.number)
    )


def _is_nothing_or_error(theirs: Value) -> bool:
    """calamine shows errors and missing results as blanks, openpyxl shows the error's sign."""
    if isinstance(theirs, float):
        return not isfinite(theirs)
    return isinstance(theirs, str) and (theirs.startswith(("#", "Err:")) or not theirs.strip())


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
