"""The rows of a plainly spelled worksheet: a search over them that has to fit from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from workplan_xlsx.books.returned.grid import LAST_ROW, MOST_CELLS, Cell, column_of
from workplan_xlsx.books.returned.plain_xml import ATTRIBUTES, SIGN, unentitied
from workplan_xlsx.books.returned.unreadable import damaged, too_large
from workplan_xlsx.books.returned.xlsx_cell import CellMaker, is_hidden_row

# Possessive throughout: what fits is never given back, so that no spelling can make the search slow.
_BLANKS = r'(?:<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+/>)*+'
_HOLDS = (
    rf"(<f{ATTRIBUTES}(?:/>|>{SIGN}*+</f>))?+"
    rf"(?:<v>({SIGN}*+)</v>|<v/>)?+"
    rf'(?:<is><t(?: xml:space="preserve")?>({SIGN}*+)</t></is>)?+'
)
_CELL = rf'<c r="([A-Z]++)([0-9]++)"(?: s="([0-9]++)")?+(?: t="([A-Za-z]++)")?+(?:/>|>{_HOLDS}</c>)'
_ROW = rf'<row r="([1-9][0-9]*+)"({ATTRIBUTES})(/?)>|(</row>)'
_TOKEN = re.compile(f"{_BLANKS}(?:{_CELL}|{_ROW})")
_GROUPS = _TOKEN.groups
_PART_CHARACTERS = 2**18
_NAMED = re.compile(r' ([A-Za-z][\w.:]*)="([^"]*)"')


class PlainRows(NamedTuple):
    """Cells that hold something by row and column, and hidden rows; all 0-based."""

    by_row: dict[int, dict[int, Cell]]
    hidden: set[int]


def read_plain_rows(rows: str, maker: CellMaker) -> PlainRows | None:
    """Return what the rows hold; None where a byte does not fit, or cells do not fit into their rows.

    Raises:
        Unreadable: A cell stands twice, or far too many hold something.
    """
    if rows.count("<v>") + rows.count("<is>") > MOST_CELLS:
        raise too_large("cells", count=MOST_CELLS, limit=MOST_CELLS)
    by_row: dict[int, dict[int, Cell]] = {}
    hidden: set[int] = set()
    row, open_row, cells = -1, "", by_row.setdefault(-1, {})
    has_entities = "&" in rows
    for token in _tokens(rows):
        letters, digits, style, type_, formula, value, inline, number, attributes, empty, ends = token
        if letters is not None:
            if digits != open_row:
                return None
            column = column_of(letters)
            if column in cells:
                raise damaged("cell_twice", name=f"{letters}{digits}")
            if inline is not None:
                if value is not None:
                    return None
                value = inline
            if value is not None or formula is not None:
                told = unentitied(value or "") if has_entities else value or ""
                cell = maker.make(row, column, type_ or "n", style, told, formula is not None)
                if cell is not None:
                    cells[column] = cell
        elif number is not None:
            is_hidden = _is_hidden(attributes)
            if open_row or is_hidden is None or int(number) > LAST_ROW + 1:
                return None
            row = int(number) - 1
            if is_hidden:
                hidden.add(row)
            if not empty:
                open_row, cells = number, by_row.setdefault(row, {})
        elif ends is not None and open_row:
            open_row = ""
        else:
            return None
    return None if open_row else PlainRows({row: cells for row, cells in by_row.items() if cells}, hidden)


def _tokens(rows: str) -> Iterator[Sequence[str | None]]:
    """Yield the groups of each token; nothing but None where something else stands between two."""
    for part in _parts(rows):
        pieces = _TOKEN.split(part)
        if any(pieces[:: _GROUPS + 1]):  # what stands between two tokens
            yield (None,) * _GROUPS
            return
        yield from zip(*(pieces[group :: _GROUPS + 1] for group in range(1, _GROUPS + 1)), strict=True)


def _parts(rows: str) -> Iterator[str]:
    """The rows, a few thousand at a time: a sheet may have a million that are blank."""
    at = 0
    while at < len(rows):
        ends = rows.find("<row ", at + _PART_CHARACTERS)
        ends = len(rows) if ends < 0 else ends
        yield rows[at:ends]
        at = ends


@lru_cache(maxsize=4096)
def _is_hidden(attributes: str) -> bool | None:
    """Whether a row with these attributes beside its number is hidden; None where one stands twice."""
    pairs = _NAMED.findall(attributes)
    named = dict(pairs)
    return is_hidden_row(named) if len(named) == len(pairs) and "r" not in named else None
