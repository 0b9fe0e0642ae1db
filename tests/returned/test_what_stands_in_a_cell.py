"""What a stored cell is to us: each awkward kind has one stated outcome, and both readings agree on it."""

from __future__ import annotations

import pytest
import xlsxwriter
from raw_workbooks import LINKS, MAIN, packed, parts, workbook

from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.opened import open_grid
from workplan_xlsx.books.returned.second_opinion import first_difference
from workplan_xlsx.books.returned.unreadable import Unreadable
from workplan_xlsx.books.returned.xlsx_texts import read_shared_texts
from workplan_xlsx.domain.judging.written_numbers import read_number


def told(data: bytes) -> list[str]:
    """The sheet's cells, one a line, as `A1 kind text`; the two readings must agree on every one."""
    opened = open_grid(data, "表.xlsx")
    (sheet,) = opened.grid.sheets
    columns = {cell.column for cell in sheet.cells()}
    assert first_difference(opened.data, opened.grid, sheet, columns=columns, from_row=0) is None
    flags = {True: " (formula)", False: ""}
    return [
        f"{each.address} {each.kind.value} {each.text}{flags[each.from_formula]}" for each in sheet.cells()
    ]


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ('<c r="A1"><v>98.920000000000002</v></c>', ["A1 number 98.92"]),
        ('<c r="A1"><f>0.1+0.2</f><v>0.30000000000000004</v></c>', ["A1 number 0.3 (formula)"]),
        ('<c r="A1"><f>100/3</f><v>33.333333333333336</v></c>', ["A1 number 33.3333333333333 (formula)"]),
        ('<c r="A1"><v>123456789012.345</v></c>', ["A1 number 123456789012.345"]),
        ('<c r="A1"><v>-1.0000000000000001E-5</v></c>', ["A1 number -0.00001"]),
        ('<c r="A1"><v>1E-3</v></c>', ["A1 number 0.001"]),
        ('<c r="A1"><v>0</v></c>', ["A1 number 0"]),
        ('<c r="A1"/>', []),
        ('<c r="A1"><v></v></c>', []),
        ('<c r="A1" t="str"><v>12</v></c>', ["A1 text 12"]),
        ('<c r="A1" t="inlineStr"><is><t>　12 </t></is></c>', ["A1 text 　12 "]),
        ('<c r="A1" t="inlineStr"><is><r><t>约</t></r><r><t>85</t></r></is></c>', ["A1 text 约85"]),
        (
            '<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>',
            ["A1 text 東京"],
        ),
        ('<c r="A1" t="s"><v>0</v></c>', ["A1 text 甲乙"]),
        ('<c r="A1" t="e"><v>#REF!</v></c>', ["A1 error #REF!"]),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ["A1 error #DIV/0! (formula)"]),
        ('<c r="A1"><f>SUM(B1:B9)</f></c>', ["A1 uncalculated  (formula)"]),
        ('<c r="A1"><f>10+5</f><v>15</v></c>', ["A1 number 15 (formula)"]),
        ('<c r="A1" t="b"><v>1</v></c>', ["A1 truth TRUE"]),
        ('<c r="A1" s="1"><v>45107</v></c>', ["A1 date 2023-06-30"]),
        ('<c r="A1" s="1"><v>60</v></c>', ["A1 date 1900-02-29"]),
        ('<c r="A1" s="3"><v>0.5</v></c>', ["A1 date 12:00:00"]),
        ('<c r="A1" s="2"><v>0.473</v></c>', ["A1 number 0.473"]),
        ('<c r="A1" s="4"><v>12</v></c>', ['A1 shown otherwise 12〔0.00"万"〕']),
        ('<c r="A1" s="5"><v>12000</v></c>', ["A1 shown otherwise 12000〔0.00,〕"]),
        ("<c><v>7</v></c><c><v>8</v></c>", ["A1 number 7", "B1 number 8"]),
        # rare and valid: calamine stumbles over half of them, openpyxl is the second reader then
        ('<c r="a1"><v>5</v></c>', ["A1 number 5"]),
        ('<c r="A1"><v> 5\n</v></c>', ["A1 number 5"]),
        ('<c r="A1"><v>1&#50;</v></c>', ["A1 number 12"]),
        ('<c r="A1"><v>1<![CDATA[2]]></v></c>', ["A1 number 12"]),
        ('<c r="A1"><v>1<!-- and --><?and?>2</v></c>', ["A1 number 12"]),
        ('<c r="A1"><v>12</v><f>6+6</f></c>', ["A1 number 12 (formula)"]),
        ('<c r="A1" t="str"><v>1&#50;&amp;<![CDATA[3]]></v></c>', ["A1 text 12&3"]),
        ('<c r="A1" t="s"><v> 0 </v></c>', ["A1 text 甲乙"]),
        ('<c r="A1" s=" 2 "><v>0.5</v></c>', ["A1 number 0.5"]),
        ('<c r="A1"><v>+.5</v></c>', ["A1 number 0.5"]),
        # what Python takes for a number and XML does not
        ('<c r="A1"><v>1_0</v></c>', ["A1 error 1_0"]),
        ('<c r="A1"><v>１２</v></c>', ["A1 error １２"]),
        ('<c r="A1"><v>\xa05</v></c>', ["A1 error \xa05"]),
        ('<c r="A1"><v>INF</v></c>', ["A1 error INF"]),
        ('<c r="A1"><v>1e400</v></c>', ["A1 error 1e400"]),
        # only a value that stands in the cell itself is the cell's
        ('<c r="A1"><v>5</v><extLst><ext uri="x"><v>6</v></ext></extLst></c>', ["A1 number 5"]),
        ('<c r="A1"><extLst><ext uri="x"><f>1</f><v>6</v></ext></extLst></c>', []),
        (
            '<c r="A1" t="inlineStr"><is><t>甲</t></is><extLst><ext uri="x"><is><t>乙</t></is></ext></extLst></c>',
            ["A1 text 甲"],
        ),
        ('<c r="A1"><x:v xmlns:x="urn:x">6</x:v><v>5</v></c>', ["A1 number 5"]),
    ],
)
def test_every_kind_of_cell_has_one_outcome(cell, outcome):
    """What calamine shows as blank (errors, formulas without a result) and what it trims is known and agreed."""
    texts = '<si><r><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'

    assert told(workbook(f'<row r="1">{cell}</row>', texts=texts)) == outcome


