"""What a stored cell of an .xlsx holds, by its type, its value and its number format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from workplan_xlsx.books.returned import number_formats as number_formats
from workplan_xlsx.books.returned.grid import XML_SPACE, Cell, address, exact, text_cell, whole
from workplan_xlsx.books.returned.shown_figures import shows_otherwise
from workplan_xlsx.books.returned.unreadable import damaged
from workplan_xlsx.books.returned.xlsx_texts import unescaped
from workplan_xlsx.domain.returns import CellKind

TRUE = ("1", "true")
_LONGEST_NUMBER = 30
"""Characters of a number that is remembered; programs write 24 at most."""
_INDICES_KEPT = 4096
_TRUTHS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


def is_hidden_row(attributes: Mapping[str, str]) -> bool:
    """Whether nobody can see the row: hidden, filtered out, or of no height."""
    return attributes.get("hidden") in TRUE or attributes.get("ht") == "0"


class CellMaker:
    """Makes cells of one workbook: knows its shared texts, its number formats and its epoch.

    Attributes:
        texts_by_index: The first shared texts by their number as programs write it.
    """

    def __init__(self, texts: Sequence[str], formats: Sequence[str], *, epoch_1904: bool) -> None:
        self._texts, self._formats, self._epoch_1904 = texts, formats, epoch_1904
        self.texts_by_index: dict[str | None, str] = dict(zip(_first_indices(), texts, strict=False))
        self._format_by_style: dict[str | None, str] = dict(zip(_first_indices(), formats, strict=False))

    def make(
        self, row: int, column: int, type_: str, style: str | None, value: str, from_formula: bool
    ) -> Cell | None:  # called for every cell: without keywords
        """Return the cell; None where nothing stands there.

        Raises:
            Unreadable: It points to a shared text that is not there.
        """
        if type_ == "s" and value:
            return text_cell(row, column, self._shared(value, row, column), from_formula)
        if type_ == "str" or type_ == "inlineStr":
            return text_cell(row, column, unescaped(value), from_formula)
        value = value.strip(XML_SPACE)
        if not value:
            return Cell(row, column, CellKind.UNCALCULATED, "", None, True) if from_formula else None
        if type_ == "n":
            return self._number(row, column, value, style, from_formula)
        if type_ == "b":
            return Cell(row, column, CellKind.TRUTH, _TRUTHS.get(value, value), None, from_formula)
        if type_ == "d":
            return Cell(row, column, CellKind.DATE, value.replace("T", " "), None, from_formula)
        return Cell(row, column, CellKind.ERROR, value, None, from_formula)

    def _shared(self, value: str, row: int, column: int) -> str:
        text = self.texts_by_index.get(value)
        if text is not None:
            return text
        index = whole(value)
        if index is None or index >= len(self._texts):
            raise damaged("cell_text", name=address(row, column))
        return self._texts[index]

    def _number(self, row: int, column: int, value: str, style: str | None, from_formula: bool) -> Cell:
        tell = told_number if len(value) <= _LONGEST_NUMBER else told_number.__wrapped__
        code = self._format_by_style.get(style)
        if code is None:
            code = self._format(style, row, column)
        return number_cell(row, column, tell(value, code, self._epoch_1904), from_formula)

    def _format(self, style: str | None, row: int, column: int) -> str:
        """The number format of such a cell."""
        if not self._formats:  # a workbook may do without
            return ""
        index = whole(style) if style else 0
        if index is None or index >= len(self._formats):
            raise damaged("cell_format", name=address(row, column))
        return self._formats[index]


@cache
def _first_indices() -> tuple[str, ...]:
    """The numbers under which a form's texts and formats are found."""
    return tuple(map(str, range(_INDICES_KEPT)))


def number_cell(row: int, column: int, told: ToldNumber, from_formula: bool) -> Cell:
    """The cell that holds such a number."""
    kind, text, number, is_percent, code = told
    return tuple.__new__(Cell, (row, column, kind, text, number, from_formula, is_percent, code))


class ToldNumber(NamedTuple):
    """What a stored number tells, wherever it stands."""

    kind: CellKind
    text: str
    number: Decimal | None = None
    shown_as_percent: bool = False
    format_code: str = ""


@lru_cache(maxsize=4096)
def told_number(stored: str, code: str, epoch_1904: bool) -> ToldNumber:
    """A stored number as its format shows it: a date, a percent or just a number; an error if it is none."""
    number = exact(stored)
    if number is None:
        return ToldNumber(CellKind.ERROR, stored)
    return styled_number(number, code, epoch_1904=epoch_1904)


def styled_number(number: Decimal, code: str, *, epoch_1904: bool) -> ToldNumber:
    """The same for a number that is exact already."""
    if not code:
        return ToldNumber(CellKind.NUMBER, f"{number:f}", number)
    is_date, is_percent = number_formats.shown(code, float(number))
    if is_date:
        text = number_formats.date_text(number, epoch_1904=epoch_1904)
        return ToldNumber(CellKind.DATE, text, number, False, code)
    if shows_otherwise(code, number):  # nobody may choose
        return ToldNumber(CellKind.SHOWN_OTHERWISE, f"{number:f}〔{code}〕", number, False, code)
    return ToldNumber(CellKind.NUMBER, f"{number:f}", number, is_percent, code)
