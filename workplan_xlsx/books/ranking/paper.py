"""A sheet of the ranking workbook while it is being written: cells, links, lists, and how it prints.

Rows are written from the top down and never twice: a large book keeps one row in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan_xlsx.books.ranking.contents import (
    USUAL_POINTS,
    Cell,
    Column,
    Shown,
    is_plain,
    lines_in,
    row_points,
    writable,
)
from workplan_xlsx.books.ranking.formats import Formats
from workplan_xlsx.books.ranking.places import LIST_FIRST_ROW, LIST_HEADER_ROW, Limits, Places, Sheet
from workplan_xlsx.books.styles import lines_needed, row_height
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.watching import Over, as_they_come
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from workplan_xlsx.books.ranking.row_text import RowText

_A4 = 9
_EVERYWHERE = "A1:XFD1048576"


@lru_cache(maxsize=64)
def _heads(columns: tuple[Column, ...], lang: Lang) -> tuple[Shown, ...]:
    return tuple(Shown(say(f"ranking.column_{column.key}", lang), "header") for column in columns)


@dataclass(kw_only=True)
class Paper:
    """One sheet in hand.

    Attributes:
        title: The name on its tab.
        places: Where everything of the book stands; rows and columns are 0-based throughout.
        over: Laid over what stands row by row in the long lists: somebody may watch.
        streamed: Takes the sheet's rows to the disk as text; None where the book is made in memory.
    """

    title: str
    book: Workbook
    sheet: Worksheet
    edition: Edition
    lang: Lang
    formats: Formats
    places: Places
    limits: Limits
    streamed: RowText | None = None
    over: Over = as_they_come
    _links: int = field(default=0, init=False)
    _points: float = field(default=0.0, init=False)

    @property
    def points(self) -> float:
        """How high, together, the rows are that were written as rows, headers or across so far."""
        return self._points if self.streamed is None else self.streamed.points

    def say(self, entry: str, /, **facts: object) -> str:
        """A text of the workbook's chapter in the workbook's language."""
        return say(f"ranking.{entry}", self.lang, **facts)

    def put(self, row: int, column: int, cell: Cell, look: str = "text") -> None:
        """Write one cell: text stays text whatever it looks like; "" is a blank cell."""
        link = None
        if isinstance(cell, Shown):
            look, link, cell = cell.look or look, cell.link, cell.content
        style = self.formats.of(look)
        if link and self._links < self.limits.links:
            self._links += 1
            told = writable(cell) if isinstance(cell, str) and cell else "→"
            title, leads_to = link
            self.sheet.write_url(row, column, f"internal:'{title}'!A{leads_to + 1}", style, told)
            if isinstance(cell, str):
                return
        if not isinstance(cell, str):
            self.sheet.write_number(row, column, float(cell), style)
        elif cell:
            self.sheet.write_string(row, column, writable(cell), style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def put_across(self, row: int, last: int, cell: Cell, look: str, points: float | None = None) -> None:
        """Write one cell that spans the columns up to `last`, the row so high; None: the usual height."""
        if self.streamed is not None:
            self.streamed.row_across(row, last, cell, look, points)
            return
        if points is not None:
            self.sheet.set_row(row, points)
        self._points += USUAL_POINTS if points is None else points
        self.sheet.merge_range(row, 0, row, last, "", self.formats.of(look))
        self.put(row, 0, cell, look)

    def put_lines(self, row: int, last: int, text: str, look: str, *, width: float, size: float) -> None:
        """Write a text across the sheet's first columns, the row as high as the text needs."""
        self.put_across(row, last, text, look, row_height(lines_needed(text, width), size))

    def local(self, moment: datetime) -> datetime:
        """The moment on the office's clock."""
        zone = self.edition.as_of.tzinfo
        return moment.astimezone(zone) if moment.tzinfo and zone else moment

    def head(self, subtitle: str, *, hint_column: int = 2) -> None:
        """Write the two rows above a list: its title; the way back and what it shows."""
        self.sheet.set_row(0, 30)
        self.put(0, 0, self.title, "title")
        self.sheet.set_row(1, 20)
        back = Sheet.RANKING.name_in(self.lang), 0
        self.put(1, 0, Shown(self.say("back"), "link", back))
        self.put(1, hint_column, subtitle, "subtitle")

    def columns(self, columns: Sequence[Column]) -> None:
        """Set the widths."""
        for index, column in enumerate(columns):
            self.sheet.set_column(index, index, column.width)

    def header(
        self,
        row: int,
        columns: Sequence[Column],
        *,
        height: float = 32,
        own: Mapping[str, str] | None = None,
    ) -> None:
        """Write a header row; `own` are other heads than usual, by the column's key."""
        heads = _heads(tuple(columns), self.lang)
        if own:
            heads = tuple(
                Shown(own[column.key], "header") if column.key in own else head
                for column, head in zip(columns, heads, strict=True)
            )
        if self.streamed is not None:
            self.streamed.row(row, columns, heads, height)
            return
        self.sheet.set_row(row, height)
        self._points += height
        for index, head in enumerate(heads):
            self.put(row, index, head)

    def rows(self, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
        """Write rows below each other, each as high as its text needs.

        Returns the 0-based row after the last one.
        """
        if self.streamed is not None:
            return self.streamed.rows(first, columns, rows)
        row = first
        for cells in rows:
            points = row_points(self._put_row(row, columns, cells))
            self.sheet.set_row(row, points)
            self._points += points
            row += 1
        return row

    def _put_row(self, row: int, columns: Sequence[Column], cells: Iterable[Cell]) -> int:
        """Write one row, plain text straight to the sheet; return how many lines its longest text takes."""
        lines = 1
        for index, (column, cell) in enumerate(zip(columns, cells, strict=False)):
            if cell.__class__ is str and is_plain(cell):
                self.sheet.write_string(row, index, cell, self.formats.of(column.look))
            else:
                self.put(row, index, cell, column.look)
            text = cell.content if isinstance(cell, Shown) else cell
            if isinstance(text, str):
                lines = max(lines, lines_in(text, column.room))
        return lines

    def list(
        self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, frozen: int, nothing: str
    ) -> int:
        """Write the sheet's list with filter, frozen header and repeated header; `nothing`: said if empty.

        Returns the 0-based row after the last one.
        """
        self.columns(columns)
        self.header(LIST_HEADER_ROW, columns)
        after = self.rows(LIST_FIRST_ROW, columns, rows)
        if after == LIST_FIRST_ROW:
            self.put(after, 0, nothing, "subtitle")
            after += 1
        else:
            self.sheet.autofilter(LIST_HEADER_ROW, 0, after - 1, len(columns) - 1)
        self.sheet.freeze_panes(LIST_FIRST_ROW, frozen)
        self.sheet.repeat_rows(LIST_HEADER_ROW)
        return after

    def print_on_a4(self, *, landscape: bool = True, one_page: bool = False) -> None:
        """Lay it out for A4, one page wide, with page numbers, edition and 数据截止 in the footer."""
        sheet = self.sheet
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.45, right=0.45, top=0.55, bottom=0.65)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 1 if one_page else 0)
        facts = {
            "as_of": f"{self.local(self.edition.as_of):%Y-%m-%d %H:%M}",
            "period": self.edition.period,
            "number": self.edition.number,
        }
        sheet.set_footer(self.say("footer", **facts), {"margin": 0.3})
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": _EVERYWHERE})