@pytest.mark.parametrize(
    "item",
    [
        "<si><t>_x0041_1</t></si>",
        "<si><t>&#95;x0041_1</t></si>",
        "<si><t>_&#x78;0041_1</t></si>",
        "<si><r><t>_</t></r><r><t>x0041_1</t></r></si>",
    ],
)
def test_a_character_written_by_its_number_is_that_character_however_its_spelling_is_spelled(item):
    assert told(workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts=item)) == ["A1 text A1"]


def test_a_percent_is_known_by_its_format():
    (sheet,) = open_grid(workbook('<row r="1"><c r="A1" s="2"><v>0.473</v></c></row>'), "表.xlsx").grid.sheets

    assert [each.shown_as_percent for each in sheet.cells()] == [True]


def test_days_of_the_1904_epoch_are_the_same_days():
    day = '<row r="1"><c r="A1" s="1"><v>43645</v></c></row>'

    assert told(workbook(day, workbook='<workbookPr date1904="1"/>')) == ["A1 date 2023-06-30"]


def test_a_number_under_a_merge_is_set_aside():
    """A1:A2 are merged; what A2 still holds nobody can see."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>999</v></c></row>'
    data = workbook(rows, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')
    (sheet,) = open_grid(data, "表.xlsx").grid.sheets

    assert told(data) == ["A1 number 1"]
    assert [(each.address, each.text) for each in sheet.covered] == [("A2", "999")]


@pytest.mark.parametrize("said", ["A1", "A1:XFD1048576", "C3:D4"])
def test_the_dimension_is_never_believed(said):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="B900"><v>2</v></c></row>'

    assert told(workbook(rows, before=f'<dimension ref="{said}"/>')) == ["A1 number 1", "B900 number 2"]


def test_strict_open_xml_is_read_like_the_ordinary_one():
    """openpyxl sees no sheets at all there, and no error."""
    members = {
        name: content.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            LINKS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in parts('<row r="1"><c r="A1"><v>5</v></c></row>').items()
    }

    assert told(packed(dict(members))) == ["A1 number 5"]


def test_hidden_rows_and_columns_are_read_and_known():
    rows = '<row r="1" hidden="1"><c r="A1"><v>5</v></c></row><row r="2" ht="0"><c r="B2"><v>6</v></c></row>'
    data = workbook(rows, before='<cols><col min="2" max="2" hidden="1"/></cols>')
    (sheet,) = open_grid(data, "表.xlsx").grid.sheets

    assert told(data) == ["A1 number 5", "B2 number 6"]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({0, 1}, {1})


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "cell_twice"),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', "cell_address"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "cell_address"),
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "cell_address"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "cell_text"),
        ('<row r="1"><c r="$A$1"><v>1</v></c></row>', "cell_address"),
        ('<row r="１"><c r="A1"><v>1</v></c></row>', "cell_address"),
        ('<row r="1"><c r="A1" t="s"><v>0_0</v></c></row>', "cell_text"),
        ('<row r="1"><c r="A1" s="6"><v>1</v></c></row>', "cell_format"),
        ('<row r="1"><c r="A1" s="²"><v>1</v></c></row>', "cell_format"),
        ('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', "cell_values"),
        ('<row r="1"><c r="A1"><v>1<b>2</b></v></c></row>', "cell_values"),
        ('<row r="1"><c r="A1" t="inlineStr"><v>1</v><is><t>2</t></is></c></row>', "cell_values"),
        ('<row r="1"><c r="A1"><v>1</c></row>', "xml"),
    ],
)
def test_what_contradicts_itself_is_refused_with_the_place(rows, why):
    """One cell twice, in another row, outside the sheet, a text or format that is not there, two values."""
    with pytest.raises(Unreadable) as refused:
        open_grid(workbook(rows), "表.xlsx")

    assert refused.value.because == why


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1">{}<v>1</v>{}<v>2</v>{}</c></row>',
        '<row r="1">{}<c r="A1"><v>1</v></c>{}<c r="A1"><v>2</v></c>{}</row>',
        '{}<row r="1"><c r="A1"><v>1</v></c></row>{}<row r="2"><c r="A2"><v>2</v></c></row>{}',
    ],
)
def test_where_programs_may_choose_between_two_versions_nobody_chooses_for_them(rows):
    """mc:AlternateContent: Excel takes the choice that it understands, others the fallback, calamine both."""
    choose = (_CHOICE, "</mc:Choice><mc:Fallback>", _FALLBACK_ENDS)
    with pytest.raises(Unreadable) as refused:
        open_grid(workbook(rows.format(*choose)), "表.xlsx")

    assert "不同程序读出的会不一样" in refused.value.finding("表.xlsx", "zh").message("zh")


_CHOICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:n="urn:new"><mc:Choice Requires="n">'
)
_FALLBACK_ENDS = "</mc:Fallback></mc:AlternateContent>"


@pytest.mark.parametrize(
    ("part", "element"),
    [
        ("xl/workbook.xml", "sheets"),
        ("xl/workbook.xml", "workbookPr"),
        ("xl/sharedStrings.xml", "si"),
        ("xl/styles.xml", "cellXfs"),
        ("xl/worksheets/sheet1.xml", "cols"),
        ("xl/worksheets/sheet1.xml", "sheetData"),
        ("xl/worksheets/sheet1.xml", "mergeCells"),
    ],
)
def test_nor_where_sheets_texts_formats_or_merges_have_two_versions(part, element):
    members = parts(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
        texts="<si><t>甲</t></si>",
        workbook='<workbookPr date1904="1"></workbookPr>',
    )
    content = members[part].replace(f"<{element}>", f"{_CHOICE}<{element}>")
    content = content.replace(f"<{element} ", f"{_CHOICE}<{element} ")
    members[part] = content.replace(f"</{element}>", f"</{element}></mc:Choice><mc:Fallback>{_FALLBACK_ENDS}")
    with pytest.raises(Unreadable) as refused:
        open_grid(packed({**members}), "表.xlsx")

    assert refused.value.because == "misplaced"


@pytest.mark.parametrize("id_", ["rId9", "rId3"])
def test_where_two_parts_claim_to_hold_the_texts_neither_is_taken(id_):
    """A second link to shared texts, under an id of its own or under the same one."""
    members = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts="<si><t>甲</t></si>")
    links = "xl/_rels/workbook.xml.rels"
    another = f'<Relationship Id="{id_}" Type="{LINKS}/sharedStrings" Target="other.xml"/></Relationships>'
    members[links] = members[links].replace("</Relationships>", another)
    members["xl/other.xml"] = f'<sst xmlns="{MAIN}"><si><t>乙</t></si></sst>'
    with pytest.raises(Unreadable) as refused:
        open_grid(packed({**members}), "表.xlsx")

    assert refused.value.because == "part_twice"


def test_what_excel_itself_writes_in_two_versions_is_read():
    """Form controls stand in an mc:AlternateContent of every workbook that has some."""
    controls = (
        f"{_CHOICE}<controls><control r:id='rId9'/></controls></mc:Choice><mc:Fallback>{_FALLBACK_ENDS}"
    )

    assert told(workbook('<row r="1"><c r="A1"><v>1</v></c></row>', after=controls)) == ["A1 number 1"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_in_utf_16_is_read(part):
    """calamine does not know it; openpyxl does."""
    members: dict[str, str | bytes] = {
        **parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts="<si><t>甲</t></si>")
    }
    members[part] = f'<?xml version="1.0" encoding="UTF-16"?>{members[part]}'.encode("utf-16")

    assert told(packed(members)) == ["A1 text 甲"]


def test_a_value_in_the_last_corner_costs_neither_memory_nor_the_form():
    """XFD1048576 holds something; calamine would ask for 549 GB. The rows above are read twice all the same."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    opened = open_grid(workbook(rows), "表.xlsx")
    (sheet,) = opened.grid.sheets

    assert first_difference(opened.data, opened.grid, sheet, columns={0, 1, 2}, from_row=0) is None


