"""A worksheet that takes rows as finished text: what makes a province's workbook in a third of the time.

XlsxWriter keeps every cell of the row in hand as an object, with the row's height and its links for the whole
sheet. Here a row becomes text at once and is forgotten; of a link there stays where it stands and where it
leads. The result is what XlsxWriter would write itself, row by row; a test holds it to that.
"""

from __future__ import annotations

import re
import shutil
from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workplan_xlsx.books.ranking.contents import USUAL_POINTS
from workplan_xlsx.books.ranking.places import Place

_COPIED_AT_ONCE = 1 << 20
_ESCAPED = re.compile("[&<>]")


class StreamedSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no stubs
    """A sheet of a workbook with `constant_memory`; rows are 0-based and come from the top down."""

    def __init__(self) -> None:
        super().__init__()
        self._link_rows = array("L")
        self._link_columns = array("L")
        self._link_titles: list[str] = []
        self._link_leads = array("L")
        self.points = 0.0
        """How high the streamed rows are together."""

    @property
    def links(self) -> int:
        """How many links the streamed rows have so far."""
        return len(self._link_rows)

    def write_lines(self, first: int, columns: int, lines: Iterable[tuple[list[str], float | None]]) -> int:
        """Write rows of finished cells, each with its height in points (None: the usual one).

        Returns the row after the last one.
        """
        self._write_single_row(first)  # the row in hand, written cell by cell
        row = first
        for cells, height in lines:
            self.fh.write(f'<row r="{row + 1}"{_height(height)}>{"".join(cells)}</row>')
            self.points += USUAL_POINTS if height is None else height
            row += 1
        if row > first:
            self._check_dimensions(first, 0)
            self._check_dimensions(row - 1, columns - 1)
        self.previous_row = row
        return row

    def _write_optimized_sheet_data(self) -> None:
        """The rows as they are on the disk, without taking them for text once more."""
        self._xml_start_tag("sheetData")
        self._opt_close()
        self.fh.flush()
        rows_path = Path(self.row_data_filename)
        with rows_path.open("rb") as rows:
            shutil.copyfileobj(rows, self.fh.buffer, _COPIED_AT_ONCE)
        rows_path.unlink()
        self._xml_end_tag("sheetData")

    def merge_row(self, row: int, last: int) -> None:
        """Join the row's cells from the first column to `last`; they are written already."""
        self.merge.append([row, 0, row, last])

    def add_link(self, row: int, column: int, place: Place) -> None:
        """Let the cell lead to the place."""
        self._link_rows.append(row)
        self._link_columns.append(column)
        self._link_titles.append(place[0])
        self._link_leads.append(place[1])

    def _write_hyperlinks(self) -> None:
        """Those of the streamed rows in the same element as those that were written cell by cell."""
        if not self._link_rows:
            super()._write_hyperlinks()
            return
        self._xml_start_tag("hyperlinks")
        for row, columns in sorted(self.hyperlinks.items()):
            for column, url in sorted(columns.items()):
                self._write_hyperlink_internal(row, column, url)
        names = [xl_col_to_name(column) for column in range(max(self._link_columns) + 1)]
        for row, column, title, leads_to in zip(
            self._link_rows, self._link_columns, self._link_titles, self._link_leads, strict=True
        ):
            place = self._escape_attributes(f"'{title}'!A{leads_to + 1}")
            self.fh.write(f'<hyperlink ref="{names[column]}{row + 1}" location="{place}"/>')
        self._xml_end_tag("hyperlinks")


@cache
def _height(points: float | None) -> str:
    """A row's height as XlsxWriter tells it: in whole pixels, 4 of them 3 points; "" for the usual one."""
    if points is None:
        return ""
    return f' ht="{int(points * 4.0 / 3.0 + 0.5) * 0.75:.16g}" customHeight="1"'


def column_tag(column: int) -> str:
    """What a cell of the column begins with; its row's number follows."""
    return f'<c r="{xl_col_to_name(column)}'


def style_tag(style: Format) -> str:
    """What follows the row's number."""
    return f'" s="{style._get_xf_index()}"'


def text_cell(style: str, text: str) -> str:
    """The rest of a cell with the text (not empty) as it is, behind its row's number."""
    if not text.isprintable() or "_x" in text:
        text = Worksheet._escape_control_characters(text)
    if _ESCAPED.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f'{style} t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def number_cell(style: str, number: float) -> str:
    """The rest of a cell with the number; as many digits as a double holds for certain."""
    return f"{style}><v>{number:.16G}</v></c>"


def blank_cell(style: str) -> str:
    """The rest of an empty cell that has a look."""
    return f"{style}/>"
