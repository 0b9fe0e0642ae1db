"""Rows of cells as the text that a streamed sheet takes; the innermost loop of a province's workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from workplan_xlsx.books.ranking.contents import (
    Cell,
    Column,
    Shown,
    is_plain,
    lines_in,
    row_points,
    writable,
)
from workplan_xlsx.books.ranking.streamed import (
    StreamedSheet,
    blank_cell,
    column_tag,
    number_cell,
    style_tag,
    text_cell,
)

if TYPE_CHECKING:
    from workplan_xlsx.books.ranking.paper import Paper


def stream_rows(
    paper: Paper, sheet: StreamedSheet, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> int:
    """Write the rows straight to the sheet, as `Paper.rows`; return the 0-based row after the last one."""
    return sheet.write_lines(first, len(columns), _lines(paper, sheet, first, columns, rows))


class _Styles(dict[str, str]):
    """By look: what stands in a cell's tag behind its row's number."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._formats = paper.formats

    def __missing__(self, look: str) -> str:
        made = self[look] = style_tag(self._formats.of(look))
        return made


Told = tuple[str, int]
"""A cell's text behind its row's number, and how many lines it takes."""


class _ColumnText(dict[tuple[str, str], Told]):
    """The texts of one column by text and look; most stand in it again and again: names, words, files."""

    _MOST_KEPT = 512

    def __init__(self, column: Column, at: int, styles: _Styles) -> None:
        super().__init__()
        self._column, self._styles = column, styles
        self.tag = column_tag(at)

    def __missing__(self, key: tuple[str, str]) -> Told:
        text, look = key
        style = self._styles[look or self._column.look]
        if not text:
            made = blank_cell(style), 1
        else:
            told = text if is_plain(text) else writable(text)
            made = text_cell(style, told), lines_in(told, self._column.room)
        if len(self) >= self._MOST_KEPT:
            self.clear()
        self[key] = made
        return made

    def number(self, number: Decimal | float, look: str) -> str:
        """A number's cell behind its row's number."""
        return number_cell(self._styles[look or self._column.look], float(number))


def _lines(
    paper: Paper, sheet: StreamedSheet, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> Iterator[tuple[list[str], float]]:
    styles = _Styles(paper)
    texts = [_ColumnText(column, at, styles) for at, column in enumerate(columns)]
    for row, cells in enumerate(rows, first):
        number = str(row + 1)
        made: list[str] = []
        lines = 1
        for column, cell in zip(texts, cells, strict=False):
            content, look, link = cell if isinstance(cell, Shown) else (cell, "", None)
            if link and paper.may_link():
                sheet.add_link(row, len(made), link)
            if isinstance(content, str):
                told, needed = column[content, look]
                if needed > lines:
                    lines = needed
            else:
                told = column.number(content, look)
            made.append(column.tag + number + told)
        yield made, row_points(lines)
