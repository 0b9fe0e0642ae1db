"""Cells become a sheet: in rows and in order, what nobody can see under merges set aside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from workplan_xlsx.books.returned.grid import Area, Cell, Sheet

_FEW_PLACES = 20_000
"""Up to which the places under merges are looked at one by one; beyond, the cells are."""

Rows = dict[int, dict[int, Cell]]


def made_sheet(
    name: str,
    cells: Mapping[tuple[int, int], Cell],
    *,
    hidden: bool = False,
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[int] = frozenset(),
    merges: tuple[Area, ...] = (),
) -> Sheet:
    """Return the sheet that these cells make, by their (row, column)."""
    rows: Rows = {}
    for (row, column), cell in cells.items():
        rows.setdefault(row, {})[column] = cell
    return sheet_of_rows(
        name, rows, hidden=hidden, hidden_rows=hidden_rows, hidden_columns=hidden_columns, merges=merges
    )


def sheet_of_rows(
    name: str,
    rows: Rows,
    *,
    hidden: bool = False,
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[int] = frozenset(),
    merges: tuple[Area, ...] = (),
    plain: bool = False,
) -> Sheet:
    """Return the sheet that these rows make; the rows are taken over."""
    covered = sorted(_taken_from_under(merges, rows)) if merges else []
    return Sheet(
        name=name,
        rows=_in_order(rows),
        hidden=hidden,
        hidden_rows=hidden_rows,
        hidden_columns=hidden_columns,
        merges=merges,
        covered=tuple(covered),
        plain=plain,
    )


def _in_order(rows: Rows) -> Rows:
    """Nearly every program writes them so."""
    for row, cells in rows.items():
        if not _ascends(cells):
            rows[row] = {column: cells[column] for column in sorted(cells)}
    return rows if _ascends(rows) else {row: rows[row] for row in sorted(rows)}


def _ascends(places: Mapping[int, object]) -> bool:
    numbers = [*places]
    return numbers == sorted(numbers)


def _taken_from_under(merges: tuple[Area, ...], rows: Rows) -> Iterator[Cell]:
    """Take the cells that lie under a merge out of the rows."""
    for row, column in [*_places_under(merges, rows)]:
        cells = rows.get(row)
        if cells is not None and column in cells:
            yield cells.pop(column)
            if not cells:
                del rows[row]


def _places_under(merges: tuple[Area, ...], rows: Rows) -> Iterator[tuple[int, int]]:
    """Every place under a merge, or at least all of them that hold something."""
    if sum(area.size for area in merges) > _FEW_PLACES:
        cover = _Cover(merges)
        yield from [(row, column) for row in rows for column in rows[row] if cover.hides(row, column)]
        return
    for top, left, bottom, right in merges:
        for row in range(top, bottom + 1):
            cells = rows.get(row)
            if cells is not None:
                first = left + 1 if row == top else left
                few = cells if len(cells) <= right - first else range(first, right + 1)
                for column in few:
                    if first <= column <= right:
                        yield row, column


class _Cover:
    """Tells whether a cell lies under a merge; fast for thousands of merges of a few rows each."""

    def __init__(self, merges: tuple[Area, ...]) -> None:
        self._sorted = sorted(merges)
        self._first_rows = [area.first_row for area in self._sorted]
        self._tallest = max((area.last_row - area.first_row for area in merges), default=0)

    def hides(self, row: int, column: int) -> bool:
        """Whether the cell is inside a merged range and not its first cell."""
        begin = bisect_left(self._first_rows, row - self._tallest)
        end = bisect_right(self._first_rows, row)
        for area in self._sorted[begin:end]:
            inside = row <= area.last_row and area.first_column <= column <= area.last_column
            if inside and (row, column) != (area.first_row, area.first_column):
                return True
        return False
