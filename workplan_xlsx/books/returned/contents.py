"""What a cell of the grid is to the domain: a Content with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from workplan_xlsx.books.returned.grid import Cell, Sheet, address, letters_of
from workplan_xlsx.domain.returns import CellKind, Content

Key = TypeVar("Key")
_BLANK, _NUMBER = CellKind.BLANK, CellKind.NUMBER


def content_at(sheet: Sheet, row: int, column: int) -> Content:
    """The content of a cell of the sheet, a blank one included."""
    return content_of(sheet.name, sheet.rows.get(row, {}), row, column)


def content_of(sheet: str, cells: Mapping[int, Cell], row: int, column: int) -> Content:
    """The content of a cell of a row, a blank one included."""
    return _content(sheet, address(row, column), cells.get(column))


def contents_of(
    sheet: str, cells: Mapping[int, Cell], row: int, columns: Mapping[Key, int]
) -> dict[Key, Content]:
    """The contents of a row in these columns, blank ones included."""
    line = str(row + 1)
    return {
        key: _content(sheet, letters_of(column) + line, cells.get(column)) for key, column in columns.items()
    }


def contents_there(
    sheet: str, cells: Mapping[int, Cell], row: int, columns: Iterable[int]
) -> list[Content | None]:
    """The contents of a row in these columns; None where there is no cell."""
    line = str(row + 1)
    return [
        _content(sheet, letters_of(column) + line, cells[column]) if column in cells else None
        for column in columns
    ]


def _content(sheet: str, place: str, cell: Cell | None) -> Content:
    """Made the short way, for a form has a hundred of them."""
    if cell is None:
        return tuple.__new__(Content, (sheet, place, _BLANK, "", None, False, False))
    _, _, kind, text, number, from_formula, shown_as_percent, _ = cell
    if kind is not _NUMBER:
        number = None
    return tuple.__new__(Content, (sheet, place, kind, text, number, shown_as_percent, from_formula))
