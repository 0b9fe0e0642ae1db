"""A returned workbook as a grid of the cells that hold something, whatever file format it came in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from math import inf, isfinite
from typing import NamedTuple

from workplan_xlsx.books.returned.unreadable import damaged, too_large
from workplan_xlsx.domain.returns import CellKind
from workplan_xlsx.domain.rounding import shown_of_double

MOST_CELLS = 500_000
MOST_CHARACTERS = 64 * 2**20
MOST_MERGES = 20_000
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
"""0-based ends of the largest sheet that Excel has."""


class Cell(NamedTuple):
    """One cell that holds something; a tuple, because a form has hundreds of them.

    Attributes:
        row, column: 0-based.
        text: What a person reads there, apart from number formats.
        number: NUMBER: the exact decimal; DATE: the serial number it is stored as.
        format_code: Its number format, "" for General or where the file format does not tell.
    """

    row: int
    column: int
    kind: CellKind
    text: str
    number: Decimal | None = None
    from_formula: bool = False
    shown_as_percent: bool = False
    format_code: str = ""

    @property
    def address(self) -> str:
        """In the A1 style."""
        return address(self.row, self.column)

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands there."""
        return self.kind is CellKind.BLANK or (self.kind is _TEXT and not self.text.strip())


def text_cell(row: int, column: int, text: str, from_formula: bool) -> Cell:
    """A cell of text; made the short way, for a form has a hundred of them."""
    return tuple.__new__(Cell, (row, column, _TEXT, text, None, from_formula, False, ""))


_TEXT = CellKind.TEXT


class Area(NamedTuple):
    """A merged range, 0-based, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def size(self) -> int:
        """How many cells it spans."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        rows: Row -> column -> cell, 0-based, ascending; only cells that hold something a reader can see.
        unread: Whether it holds something that was not taken, since it cannot be the form.
        covered: Cells that hold something under a merge, where nobody can see it.
        hidden: Whether the sheet's tab is hidden.
        hidden_rows, hidden_columns: 0-based.
        merges: Merged ranges, as the file has them.
        plain: Whether nobody can read anything else there: a search read it that had to fit from end to end,
            in a workbook that every program takes apart in the same way.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    covered: tuple[Cell, ...] = ()
    unread: bool = False
    plain: bool = False

    def at(self, row: int, column: int) -> Cell | None:
        """The cell there; None where it is blank."""
        return self.rows.get(row, {}).get(column)

    def cells(self) -> Iterator[Cell]:
        """All cells that hold something, by rows."""
        for row in self.rows.values():
            yield from row.values()

    def after_merge(self, row: int, column: int) -> int:
        """The column right of the cell, or of the merged range that it begins."""
        for top, left, bottom, right in self.merges:
            if top <= row <= bottom and left <= column <= right:
                return right + 1
        return column + 1

    @cached_property
    def box_area(self) -> int:
        """Rows times columns of the box from A1 around all that the sheet holds, covered cells included."""
        rows = [*self.rows, *(cell.row for cell in self.covered)]
        columns = [max(cells) for cells in self.rows.values() if cells]
        columns += [cell.column for cell in self.covered]
        return (max(rows, default=-1) + 1) * (max(columns, default=-1) + 1)


class CellComment(NamedTuple):
    """What somebody wrote beside a cell (批注), without its author."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class Grid:
    """A workbook's sheets in their order.

    Attributes:
        properties: Custom document properties, name and value as text.
        epoch_1904: Whether dates count from 1904.
        notes: What else the package holds that is not taken: "macros", "external", "embedded".
        comments: By sheet name, where there are any.
    """

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    epoch_1904: bool = False
    notes: tuple[str, ...] = ()
    comments: Mapping[str, tuple[CellComment, ...]] = field(default_factory=dict)


@lru_cache(maxsize=20_000)
def column_of(letters: str) -> int:
    """The 0-based column of A, B ... XFD.

    Raises:
        Unreadable: There is no such column.
    """
    column = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise damaged("cell_address", name=letters[:20])
        column = column * 26 + ord(letter) - 64
    if not 0 < column <= LAST_COLUMN + 1:
        raise damaged("cell_address", name=letters[:20])
    return column - 1


@lru_cache(maxsize=2_000)
def letters_of(column: int) -> str:
    """A, B ... of a 0-based column."""
    letters, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def address(row: int, column: int) -> str:
    """The A1 address of a 0-based place."""
    return f"{letters_of(column)}{row + 1}"


def place_of(reference: str) -> tuple[int, int]:
    """The 0-based (row, column) of an A1 address.

    Raises:
        Unreadable: It is none, or lies outside the largest sheet.
    """
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    is_place = letters.isascii() and letters.isalpha() and 0 < len(digits) <= 7
    if not is_place or not 0 < int(digits) <= LAST_ROW + 1:
        raise damaged("cell_address", name=reference[:20])
    return int(digits) - 1, column_of(letters.upper())  # b7 is B7 to calamine, openpyxl and LibreOffice


def address_of(area: Area) -> str:
    """The range as a person names it, B2:B4."""
    first, last = address(area.first_row, area.first_column), address(area.last_row, area.last_column)
    return f"{first}:{last}"


def area_of(reference: str) -> Area:
    """The range of "A1:C3", or of one cell.

    Raises:
        Unreadable: It is none.
    """
    first, _, last = reference.replace("$", "").partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


XML_SPACE = " \t\r\n"
"""What XML takes for white space; Python takes far more."""
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def exact(stored: str) -> Decimal | None:
    """The decimal that a person reads of a stored double: 98.920000000000002 is 98.92.

    None for what is no finite number as XML spells one: 1_0 and １２, which Python would take, are none.
    """
    if _INTEGER.fullmatch(stored):
        return Decimal(int(stored))
    number = float(stored) if _DOUBLE.fullmatch(stored) else inf
    return shown_of_double(number) if isfinite(number) else None


def whole(stored: str) -> int | None:
    """The number that XML's unsignedInt spells; None where it is none."""
    digits = stored.strip(XML_SPACE)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_WHOLE else None


_LONGEST_WHOLE = 20


class Budget:
    """Counts what holds something in a whole workbook; blank cells cost nothing.

    Raises:
        Unreadable: More cells or more text than any honest form holds.
    """

    def __init__(self) -> None:
        self._cells = self._characters = 0

    def take(self, text: str) -> None:
        """One more cell with this text."""
        self.take_all(1, len(text))

    def take_all(self, cells: int, characters: int) -> None:
        """So many more cells, with so many characters together."""
        self._cells += cells
        self._characters += characters
        if self._cells > MOST_CELLS:
            raise too_large("cells", count=MOST_CELLS, limit=MOST_CELLS)
        if self._characters > MOST_CHARACTERS:
            raise too_large("characters", count=MOST_CHARACTERS, limit=MOST_CHARACTERS)
