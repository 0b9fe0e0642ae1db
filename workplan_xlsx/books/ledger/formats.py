"""The cell formats of ledger.xlsx, made once a book, and how tall its rows are."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from workplan_xlsx.books import styles
from workplan_xlsx.books.ledger.columns import Holds, LedgerColumn
from workplan_xlsx.books.ledger.rows import Row

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_BODY = {"font_name": styles.BODY_FONT, "font_size": 11, "valign": "vcenter"}
_CELL = _BODY | {"border": 1, "border_color": styles.LINE, "text_wrap": True}
# Text columns are text also below the last row: 3-1 typed there must not become the 1st of March.
_LOOKS: dict[Holds, dict[str, Any]] = {
    Holds.CODE: {"num_format": "@", "align": "center"},
    Holds.TEXT: {"num_format": "@", "valign": "top"},  # of a long text the beginning is seen
    Holds.NAMES: {"num_format": "@"},
    Holds.NUMBER: {"align": "right", "indent": 1},
    Holds.DATE: {"num_format": "yyyy-mm-dd", "align": "center"},
    Holds.MONTH: {"num_format": "yyyy-mm", "align": "center"},
    Holds.PERIOD: {"num_format": "@", "align": "center"},
    Holds.CHOICE: {"align": "center"},
    Holds.SHOWN: {"num_format": "@", "font_color": "#595959", "bg_color": styles.LOCKED_FILL},
}
_LINE_POINTS, _SHORTEST, _TALLEST = 15, 24, 276


class LedgerFormats:
    """Formats by what a cell is for."""

    def __init__(self, book: Workbook) -> None:
        def made(look: dict[str, Any]) -> Format:
            return book.add_format(look)

        header = _CELL | {"font_name": styles.HEADER_FONT, "align": "center"}
        self.header = made(header | {"bg_color": styles.HEADER_FILL})
        self.doubtful = made({"bg_color": styles.INPUT_FILL})
        self.not_asked = made({"font_color": "#808080", "italic": True})
        self.title = made(
            {"font_name": styles.TITLE_FONT, "font_size": 18, "valign": "vcenter", "bold": True}
        )
        self.chapter = made({"font_name": styles.HEADER_FONT, "font_size": 12, "valign": "vcenter"})
        self.line = made(_BODY | {"text_wrap": True})
        self.label = made(header | {"bg_color": styles.LOCKED_FILL})
        self.given = made(_CELL | {"align": "left"})
        self.given_text = made(_CELL | {"align": "left", "num_format": "@"})
        self.given_day = made(_CELL | {"align": "left", "num_format": "yyyy-mm-dd"})
        self.link = made(_CELL | {"font_color": "#0563C1", "underline": 1, "align": "center"})
        self._cells = {holds: made(_CELL | look) for holds, look in _LOOKS.items()}
        self._below: dict[Holds, Format] = {
            holds: made(_BODY | look) for holds, look in _LOOKS.items() if holds is not Holds.SHOWN
        }

    def of(self, holds: Holds) -> Format:
        """The format of a cell in the table."""
        return self._cells[holds]

    def below(self, holds: Holds) -> Format | None:
        """The format of the column where no row stands yet."""
        return self._below.get(holds)


def row_height(row: Row, columns: Sequence[LedgerColumn]) -> float:
    """Points that show the row's longest cell, up to eighteen lines; the rest is read in the cell itself."""
    lines = max(
        (
            sum(max(1, ceil(_breadth(line) / column.width)) for line in value.split("\n"))
            for column in columns
            if isinstance(value := row.get(column.key), str)
        ),
        default=1,
    )
    return float(min(max(lines * _LINE_POINTS + 6, _SHORTEST), _TALLEST))


def _breadth(text: str) -> float:
    """Breadth in characters of the default font; a Chinese one takes two, and the body font a bit more."""
    return 1.1 * sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
