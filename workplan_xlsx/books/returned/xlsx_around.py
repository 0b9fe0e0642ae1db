"""What a worksheet part says around its rows: which columns are hidden, what is merged."""

from __future__ import annotations

from typing import NamedTuple

from workplan_xlsx.books.returned.grid import LAST_COLUMN, MOST_MERGES, Area, area_of, whole
from workplan_xlsx.books.returned.same_parts import read_once
from workplan_xlsx.books.returned.unreadable import damaged, too_large
from workplan_xlsx.books.returned.xlsx_cell import TRUE
from workplan_xlsx.books.returned.xml_pass import Attributes, Nesting, placed, run

AROUND = placed(
    "/worksheet",
    "worksheet/sheetData",
    "worksheet/cols",
    "cols/col",
    "worksheet/mergeCells",
    "mergeCells/mergeCell",
)
"""What is looked at around the rows, and where it stands."""
OURS = {name for _, name in AROUND}


class Surroundings(NamedTuple):
    """Hidden columns, 0-based, and merged ranges as the file has them."""

    hidden_columns: frozenset[int]
    merges: tuple[Area, ...]


class Around:
    """Collects the surroundings while expat walks over the part."""

    def __init__(self) -> None:
        self._hidden_columns: set[int] = set()
        self._merges: list[Area] = []
        self.is_worksheet = self.has_data = False

    def take(self, local: str, attributes: Attributes) -> None:
        """One element that is no row and nothing inside one.

        Raises:
            Unreadable: A merge of no cells, or far more merges than any honest form has.
        """
        if local == "mergeCell":
            self._merges.append(area_of(attributes.get("ref", "")))
            if len(self._merges) > MOST_MERGES:
                raise too_large("merges", count=MOST_MERGES, limit=MOST_MERGES)
        elif local == "col":
            self._column(attributes)
        elif local == "worksheet":
            self.is_worksheet = True
        elif local == "sheetData":
            self.has_data = True

    def _column(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE or attributes.get("width") == "0":
            first, last = whole(attributes.get("min", "")), whole(attributes.get("max", ""))
            if first is not None and last is not None:
                self._hidden_columns.update(range(first - 1, min(last, LAST_COLUMN + 1)))

    def surroundings(self) -> Surroundings:
        """What was collected."""
        return Surroundings(frozenset(self._hidden_columns), tuple(self._merges))


@read_once
def read_around(content: bytes, part: str) -> Surroundings:
    """Return the surroundings of a worksheet part whose rows were taken out.

    Raises:
        Unreadable: It is no worksheet, or none with rows.
    """
    around, nesting = Around(), Nesting(part, AROUND, OURS)

    def start(name: str, attributes: Attributes) -> None:
        local = nesting.enter(name)
        if local is not None:
            around.take(local, attributes)

    def end(_: str) -> None:
        nesting.leave()

    run(content, part, start=start, end=end)
    if not (around.is_worksheet and around.has_data):
        raise damaged("xml", name=part)
    return around.surroundings()
