"""Rows read by a search say what the parser says; what is not plainly spelled goes to the parser."""

from __future__ import annotations

import io
import tarfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.books.returned.gate import open_package
from workplan_xlsx.books.returned.grid import Budget
from workplan_xlsx.books.returned.made_sheet import sheet_of_rows
from workplan_xlsx.books.returned.plain_rows import read_plain_rows
from workplan_xlsx.books.returned.plain_xml import shared_texts, sheet_rows
from workplan_xlsx.books.returned.unreadable import Unreadable
from workplan_xlsx.books.returned.xlsx_around import read_around
from workplan_xlsx.books.returned.xlsx_cell import CellMaker
from workplan_xlsx.books.returned.xlsx_parts import read_contents, read_formats
from workplan_xlsx.books.returned.xlsx_sheet import SheetPass
from workplan_xlsx.books.returned.xlsx_texts import read_shared_texts
from workplan_xlsx.books.returned.zip_directory import read_directory

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAKER = CellMaker(["甲", "乙&丙"], ["", "0.00%", "yyyy-mm-dd"], epoch_1904=False)


def part(rows: str, *, root: str = f'xmlns="{MAIN}"') -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<worksheet {root}><sheetData>{rows}</sheetData></worksheet>".encode()


def parsed(content: bytes, maker: CellMaker = MAKER):
    walked = SheetPass("表", "sheet1.xml", maker, Budget())
    walked.walk(content)
    return walked.sheet(hidden=False)


def searched(content: bytes, maker: CellMaker = MAKER):
    """The sheet as the search reads it; None where it leaves it to the parser."""
    apart = sheet_rows(content)
    rows = read_plain_rows(apart.rows, maker) if apart else None
    if apart is None or rows is None:
        return None
    around = read_around(apart.around, "sheet1.xml")
    return sheet_of_rows(
        "表",
        rows.by_row,
        hidden_rows=frozenset(rows.hidden),
        hidden_columns=around.hidden_columns,
        merges=around.merges,
    )


def test_every_shape_that_programs_write_is_read_by_the_search():
    content = part(
        '<row r="1" spans="1:9" ht="20" customHeight="1" x14ac:dyDescent="0.2"><c r="A1" s="1"/>'
        '<c r="B1" s="1"><v>0.9892</v></c><c r="C1" s="2"><v>45000</v></c><c r="D1" t="s"><v>1</v></c>'
        '<c r="E1" t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c><c r="F1"><f t="shared" si="0"/><v></v></c></row>'
        '<row r="3" hidden="1"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#REF!</v></c>'
        '<c r="C3" t="inlineStr"><is><t xml:space="preserve"> 文字 </t></is></c></row><row r="9"/>',
        root=f'xmlns="{MAIN}" xmlns:x14ac="urn:x"',
    )
    sheet = searched(content)

    assert sheet == parsed(content)
    assert [(cell.address, cell.text) for cell in sheet.cells()] == [
        ("B1", "0.9892"),
        ("C1", "2023-03-15"),
        ("D1", "乙&丙"),
        ("E1", "a<b"),
        ("F1", ""),
        ("A3", "TRUE"),
        ("B3", "#REF!"),
        ("C3", " 文字 "),
    ]
    assert sheet.hidden_rows == {2}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><!-- 5 --><c r="A1"><v>5</v></c></row>',
        '<row r="1"><c r="A1"><v><![CDATA[5]]></v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a&b;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&#1;</v></c></row>',
        '<row r="1"><c><v>5</v></c></row>',
        '<row><c r="A1"><v>5</v></c></row>',
        '<row r="1" r="2"><c r="A1"><v>5</v></c></row>',
        '<row r="1"><x:c r="A1"><v>5</v></x:c></row>',
        "<row r='1'><c r='A1'><v>5</v></c></row>",
        '<row r="1"><c r="A1"><v>5</v><v>6</v></c></row>',
        '<row r="1"><c r="A1"><v>5</v></c>6</row>',
        '<row r="1"><c r="A1"><v>5</v></c>',
        '<c r="A1"><v>5</v></c>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r></is></c></row>',
        '<row r="1"><c r="A1" t="str"><v>第一行\r第二行</v></c></row>',
        '<row r="1"><c r="a1"><v>5</v></c></row>',
        '<row r="0"><c r="A0"><v>5</v></c></row>',
        '<row r="2"><c r="A1"><v>5</v></c></row>',
    ],
)
def test_whatever_else_is_left_to_the_parser(rows):
    """Comments, CDATA, entities, prefixes, missing or foreign addresses, broken nesting, rich text."""
    assert searched(part(rows)) is None


@pytest.mark.parametrize(
    "content",
    [
        part("", root='xmlns="urn:else"'),
        part('<row r="1"><c r="A1"><v>5</v></c></row>', root=f'xmlns:x="{MAIN}"'),
        part('<row r="1"><c r="A1"><v>5</v></c><c r="A1"><v>6</v></c></row>'),
        part('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
    ],
)
def test_what_the_parser_refuses_the_search_refuses(content):
    """Another namespace, a cell twice, a text that is not there."""
    with pytest.raises(Unreadable):
        parsed(content)
    with pytest.raises(Unreadable):
        searched(content)


NUMBERS = st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False))
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
CELLS = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 30)), st.one_of(NUMBERS, TEXTS, st.booleans()), max_size=30
)


