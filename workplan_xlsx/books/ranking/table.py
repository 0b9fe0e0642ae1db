"""A table of the ranking workbook: columns, cells as values, links, and how a light is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.domain.editions.edition import TrafficLight
from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.words import Lang

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST_CELL = 32_000
_LONGEST_LINK = 2_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in characters, and how its cells stand."""

    header: str
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a cell. Values are values: no formulas.

    Attributes:
        number: Written as a number with `number_format`; `text` is not used then.
        light: The state shown: shape, word and stepped colour; `text` is not used then.
        link: Place in this workbook, `sheet!A1`; "" without.
    """

    text: str = ""
    number: Decimal | None = None
    number_format: str = "0.00"
    light: TrafficLight | None = None
    link: str = ""
    bold: bool = False


def text(value: object, *, link: str = "", bold: bool = False) -> Cell:
    """A cell of text."""
    return Cell(text=str(value), link=link, bold=bold)


def number(
    value: Decimal | int | None, number_format: str = "0", *, link: str = "", bold: bool = False
) -> Cell:
    """A cell with a number; blank where there is none."""
    if value is None:
        return Cell(link=link)
    return Cell(number=Decimal(value), number_format=number_format, link=link, bold=bold)


def percent(value: Decimal | None) -> Cell:
    """A percent with one decimal, as 98.9 %; blank where there is none."""
    return Cell() if value is None else Cell(number=value / 100, number_format="0.0%")


def light(state: TrafficLight, *, link: str = "") -> Cell:
    """A state: shape, word and colour."""
    return Cell(light=state, link=link)


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook, lang: Lang) -> None:
        self._book = book
        self._lang = lang
        self._made: dict[tuple[object, ...], Format] = {}
        self.title = self._format(font_name=styles.TITLE_FONT, font_size=20, align="center", valign="vcenter")
        self.subtitle = self._format(
            font_name=styles.BODY_FONT, font_size=11, align="center", valign="vcenter", font_color="#404040"
        )
        self.lead = self._format(
            font_name=styles.BODY_FONT, font_size=13, text_wrap=True, valign="vcenter", align="left"
        )
        self.heading = self._format(
            font_name=styles.HEADER_FONT, font_size=13, valign="vcenter", bg_color=styles.BAND_FILL
        )
        self.header = self._format(
            font_name=styles.HEADER_FONT,
            font_size=11,
            align="center",
            valign="vcenter",
            text_wrap=True,
            border=1,
            border_color=styles.LINE,
            bg_color=styles.HEADER_FILL,
        )
        self.note = self._format(
            font_name=styles.BODY_FONT, font_size=10, text_wrap=True, valign="top", font_color="#404040"
        )

    def _format(self, **look: object) -> Format:
        return self._book.add_format(look)

    def of(self, cell: Cell, align: str) -> Format:
        """The format of a cell in a column of that alignment."""
        key = (
            cell.light,
            cell.number_format if cell.number is not None else "",
            align,
            bool(cell.link),
            cell.bold,
        )
        if key not in self._made:
            self._made[key] = self._format(**self._look(cell, align))
        return self._made[key]

    def _look(self, cell: Cell, align: str) -> dict[str, object]:
        look: dict[str, object] = {
            "font_name": styles.BODY_FONT,
            "font_size": 11,
            "border": 1,
            "border_color": styles.LINE,
            "valign": "vcenter",
            "text_wrap": True,
            "align": align,
            "bold": cell.bold,
        }
        if cell.number is not None:
            look |= {"num_format": cell.number_format}
        if cell.link:
            look |= {"font_color": "#1F4E79", "underline": 1}
        if cell.light is not None:
            shown = styles.LIGHT_LOOKS[cell.light]
            look |= {"bg_color": shown.fill, "font_color": shown.ink, "align": "center"}
        return look

    def words(self, state: TrafficLight) -> str:
        """Shape and word of a state."""
        return f"{styles.LIGHT_LOOKS[state].shape} {light_words(state, self._lang)}"


def write_header(sheet: Worksheet, row: int, columns: Sequence[Column], looks: Looks) -> None:
    """Write the header row and set the widths."""
    sheet.set_row(row, 30)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(row, index, column.header, looks.header)


def write_rows(
    sheet: Worksheet, first: int, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], looks: Looks
) -> int:
    """Write the rows from 0-based row `first` on; return the row after the last one."""
    for offset, row in enumerate(rows):
        for index, (cell, column) in enumerate(zip(row, columns, strict=True)):
            write_cell(sheet, first + offset, index, cell, looks, column.align)
    return first + len(rows)


def write_cell(
    sheet: Worksheet, row: int, column: int, cell: Cell, looks: Looks, align: str = "left"
) -> None:
    """Write one cell as what it is; text never becomes a formula or an outside link."""
    style = looks.of(cell, align)
    shown = looks.words(cell.light) if cell.light is not None else cell.text[:_LONGEST_CELL]
    if cell.number is not None and not cell.link:
        sheet.write_number(row, column, float(cell.number), style)
    elif cell.link and len(cell.link) < _LONGEST_LINK:
        told = shown if cell.number is None else str(cell.number)
        sheet.write_url(row, column, f"internal:{cell.link}", style, told or " ")
    elif shown:
        sheet.write_string(row, column, shown, style)
    else:
        sheet.write_blank(row, column, None, style)


def place(sheet: str, row: int, column: int = 0) -> str:
    """Return the link to a cell of this workbook (0-based row and column)."""
    return f"'{sheet}'!{chr(ord('A') + column)}{row + 1}"
