"""The rows of a plainly spelled worksheet: a search over them that has to fit from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from workplan_xlsx.books.returned.grid import LAST_ROW, MOST_CELLS, Cell, column_of, text_cell
from workplan_xlsx.books.returned.plain_xml import ATTRIBUTES, SIGN, unentitied
from workplan_xlsx.books.returned.unreadable import damaged, too_large
from workplan_xlsx.books.returned.xlsx_cell import CellMaker, is_hidden_row

# Possessive throughout: what fits is never given back, so that no spelling can make the search slow.
_BLANKS = r'(?:<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+/>)*+'
_HOLDS = (
    rf"(?:(<f){ATTRIBUTES}(?:/>|>{SIGN}*+</f>))?+"
    rf'(?:<v>({SIGN}*+)</v>|<v/>|<is><t(?: xml:space="preserve")?>({SIGN}*+)</t></is>)?+'
)
_CELL = rf'<c r="([A-Z]++)([0-9]++)"(?: s="([0-9]++)")?+(?: t="([A-Za-z]++)")?+(?:/>|>{_HOLDS}</c>)'
_ROW = r'(?:(</row>)|(?=<row ))(?:<row r="([1-9][0-9]*+)"([^<>]*+)>)?+'
_TOKEN = re.compile(f"{_BLANKS}(?:{_CELL}|{_ROW})")
_PIECES = _TOKEN.groups + 1
"""Of a token: what stands before it, and its groups."""
_PART_CHARACTERS = 2**18
_OF_ROW = re.compile(rf"({ATTRIBUTES})(/?)")
_NAMED = re.compile(r' ([A-Za-z][\w.:]*)="([^"]*)"')

_CLEAR_TYPES = (None, "n", "s", "str", "inlineStr", "b")

Token = Sequence[str | None]


class PlainRows(NamedTuple):
    """Cells that hold something by row and column, and hidden rows; all 0-based.

    Attributes:
        is_clear: Whether all cells are of types that every reader takes alike: no errors, no written days.
    """

    by_row: dict[int, dict[int, Cell]]
    hidden: set[int]
    is_clear: bool


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
    texts, has_entities, is_clear = maker.texts_by_index, "&" in rows, True
    for _, letters, digits, style, type_, formula, value, inline, closes, number, attributes in _tokens(rows):
        if letters is not None:
            if digits != open_row:
                return None
            column = column_of(letters)
            if column in cells:
                raise damaged("cell_twice", name=f"{letters}{digits}")
            if inline is not None or type_ == "inlineStr":
                if value is not None or type_ != "inlineStr":
                    return None
                value = inline
            text = texts.get(value) if type_ == "s" else None
            if text is not None:  # nearly always
                cells[column] = text_cell(row, column, text, formula is not None)
            elif value is not None or formula is not None:
                is_clear = is_clear and type_ in _CLEAR_TYPES
                told = unentitied(value or "") if has_entities else value or ""
                cell = maker.make(row, column, type_ or "n", style, told, formula is not None)
                if cell is not None:
                    cells[column] = cell
            continue
        if (closes is None) != (open_row == ""):
            return None
        open_row = ""
        if number is not None:
            says = _said_of_row(attributes)
            if says is None or int(number) > LAST_ROW + 1:
                return None
            row = int(number) - 1
            if says.hidden:
                hidden.add(row)
            if not says.empty:
                open_row, cells = number, by_row.setdefault(row, {})
        elif closes is None:
            return None
    if open_row:
        return None
    return PlainRows({row: cells for row, cells in by_row.items() if cells}, hidden, is_clear)


def _tokens(rows: str) -> Iterator[Token]:
    """The pieces of each token; nothing but None where something else stands between two."""
    return chain.from_iterable(map(_tokens_of, _parts(rows)))


def _tokens_of(part: str) -> Iterator[Token]:
    pieces = _TOKEN.split(part)
    if any(pieces[::_PIECES]):
        return iter(((None,) * _PIECES,))
    return zip(*[iter(pieces)] * _PIECES, strict=False)  # after the last token nothing stands either


def _parts(rows: str) -> Iterator[str]:
    """The rows, a few thousand at a time: a sheet may have a million that are blank."""
    at = 0
    while at < len(rows):
        ends = rows.find("<row ", at + _PART_CHARACTERS)
        ends = len(rows) if ends < 0 else ends
        yield rows[at:ends]
        at = ends


class _Row(NamedTuple):
    """What its attributes say of a row."""

    hidden: bool
    empty: bool


@lru_cache(maxsize=4096)
def _said_of_row(attributes: str) -> _Row | None:
    """What the attributes beside its number say; None where they do not fit, or one stands twice."""
    found = _OF_ROW.fullmatch(attributes)
    pairs = _NAMED.findall(found[1]) if found else []
    named = dict(pairs)
    if found is None or len(named) != len(pairs) or "r" in named:
        return None
    return _Row(is_hidden_row(named), bool(found[2]))