def test_two_readings_that_differ_are_told_with_the_place():
    """A value outside its <is> element: one reader takes it, the other does not."""
    opened = open_grid(workbook('<row r="1"><c r="A1" t="inlineStr"><v>7</v></c></row>'), "表.xlsx")
    (sheet,) = opened.grid.sheets
    difference = first_difference(opened.data, opened.grid, sheet, columns={0}, from_row=0)

    assert difference is not None
    assert (difference.row, difference.column, difference.one, difference.two) == (0, 0, "7", "")


def _struck(*runs: tuple[str, str]) -> str:
    """A shared text of runs: (what is said of its looks, its text)."""
    return (
        "<si>"
        + "".join(f'<r><rPr>{look}<sz val="11"/></rPr><t>{text}</t></r>' for look, text in runs)
        + "</si>"
    )


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((("<strike/>", "98"), ("", "102")), "98 102"),
        ((("", "10"), ('<vertAlign val="superscript"/>', "2")), "10 2"),
        ((("<strike/>", "9"), ("", "8家")), "9 8家"),
        ((("<b/>", "9"), ("", "8")), "98"),
        ((('<strike val="0"/>', "9"), ("", "8")), "98"),
        ((("", "已建面积1000m"), ('<vertAlign val="superscript"/>', "2")), "已建面积1000m2"),
        ((("<strike/>", "98"),), "98"),
    ],
)
def test_digits_that_are_struck_out_or_raised_make_no_other_number(runs, text):
    """98 struck out before 102 would be taken as 98102."""
    part = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1">'
        f"{_struck(*runs)}</sst>"
    ).encode()
    package = Package(names=("xl/sharedStrings.xml",), parts={"xl/sharedstrings.xml": part})

    assert read_shared_texts(package, "xl/sharedStrings.xml").texts == [text]
    assert (read_number(text, "家") is None) is (" " in text or "面积" in text)


def test_struck_digits_are_seen_in_an_old_workbook_too(libreoffice, tmp_path):
    """9 struck out before 8, in a form saved as .xls."""
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_rich_string("A1", book.add_format({"font_strikeout": True}), "9", "8")
        sheet.write_rich_string("A2", book.add_format({"bold": True}), "9", "8")
    (saved,) = libreoffice.save_as("xls", tmp_path / "saved", path)
    (sheet,) = open_grid(saved.read_bytes(), saved.name).grid.sheets

    assert [cell.text for cell in sheet.cells()] == ["9 8", "98"]
