"""The cells of one sheet -> its lines and its table; what cannot be read is told with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.documents.left_out import quoted, struck_through
from workplan_xlsx.notice.documents.shown_numbers import NumberFormat, number_of
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

if TYPE_CHECKING:
    from lxml.etree import _Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_WIDEST, _MOST_ROWS, _MOST_TOLD = 60, 20_000, 12
_MOST_MERGED = 50_000
_PLAIN = NumberFormat("")


@dataclass(frozen=True, slots=True)
class Looks:
    """A cell style: how its numbers are shown, and whether its text is struck through."""

    numbers: NumberFormat = _PLAIN
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell says, and what of it is struck through."""

    text: str
    struck: str = ""


def text_of(item: _Element) -> CellText:
    """The text of a shared or inline string; runs struck through are apart, reading aids are left out."""
    told: list[str] = []
    struck: list[str] = []
    for child in item:
        if child.tag == f"{S}t":
            told.append(child.text or "")
        elif child.tag == f"{S}r":
            is_struck = child.find(f"{S}rPr/{S}strike") is not None
            (struck if is_struck else told).append(child.findtext(f"{S}t") or "")
    return CellText("".join(told), "".join(struck))


class SheetReader:
    """Reads one sheet; `findings` then tells what could not be read."""

    def __init__(self, sheet: str, texts: Sequence[CellText], looks: Sequence[Looks], lang: Lang) -> None:
        self._sheet = sheet
        self._texts = texts
        self._looks = looks
        self._lang = lang
        self._unread: list[str] = []
        self._hidden_rows: list[str] = []
        self._left: dict[str, None] = {}
        self._struck: dict[int, list[str]] = {}

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for each kind: cells without a value, what is struck through, what is hidden."""
        if self._unread:
            cells = self._listed(self._unread)
            yield found(Code.NOTICE_CELL_UNREAD, on=self._sheet, count=str(len(self._unread)), cells=cells)
        if self._struck:
            where = say("notice.in_sheet", self._lang, sheet=self._sheet)
            yield struck_through(where, list(self._struck_rows()), self._lang)
        if self._left:
            yield found(Code.NOTICE_PART_HIDDEN, on=self._sheet, what=self._listed(list(self._left)))
        if self._hidden_rows:
            yield found(Code.NOTICE_ROW_HIDDEN, on=self._sheet, rows=self._listed(self._hidden_rows))

    def _struck_rows(self) -> Iterator[str]:
        for row, texts in self._struck.items():
            (text,) = quoted([" ".join(texts)])
            yield say("notice.struck_row", self._lang, row=row, text=text)

    def _listed(self, told: Sequence[str]) -> str:
        return listed(told[:_MOST_TOLD], self._lang) + ("……" if len(told) > _MOST_TOLD else "")

    def blocks(self, content: _Element) -> list[Block]:
        """Return the lines above the table, and the table; cells merged downwards stand in all their rows."""
        hidden = self._hidden_columns(content)
        rows = {number: cells for number, cells in self._rows(content, hidden) if cells}
        repeated = self._merge(content, rows)
        numbers = sorted(rows)[:_MOST_ROWS]
        if len(rows) > _MOST_ROWS:
            self._left[say("notice.rows_after", self._lang, row=numbers[-1])] = None
        width = max((max(rows[number]) for number in numbers), default=-1) + 1
        first = next((at for at, number in enumerate(numbers) if len(rows[number]) > 1), len(numbers))
        above = [next(iter(rows[number].values())) for number in numbers[:first]]
        table = tuple(
            tuple(rows[number].get(column, "") for column in range(width)) for number in numbers[first:]
        )
        places = {number: at for at, number in enumerate(numbers[first:])}
        merged = frozenset((places[row], column) for row, column in repeated if row in places)
        return [*above, *([Grid(table, merged)] if table else [])]

    def _rows(self, content: _Element, hidden: set[int]) -> Iterator[tuple[int, dict[int, str]]]:
        number = 0
        for row in content.iterfind(f"{S}sheetData/{S}row"):
            number = _whole(row.get("r"), number + 1)
            cells = self._cells(row, number, hidden)
            if cells and row.get("hidden") in ("1", "true"):
                self._hidden_rows.append(str(number))
            yield number, cells

    def _cells(self, row: _Element, number: int, hidden: set[int]) -> dict[int, str]:
        cells: dict[int, str] = {}
        column = -1
        for cell in row.iterfind(f"{S}c"):
            address = _ADDRESS.fullmatch(str(cell.get("r", "")))
            column = _column(address[1]) if address else column + 1
            if column in hidden:
                self._left |= {self._named(column): None} if len(cell) else {}
                continue
            told = self._text(cell, f"{_letters(column)}{number}")
            text = told.text.strip()
            if told.struck.strip():
                self._struck.setdefault(number, []).append(told.struck.strip())
            if text and column < _WIDEST:
                cells[column] = text
            elif text:
                self._left[self._named(column)] = None
        return cells

    def _named(self, column: int) -> str:
        return say("notice.column", self._lang, column=_letters(column))

    def _text(self, cell: _Element, address: str) -> CellText:
        style = _whole(cell.get("s"), 0)
        looks = self._looks[style] if style < len(self._looks) else Looks()
        told = self._shown(cell, looks, address)
        return CellText("", told.text + told.struck) if looks.is_struck else told

    def _shown(self, cell: _Element, looks: Looks, address: str) -> CellText:
        value = cell.findtext(f"{S}v") or ""
        kind = cell.get("t", "n")
        if kind == "s":
            at = _whole(value, -1)
            return self._texts[at] if 0 <= at < len(self._texts) else CellText("")
        if kind == "inlineStr":
            inside = cell.find(f"{S}is")
            return CellText("") if inside is None else text_of(inside)
        if kind == "n" and value:
            return CellText(self._number(value, looks, address))
        if kind == "e" or (not value and cell.find(f"{S}f") is not None):
            self._unread_cell(address, looks)
            return CellText("")
        return CellText(value if kind == "str" else "")

    def _unread_cell(self, address: str, looks: Looks) -> None:
        if not looks.is_struck:
            self._unread.append(address)

    def _number(self, value: str, looks: Looks, address: str) -> str:
        number = number_of(value)
        shown = None if number is None else looks.numbers.shown(number)
        if shown is None:
            self._unread_cell(address, looks)
        return shown or ""

    def _hidden_columns(self, content: _Element) -> set[int]:
        hidden: set[int] = set()
        for span in content.iterfind(f"{S}cols/{S}col"):
            if span.get("hidden") in ("1", "true"):
                first, last = _whole(span.get("min"), 1) - 1, _whole(span.get("max"), 1)
                hidden.update(range(first, min(last, _WIDEST)))
        return hidden

    def _merge(self, content: _Element, rows: dict[int, dict[int, str]]) -> list[tuple[int, int]]:
        """Put what a merged cell holds into each of its rows; return the places that only repeat it."""
        repeated: list[tuple[int, int]] = []
        for merge in content.iterfind(f"{S}mergeCells/{S}mergeCell"):
            ends = [_ADDRESS.fullmatch(each) for each in str(merge.get("ref", "")).split(":")]
            if len(ends) != 2 or ends[0] is None or ends[1] is None or len(repeated) > _MOST_MERGED:
                continue
            column, first, last = _column(ends[0][1]), int(ends[0][2]), int(ends[1][2])
            text = rows.get(first, {}).get(column, "")
            below = range(first + 1, min(last, first + _MOST_ROWS) + 1) if text else ()
            for number in below:
                if number in rows and column not in rows[number]:
                    rows[number][column] = text
                    repeated.append((number, column))
        return repeated


def _column(letters: str) -> int:
    """0 for A."""
    from openpyxl.utils import column_index_from_string

    return int(column_index_from_string(letters)) - 1


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))


def _whole(written: str | None, default: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 9 else default
