"""What a clerk leaves beside his form is noted and not taken; it neither costs nor hides anything."""

from __future__ import annotations

import io
import random
import re
import zipfile

import openpyxl
import pytest
from sent_forms import sent

from workplan_xlsx.books.returned.opened import open_grid
from workplan_xlsx.books.returned.reading import read_returned


def changed(change) -> bytes:
    """A filled form after `change` was made to its workbook."""
    book = openpyxl.load_workbook(io.BytesIO(sent()))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(data: bytes):
    form = read_returned(data, "表.xlsx", "")
    answers = [[(key.value, content.text) for key, content in row.answers.items()] for row in form.rows]
    return answers, {finding.code.code for finding in form.findings}


def test_a_sheet_of_numbers_is_noted_and_not_taken():
    def change(book):
        sheet = book.create_sheet("我的数据")
        for row in range(1, 40):
            sheet.append([row, row * 2, f"第{row}行"])

    data = changed(change)
    sheets = {sheet.name: sheet for sheet in open_grid(data, "表.xlsx").grid.sheets}

    assert (sheets["我的数据"].rows, sheets["我的数据"].unread) == ({}, True)
    assert read(data)[0] == read(sent())[0]
    assert read(data)[1] == read(sent())[1] | {"N213"}


def test_a_second_table_is_never_taken_for_a_sheet_beside():
    """A copy of the form's sheet with another figure in it: the clerk is asked which one counts."""

    def change(book):
        copy = book.copy_worksheet(book.worksheets[0])
        figure = next(cell for row in copy.iter_rows() for cell in row if cell.value == 98.92)
        figure.value = 99

    assert "E208" in read(changed(change))[1]


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        (' t="s"', '\nt="s"'),
        (' t="s"', '\tt="s"'),
        (' t="s"', " t='s'"),
        (' t="s"', ' t = "s"'),
        (' t="s"', ' t="&#115;"'),
        ("</v>", "</v >"),
        ("</v>", "</v\n>"),
        ("<v>", "<v >"),
        ("<v>", "<v\t>"),
        ("<v>", "<v>&#32;"),
    ],
)
def test_nor_is_one_that_is_spelled_as_no_program_spells_it(usual, odd):
    """XML allows many spellings; what the search does not know sends the sheet to the parser."""
    given, made = zipfile.ZipFile(io.BytesIO(sent())), io.BytesIO()
    form = re.sub(rb"<c [^>]*><f>.*?</c>", b"", given.read("xl/worksheets/sheet1.xml"), flags=re.DOTALL)
    assert b"<v>98.92</v>" in form
    assert usual.encode() in form
    copy = form.replace(b"<v>98.92</v>", b"<v>99</v>").replace(usual.encode(), odd.encode())
    with zipfile.ZipFile(made, "w") as spelled:
        for name in given.namelist():
            spelled.writestr(name, copy if name == "xl/worksheets/sheet3.xml" else given.read(name))

    assert "E208" in read(made.getvalue())[1]


def test_a_form_whose_headers_are_gone_is_looked_at_whole():
    """No sheet looks like a form: then none is set aside unread."""

    def change(book):
        book.worksheets[0].delete_rows(5, 3)

    grid = open_grid(changed(change), "表.xlsx").grid
    assert not [sheet.name for sheet in grid.sheets if sheet.unread]


def test_a_database_of_half_a_million_cells_beside_the_form_does_not_matter():
    """More than any form may hold, and nothing of it is needed."""
    chance = random.Random(5)
    rows = (
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><v>{chance.random()}</v></c>' for letter in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, 51_000)
    )
    full = changed(lambda book: book.create_sheet("大表"))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(full)) as form, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        last = sorted(name for name in form.namelist() if "worksheets/sheet" in name)[-1]
        for name in form.namelist():
            content = form.read(name)
            if name == last:
                data = f"<sheetData>{''.join(rows)}</sheetData>".encode()
                content = content.replace(b"<sheetData />", data).replace(b"<sheetData/>", data)
                content = content.replace(b"<sheetData></sheetData>", data)
            out.writestr(name, content)

    assert read(made.getvalue())[0] == read(sent())[0]