@given(CELLS)
def test_any_sheet_of_two_writers_is_read_alike(cells):
    """xlsxwriter and openpyxl: search and parser agree on every cell."""
    for data in (by_xlsxwriter(cells), by_openpyxl(cells)):
        for content, maker in parts_of(data):
            found = searched(content, maker)
            if found is not None or cells:
                assert found == parsed(content, maker)


def by_xlsxwriter(cells) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        percent = book.add_format({"num_format": "0.0%"})
        for (row, column), value in cells.items():
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, float(Decimal(str(value))), percent)
    return made.getvalue()


def by_openpyxl(cells) -> bytes:
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        cell = book.active.cell(row + 1, column + 1)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def parts_of(data: bytes):
    """Each worksheet part with the maker of its workbook."""
    package = open_package(data, read_directory(data))
    contents = read_contents(package)
    maker = CellMaker(
        read_shared_texts(package, contents.shared_texts_part).texts,
        read_formats(package, contents.styles_part),
        epoch_1904=contents.epoch_1904,
    )
    for place in contents.sheets:
        if place.part and (content := package.part(place.part)) is not None:
            yield content, maker


def test_on_real_files_the_search_says_what_the_parser_says(shared):
    """Every third of the real .xlsx files: where the search reads a sheet at all, it reads it alike."""
    same = 0
    with tarfile.open(shared / "hostile" / "corpus.tar.gz") as corpus:
        for number, member in enumerate(corpus):
            file = corpus.extractfile(member) if member.isfile() and number % 3 == 0 else None
            if file is not None and member.size < 300_000:
                same += _read_alike(file.read())

    assert same > 200


def _read_alike(data: bytes) -> int:
    try:
        pairs = [(searched(content, maker), content, maker) for content, maker in parts_of(data)]
        for found, content, maker in pairs:
            assert found is None or found == parsed(content, maker)
    except Unreadable:
        return 0
    return sum(found is not None for found, _, _ in pairs)


HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{MAIN}" count="2">'


@pytest.mark.parametrize(
    ("items", "texts"),
    [
        ('<si><t>一&amp;二</t></si><si><t xml:space="preserve"> 三</t></si>', ["一&二", " 三"]),
        ("<si><r><t>一</t></r></si>", ["一"]),
        (
            "<si><t>东京</t><phoneticPr fontId='1'/></si>".replace("'", '"')
            + '<si><r><rPr><b/><sz val="11"/><color rgb="FFFF0000"/><rFont val="宋体"/></rPr><t>★</t></r>'
            '<r><t xml:space="preserve"> 本期&lt;完成&gt;值</t></r><phoneticPr fontId="1" type="noConversion"/></si>',
            ["东京", "★ 本期<完成>值"],
        ),
        ("<si><t></t></si><si><r><t></t></r><r><t>二</t></r></si>", ["", "二"]),
        ("<si><r><t>甲_x00</t></r><r><t>41_乙</t></r></si>", ["甲_x0041_乙"]),
    ],
)
def test_shared_texts_are_searched_also_where_their_pieces_look_different(items, texts):
    """What a character's number stands for (_x0041_) is resolved afterwards, over all pieces."""
    assert shared_texts(f"{HEAD}{items}</sst>".encode()) == texts


@pytest.mark.parametrize(
    "item",
    [
        '<si><t>东京</t><rPh sb="0" eb="1"><t>トウ</t></rPh></si>',
        "<si><r><t>一</t></r><t>二</t></si>",
        "<si><t>一</t><r><t>二</t></r></si>",
        "<si><r><t>一</t><t>二</t></r></si>",
        "<si><r><rPr><extLst><t>三</t></extLst></rPr><t>一</t></r></si>",
        "<si><r><t>一<!-- 二 --></t></r></si>",
        "<si><x:r><t>一</t></x:r></si>",
        "<si><r><t>一</t></r>二</si>",
        "<si><t>&#1;</t></si>",
        "<si><t>&#xD800;</t></si>",
        "<si><t>&amp;&#xFFFF;</t></si>",
    ],
)
def test_shared_texts_in_any_other_shape_go_to_the_parser(item):
    assert shared_texts(f"{HEAD}<si><t>一</t></si>{item}</sst>".encode()) is None


def test_what_is_nested_deeper_than_programs_nest_is_refused_around_the_rows_too():
    deep = "<extLst>" * 300 + "</extLst>" * 300
    content = part('<row r="1"><c r="A1"><v>5</v></c></row>').replace(
        b"</worksheet>", f"{deep}</worksheet>".encode()
    )

    with pytest.raises(Unreadable):
        parsed(content)
    with pytest.raises(Unreadable):
        searched(content)


def test_a_text_in_a_cell_that_is_none_by_its_type_goes_to_the_parser():
    """777 to some readers, nothing to others."""
    assert searched(part('<row r="1"><c r="A1"><is><t>777</t></is></c></row>')) is None
    assert searched(part('<row r="1"><c r="A1" t="inlineStr"><v>777</v></c></row>')) is None


def test_a_cell_with_an_empty_value_and_a_text_of_its_own_goes_to_the_parser_which_refuses_it():
    """Readers disagree on it: 777 to some, nothing to others."""
    content = part('<row r="1"><c r="A1" t="str"><v/><is><t>777</t></is></c></row>')

    assert searched(content) is None
    with pytest.raises(Unreadable):
        parsed(content)
