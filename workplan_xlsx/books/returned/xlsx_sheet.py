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
    whole,
)
from workplan_xlsx.books.returned.made_sheet import made_sheet
from workplan_xlsx.books.returned.runs import AS_USUAL, BETWEEN_RUNS, of_runs
from workplan_xlsx.books.returned.unreadable import damaged
from workplan_xlsx.books.returned.xlsx_around import AROUND, OURS, Around
from workplan_xlsx.books.returned.xlsx_cell import CellMaker, is_hidden_row
from workplan_xlsx.books.returned.xml_pass import Attributes, Nesting, named, placed, run

_PLACES = {
    **AROUND,
    **placed("sheetData/row", "row/c", "c/v", "c/f", "c/is", "is/t", "is/r", "r/t", "is/rPh"),
    **placed("r/rPr", "rPr/strike", "rPr/vertAlign"),
}
_OURS = {*OURS, *named("row", "c", "v", "f", "is")}
_VALUES = ("v", "f", "is")
_OF_RUNS = ("r", "strike", "vertAlign")


class SheetPass:
    """Collects a worksheet's cells while expat walks over it."""

    def __init__(self, name: str, part: str, maker: CellMaker, budget: Budget) -> None:
        self._name, self._part = name, part
        self._maker, self._budget = maker, budget
        self._nesting = Nesting(part, _PLACES, _OURS)
        self._cells: dict[tuple[int, int], Cell] = {}
        self._hidden_rows: set[int] = set()
        self._around = Around()
        self._row = -1
        self._attributes: Attributes = {}
        self._value: list[str] = []
        self._has: set[str] = set()
        self._collects = False
        self._looks_change = False

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
        local = self._nesting.enter(name)
        if local == "c":
            if "r" not in attributes:
                attributes["r"] = self._following()
            self._attributes = attributes
            if self._has:
                self._has = set()
        elif local in _VALUES:
            self._start_value(local)
        elif local == "row":
            self._start_row(attributes)
        elif local == "t":
            self._collects = True
        elif local in _OF_RUNS:
            self._take_run(local, attributes)
        elif local is not None:
            self._around.take(local, attributes)
        elif self._collects:  # an element inside a value: each program would read another piece of it
            raise damaged("cell_values", name=self._attributes["r"][:20])

    def _start_value(self, local: str) -> None:
        if local in self._has:
            raise damaged("cell_values", name=self._attributes["r"][:20])
        self._has.add(local)
        self._collects = local == "v"

    def _take_run(self, local: str, attributes: Attributes) -> None:
        if local == "r":
            self._value.append(BETWEEN_RUNS)
        else:
            self._looks_change = self._looks_change or attributes.get("val") not in AS_USUAL

    def _end(self, _: str) -> None:
        local = self._nesting.leave()
        if local == "c":
            if self._has:
                self._finish()
        elif local == "v" or local == "t":
            self._collects = False

    def _text(self, piece: str) -> None:
        if self._collects:
            self._value.append(piece)

    def _start_row(self, attributes: Attributes) -> None:
        given = attributes.get("r")
        if given is None:
            self._row += 1
        else:
            number = whole(given)
            if number is None or not 0 < number <= LAST_ROW + 1:
                raise damaged("cell_address", name=given[:20])
            self._row = number - 1
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
        value = of_runs("".join(self._value), self._looks_change)
        self._value.clear()
        self._looks_change = False
        if row != self._row:
            raise damaged("cell_address", name=reference)
        if place in self._cells:
            raise damaged("cell_twice", name=reference)
        if "v" in self._has and "is" in self._has:
            raise damaged("cell_values", name=reference)
        cell = self._maker.make(
            row,
            column,
            self._attributes.get("t", "n"),
            self._attributes.get("s"),
            value,
            "f" in self._has,
        )
        if cell is not None:
            self._budget.take(cell.text)
            self._cells[place] = cell
