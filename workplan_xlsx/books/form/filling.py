"""Filling in a form that another office sent us, as a clerk would: only the cells named are touched."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.words import Lang


class CellText(NamedTuple):
    """A cell and what goes into it; a text stays text whatever it looks like."""

    cell: str
    content: Decimal | str


def fill_form(form: bytes, sheet: str, cells: Sequence[CellText], path: Path, lang: Lang) -> None:
    """Write the form with the cells filled in; percent cells take 98.92 for 98.92 %.

    A blank form of ours has nothing that openpyxl loses; a form that came back is never written into.

    Raises:
        OutputError: It cannot be put in place; the previous file is intact.
    """
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(form))
    for place, content in cells:
        cell = book[sheet][place]
        if isinstance(content, Decimal):
            percent = "%" in (cell.number_format or "")
            cell.value = float(content / 100) if percent else float(content)
        else:
            cell.value = content
            cell.data_type = "s"
    made = BytesIO()
    book.save(made)
    write_bytes_whole(path, made.getvalue(), lang)
