"""An OpenDocument spreadsheet as a grid, read by our own pass: percents, errors and formulas are seen."""

from __future__ import annotations

from collections.abc import Sequence

from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.grid import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_MERGES,
    Area,
    Budget,
    Cell,
    CellComment,
    Grid,
    Sheet,
)
from workplan_xlsx.books.returned.made_sheet import made_sheet
from workplan_xlsx.books.returned.ods_cell import cell_of
from workplan_xlsx.books.returned.runs import BETWEEN_RUNS, of_runs
from workplan_xlsx.books.returned.struck_out import struck_out
from workplan_xlsx.books.returned.unreadable import damaged, too_large
from workplan_xlsx.books.returned.xml_pass import Attributes, Depth, run

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_COMMENT = "office:annotation"
_PARAGRAPHS = ("text:p", "text:h")
_NOT_SHOWN = {
    _COMMENT,
    "office:forms",
    "table:tracked-changes",
    "table:shapes",
    "table:dde-links",
    "text:ruby-text",
}
_CELLS = {"table:table-cell", "table:covered-table-cell"}


def read_ods(package: Package) -> Grid:
    """Return the spreadsheet's sheets and user-defined properties.

    Raises:
        Unreadable: Its content is missing, damaged or beyond every limit.
    """
    content = package.part("content.xml")
    if content is None:
        raise damaged("part_missing", name="content.xml")
    one = _ContentPass()
    run(content, "content.xml", start=one.start, end=one.end, text=one.text)
    if not one.sheets:
        raise damaged("no_sheets")
    comments = {name: tuple(told) for name, told in one.comments.items()}
    return Grid(sheets=tuple(one.sheets), properties=_properties(package), comments=comments)


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    prefix = _SPACES.get(space)
    return f"{prefix}:{local}" if prefix else ""


def _properties(package: Package) -> dict[str, str]:
    content = package.part("meta.xml")
    found: dict[str, str] = {}
    key = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal key
        named = _short(name) == "meta:user-defined"
        key = (
            next((value for full, value in attributes.items() if _short(full) == "meta:name"), "")
            if named
            else ""
        )

    def text(piece: str) -> None:
        if key:
            found[key] = found.get(key, "") + piece

    if content is not None:
        run(content, "meta.xml", start=start, text=text)
    return found


