"""A saved web page: what a reader of it sees, paragraphs and tables, numbered lists written out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from workplan_xlsx.notice.documents.blocks import Block, Document, Grid
from workplan_xlsx.notice.documents.left_out import filled, quoted, struck_through
from workplan_xlsx.words import Lang, say

_BLOCKS = {
    "p",
    "br",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "ul",
    "ol",
    "dd",
    "dt",
    "pre",
    "hr",
}
_SILENT = {
    "script",
    "style",
    "head",
    "title",
    "noscript",
    "template",
    "select",
    "button",
}
_STRUCK = {"del", "s", "strike"}
_EMPTY = {"br", "hr", "img", "input", "meta", "link", "col", "wbr"}
_WIDEST_SPAN = 50
# A browser shows 1. on every level; the levels are told apart here.
_LIST_NUMBERS = ("{}. ", "（{}）", "{}）")
_NUMBER_ALONE = re.compile(r"\d{1,3}\.|（\d{1,3}）|\d{1,3}）|[①-⑳]")


def page_document(text: str, lang: Lang) -> Document:
    """Return the page's paragraphs and tables in reading order; what is struck out is told and not read."""
    page = _Page()
    page.feed(text)
    page.close()
    blocks, struck = tuple(page.finished()), quoted(filled(page.struck))
    told = (struck_through(say("notice.in_text", lang), struck, lang),) if struck else ()
    return Document(blocks, findings=told)


class _Page(HTMLParser):
    """Collects text; a table is collected apart and put in where it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._silent = 0
        self._struck = 0
        self.struck: list[str] = []
        self._counters: list[int | None] = []
        self._tables: list[_Table] = []

    def finished(self) -> list[Block]:
        """All blocks; a table that the page never closed is closed."""
        while self._tables:
            self._close_table()
        self._end_line()
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line, a cell a cell."""
        told = dict(attrs)
        if tag in _SILENT:
            self._silent += 1
        elif tag in _STRUCK:
            self._struck += 1
            self.struck.append("")
        elif tag in ("ol", "ul"):
            self._counters.append(_whole(told.get("start"), 1) if tag == "ol" else None)
        elif tag == "table":
            self._end_line()
            self._tables.append(_Table())
        elif tag in ("tr", "td", "th") and self._tables:
            self._end_line()
            self._tables[-1].open(tag, _whole(told.get("rowspan"), 1), _whole(told.get("colspan"), 1))
        if tag in _BLOCKS:
            self._end_line()
        if tag == "li" and self._counters and self._counters[-1] is not None:
            number = _whole(told.get("value"), self._counters[-1])
            self._text.append(_list_number(number, self._depth()))
            self._counters[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        """A block ends a line."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _STRUCK:
            self._struck = max(self._struck - 1, 0)
        elif tag == "li":
            self._end_line()
            self._text = []
        elif tag in ("ol", "ul") and self._counters:
            self._counters.pop()
        elif tag == "table" and self._tables:
            self._close_table()
        if tag in _BLOCKS or tag in ("td", "th", "tr"):
            self._end_line()

    def handle_data(self, data: str) -> None:
        """Text that a reader sees."""
        if self._silent:
            return
        chinese = re.search(r"[^\x00-\x7f]", data)
        text = re.sub(r"\s*\n\s*", "", data) if chinese else re.sub(r"\s+", " ", data)
        if self._struck:
            self.struck[-1] += text
        else:
            self._text.append(text)

    def _depth(self) -> int:
        """How many numbered lists the open one stands in."""
        return sum(counter is not None for counter in self._counters) - 1

    def _end_line(self) -> None:
        line = "".join(self._text).strip()
        if _NUMBER_ALONE.fullmatch(line):  # <li><p>: the paragraph stands behind its number
            return
        self._text = []
        if line and self._tables:
            self._tables[-1].write(line)
        elif line:
            self._blocks.append(line)

    def _close_table(self) -> None:
        self._end_line()
        grid = self._tables.pop().grid()
        if self._tables:
            for line in grid.lines():
                self._tables[-1].write(line)
        else:
            self._blocks.append(grid)


def _list_number(number: int, depth: int) -> str:
    if depth < len(_LIST_NUMBERS):
        return _LIST_NUMBERS[depth].format(number)
    return chr(ord("①") + min(number, 20) - 1)


class _Table:
    """The cells of one table; one that spans rows stands in each of them."""

    def __init__(self) -> None:
        self._rows: list[dict[int, str]] = []
        self._spans: dict[tuple[int, int], tuple[int, int]] = {}
        self._merged: set[tuple[int, int]] = set()
        self._at: tuple[int, int] | None = None

    def open(self, tag: str, down: int, across: int) -> None:
        """Begin a row or a cell."""
        if tag == "tr" or not self._rows:
            self._rows.append({column: "" for row, column in self._spans if row == len(self._rows)})
            self._at = None
        if tag == "tr":
            return
        row = len(self._rows) - 1
        column = next(at for at in range(len(self._rows[row]) + 1) if at not in self._rows[row])
        for offset in range(across):
            self._rows[row][column + offset] = ""
            for below in range(1, down):
                self._spans[row + below, column + offset] = (row, column)
        self._at = row, column

    def write(self, line: str) -> None:
        """Add a line to the open cell."""
        if self._at is None:
            self.open("td", 1, 1)
        assert self._at
        row, column = self._at
        before = self._rows[row][column]
        self._rows[row][column] = f"{before}\n{line}" if before else line

    def grid(self) -> Grid:
        """The table as it stands."""
        for (row, column), (from_row, from_column) in self._spans.items():
            if row < len(self._rows):
                self._rows[row][column] = self._rows[from_row].get(from_column, "")
                if column == from_column:
                    self._merged.add((row, column))
        rows = tuple(
            tuple(cells.get(at, "") for at in range(max(cells, default=-1) + 1)) for cells in self._rows
        )
        return Grid(rows, frozenset(self._merged))


def _whole(written: str | None, default: int) -> int:
    """A small whole number of an attribute."""
    text = (written or "").strip()
    return max(min(int(text), _WIDEST_SPAN), 1) if text.isdecimal() else default
