"""A sheet of the ranking workbook while it is being written: cells, links, lists, and how it prints.

Rows are written from the top down and never twice: a large book keeps one row in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from workplan_xlsx.books.ranking.formats import Formats
from workplan_xlsx.books.ranking.places import LIST_FIRST_ROW, LIST_HEADER_ROW, Limits, Places, Sheet
from workplan_xlsx.books.styles import lines_needed, row_height
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST_CELL = 32_767
_A4 = 9
_ROW_HEIGHT, _LINE_HEIGHT = 18.0, 14.5
_NOT_WRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_EVERYWHERE = "A1:XFD1048576"


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell's content with a look of its own, and the place that it links to."""

    content: str | Decimal | int | float
    look: str = ""
    link: str = ""


Cell = str | Decimal | int | float | Shown


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its header's entry in the words, its width in characters, its cells' look."""

    key: str
    width: float
    look: str = "text"


@dataclass(kw_only=True)
class Paper:
    """One sheet in hand.

    Attributes:
        title: The name on its tab.
        places: Where everything of the book stands; rows and columns are 0-based throughout.
    """

    title: str
    book: Workbook
    sheet: Worksheet
    edition: Edition
    lang: Lang
    formats: Formats
    places: Places
    limits: Limits
    _links: int = field(default=0, init=False)

    def say(self, entry: str, /, **facts: object) -> str:
        """A text of the workbook's chapter in the workbook's language."""
        return say(f"ranking.{entry}", self.lang, **facts)

    def put(self, row: int, column: int, cell: Cell, look: str = "text") -> None:
        """Write one cell: text stays text whatever it looks like; "" is a blank cell."""
        link = ""
        if isinstance(cell, Shown):
            look, link, cell = cell.look or look, cell.link, cell.content
        style = self.formats.of(look)
        if link and self._links < self.limits.links:
            self._links += 1
            told = writable(cell) if isinstance(cell, str) and cell else "→"
            self.sheet.write_url(row, column, link, style, told)
            if isinstance(cell, str):
                return
        if not isinstance(cell, str):
            self.sheet.write_number(row, column, float(cell), style)
        elif cell:
            self.sheet.write_string(row, column, writable(cell), style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def put_across(self, row: int, first: int, last: int, cell: Cell, look: str) -> None:
        """Write one cell that spans the columns, both ends included."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.formats.of(look))
        self.put(row, first, cell, look)

    def put_lines(self, row: int, last: int, text: str, look: str, *, width: float, size: float) -> None:
        """Write a text across the sheet's first columns, the row as high as the text needs."""
        self.sheet.set_row(row, row_height(lines_needed(text, width), size))
        self.put_across(row, 0, last, text, look)

    def local(self, moment: datetime) -> datetime:
        """The moment on the office's clock."""
        zone = self.edition.as_of.tzinfo
        return moment.astimezone(zone) if moment.tzinfo and zone else moment

    def head(self, subtitle: str, *, hint_column: int = 2) -> None:
        """Write the two rows above a list: its title; the way back and what it shows."""
        self.sheet.set_row(0, 30)
        self.put(0, 0, self.title, "title")
        self.sheet.set_row(1, 20)
        back = f"internal:'{Sheet.RANKING.name_in(self.lang)}'!A1"
        self.put(1, 0, Shown(self.say("back"), "link", back))
        self.put(1, hint_column, subtitle, "subtitle")

    def columns(self, columns: Sequence[Column]) -> None:
        """Set the widths."""
        for index, column in enumerate(columns):
            self.sheet.set_column(index, index, column.width)

    def header(self, row: int, columns: Sequence[Column], *, height: float = 32) -> None:
        """Write a header row."""
        self.sheet.set_row(row, height)
        for index, column in enumerate(columns):
            self.put(row, index, self.say(f"column_{column.key}"), "header")

    def rows(self, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
        """Write rows below each other, each as high as its text needs.

        Returns the 0-based row after the last one. The inner loop runs a million times: plain text, the
        most frequent, goes straight to the sheet.
        """
        looks = [column.look for column in columns]
        styles = [self.formats.of(look) for look in looks]
        rooms = [int(column.width * 0.95) - 1 for column in columns]
        write_string, put, set_row = self.sheet.write_string, self.put, self.sheet.set_row
        row = first
        for cells in rows:
            lines = 1
            for index, cell in enumerate(cells):
                if cell.__class__ is str and _is_plain(cell):
                    write_string(row, index, cell, styles[index])
                    if 2 * len(cell) > rooms[index]:
                        lines = max(lines, _lines(cell, rooms[index]))
                else:
                    put(row, index, cell, looks[index])
                    lines = max(lines, _lines_of(cell, rooms[index]))
            set_row(row, _ROW_HEIGHT if lines == 1 else min(409, _LINE_HEIGHT * lines + 4))
            row += 1
        return row

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


def _lines(text: str, room: int) -> int:
    """Lines of one paragraph; a Chinese character takes two bytes of GBK as it takes two places."""
    return -(-len(text.encode("gbk", "replace")) // room)


def _lines_of(cell: Cell, room: int) -> int:
    text = cell.content if isinstance(cell, Shown) else cell
    if not isinstance(text, str) or ("\n" not in text and 2 * len(text) <= room):
        return 1
    return sum(max(1, _lines(line, room)) for line in text.split("\n"))


def _is_plain(text: str) -> bool:
    return 0 < len(text) < _LONGEST_CELL and text.isprintable() and text[0] != "<"


def writable(text: str) -> str:
    """The text as a cell can hold it.

    Half characters are replaced; what exceeds Excel's limit is cut and marked. XlsxWriter takes a text in
    <r>...</r> for marks of its own and would write it unescaped: a blank behind it prevents that.
    """
    text = _NOT_WRITABLE.sub("\ufffd", text)
    if text.startswith("<r>"):
        text += " "
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
