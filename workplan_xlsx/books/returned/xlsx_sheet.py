"""One worksheet part in one pass: every cell that holds something, and what is hidden or merged.

`<dimension>` is never believed, blank cells cost one callback each, and a cell's place is worked out only if
it holds something. The pass is written for speed: a form has hundreds of cells, a run thousands of forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workplan_xlsx.books.returned import number_formats as number_formats
from workplan_xlsx.books.returned.grid import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_MERGES,
    Area,
    Budget,
    Cell,
    Sheet,
    address,
    area_of,
    exact,
    made_sheet,
    place_of,
)
from workplan_xlsx.books.returned.unreadable import damaged, too_large
from workplan_xlsx.books.returned.xlsx_parts import unescaped
from workplan_xlsx.books.returned.xml_pass import Attributes, Depth, named, run
from workplan_xlsx.domain.returns import CellKind

_TRUE = ("1", "true")
_NAMES = named(
    "worksheet", "sheetData", "sheetFormatPr", "row", "c", "v", "f", "is", "t", "rPh", "col", "mergeCell"
)


class SheetPass:
    """Collects a worksheet's cells while expat walks over it."""

    def __init__(
        self,
        name: str,
        part: str,
        texts: Sequence[str],
        formats: Sequence[str],
        budget: Budget,
        *,
        epoch_1904: bool,
    ) -> None:
        self._name, self._part = name, part
        self._texts, self._formats, self._budget = texts, formats, budget
        self._epoch_1904 = epoch_1904
        self._depth = Depth(part)
        self._cells: dict[tuple[int, int], Cell] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merges: list[Area] = []
        self._row = -1
        self._attributes: Attributes = {}
        self._value: list[str] = []
        self._has_value = self._has_formula = self._collects = self._in_cell = False
        self._phonetic = 0
        self._is_worksheet = False

    def read(self, content: bytes, *, hidden: bool) -> Sheet:
        """Return the sheet.

        Raises:
            Unreadable: The part is no worksheet, or contradicts itself.
        """
        run(content, self._part, start=self._start, end=self._end, text=self._text)
        if not self._is_worksheet:
            raise damaged("xml", name=self._part)
        return made_sheet(
            self._name,
            self._cells,
            hidden=hidden,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            merges=tuple(self._merges),
        )

    def _start(self, name: str, attributes: Attributes) -> None:
        local = _NAMES.get(name)
        if local == "c":
            if "r" not in attributes:
                attributes["r"] = self._following()
            self._attributes = attributes
            self._in_cell, self._has_value, self._has_formula = True, False, False
        elif local == "v":
            self._collects = self._has_value = True
        elif local == "row":
            self._start_row(attributes)
        elif local == "f":
            self._has_formula = True
        else:
            self._depth.enter()
            self._start_other(local, attributes)

    def _start_other(self, local: str | None, attributes: Attributes) -> None:
        if local == "t":
            self._collects = self._in_cell and not self._phonetic
        elif local == "is":
            self._has_value = True
        elif local == "rPh":
            self._phonetic += 1
        elif local == "mergeCell":
            self._merge(attributes)
        elif local == "col":
            self._column(attributes)
        elif local == "worksheet":
            self._is_worksheet = True

    def _end(self, name: str) -> None:
        local = _NAMES.get(name)
        if local == "c":
            if self._has_value or self._has_formula:
                self._finish()
            self._in_cell = False
        elif local == "v":
            self._collects = False
        elif local != "row" and local != "f":
            self._depth.leave()
            if local == "t":
                self._collects = False
            elif local == "rPh":
                self._phonetic -= 1

    def _text(self, piece: str) -> None:
        if self._collects:
            self._value.append(piece)

    def _start_row(self, attributes: Attributes) -> None:
        given = attributes.get("r")
        if given is None:
            self._row += 1
        elif given.isdigit() and 0 < int(given) <= LAST_ROW + 1:
            self._row = int(given) - 1
        else:
            raise damaged("cell_address", name=given[:20])
        self._attributes = {}
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self._hidden_rows.add(self._row)

    def _following(self) -> str:
        """The address of a cell that gives none: right of the one before it in its row."""
        before = self._attributes.get("r")
        column = place_of(before)[1] + 1 if before else 0
        if not 0 <= self._row <= LAST_ROW or column > LAST_COLUMN:
            raise damaged("cell_address", name=f"{self._row + 1}")
        return address(self._row, column)

    def _column(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE or attributes.get("width") == "0":
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                self._hidden_columns.update(range(int(first) - 1, min(int(last), LAST_COLUMN + 1)))

    def _merge(self, attributes: Attributes) -> None:
        self._merges.append(area_of(attributes.get("ref", "")))
        if len(self._merges) > MOST_MERGES:
            raise too_large("merges", count=MOST_MERGES, limit=MOST_MERGES)

    def _finish(self) -> None:
        """The cell is complete: work out its place and what it holds."""
        reference = self._attributes["r"]
        row, column = place = place_of(reference)
        value = "".join(self._value)
        self._value.clear()
        if self._row >= 0 and row != self._row:
            raise damaged("cell_address", name=reference)
        if place in self._cells:
            raise damaged("cell_twice", name=reference)
        cell = self._cell(row, column, value)
        if cell is not None:
            self._budget.take(cell.text)
            self._cells[place] = cell

    def _cell(self, row: int, column: int, value: str) -> Cell | None:
        type_, formula = self._attributes.get("t", "n"), self._has_formula
        if type_ == "s" and value:
            return Cell(row, column, CellKind.TEXT, self._shared(value, row, column), None, formula)
        if type_ in ("str", "inlineStr"):
            return Cell(row, column, CellKind.TEXT, unescaped(value), None, formula)
        value = value.strip()
        if not value:
            return Cell(row, column, CellKind.UNCALCULATED, "", None, True) if formula else None
        if type_ == "n":
            return self._number(row, column, value)
        if type_ == "b":
            text = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}.get(value, value)
            return Cell(row, column, CellKind.TRUTH, text, None, formula)
        if type_ == "d":
            return Cell(row, column, CellKind.DATE, value.replace("T", " "), None, formula)
        return Cell(row, column, CellKind.ERROR, value, None, formula)

    def _shared(self, value: str, row: int, column: int) -> str:
        try:
            index = int(value)
            if index >= 0:
                return self._texts[index]
        except (ValueError, IndexError):
            pass
        raise damaged("cell_text", name=address(row, column))

    def _number(self, row: int, column: int, value: str) -> Cell:
        number = exact(value)
        if number is None:
            return Cell(row, column, CellKind.ERROR, value, None, self._has_formula)
        code = self._format()
        if not code:
            return Cell(row, column, CellKind.NUMBER, f"{number:f}", number, self._has_formula)
        return styled_number(
            row, column, number, code, from_formula=self._has_formula, epoch_1904=self._epoch_1904
        )

    def _format(self) -> str:
        style = self._attributes.get("s")
        if style is None:
            return self._formats[0] if self._formats else ""
        return self._formats[int(style)] if style.isdigit() and int(style) < len(self._formats) else ""


def styled_number(
    row: int, column: int, number: Decimal, code: str, *, from_formula: bool, epoch_1904: bool
) -> Cell:
    """A stored number as its format shows it: a date, a percent or just a number."""
    is_date, is_percent = number_formats.shown(code, float(number))
    if is_date:
        text = number_formats.date_text(number, epoch_1904=epoch_1904)
        return Cell(row, column, CellKind.DATE, text, number, from_formula, False, code)
    return Cell(row, column, CellKind.NUMBER, f"{number:f}", number, from_formula, is_percent, code)
