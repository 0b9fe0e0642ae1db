"""Any spelling of a sheet's XML is read as an independent reader reads it, or something is said about it.

python tests/returned/test_differential.py COUNT [FIRST_SEED]    the long run: `make spellings`
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from plain_reader import Seen, read_plainly
from spelled_workbooks import spelled

from workplan_xlsx.books.returned.grid import Cell
from workplan_xlsx.books.returned.opened import open_grid
from workplan_xlsx.books.returned.second_opinion import first_difference
from workplan_xlsx.books.returned.unreadable import Unreadable
from workplan_xlsx.domain.returns import CellKind

WIDTH = 12
EQUAL, ASKED = "equal", "asked"


def outcome(data: bytes) -> str:
    """EQUAL; ASKED where ours refuses or its two readings differ; else what differs in silence."""
    try:
        opened = open_grid(data, "表.xlsx")
        sheets = [sheet for sheet in opened.grid.sheets if not sheet.unread]
        for sheet in (each for each in sheets if not each.plain):  # those are read once, all but a few
            if first_difference(data, opened.grid, sheet, columns=range(WIDTH), from_row=0) is not None:
                return ASKED
    except Unreadable:
        return ASKED
    ours = {
        sheet.name: {(cell.row, cell.column): seen(cell) for cell in sheet.cells() if not cell.is_blank}
        for sheet in sheets
    }
    theirs = read_plainly(data, ours)
    silent = [
        f"{name} {place}: {cells.get(place)} / {theirs[name].get(place)}"
        for name, cells in ours.items()
        for place in sorted({*cells, *theirs[name]})
        if cells.get(place) != theirs[name].get(place)
    ]
    return silent[0] if silent else EQUAL


def seen(cell: Cell) -> Seen:
    """Our cell as the other reader would put it."""
    if cell.number is not None:
        shown = {CellKind.DATE: "day", CellKind.NUMBER: "percent" if cell.shown_as_percent else ""}
        return Seen("number", float(cell.number), shown[cell.kind])
    text = cell.text.replace(" ", "T") if cell.kind is CellKind.DATE else cell.text
    return Seen(cell.kind.value, text)


def outcomes(seeds: Iterable[int]) -> tuple[Counter[str], list[str]]:
    """(how many ended how, what differed in silence)."""
    counted: Counter[str] = Counter()
    silent = []
    for seed in seeds:
        became = outcome(spelled(seed))
        counted[became if became in (EQUAL, ASKED) else "silent"] += 1
        if became not in (EQUAL, ASKED):
            silent.append(f"seed {seed}: {became}")
    return counted, silent


def test_three_hundred_spellings_are_read_right_or_asked_about():
    counted, silent = outcomes(range(300))

    assert silent == []
    assert counted[EQUAL] > 180


if __name__ == "__main__":
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    counted, silent = outcomes(range(first, first + int(sys.argv[1])))
    print(*silent[:50], dict(counted), sep="\n")
    sys.exit(bool(silent))
