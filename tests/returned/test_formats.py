"""The same form in every format it may come back in; what cannot be read is answered plainly."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from raw_binary import as_xlsb
from sent_forms import sent

from workplan_xlsx.books.returned.grid import Grid
from workplan_xlsx.books.returned.opened import open_grid
from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.returns import Answer, CellKind, Content, ReturnedForm

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"


def told(data: bytes, name: str, passwords: tuple[str, ...] = ()) -> dict[str, str]:
    """Code -> the figure or stage that was read; or what is wrong with the file."""
    form = read_returned(data, name, "", "zh", passwords)
    errors = {each.code.name: each.message("zh") for each in form.findings if each.severity == "error"}
    return errors or figures(form)


def figures(form: ReturnedForm) -> dict[str, str]:
    return {row.code: _answer(row.answers[Answer.ACTUAL], row.answers[Answer.STAGE]) for row in form.rows}


def _answer(figure: Content, stage: Content) -> str:
    return figure.text if figure.kind is CellKind.NUMBER else stage.text


READ = {"1-1": "98.92", "1-2": "47.3", "2-1": "推进中", "13-5": "4"}


def as_xls(grid: Grid, *, percent: bool = False) -> bytes:
    """What Excel 97 would write: the figure of 1-2 as a percent cell if asked for."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for sheet in grid.sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        for cell in sheet.cells():
            if percent and cell.text == "47.3":
                page.write(cell.row, cell.column, 0.473, xlwt.easyxf(num_format_str="0.00%"))
            else:
                value = float(cell.number) if cell.number is not None else cell.text
                page.write(cell.row, cell.column, value)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def as_ods(grid: Grid, *, percent: bool = False) -> bytes:
    """What LibreOffice would write, as far as it matters here."""
    tables = "".join(
        f'<table:table table:name="{sheet.name}">{"".join(_ods_rows(sheet, percent))}</table:table>'
        for sheet in grid.sheets
    )
    spaces = " ".join(f'xmlns:{name}="{_OPEN_DOCUMENT}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{_OPEN_DOCUMENT}:manifest:1.0"></m:manifest>'
        )
    return made.getvalue()


def _ods_rows(sheet, percent):
    for row in range(max(sheet.rows, default=-1) + 1):
        cells = sheet.rows.get(row, {})
        yield "<table:table-row>"
        for column in range(max(cells, default=-1) + 1):
            cell = cells.get(column)
            if cell is None:
                yield "<table:table-cell/>"
            elif cell.number is not None:
                shown = percent and cell.text == "47.3"
                kind, value = ("percentage", "0.473") if shown else ("float", cell.text)
                yield f'<table:table-cell office:value-type="{kind}" office:value="{value}">'
                yield f"<text:p>{'47.30%' if shown else value}</text:p></table:table-cell>"
            else:
                text = cell.text.replace("&", "&amp;").replace("<", "&lt;").split("\n")
                yield '<table:table-cell office:value-type="string">'
                yield "".join(f"<text:p>{line}</text:p>" for line in text) + "</table:table-cell>"
        yield "</table:table-row>"


@pytest.fixture(scope="module")
def grid() -> Grid:
    return open_grid(sent(), "表.xlsx").grid


@pytest.mark.parametrize("name", ["表.xlsx", "表.xlsm", "表.xls", "表.et", "表", "=表.XLSX"])
def test_a_workbook_is_known_by_its_content_whatever_its_name(name):
    assert told(sent(), name) == READ


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (as_xls, "表.xls"),
        (as_xls, "表.et"),
        (as_xls, "表.xlsx"),
        (as_ods, "表.ods"),
        (as_ods, "表.xlsx"),
        (as_xlsb, "表.xlsb"),
        (as_xlsb, "表.xlsx"),
    ],
)
def test_other_formats_are_read_twice_and_say_the_same(grid, make, name):
    """BIFF (.xls, WPS .et), OpenDocument and the binary workbook, also under a wrong name."""
    assert told(make(grid), name) == READ


