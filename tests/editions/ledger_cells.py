"""A cell of ledger.xlsx by the row's code and the column's header, as a coordinator finds it."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

KEYS = ("任务编码", "指标编码", "单位名称")


def write(sheet: Worksheet, code: str, header: str, value: object) -> None:
    """Type the value into the cell."""
    head = next(row for row in sheet.iter_rows() if row[0].value in KEYS)
    column = next(cell.column for cell in head if cell.value == header)
    line = next(row[0].row for row in sheet.iter_rows(min_row=head[0].row + 1) if str(row[0].value) == code)
    sheet.cell(line, column).value = value
