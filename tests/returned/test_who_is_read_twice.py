"""A workbook that can be read in two ways is read by two readers; of the others every eighth."""

from __future__ import annotations

import pytest
from raw_workbooks import packed, parts

from workplan_xlsx.books.returned import reading
from workplan_xlsx.books.returned.reading import read_returned

DRAWN, NOT_DRAWN = "1f" * 32, "2f" * 32
HEADERS = ("序号", "指标名称", "计量单位", "本期累计完成", "进展状态", "进展情况")
TEXTS = "".join(f"<si><t>{text}</t></si>" for text in (*HEADERS, "1-1", "新增平台"))
FORM = (
    '<row r="1">'
    + "".join(f'<c r="{"ABCDEF"[index]}1" t="s"><v>{index}</v></c>' for index in range(len(HEADERS)))
    + '</row><row r="2"><c r="A2" t="s"><v>6</v></c><c r="B2" t="s"><v>7</v></c><c r="D2"><v>98.92</v></c></row>'
)


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The sheets about which the second reader was asked."""
    sheets = []
    second = reading.first_difference

    def first_difference(data, grid, sheet, **where):
        sheets.append(sheet.name)
        return second(data, grid, sheet, **where)

    monkeypatch.setattr(reading, "first_difference", first_difference)
    return sheets


def read(members: dict[str, str], sha256: str = NOT_DRAWN):
    return read_returned(packed(members), "表.xlsx", sha256)


def figures(form) -> list[str]:
    return [content.text for row in form.rows for content in row.answers.values() if content.text]


def test_one_that_can_be_read_in_one_way_only_is_read_once(asked):
    form = read(parts(FORM, texts=TEXTS))

    assert figures(form) == ["98.92"]
    assert asked == []


def test_every_eighth_of_those_is_read_twice_as_a_control(asked):
    form = read(parts(FORM, texts=TEXTS), DRAWN)

    assert figures(form) == ["98.92"]
    assert asked == ["表"]


@pytest.mark.parametrize(
    ("members", "why"),
    [
        (parts(FORM.replace("98.92", "98<!-- -->.92"), texts=TEXTS), "a comment in a figure"),
        (parts(FORM.replace('r="D2"', "r='D2'"), texts=TEXTS), "another quote"),
        (parts(FORM.replace('<c r="D2">', '<c r="D2" t="d">'), texts=TEXTS), "a day written out"),
        (
            parts(FORM, texts=TEXTS.replace("<si><t>1-1</t>", "<si><r><t>1-1</t></r><rPh><t>1</t></rPh>")),
            "phonetics",
        ),
        (parts(FORM, texts=TEXTS.replace("平", "<![CDATA[平]]>")), "a text in two spellings"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_one_that_is_spelled_otherwise_is_read_twice(asked, members, why):
    read(members)

    assert asked == ["表"], why


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"),
        ("xl/sharedStrings.xml", "xl/texts.xml"),
        ("xl/styles.xml", "xl/looks.xml"),
    ],
)
def test_one_whose_parts_have_other_names_is_read_twice(asked, usual, other):
    """Some readers follow the links, some look under the usual names alone."""
    members = parts(FORM, texts=TEXTS)
    links = members["xl/_rels/workbook.xml.rels"]
    members["xl/_rels/workbook.xml.rels"] = links.replace(
        usual.removeprefix("xl/"), other.removeprefix("xl/")
    )
    members[other] = members.pop(usual)

    read(members)

    assert asked == ["表"]


def test_one_whose_looks_no_link_leads_to_is_read_twice(asked):
    """Those who look under the usual name show days and percents there, those who follow the links do not."""
    members = parts(FORM, texts=TEXTS)
    links = members["xl/_rels/workbook.xml.rels"]
    members["xl/_rels/workbook.xml.rels"] = links.replace('/styles"', '/other"')

    read(members)

    assert asked == ["表"]


def test_one_that_names_a_part_and_has_another_of_the_usual_name_is_read_twice(asked):
    members = parts(FORM, texts=TEXTS)
    members["xl/texts.xml"] = members["xl/sharedStrings.xml"].replace("1-1", "1-2")
    links = members["xl/_rels/workbook.xml.rels"]
    members["xl/_rels/workbook.xml.rels"] = links.replace("sharedStrings.xml", "texts.xml")

    form = read(members)

    assert asked == ["表"]
    assert [finding.code.code for finding in form.findings if finding.severity == "error"]
