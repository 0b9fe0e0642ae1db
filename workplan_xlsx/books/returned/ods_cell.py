"""What a stored cell of an .ods holds, by its value, its formula and what it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from workplan_xlsx.books.returned import number_formats as number_formats
from workplan_xlsx.books.returned.grid import Cell, exact
from workplan_xlsx.books.returned.number_formats import serial_of
from workplan_xlsx.books.returned.shown_figures import is_shown_as
from workplan_xlsx.books.returned.xml_pass import Attributes
from workplan_xlsx.domain.returns import CellKind

_ERROR_TEXT = re.compile(r"#\S+[!?/A]|#N/A|Err:\d+")


def cell_of(row: int, column: int, given: Attributes, paragraphs: Sequence[str]) -> Cell | None:
    """The cell with these attributes and paragraphs; None where nothing stands there."""
    formula = "table:formula" in given
    kind = given.get("office:value-type", "")
    shown = "\n".join(paragraphs)
    if given.get("calcext:value-type") == "error" or (formula and _ERROR_TEXT.fullmatch(shown.strip())):
        return Cell(row, column, CellKind.ERROR, shown.strip() or "#", None, formula)
    if kind in ("float", "currency", "percentage"):
        told = shown if paragraphs else None  # some writers leave it to the reader to show the number
        return _number(row, column, given, told, is_percent=kind == "percentage")
    if kind == "boolean":
        text = "TRUE" if given.get("office:boolean-value") == "true" else "FALSE"
        return Cell(row, column, CellKind.TRUTH, text, None, formula)
    if kind == "date":
        return _date(row, column, given.get("office:date-value", ""), formula=formula)
    if kind == "time":
        return Cell(row, column, CellKind.DATE, shown or given.get("office:time-value", ""), None, formula)
    if formula and not kind:
        return Cell(row, column, CellKind.UNCALCULATED, "", None, True)
    text = given.get("office:string-value") or shown
    return Cell(row, column, CellKind.TEXT, text, None, formula) if text else None


def _number(row: int, column: int, given: Attributes, shown: str | None, *, is_percent: bool) -> Cell:
    formula = "table:formula" in given
    number = exact(given.get("office:value", ""))
    if number is None:
        return Cell(row, column, CellKind.ERROR, given.get("office:value", "#")[:50], None, formula)
    if shown is not None and not is_shown_as(shown, number, is_percent=is_percent):  # nobody may choose
        return Cell(row, column, CellKind.SHOWN_OTHERWISE, f"{number:f}〔{shown}〕", number, formula)
    return Cell(row, column, CellKind.NUMBER, f"{number:f}", number, formula, is_percent)


def _date(row: int, column: int, written: str, *, formula: bool) -> Cell:
    try:
        moment = datetime.fromisoformat(written[:19])
    except ValueError:
        return Cell(row, column, CellKind.DATE, written, None, formula)
    serial = Decimal(repr(serial_of(moment.replace(tzinfo=None), epoch_1904=False)))
    text = number_formats.date_text(serial, epoch_1904=False)
    return Cell(row, column, CellKind.DATE, text, serial, formula, False, "yyyy-m-d")
