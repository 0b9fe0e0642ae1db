"""What calamine reads: the only reader for some formats, and the second opinion on the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from workplan_xlsx.books.returned.grid import Area, Budget, Cell, Grid, Sheet, exact_double
from workplan_xlsx.books.returned.made_sheet import made_sheet
from workplan_xlsx.books.returned.number_formats import date_text, serial_of
from workplan_xlsx.books.returned.unreadable import Unreadable, damaged
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.returns import CellKind

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Value = str | float | int | bool | date | datetime | time | timedelta


@contextmanager
def foreign_reader() -> Iterator[None]:
    """Turn what calamine raises into a finding; its panics are no `Exception`."""
    import python_calamine

    try:
        yield
    except python_calamine.PasswordError:
        raise Unreadable(Code.PASSWORD, "password") from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise damaged("container") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged("container") from None


def open_calamine(data: bytes) -> CalamineWorkbook:
    """The workbook as calamine sees it, told by content.

    Raises:
        Unreadable: It refuses or panics.
    """
    from python_calamine import CalamineWorkbook

    with foreign_reader():
        return CalamineWorkbook.from_filelike(BytesIO(data))


def rows_from_top(sheet: CalamineSheet) -> Sequence[Sequence[Value]]:
    """The sheet's values from A1 on, "" for blank cells and for errors.

    Raises:
        Unreadable: It panics.
    """
    with foreign_reader():
        return sheet.to_python(skip_empty_area=False)


def read_with_calamine(data: bytes) -> Grid:
    """Return the workbook as calamine alone tells it: no formula flags, no percent formats, errors blank.

    Raises:
        Unreadable: It refuses, panics, or finds more than an honest form holds.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    book = open_calamine(data)
    budget = Budget()
    sheets = []
    for index, about in enumerate(book.sheets_metadata):
        if about.typ is SheetTypeEnum.WorkSheet:
            with foreign_reader():
                sheet = book.get_sheet_by_index(index)
            hidden = about.visible is not SheetVisibleEnum.Visible
            sheets.append(_sheet(sheet, budget, hidden=hidden))
    if not sheets:
        raise damaged("no_sheets")
    return Grid(sheets=tuple(sheets))


def _sheet(sheet: CalamineSheet, budget: Budget, *, hidden: bool) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    for row, values in enumerate(rows_from_top(sheet)):
        for column, value in enumerate(values):
            cell = cell_of(row, column, value)
            if cell is not None:
                budget.take(cell.text)
                cells[row, column] = cell
    merges = tuple(
        Area(first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ()
    )
    return made_sheet(sheet.name, cells, hidden=hidden, merges=merges)


def cell_of(row: int, column: int, value: Value, *, epoch_1904: bool = False) -> Cell | None:
    """The cell that a value of calamine stands for; None for a blank.

    Raises:
        Unreadable: A text holds NUL: calamine took it in the wrong encoding.
    """
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return Cell(row, column, CellKind.TRUTH, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        number = exact_double(float(value))
        return Cell(row, column, CellKind.NUMBER, f"{number:f}", number)
    if isinstance(value, str):
        if "\0" in value:
            raise damaged("container")
        return Cell(row, column, CellKind.TEXT, value)
    serial = Decimal(repr(serial_of_value(value, epoch_1904=epoch_1904)))
    text = date_text(serial, epoch_1904=epoch_1904)
    return Cell(row, column, CellKind.DATE, text, serial, False, False, "yyyy-m-d")


def serial_of_value(value: date | datetime | time | timedelta, *, epoch_1904: bool) -> float:
    """The serial number that calamine made a date, a time or a duration of."""
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86_400
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a sheet's dates have no zone
    return serial_of(value, epoch_1904=epoch_1904)
