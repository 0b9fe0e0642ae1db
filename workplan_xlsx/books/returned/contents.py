"""What a cell of the grid is to the domain: a Content with its place."""

from __future__ import annotations

from collections.abc import Mapping

from workplan_xlsx.books.returned.grid import Cell, Sheet, address
from workplan_xlsx.domain.returns import CellKind, Content


def content_at(sheet: Sheet, row: int, column: int) -> Content:
    """The content of a cell of the sheet, a blank one included."""
    return content_of(sheet.name, sheet.rows.get(row, {}), row, column)


def content_of(sheet: str, cells: Mapping[int, Cell], row: int, column: int) -> Content:
    """The content of a cell of a row, a blank one included."""
    cell = cells.get(column)
    if cell is None:
        return Content(sheet=sheet, cell=address(row, column), kind=CellKind.BLANK)
    return Content(
        sheet=sheet,
        cell=address(row, column),
        kind=cell.kind,
        text=cell.text,
        number=cell.number if cell.kind is CellKind.NUMBER else None,
        shown_as_percent=cell.shown_as_percent,
        from_formula=cell.from_formula,
    )
