"""One worksheet part in one pass of the parser: every cell that holds something, what is hidden or merged.

`<dimension>` is never believed, blank cells cost one callback each, and a cell's place is worked out only if
it holds something. Rows that are plainly spelled do not come here: see `plain_rows`.
"""

from __future__ import annotations

from workplan_xlsx.books.returned.grid import (
    LAST_COLUMN,
    LAST_ROW,
    Budget,
    Cell,
    Sheet,
    address,
    place_of,
)
from workplan_xlsx.books.returned.made_sheet import made_sheet
from workplan_xlsx.books.returned.unreadable import damaged
from workplan_xlsx.books.returned.xlsx_around import NAMES, Around
from workplan_xlsx.books.returned.xlsx_cell import CellMaker, is_hidden_row
from workplan_xlsx.books.returned.xml_pass import Attributes, Depth, named, run

_NAMES = {**NAMES, **named("row", "c", "v", "f", "is", "t", "rPh")}


class SheetPass:
    """Collects a worksheet's cells while expat walks over it."""

    def __init__(self, name: str, part: str, maker: CellMaker, budget: Budget) -> None:
        self._name, self._part = name, part
        self._maker, self._budget = maker, budget
        self._depth = Depth(part)
        self._cells: dict[tuple[int, int], Cell] = {}
        self._hidden_rows: set[int] = set()
        self._around = Around()
        self._row = -1
        self._attributes: Attributes = {}
        self._value: list[str] = []
        self._has_value = self._has_formula = self._collects = self._in_cell = False
        self._phonetic = 0

    def walk(self, content: bytes) -> None:
        """Take in the part.

        Raises:
            Unreadable: It is no worksheet, or contradicts itself.
        """
        run(content, self._part, start=self._start, end=self._end, text=self._text)
        if not self._around.is_worksheet:
            raise damaged("xml", name=self._part)

    def sheet(self, *, hidden: bool) -> Sheet:
        """Return the sheet."""
        around = self._around.surroundings()
        return made_sheet(
            self._name,
            self._cells,
            hidden=hidden,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=around.hidden_columns,
            merges=around.merges,
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
        else:
            self._around.take(local, attributes)

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
        if is_hidden_row(attributes):
            self._hidden_rows.add(self._row)

    def _following(self) -> str:
        """The address of a cell that gives none: right of the one before it in its row."""
        before = self._attributes.get("r")
        column = place_of(before)[1] + 1 if before else 0
        if not 0 <= self._row <= LAST_ROW or column > LAST_COLUMN:
            raise damaged("cell_address", name=f"{self._row + 1}")
        return address(self._row, column)

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
        cell = self._maker.make(
            row,
            column,
            self._attributes.get("t", "n"),
            self._attributes.get("s"),
            value,
            self._has_formula,
        )
        if cell is not None:
            self._budget.take(cell.text)
            self._cells[place] = cell
