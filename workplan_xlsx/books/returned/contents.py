"""What a cell of the grid is to the domain: a Content with its place."""

from __future__ import annotations

from collections.abc import Mapping

from workplan_xlsx.books.returned.grid import Cell, Sheet, address
from workplan_xlsx.domain.returns import CellKind, Content

_BLANK, _NUMBER = CellKind.BLANK, CellKind.NUMBER


def content_at(sheet: Sheet, row: int, column: int) -> Content:
    """The content of a cell of the sheet, a blank one included."""
    return content_of(sheet.name, sheet.rows.get(row, {}), row, column)


def content_of(sheet: str, cells: Mapping[int, Cell], row: int, column: int) -> Content:
    """The content of a cell of a row, a blank one included."""
    cell = cells.get(column)
    place = address(row, column)
    if cell is None:
        return tuple.__new__(Content, (sheet, place, _BLANK, "", None, False, False))
    _, _, kind, text, number, from_formula, shown_as_percent, _ = cell
    if kind is not _NUMBER:
        number = None
    return tuple.__new__(Content, (sheet, place, kind, text, number, shown_as_percent, from_formula))
