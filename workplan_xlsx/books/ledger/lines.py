"""The lines of a ledger sheet as values: a cell is read as what its column holds, or told at its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from workplan_xlsx.books.ledger.columns import (
    SHEETS,
    Holds,
    bare,
    choice_words,
    chosen_by_word,
    key_by_header,
    pair_words,
    truth_by_word,
)
from workplan_xlsx.books.ledger.names import split_names
from workplan_xlsx.books.ledger.opening import RawCell, RawRow
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.judging.written_numbers import is_percent, read_plain_number
from workplan_xlsx.domain.model import MOST_DIGITS
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounding import plain, shown_of_double
from workplan_xlsx.words import Lang
from workplan_xlsx.words.listing import listed

Choice = TypeVar("Choice", bound=Enum)
_SHOWN_OF_A_LARGE_ONE = 30
_WRITTEN_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")


class Findings:
    """Collects what is found; `tell` is handed down to whoever reads a cell."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.all: list[Finding] = []

    def tell(self, code: Code, sheet: str, cell: str, /, **facts: object) -> None:
        """Add a finding."""
        self.all.append(found(code, file=self.file, sheet=sheet, cell=cell, **facts))


class Table:
    """One sheet: its lines below the header, and which column holds what."""

    def __init__(self, sheet: str, name: str, lang: Lang, rows: tuple[RawRow, ...], told: Findings) -> None:
        self.sheet, self.name, self.lang, self.told = sheet, name, lang, told
        self._rows = rows
        headers = rows[0].cells if rows and rows[0].number == 1 else ()
        self._header = {cell.column: str(cell.value).strip() for cell in headers}
        known = key_by_header(sheet)
        self.column_of: dict[str, int] = {}
        self.foreign: dict[str, int] = {}
        for cell in headers:
            key = known.get(bare(str(cell.value)))
            self._place(key or "", cell)
        for column in SHEETS[sheet]:
            needed = column.holds is not Holds.SHOWN and not column.optional
            if needed and column.key not in self.column_of:
                told.tell(Code.LEDGER_COLUMN_MISSING, name, "1", column=column.header(lang))

    def _place(self, key: str, cell: RawCell) -> None:
        header = self._header[cell.column]
        if not key:
            self.foreign[cell.at] = cell.column
        elif key in self.column_of:
            self.told.tell(Code.LEDGER_COLUMN_TWICE, self.name, cell.at, column=header, cells=cell.at)
        else:
            self.column_of[key] = cell.column

    def header(self, key: str) -> str:
        """The column's header as it stands there."""
        return self._header[self.column_of[key]]

    def header_cell(self, column: int) -> RawCell:
        """The header's cell of a column."""
        return next(cell for cell in self._rows[0].cells if cell.column == column)

    def lines(self) -> Iterator[Line]:
        """Yield every line that has something in one of the ledger's columns."""
        keys = {column: key for key, column in self.column_of.items()}
        for row in self._rows[1:] if self._header else ():
            cells = {keys[cell.column]: cell for cell in row.cells if cell.column in keys}
            if any(_has_content(cell) for key, cell in cells.items() if not key.startswith("shown_")):
                yield Line(self, row.number, cells, self.told)


def _has_content(cell: RawCell) -> bool:
    return not (isinstance(cell.value, str) and not cell.value.strip())


