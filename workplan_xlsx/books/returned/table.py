"""Where the form's table stands in a returned workbook: found by its headers, wherever they were moved to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from workplan_xlsx.books.columns import bare_headers, first_characters_of_headers, key_of_header, languages
from workplan_xlsx.books.returned.grid import Cell, Grid, Sheet
from workplan_xlsx.domain.model import bare
from workplan_xlsx.domain.returns import Answer, CellKind

HEADERS_OF_A_TABLE = 5
_ANSWERS = frozenset(answer.value for answer in Answer)
_TEXT = CellKind.TEXT


@dataclass(frozen=True)
class Table:
    """A table of the form's shape.

    Attributes:
        header_row: 0-based.
        columns: Key of each column that is there -> 0-based position.
        doubles: Keys whose header is there more than once -> all their positions.
        extra: Cells of the header row that name no column of ours.
        language: Which wording its headers have.
    """

    sheet: Sheet
    header_row: int
    columns: Mapping[str, int]
    doubles: Mapping[str, tuple[int, ...]]
    extra: tuple[Cell, ...]
    language: str

    def column_cells(self, column: int) -> tuple[Cell, ...]:
        """What stands below the header in a column, blanks left out."""
        found = (cells[column] for _, cells in self.body if column in cells)
        return tuple(cell for cell in found if not cell.is_blank)

    @cached_property
    def body(self) -> tuple[tuple[int, Mapping[int, Cell]], ...]:
        """(row, its cells) below the header, headers that are repeated for printing left out."""
        first = min(self.columns.values())
        return tuple(
            (row, cells)
            for row, cells in self.sheet.rows.items()
            if row > self.header_row and not self._repeats_header(cells, first)
        )

    def _repeats_header(self, cells: Mapping[int, Cell], first_column: int) -> bool:
        first = cells.get(first_column)
        if first is None or first.text[:1] not in first_characters_of_headers():
            return False
        found = _keys(cells.values())
        return len(found) >= HEADERS_OF_A_TABLE and all(
            self.columns.get(key) == places[0] for key, places in found.items()
        )


class Tables(NamedTuple):
    """Those that are read, by sheets, and those on hidden sheets beside them."""

    read: tuple[Table, ...]
    unseen: tuple[Table, ...]


def find_tables(grid: Grid) -> Tables:
    """Return the tables that a reader sees; those on hidden sheets are read only if there is no other."""
    tables = [table for sheet in grid.sheets for table in _tables_on(sheet)]
    seen = [table for table in tables if not table.sheet.hidden]
    hidden = [table for table in tables if table.sheet.hidden]
    return Tables(tuple(seen), tuple(hidden)) if seen else Tables(tuple(hidden), ())


def _tables_on(sheet: Sheet) -> Iterator[Table]:
    """The sheet's table, and any further one whose headers stand in other columns."""
    columns: Mapping[str, int] | None = None
    for row, cells in sheet.rows.items():
        if len(cells) < HEADERS_OF_A_TABLE:
            continue
        found = _keys(cells.values())
        if len(found) < HEADERS_OF_A_TABLE or not _ANSWERS & found.keys():
            continue
        places = {key: columns_[0] for key, columns_ in found.items()}
        if places != columns:
            yield _table(sheet, row, cells, found)
            columns = places


def _keys(cells: Iterable[Cell]) -> dict[str, tuple[int, ...]]:
    """The columns that the row's cells name; none where fewer may be headers than a table has."""
    firsts = first_characters_of_headers()
    may_be = [cell for cell in cells if cell.text[:1] in firsts]  # of hundreds, twenty
    found: dict[str, tuple[int, ...]] = {}
    for cell in may_be if len(may_be) >= HEADERS_OF_A_TABLE else ():
        key = key_of_header(cell.text) if cell.kind is _TEXT else None
        if key is not None:
            found[key] = (*found.get(key, ()), cell.column)
    return found


def _table(sheet: Sheet, row: int, cells: Mapping[int, Cell], found: Mapping[str, tuple[int, ...]]) -> Table:
    ours = {column for places in found.values() for column in places}
    return Table(
        sheet=sheet,
        header_row=row,
        columns={key: places[0] for key, places in found.items()},
        doubles={key: places for key, places in found.items() if len(places) > 1},
        extra=tuple(cell for column, cell in cells.items() if column not in ours and not cell.is_blank),
        language=_language(cells, found),
    )


def _language(cells: Mapping[int, Cell], found: Mapping[str, tuple[int, ...]]) -> str:
    """The language whose wording most of the headers have."""
    written = {key: bare(cells[places[0]].text) for key, places in found.items()}
    by_language = {lang: len(written.items() & bare_headers(lang)) for lang in languages()}
    return max(by_language, key=lambda lang: by_language[lang])
