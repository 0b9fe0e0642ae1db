"""The cells of an .xls: formats that the file does not spell out, damage, and mistakes that are ours."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import xlrd
import xlwt

from workplan_xlsx.books.returned import xls_grid
from workplan_xlsx.books.returned.second_opinion import first_difference
from workplan_xlsx.books.returned.unreadable import Unreadable

_OF_THE_FIGURE = 165
"""The number under which the file spells out the format of its figure."""


def old_workbook(figure: float, number_format: int | str) -> bytes:
    """One figure; in a format by its text, or by the number of one that Excel has and the file need not tell."""
    book = xlwt.Workbook()
    text = number_format if isinstance(number_format, str) else "@@"
    book.add_sheet("填报").write(0, 0, figure, xlwt.easyxf(num_format_str=text))
    made = BytesIO()
    book.save(made)
    if isinstance(number_format, str):
        return made.getvalue()
    style = rb"(\xe0\x00\x14\x00..)" + re.escape(_OF_THE_FIGURE.to_bytes(2, "little"))
    told = number_format.to_bytes(2, "little")
    return re.sub(style, lambda found: found[1] + told, made.getvalue(), flags=re.DOTALL)


@pytest.mark.parametrize(
    ("number_format", "outcome"),
    [
        (31, "date 2023-06-30"),
        (57, "date 2023-06-30"),
        (14, "date 2023-06-30"),
        (60, "number 45107"),
        ("yyyy-m-d", "date 2023-06-30"),
        ("0.00", "number 45107"),
    ],
)
def test_a_date_in_one_of_excels_own_chinese_formats_is_a_date(number_format, outcome):
    """The file names them by number only: it was called damaged, although Excel opens it."""
    data = old_workbook(45107, number_format)
    grid = xls_grid.read_xls(data)
    (cell,) = grid.sheets[0].cells()

    assert f"{cell.kind.value} {cell.text}" == outcome
    assert first_difference(data, grid, grid.sheets[0], columns={0}, from_row=0) is None


@pytest.mark.parametrize("trouble", [IndexError("list index out of range"), xlrd.XLRDError("no such row")])
def test_what_the_library_stumbles_over_late_is_damage_of_the_file(monkeypatch, trouble):
    """It looks into some records only when a row is asked for."""

    def stumbles(*_):
        raise trouble

    monkeypatch.setattr(xlrd.sheet.Sheet, "row", stumbles)
    with pytest.raises(Unreadable) as refused:
        xls_grid.read_xls(old_workbook(1, "0"))

    assert refused.value.code.name == "DAMAGED"


def test_a_mistake_of_ours_is_not_called_damage(monkeypatch):
    """The form is put aside either way, but the log tells what is to be mended, and the unit nothing false."""

    def wrong(*_):
        raise AttributeError("ours")

    monkeypatch.setitem(xls_grid._MAKERS, 2, wrong)
    with pytest.raises(AttributeError, match="ours"):
        xls_grid.read_xls(old_workbook(1, "0"))
