"""What a cell of the ranking workbook holds before it is written, and how many lines its text takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from workplan_xlsx.books.ranking.places import Place

USUAL_POINTS = 15.0
"""The height of a row that is told none."""

_LONGEST_CELL = 32_767
_ROW_HEIGHT, _LINE_HEIGHT = 18.0, 14.5
_NOT_WRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Shown(NamedTuple):
    """A cell's content with a look of its own, and the place that it links to; made a million times."""

    content: str | Decimal | int | float
    look: str = ""
    link: Place | None = None


Cell = str | Decimal | int | float | Shown


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of a list: its header's entry in the words, its width in characters, its cells' look.

    Each is only itself: a sheet looks its columns up for every unit's block.
    """

    key: str
    width: float
    look: str = "text"

    @property
    def room(self) -> int:
        """How many half-width characters fit on a line."""
        return int(self.width * 0.95) - 1

    def linked(self, name: str, place: Place | None) -> Shown:
        """The name with its link; without where it takes several lines: LibreOffice cuts a linked one."""
        if place is None or lines_in(name, self.room) > 1:
            return Shown(name, "text")
        return Shown(name, self.look, place)


def lines_in(text: str, room: int) -> int:
    """Lines of the text; a Chinese character takes two bytes of GBK as it takes two places."""
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, -(-len(line.encode("gbk", "replace")) // room)) for line in text.split("\n"))


def row_points(lines: int) -> float:
    """Height in points of a list's row of so many lines."""
    return _ROW_HEIGHT if lines == 1 else min(409, _LINE_HEIGHT * lines + 4)


def is_plain(text: str) -> bool:
    """Whether the text (not empty) can be written as it is."""
    return 0 < len(text) < _LONGEST_CELL and text.isprintable() and text[0] != "<"


def writable(text: str) -> str:
    """The text as a cell can hold it.

    Half characters are replaced; what exceeds Excel's limit is cut and marked. XlsxWriter takes a text in
    <r>...</r> for marks of its own and would write it unescaped: a blank behind it prevents that.
    """
    text = _NOT_WRITABLE.sub("\ufffd", text)
    if text.startswith("<r>"):
        text += " "
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
