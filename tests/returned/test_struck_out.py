"""A figure with a line through it: nobody can tell whether it is still meant, so the clerk is asked."""

from __future__ import annotations

import struct
from io import BytesIO

import openpyxl
import pytest
import raw_binary
from office import header_of
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from workplan_xlsx.books.returned.opened import open_grid
from workplan_xlsx.books.returned.second_opinion import first_difference


def workbook() -> bytes:
    """A struck number, a struck number as text, one as it should be, struck words, struck digits in a text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["A4"] = 12, "13", 14, "已开工"
    sheet["A5"] = CellRichText(TextBlock(InlineFont(strike=True), "98"), "102")
    sheet["A6"] = CellRichText("10", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    for cell in ("A1", "A2", "A4"):
        sheet[cell].font = Font(strike=True)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


EXPECTED = [
    "A1 struck out 12",
    "A2 struck out 13",
    "A3 number 14",
    "A4 text 已开工",
    "A5 text 98 102",
    "A6 text 10 2",
]


def told(data: bytes, name: str) -> list[str]:
    opened = open_grid(data, name)
    (sheet,) = opened.grid.sheets
    assert first_difference(data, opened.grid, sheet, columns={0}, from_row=0) is None
    return [f"{cell.address} {cell.kind.value} {cell.text}" for cell in sheet.cells()]


def test_struck_figures_are_seen_in_an_xlsx():
    """Digits within a text too, where a program wrote the text into the cell itself."""
    assert told(workbook(), "表.xlsx") == EXPECTED


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_struck_figures_are_seen_in_what_libreoffice_saves(libreoffice, tmp_path, kind):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook())
    (saved,) = libreoffice.save_as(kind, tmp_path / "saved", path)

    said = told(saved.read_bytes(), saved.name)

    assert [line.replace("A5 struck out", "A5 text") for line in said] == EXPECTED  # the .xls has it so


def test_struck_figures_are_seen_in_an_xlsb(monkeypatch):
    """Cell format 0 has font 0; format 1 a font with a line through it."""

    def fonts_first(kind: int, *fields: bytes) -> bytes:
        if kind == 47 and len(fields) == 1:
            parts = list(struct.unpack("<8H", fields[0]))
            parts[1], parts[2] = 0, int(parts[1] == 10)
            fields = (struct.pack("<8H", *parts),)
        made = record(kind, *fields)
        plain, struck = (record(43, struct.pack("<HH", 220, look) + bytes(20)) for look in (0, 8))
        return plain + struck + made if kind == 617 else made

    record = raw_binary.record
    monkeypatch.setattr(raw_binary, "record", fonts_first)
    data = raw_binary.binary_workbook(
        {
            "填报": raw_binary.sheet(
                raw_binary.row(0, raw_binary.number(0, 12, style=1), raw_binary.number(1, 14))
            )
        }
    )
    (sheet,) = open_grid(data, "表.xlsb").grid.sheets

    assert [(cell.kind.value, cell.text) for cell in sheet.cells()] == [
        ("struck out", "12"),
        ("number", "14"),
    ]


def test_the_clerk_is_asked_which_figure_he_means(office):
    """His head struck it out and wrote the right one on paper."""
    values = {"1-1": 12, "1-2": 0.5, "3-1": "推进中"}
    path = office.drop("商务.xlsx", office.form("区商务局"), values)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head, columns = header_of(sheet)
    row = next(row for row in range(head, sheet.max_row) if sheet.cell(row, columns["序号"]).value == "1-1")
    sheet.cell(row, columns["本期累计完成"]).font = Font(strike=True)
    book.save(path)
    (file,) = office.run("collect", "--settle", "0", "--json").data["files"]

    assert file["outcome"] == "returned"
    (said,) = [each["message"] for each in file["findings"] if each["code"] == "E317"]
    assert "“12”划了删除线，看不出这个数还算不算" in said