class _ContentPass:
    """Collects sheets while expat walks over content.xml; blank cells and rows are only counted."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.comments: dict[str, list[CellComment]] = {}
        self._budget = Budget()
        self._depth = Depth("content.xml")
        self._skipped = 0
        self._comment: list[str] = []
        self._hidden_tables: set[str] = set()
        self._struck_looks: set[str] = set()
        self._other_looks: set[str] = set()
        self._style = ""
        self._tables = 0
        self._in_cell = False
        self._begin_sheet({})

    def _begin_sheet(self, attributes: Attributes) -> None:
        self._name = attributes.get("table:name", "")
        self._is_hidden = attributes.get("table:style-name", "") in self._hidden_tables
        self._cells: dict[tuple[int, int], Cell] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merges: list[Area] = []
        self._row = self._column = self._next_column = 0
        self._row_cells: list[tuple[int, Attributes, Sequence[str]]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self._depth.enter()
        short = _short(name)
        if self._skipped or short in _NOT_SHOWN:
            self._skipped += 1
            self._in_comment(short)
            return
        given = {_short(full): value for full, value in attributes.items()}
        if short in _CELLS:
            self._cell, self._covered = given, short == "table:covered-table-cell"
            self._paragraphs: list[str] = []
            self._spans: list[bool] = []
            self._in_cell = True
        elif short == "table:table":
            self._tables += 1
            if self._tables == 1:
                self._begin_sheet(given)
        elif short == "table:table-row":
            self._begin_row(given)
        elif short == "table:table-column":
            self._take_column(given)
        elif short == "style:style":
            self._style = given.get("style:name", "")
        elif short == "style:table-properties" and given.get("table:display") == "false":
            self._hidden_tables.add(self._style)
        elif short == "style:text-properties":
            self._take_letters(given)
        elif self._in_cell:
            self._in_paragraph(short, given)

    def _take_letters(self, given: Attributes) -> None:
        """How the letters of the style look: struck out, raised or lowered."""
        line = given.get("style:text-line-through-style") or given.get("style:text-line-through-type")
        if (line or "none") != "none":
            self._struck_looks.add(self._style)
        elif given.get("style:text-position", "0%")[:2] == "0%":
            return
        self._other_looks.add(self._style)

    def _in_comment(self, short: str) -> None:
        """A comment begins, or one of its paragraphs; what stands before the first are author and date."""
        if short == _COMMENT and self._in_cell:
            self._comment = []
        elif short in _PARAGRAPHS:
            self._comment.append("")

    def _in_paragraph(self, short: str, given: Attributes) -> None:
        if short in _PARAGRAPHS:
            self._paragraphs.append("")
        elif short in ("text:s", "text:tab", "text:line-break") and self._paragraphs:
            blanks = {"text:s": " " * _count(given.get("text:c"), 1_000), "text:tab": "\t"}
            self._paragraphs[-1] += blanks.get(short, "\n")
        elif short == "text:span":
            self._spans.append(given.get("text:style-name") in self._other_looks)
            self._between_runs(self._spans[-1])

    def _between_runs(self, looks_change: bool) -> None:
        if looks_change and self._paragraphs:
            self._paragraphs[-1] += BETWEEN_RUNS

    def text(self, piece: str) -> None:
        if self._skipped:
            if self._comment:
                self._comment[-1] += piece
        elif self._in_cell and self._paragraphs:
            self._paragraphs[-1] += piece

    def end(self, name: str) -> None:
        self._depth.leave()
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._comment:
                told = CellComment(self._row, self._column, "\n".join(self._comment))
                self.comments.setdefault(self._name, []).append(told)
                self._comment = []
            return
        short = _short(name)
        if short in _CELLS:
            self._paragraphs = [of_runs(each, looks_change=True) for each in self._paragraphs]
            self._end_cell()
        elif short == "text:span" and self._in_cell and self._spans:
            self._between_runs(self._spans.pop())
        elif short == "table:table-row":
            self._end_row()
        elif short == "table:table":
            self._tables -= 1
            if not self._tables:
                self.sheets.append(self._sheet())

    def _sheet(self) -> Sheet:
        return made_sheet(
            self._name,
            self._cells,
            hidden=self._is_hidden,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            merges=tuple(self._merges),
        )

    def _take_column(self, given: Attributes) -> None:
        repeated = _count(given.get("table:number-columns-repeated"), LAST_COLUMN + 1)
        if given.get("table:visibility", "visible") != "visible":
            last = min(self._next_column + repeated, LAST_COLUMN + 1)
            self._hidden_columns.update(range(self._next_column, last))
        self._next_column += repeated

    def _begin_row(self, given: Attributes) -> None:
        self._rows_repeated = _count(given.get("table:number-rows-repeated"), LAST_ROW + 1)
        self._row_hidden = given.get("table:visibility", "visible") != "visible"
        self._column, self._row_cells = 0, []

    def _end_cell(self) -> None:
        self._in_cell = False
        repeated = _count(self._cell.get("table:number-columns-repeated"), LAST_COLUMN + 1)
        if "office:value-type" in self._cell or "table:formula" in self._cell or any(self._paragraphs):
            for column in range(self._column, self._column + repeated):
                self._row_cells.append((column, self._cell, self._paragraphs))
                if len(self._row_cells) > LAST_COLUMN + 1:
                    raise damaged("cell_address", name=f"{self._row + 1}")
        self._merge()
        self._column += repeated

    def _merge(self) -> None:
        across = _count(self._cell.get("table:number-columns-spanned"), LAST_COLUMN + 1)
        down = _count(self._cell.get("table:number-rows-spanned"), LAST_ROW + 1)
        if across > 1 or down > 1:
            self._merges.append(
                Area(self._row, self._column, self._row + down - 1, self._column + across - 1)
            )
            if len(self._merges) > MOST_MERGES:
                raise too_large("merges", count=MOST_MERGES, limit=MOST_MERGES)

    def _end_row(self) -> None:
        last = self._row + self._rows_repeated
        if self._row_cells:
            if last > LAST_ROW + 1:
                raise damaged("cell_address", name=f"{last}")
            for row in range(self._row, last):
                for column, given, paragraphs in self._row_cells:
                    cell = cell_of(row, column, given, paragraphs)
                    is_struck = cell is not None and given.get("table:style-name") in self._struck_looks
                    self._keep(struck_out(cell) if cell is not None and is_struck else cell)
        if self._row_hidden and (self._row_cells or self._rows_repeated < MOST_MERGES):
            self._hidden_rows.update(range(self._row, min(last, LAST_ROW + 1)))
        self._row = last

    def _keep(self, cell: Cell | None) -> None:
        if cell is not None:
            self._budget.take(cell.text)
            self._cells[cell.row, cell.column] = cell


def _count(written: str | None, most: int) -> int:
    return min(int(written), most) if written and written.isdigit() and int(written) else 1
