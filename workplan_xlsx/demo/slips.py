"""What really goes wrong with returned forms; each slip is one that offices meet every month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan_xlsx.books.columns import key_of_label

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from workplan_xlsx.demo.clerk import Row


def text_in_number(_sheet: Worksheet, rows: list[Row]) -> None:
    """约 and a unit in a number cell: 约120家."""
    row = next(each for each in rows if each.takes_number)
    row.cells["actual"].value = f"约{row.cells['actual'].value}{row.cells['unit'].value}"


def left_blank(_sheet: Worksheet, rows: list[Row]) -> None:
    """The first cell that is asked for stays blank."""
    row = next(each for each in rows if each.takes_number or each.takes_stage)
    row.cells["actual" if row.takes_number else "stage"].value = None


def other_period(sheet: Worksheet, _rows: list[Row]) -> None:
    """The visible period was overtyped: the form now contradicts itself."""
    for line in sheet.iter_rows(max_row=6):
        for cell in line:
            if cell.value and key_of_label(str(cell.value)) == "period":
                sheet.cell(cell.row, cell.column + 1).value = "2023年1月"


def foreign_row(_sheet: Worksheet, rows: list[Row]) -> None:
    """A row's number was overtyped with that of another unit's task."""
    rows[-1].cells["code"].value = "1-1" if rows[-1].code != "1-1" else "39-1"


def full_width(_sheet: Worksheet, rows: list[Row]) -> None:
    """A number typed with full-width digits: taken, and told."""
    row = next((each for each in rows if each.takes_number), None)
    if row is not None:
        wide = str(row.cells["actual"].value).translate(
            {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
        )
        row.cells["actual"].value = wide
