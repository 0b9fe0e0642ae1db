"""A .csv as a grid: one sheet of texts, where plain numbers count as numbers as Excel would take them."""

from __future__ import annotations

import csv
import re
from io import StringIO

from workplan_xlsx.books.returned.grid import Budget, Cell, Grid, exact
from workplan_xlsx.books.returned.made_sheet import made_sheet
from workplan_xlsx.books.returned.sniffing import decoded
from workplan_xlsx.books.returned.unreadable import damaged
from workplan_xlsx.domain.returns import CellKind

_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,14})?", re.ASCII)
_SEPARATORS = ",;\t"


def read_csv(data: bytes, name: str) -> Grid:
    """Return the text as one sheet of that name; UTF-8, UTF-16 and GB 18030, commas, semicolons or tabs.

    Raises:
        Unreadable: It is no text, or breaks the rules of its quotes.
    """
    text = decoded(data)
    if text is None:
        raise damaged("breaks_off")
    text = text.lstrip("\ufeff")
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    cells: dict[tuple[int, int], Cell] = {}
    budget = Budget()
    try:
        for row, values in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator)):
            for column, value in enumerate(values):
                if value:
                    budget.take(value)
                    cells[row, column] = _cell(row, column, value)
    except csv.Error:
        raise damaged("breaks_off") from None
    return Grid(sheets=(made_sheet(name, cells),))


def _cell(row: int, column: int, value: str) -> Cell:
    number = exact(value) if _PLAIN_NUMBER.fullmatch(value) else None
    if number is None:
        return Cell(row, column, CellKind.TEXT, value)
    return Cell(row, column, CellKind.NUMBER, f"{number:f}", number)
