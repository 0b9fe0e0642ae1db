"""What a stored cell of an .xlsx holds, by its type, its value and its number format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from workplan_xlsx.books.returned import number_formats as number_formats
from workplan_xlsx.books.returned.grid import Cell, address, exact
from workplan_xlsx.books.returned.unreadable import damaged
from workplan_xlsx.books.returned.xlsx_parts import unescaped
from workplan_xlsx.domain.returns import CellKind

TRUE = ("1", "true")
_TRUTHS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


def is_hidden_row(attributes: Mapping[str, str]) -> bool:
    """Whether nobody can see the row: hidden, filtered out, or of no height."""
    return attributes.get("hidden") in TRUE or attributes.get("ht") == "0"


class CellMaker:
    """Makes cells of one workbook: knows its shared texts, its number formats and its epoch."""

    def __init__(self, texts: Sequence[str], formats: Sequence[str], *, epoch_1904: bool) -> None:
        self._texts, self._formats, self._epoch_1904 = texts, formats, epoch_1904

    def make(
        self, row: int, column: int, type_: str, style: str | None, value: str, *, from_formula: bool
    ) -> Cell | None:
        """Return the cell; None where nothing stands there.

        Raises:
            Unreadable: It points to a shared text that is not there.
        """
        if type_ == "s" and value:
            return Cell(row, column, CellKind.TEXT, self._shared(value, row, column), None, from_formula)
        if type_ in ("str", "inlineStr"):
            return Cell(row, column, CellKind.TEXT, unescaped(value), None, from_formula)
        value = value.strip()
        if not value:
            return Cell(row, column, CellKind.UNCALCULATED, "", None, True) if from_formula else None
        if type_ == "n":
            return self._number(row, column, value, style, from_formula=from_formula)
        if type_ == "b":
            return Cell(row, column, CellKind.TRUTH, _TRUTHS.get(value, value), None, from_formula)
        if type_ == "d":
            return Cell(row, column, CellKind.DATE, value.replace("T", " "), None, from_formula)
        return Cell(row, column, CellKind.ERROR, value, None, from_formula)

    def _shared(self, value: str, row: int, column: int) -> str:
        try:
            index = int(value)
            if index >= 0:
                return self._texts[index]
        except (ValueError, IndexError):
            pass
        raise damaged("cell_text", name=address(row, column))

    def _number(self, row: int, column: int, value: str, style: str | None, *, from_formula: bool) -> Cell:
        number = exact(value)
        if number is None:
            return Cell(row, column, CellKind.ERROR, value, None, from_formula)
        code = self._format(style)
        if not code:
            return Cell(row, column, CellKind.NUMBER, f"{number:f}", number, from_formula)
        return styled_number(
            row, column, number, code, from_formula=from_formula, epoch_1904=self._epoch_1904
        )

    def _format(self, style: str | None) -> str:
        if style is None:
            return self._formats[0] if self._formats else ""
        return self._formats[int(style)] if style.isdigit() and int(style) < len(self._formats) else ""


def styled_number(
    row: int, column: int, number: Decimal, code: str, *, from_formula: bool, epoch_1904: bool
) -> Cell:
    """A stored number as its format shows it: a date, a percent or just a number."""
    is_date, is_percent = number_formats.shown(code, float(number))
    if is_date:
        text = number_formats.date_text(number, epoch_1904=epoch_1904)
        return Cell(row, column, CellKind.DATE, text, number, from_formula, False, code)
    if number_formats.rescales(code):  # what a person reads there is not what is stored: nobody may choose
        return Cell(row, column, CellKind.TEXT, f"{number:f}〔{code}〕", number, from_formula, False, code)
    return Cell(row, column, CellKind.NUMBER, f"{number:f}", number, from_formula, is_percent, code)
