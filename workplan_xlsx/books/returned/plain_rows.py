"""The rows of a plainly spelled worksheet: a search over them that has to fit from end to end."""

from __future__ import annotations

import re
from typing import NamedTuple

from workplan_xlsx.books.returned.grid import LAST_ROW, MOST_CELLS, Cell, column_of
from workplan_xlsx.books.returned.plain_xml import ATTRIBUTES, unentitied
from workplan_xlsx.books.returned.unreadable import damaged, too_large
from workplan_xlsx.books.returned.xlsx_cell import CellMaker, is_hidden_row

_BLANKS = rf"(?:<c{ATTRIBUTES}(?:/>|></c>))*"
_CELL = (
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?>'
    rf"(<f{ATTRIBUTES}(?:/>|>[^<>]*</f>))?"
    r"(?:<v>([^<>]*)</v>|<v/>)?"
    r'(?:<is><t(?: xml:space="preserve")?>([^<>]*)</t></is>)?</c>'
)
_TOKEN = re.compile(rf"{_BLANKS}(?:{_CELL}|<row({ATTRIBUTES})(/?)>|(</row>))")
_NAMED = re.compile(r' ([A-Za-z][\w.:]*)="([^"]*)"')


class PlainRows(NamedTuple):
    """Cells that hold something by (row, column), and hidden rows; all 0-based."""

    cells: dict[tuple[int, int], Cell]
    hidden: set[int]


def read_plain_rows(rows: str, maker: CellMaker) -> PlainRows | None:
    """Return what the rows hold; None where a byte does not fit.

    Raises:
        Unreadable: A cell stands twice or outside its row, or far too many hold something.
    """
    if rows.count("<v>") + rows.count("<is>") > MOST_CELLS:
        raise too_large("cells", count=MOST_CELLS, limit=MOST_CELLS)
    cells: dict[tuple[int, int], Cell] = {}
    hidden: set[int] = set()
    at, row = 0, -1
    for found in _TOKEN.finditer(rows):
        if found.start() != at:
            return None
        at = found.end()
        letters, number, style, type_, formula, value, inline, attributes, empty, ends = found.groups()
        if letters is not None:
            if row < 0:
                return None
            column = column_of(letters)
            if int(number) != row + 1:
                raise damaged("cell_address", name=f"{letters}{number}")
            if (row, column) in cells:
                raise damaged("cell_twice", name=f"{letters}{number}")
            if inline is not None:
                value = (value or "") + inline
            if value is not None or formula is not None:
                told, computed = unentitied(value or ""), formula is not None
                cell = maker.make(row, column, type_ or "n", style, told, from_formula=computed)
                if cell is not None:
                    cells[row, column] = cell
        elif ends is not None:
            row = -1
        else:
            begun = _begun_row(attributes)
            if row >= 0 or begun is None:
                return None
            if is_hidden_row(begun):
                hidden.add(int(begun["r"]) - 1)
            row = -1 if empty else int(begun["r"]) - 1
    return PlainRows(cells, hidden) if at == len(rows) and row < 0 else None


def _begun_row(tag: str) -> dict[str, str] | None:
    """The row's attributes; None where one stands twice or the row does not say which it is."""
    pairs = _NAMED.findall(tag)
    named = dict(pairs)
    number = named.get("r", "")
    sound = len(named) == len(pairs) and number.isdigit() and 0 < int(number) <= LAST_ROW + 1
    return named if sound else None
