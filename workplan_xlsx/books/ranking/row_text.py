"""Rows of cells as the text that a streamed sheet takes; the innermost loop of a province's workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from workplan_xlsx.books.ranking.contents import (
    Cell,
    Column,
    Shown,
    is_plain,
    lines_in,
    row_points,
    writable,
)
from workplan_xlsx.books.ranking.formats import Formats
from workplan_xlsx.books.ranking.streamed import (
    StreamedSheet,
    blank_cell,
    column_tag,
    number_cell,
    style_tag,
    text_cell,
)


class _Styles(dict[str, str]):
    """By look: what stands in a cell's tag behind its row's number."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats

    def __missing__(self, look: str) -> str:
        made = self[look] = style_tag(self._formats.of(look))
        return made


@cache
def _across(last: int, look: str) -> tuple[Column, ...]:
    """The columns of a row that is joined from the first to the last."""
    return tuple(Column("", 0, look) for _ in range(last + 1))


Told = tuple[str, int]
"""A cell's text behind its row's number, and how many lines it takes."""


class _ColumnText(dict[tuple[str, str], Told]):
    """The texts of one column by text and look; most stand in it again and again: names, words, files."""

    _MOST_KEPT = 512

    def __init__(self, column: Column, at: int, styles: _Styles) -> None:
        super().__init__()
        self._look, self._room, self._styles = column.look, column.room, styles
        self.tag = column_tag(at)

    def __missing__(self, key: tuple[str, str]) -> Told:
        text, look = key
        style = self._styles[look or self._look]
        if not text:
            made = blank_cell(style), 1
        else:
            told = text if is_plain(text) else writable(text)
            made = text_cell(style, told), lines_in(told, self._room)
        if len(self) >= self._MOST_KEPT:
            self.clear()
        self[key] = made
        return made

    def number(self, number: Decimal | float, look: str) -> Told:
        """A number's cell behind its row's number; it stands on one line."""
        return number_cell(self._styles[look or self._look], float(number)), 1


class RowText:
    """Writes rows of one sheet as text; `most_links` is how many links a sheet takes."""

    def __init__(self, sheet: StreamedSheet, formats: Formats, most_links: int) -> None:
        self._sheet, self._most_links = sheet, most_links
        self._styles = _Styles(formats)
        self._texts: dict[tuple[Column, ...], list[_ColumnText]] = {}

    @property
    def points(self) -> float:
        """How high the rows are together so far."""
        return self._sheet.points

    def rows(self, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
        """Write the rows, each as high as its text needs; return the 0-based row after the last one."""
        lines = ((made, row_points(lines)) for made, lines in self._lines(first, columns, rows))
        return self._sheet.write_lines(first, len(columns), lines)

    def row(self, row: int, columns: Sequence[Column], cells: Sequence[Cell], points: float | None) -> None:
        """Write one row of that height; None: the sheet's usual one."""
        lines = ((made, points) for made, _ in self._lines(row, columns, [cells]))
        self._sheet.write_lines(row, len(columns), lines)

    def row_across(self, row: int, last: int, cell: Cell, look: str, points: float | None) -> None:
        """Write one cell that spans the columns from the first to `last`."""
        self.row(row, _across(last, look), [cell, *[""] * last], points)
        self._sheet.merge_row(row, last)

    def _lines(
        self, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
    ) -> Iterator[tuple[list[str], int]]:
        texts = self._texts_of(tuple(columns))
        sheet, most_links = self._sheet, self._most_links
        for row, cells in enumerate(rows, first):
            number = str(row + 1)
            made: list[str] = []
            lines = 1
            for column, cell in zip(texts, cells, strict=False):
                if cell.__class__ is str:  # most are
                    told, needed = column[cell, ""]
                else:
                    content, look, link = cell if isinstance(cell, Shown) else (cell, "", None)
                    if link and sheet.links < most_links:
                        sheet.add_link(row, len(made), link)
                    if isinstance(content, str):
                        told, needed = column[content, look]
                    else:
                        told, needed = column.number(content, look)
                if needed > lines:
                    lines = needed
                made.append(f"{column.tag}{number}{told}")
            yield made, lines

    def _texts_of(self, columns: tuple[Column, ...]) -> list[_ColumnText]:
        texts = self._texts.get(columns)
        if texts is None:
            texts = [_ColumnText(column, at, self._styles) for at, column in enumerate(columns)]
            self._texts[columns] = texts
        return texts
