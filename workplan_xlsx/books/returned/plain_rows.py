"""The rows of a plainly spelled worksheet: a search over them that has to fit from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from workplan_xlsx.books.returned.grid import LAST_ROW, MOST_CELLS, Cell, address, column_of, text_cell
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
_LONGEST_REMEMBERED = 400
_SIGNS = re.compile(f"{SIGN}*+")
_OF_ROW = re.compile(rf"({ATTRIBUTES})(/?)")
_NAMED = re.compile(r' ([A-Za-z][\w.:]*)="([^"]*)"')


class PlainRows(NamedTuple):
    """Cells that hold something by row and column, and hidden rows; all 0-based.

    Attributes:
        is_clear: Whether all cells are of types that every reader takes alike: no errors, no written days.
    """

    by_row: dict[int, dict[int, Cell]]
    hidden: set[int]
    is_clear: bool


_CLEAR_TYPES = (None, "n", "s", "str", "inlineStr", "b")

Token = Sequence[str | None]
"""What stands before it, and the groups of the search."""


def read_plain_rows(rows: str, maker: CellMaker) -> PlainRows | None:
    """Return what the rows hold; None where a byte does not fit, or cells do not fit into their rows.

    Raises:
        Unreadable: A cell stands twice, or far too many hold something.
    """
    taken = _Taken(maker)
    take = _take_few if len(rows) <= _PART_CHARACTERS else _take_many
    if not take(rows, taken) or taken.open_row:
        return None
    by_row = {row: cells for row, cells in taken.by_row.items() if cells}
    return PlainRows(by_row, taken.hidden, taken.is_clear)


class _Taken:
    """What was read so far, and the row that is open: its number, "" where none is, and its cells."""

    def __init__(self, maker: CellMaker) -> None:
        self._make, self._texts = maker.make, maker.texts_by_index
        self.by_row: dict[int, dict[int, Cell]] = {}
        self.hidden: set[int] = set()
        self.is_clear = True
        self.row, self.open_row = -1, ""
        self.cells: dict[int, Cell] = {}

    def take(self, token: Token) -> bool:
        """One more token; tell whether it fits."""
        _, letters, digits, style, type_, formula, value, inline, closes, number, attributes = token
        if letters is None:
            return self._take_row(closes, number, attributes)
        if digits != self.open_row:
            return False
        if inline is not None or type_ == "inlineStr":
            if value is not None or type_ != "inlineStr":
                return False
            value = inline
        if value is not None or formula is not None:
            self.take_cell(column_of(letters), style, type_, formula is not None, value or "")
        return True

    def take_cell(self, column: int, style: str | None, type_: str | None, formula: bool, value: str) -> None:
        """A cell of the open row that holds something."""
        cells = self.cells
        if column in cells:
            raise damaged("cell_twice", name=address(self.row, column))
        text = self._texts.get(value) if type_ == "s" else None
        if text is not None:  # nearly always
            cells[column] = text_cell(self.row, column, text, formula)
            return
        self.is_clear = self.is_clear and type_ in _CLEAR_TYPES
        cell = self._make(self.row, column, type_ or "n", style, unentitied(value), formula)
        if cell is not None:
            cells[column] = cell

    def _take_row(self, closes: str | None, number: str | None, attributes: str | None) -> bool:
        """The end of a row, or the beginning of one, or both."""
        if (closes is None) != (self.open_row == ""):
            return False
        self.open_row = ""
        if number is None or attributes is None:
            return closes is not None
        says = _said_of_row(attributes)
        if says is None or int(number) > LAST_ROW + 1:
            return False
        self.row = int(number) - 1
        if says.hidden:
            self.hidden.add(self.row)
        if not says.empty:
            self.open_row, self.cells = number, self.by_row.setdefault(self.row, {})
        return True


def _take_many(rows: str, taken: _Taken) -> bool:
    """Search the rows, a few thousand at a time: a sheet may have a million that are blank."""
    if rows.count("<v>") + rows.count("<is>") > MOST_CELLS:
        raise too_large("cells", count=MOST_CELLS, limit=MOST_CELLS)
    return all(map(taken.take, chain.from_iterable(map(_tokens_of, _parts(rows)))))


def _tokens_of(part: str) -> Iterator[Token]:
    """The pieces of each token; nothing but None where something else stands between two."""
    pieces = _TOKEN.split(part)
    if any(pieces[::_PIECES]):
        return iter(((None,) * _PIECES,))
    return zip(*[iter(pieces)] * _PIECES, strict=False)  # after the last token nothing stands either


def _parts(rows: str) -> Iterator[str]:
    at = 0
    while at < len(rows):
        ends = rows.find("<row ", at + _PART_CHARACTERS)
        ends = len(rows) if ends < 0 else ends
        yield rows[at:ends]
        at = ends


def _take_few(rows: str, taken: _Taken) -> bool:
    """The same for a sheet like a form: what stands between its values was seen in other forms before."""
    between, *pieces = rows.split("<v>")
    parted = [piece.partition("</v></c>") for piece in pieces]
    said = "".join([value if ends else "<" for value, ends, _ in parted])
    if not _SIGNS.fullmatch(said):
        return False
    for value, _, following in parted:
        place = _known_place(between) if len(between) <= _LONGEST_REMEMBERED else _place(between)
        if place is None or (place.before and not all(map(taken.take, place.before))):
            return False
        _, column, digits, style, type_, formula = place
        if digits != taken.open_row:
            return False
        taken.take_cell(column, style, type_, formula, value)
        between = following
    return all(map(taken.take, _tokens_of(between)))


class _Place(NamedTuple):
    """A cell that waits for its value, and the tokens that stand between the value before and it."""

    before: tuple[Token, ...]
    column: int
    digits: str
    style: str | None
    type: str | None
    from_formula: bool


def _place(between: str) -> _Place | None:
    """The cell that opens before a value; None where something else does."""
    *before, token = _tokens_of(f"{between}<v></v></c>")
    _, letters, digits, style, type_, formula, value, *_ = token
    if letters is None or digits is None or value != "" or type_ == "inlineStr":
        return None
    return _Place(tuple(before), column_of(letters), digits, style, type_, formula is not None)


_known_place = lru_cache(maxsize=8192)(_place)


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