@pytest.mark.parametrize("make", [as_xls, as_ods, as_xlsb])
def test_a_percent_cell_is_a_percent_in_every_format(grid, make):
    """calamine alone would say 0.473."""
    form = read_returned(make(grid, percent=True), "表", "")
    content = next(row for row in form.rows if row.code == "1-2").answers[Answer.ACTUAL]

    assert (content.number, content.shown_as_percent) == (Decimal("0.473"), True)


def test_numbers_of_percents_in_a_csv_are_asked_about(grid):
    """A .csv has no formats: 0.47 may have been 47 %."""
    lines = [
        ",".join(f'"{cell.text}"' if (cell := sheet_row.get(column)) else "" for column in range(17))
        for row in range(max(grid.sheets[0].rows) + 1)
        for sheet_row in [grid.sheets[0].rows.get(row, {})]
    ]
    form = read_returned("\r\n".join(lines).encode("gb18030"), "表.csv", "")
    by_code = {row.code: row.answers[Answer.ACTUAL] for row in form.rows}

    assert (by_code["1-1"].kind, by_code["1-1"].text) == (CellKind.NUMBER, "98.92")
    assert (by_code["1-2"].kind, by_code["1-2"].text) == (CellKind.FORMAT_LOST, "47.3")


def test_a_csv_saved_as_the_form_looks_has_its_signs_before_the_headers(grid):
    """▼本期累计完成 is what Excel shows, and what it writes into a .csv."""
    header = next(row for row, cells in grid.sheets[0].rows.items() if cells[min(cells)].text == "序号")
    lines = [
        ",".join(
            f'"{"▼" * (row == header and column > 7)}{cell.text}"' if (cell := sheet_row.get(column)) else ""
            for column in range(17)
        )
        for row in range(max(grid.sheets[0].rows) + 1)
        for sheet_row in [grid.sheets[0].rows.get(row, {})]
    ]
    form = read_returned("\r\n".join(lines).encode("gb18030"), "表.csv", "")

    assert form.rows[0].answers[Answer.ACTUAL].text == "98.92"


@pytest.mark.parametrize(
    ("data", "name", "code", "says"),
    [
        (b"", "表.xlsx", "EMPTY_FILE", "文件是空的"),
        (bytes(4096), "表.xlsx", "DAMAGED", "内容全为零"),
        ("序号,任务\r\n1,甲\r\n".encode("gbk"), "表.xlsx", "NOT_A_WORKBOOK", "CSV 文本"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "表.xls", "NOT_A_WORKBOOK", "网页"),
        ("请查收".encode(), "表.xlsx", "NOT_A_WORKBOOK", "纯文本"),
        (b"%PDF-1.4\n", "表.xlsx", "NOT_A_WORKBOOK", "PDF 文档"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(64), "表.rar", "HOLDS_OTHER_FILES", "压缩包（不是 zip），没有打开"),
        (
            b"From: a@b\r\nSubject: =?utf-8?q?x?=\r\nMIME-Version: 1.0\r\n\r\n",
            "表.eml",
            "HOLDS_OTHER_FILES",
            "一封邮件，没有打开。请把里面的填报表取出来",
        ),
        (b"\x89PNG\r\n\x1a\n", "表.xlsx", "NOT_A_WORKBOOK", "图片"),
    ],
)
def test_what_is_no_workbook_is_told_what_it_is(data, name, code, says):
    assert says in told(data, name)[code]


def encrypted(data: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    made = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, made)
    return made.getvalue()


def test_a_form_with_a_password_is_opened_with_the_configured_one_only():
    """Without it the unit is told how to take the password off; none is guessed."""
    pytest.importorskip("msoffcrypto", reason="the extra `crypto` is not installed")
    locked = encrypted(sent(), "区里2023")

    assert told(locked, "表.xlsx", ("别的", "区里2023")) == READ
    assert "取消密码" in told(locked, "表.xlsx")["PASSWORD"]
    assert "取消密码" in told(locked, "表.xlsx", ("别的",))["PASSWORD"]


def test_a_workbook_that_excel_itself_encrypted_is_opened_without_asking():
    """Protecting the structure encrypts with a password that everybody has; the clerk knows of none."""
    pytest.importorskip("msoffcrypto", reason="the extra `crypto` is not installed")

    assert told(encrypted(sent(), "VelvetSweatshop"), "表.xlsx") == READ