class Line:
    """One line; every reader of a cell tells what is wrong with it and returns what can be used meanwhile."""

    def __init__(self, table: Table, number: int, cells: Mapping[str, RawCell], told: Findings) -> None:
        self.table, self._row, self._cells, self._told = table, number, cells, told

    @property
    def row(self) -> int:
        """Its number, as Excel shows it."""
        return self._row

    def shown(self, key: str) -> str:
        """What stands in a grey column; nothing there is ever an error."""
        cell = self._cells.get(key)
        return "" if cell is None else _shown(cell)

    def at(self, key: str) -> str:
        """The address of the line's cell in a column, blank ones included."""
        if key in self._cells:
            return self._cells[key].at
        return f"{_letters(self.table.column_of[key])}{self._row}"

    def tell(self, code: Code, key: str, /, **facts: object) -> None:
        """Add a finding at the line's cell in a column."""
        self._told.tell(code, self.table.name, self.at(key), **facts)

    def is_blank(self, key: str) -> bool:
        """Whether nothing but white space stands there."""
        return key not in self._cells or not _has_content(self._cells[key])

    def text(self, key: str) -> str:
        """The cell's text as written; a number as its digits."""
        cell = self._sound(key)
        if cell is None:
            return ""
        if cell.kind == "number":
            return plain(_decimal(cell.value))
        return _shown(cell)

    def code(self, key: str, *, required: bool = False) -> str:
        """A code or name, white space around it dropped; one that Excel made a date of is told."""
        cell = self._cells.get(key)
        if cell is not None and cell.kind == "date":
            self.tell(Code.LEDGER_BECAME_A_DATE, key, column=self.table.header(key), got=_shown(cell))
            return ""
        written = self.text(key).strip()
        if required and not written and self.is_blank(key):
            self.tell(Code.LEDGER_BLANK, key, column=self.table.header(key))
        return written

    def names(self, key: str) -> tuple[str, ...]:
        """Names in their order."""
        return split_names(self.text(key))

    def number(self, key: str, unit: str = "") -> Decimal | None:
        """The exact number; text that can only mean one is taken and told. `unit` decides about percents."""
        cell = self._sound(key)
        if cell is None:
            return None
        taken, is_plain = _number(cell, unit)
        facts = {"column": self.table.header(key), "got": _shown(cell)}
        if cell.number_format:
            self.tell(Code.LEDGER_SHOWN_OTHERWISE, key, **facts, format=cell.number_format)
        elif taken is None:
            self.tell(Code.LEDGER_NOT_A_NUMBER, key, **facts)
        elif taken and taken.adjusted() >= MOST_DIGITS:
            got = facts["got"][:_SHOWN_OF_A_LARGE_ONE]
            self.tell(Code.LEDGER_NUMBER_TOO_LARGE, key, column=facts["column"], got=got, digits=MOST_DIGITS)
            return None
        elif not is_plain:
            self.tell(Code.LEDGER_NUMBER_WAS_TEXT, key, taken=plain(taken), **facts)
        return taken

    def chosen(self, key: str, kind: type[Choice]) -> Choice | None:
        """What the list word means; None where it is blank or told as unknown."""
        written = self.code(key)
        chosen = chosen_by_word(kind, written) if written else None
        if written and chosen is None:
            self._unknown_word(key, written, choice_words(kind, self.table.lang))
        return chosen

    def truth(self, key: str, pair: tuple[str, str], *, default: bool) -> bool:
        """Whether the word says yes; `default` where it is blank or told as unknown."""
        cell = self._sound(key)
        if cell is not None and cell.kind == "truth":
            return bool(cell.value)
        written = self.code(key)
        truth = truth_by_word(pair, written) if written else default
        if truth is None:
            self._unknown_word(key, written, pair_words(pair, self.table.lang))
        return default if truth is None else truth

    def _unknown_word(self, key: str, written: str, words: tuple[str, ...]) -> None:
        column, choices = self.table.header(key), listed(words, self.table.lang)
        self.tell(Code.LEDGER_WORD_UNKNOWN, key, column=column, got=written, choices=choices)

    def day(self, key: str) -> date | None:
        """A date; a month means its first day."""
        return self._read(key, day_of, Code.LEDGER_NOT_A_DATE)

    def period(self, key: str, example: str) -> Period | None:
        """A period by its spelling."""
        return self._read(key, period_of, Code.LEDGER_NOT_A_PERIOD, example=example)

    def _read(
        self, key: str, read: Callable[[RawCell], Found | None], code: Code, **facts: object
    ) -> Found | None:
        cell = self._sound(key)
        if cell is None:
            return None
        value = read(cell)
        if value is None:
            self.tell(code, key, column=self.table.header(key), got=_shown(cell), **facts)
        return value

    def _sound(self, key: str) -> RawCell | None:
        """The cell, unless it is blank, an error, or a formula without result."""
        cell = self._cells.get(key)
        if cell is None or not _has_content(cell):
            return None
        if cell.kind == "error":
            self.tell(Code.LEDGER_ERROR_CELL, key, column=self.table.header(key), got=cell.value)
            return None
        if cell.kind == "formula":
            self.tell(Code.LEDGER_FORMULA_WITHOUT_RESULT, key, column=self.table.header(key))
            return None
        return cell


Found = TypeVar("Found")


def _shown(cell: RawCell) -> str:
    """What a person reads in the cell, nearly."""
    if cell.kind == "number" and cell.percent:
        return plain(_decimal(cell.value) * 100) + "%"
    if isinstance(cell.value, datetime) and not (cell.value.hour or cell.value.minute or cell.value.second):
        return cell.value.date().isoformat()
    return str(cell.value)


def _decimal(stored: int | float) -> Decimal:
    return Decimal(stored) if isinstance(stored, int) else shown_of_double(stored)


def _number(cell: RawCell, unit: str) -> tuple[Decimal | None, bool]:
    """The number, and whether it stood there plainly."""
    if cell.kind == "number":
        number = _decimal(cell.value)
        if not cell.percent:
            return number, True
        return (number * 100, False) if is_percent(unit) else (None, False)
    return (read_plain_number(cell.value, unit) if cell.kind == "text" else None), False


def day_of(cell: RawCell) -> date | None:
    """The date that the cell holds or names; a month means its first day. None if it is none."""
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    written = _WRITTEN_DAY.fullmatch("".join(str(cell.value).split())) if cell.kind == "text" else None
    if written is None:
        return None
    try:
        return date(int(written[1]), int(written[2]), int(written[3] or 1))
    except ValueError:
        return None


def period_of(cell: RawCell) -> Period | None:
    """The period that the cell names; Excel makes a date of 2023-06, which then means that month."""
    day = day_of(cell) if cell.kind == "date" else None
    try:
        return Period.parse(f"{day:%Y-%m}" if day else str(cell.value))
    except ValueError:
        return None


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
