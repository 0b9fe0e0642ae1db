"""What Word and LibreOffice write: automatic numbers, tracked changes, tables, text boxes, footnotes."""

from __future__ import annotations

import pytest
from reading_notices import read, shown, targets
from word_files import cell, definition, listed, p, row, table, word

OWNER = "（牵头单位：县水利局）"

# format, what stands before the tenth and eleventh item as Word shows them
FORMATS = [
    ("decimal", "10", "11"),
    ("chineseCounting", "十", "十一"),
    ("chineseCountingThousand", "十", "十一"),
    ("chineseLegalSimplified", "壹拾", "壹拾壹"),
    ("taiwaneseCounting", "十", "十一"),
    ("taiwaneseCountingThousand", "十", "十一"),
    ("japaneseCounting", "十", "十一"),
    ("ideographDigital", "一〇", "一一"),
    ("taiwaneseDigital", "一〇", "一一"),
    ("japaneseDigitalTenThousand", "一〇", "一一"),
    ("koreanCounting", "十", "十一"),
    ("decimalFullWidth", "10", "11"),
    ("decimalFullWidth2", "10", "11"),
    ("decimalZero", "10", "11"),
    ("ideographLegalTraditional", "壹拾", "壹拾壹"),
]


@pytest.mark.parametrize(("kind", "tenth", "eleventh"), FORMATS)
def test_automatic_numbers_of_every_format_are_written_out(tmp_path, kind, tenth, eleventh):
    """Twelve items numbered by Word; the number is nowhere in the text."""
    body = "".join(listed(f"修渠{n}号。修渠{n}公里。{OWNER}") for n in range(1, 13))
    notice = read(tmp_path, word(p("2024年要点") + body, definition((kind, "%1、"))), "通知.docx")

    assert len(notice.tasks) == 12
    assert [task.number for task in notice.tasks][9:11] == [tenth, eleventh]


@pytest.mark.parametrize(
    "kind",
    ["decimalEnclosedCircle", "decimalEnclosedFullstop", "ideographEnclosedCircle", "ideographTraditional"],
)
def test_numbers_in_one_sign(tmp_path, kind):
    """①, ⒈, ㊀, 甲."""
    text = "%1" if kind.startswith("decimal") else "%1、"
    body = "".join(listed(f"修渠{n}号。{OWNER}") for n in range(1, 9))
    notice = read(tmp_path, word(body, definition((kind, text))), "通知.docx")

    assert [task.title for task in notice.tasks] == [f"修渠{n}号" for n in range(1, 9)]


def test_levels_restart_below_a_new_heading(tmp_path):
    """一、（一）1. as one list of three levels."""
    levels = definition(
        ("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")
    )
    body = (
        listed("抓农业", level=0) + listed("抓水利", level=1)
        + listed(f"修渠。修渠3公里。{OWNER}", level=2) + listed(f"打井。打井5眼。{OWNER}", level=2)
        + listed("抓种植", level=1) + listed(f"种粮。种粮2万亩。{OWNER}", level=2)
        + listed("抓工业", level=0) + listed("抓技改", level=1) + listed(f"改造。改造企业6家。{OWNER}", level=2)
    )  # fmt: skip
    notice = read(tmp_path, word(body, levels), "通知.docx")

    assert shown(notice) == [
        "一/一/1 修渠 | 县水利局",
        "一/一/2 打井 | 县水利局",
        "一/二/1 种粮 | 县水利局",
        "二/一/1 改造 | 县水利局",
    ]


def test_numbers_that_belong_to_a_style(tmp_path):
    """Heading 1 is tied to the list's first level, the item's style is based on a numbered one."""
    styles = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Base"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Item"><w:basedOn w:val="Base"/></w:style>'
    )
    body = (
        p("农业", '<w:pStyle w:val="H1"/>')
        + p(f"修渠。{OWNER}", '<w:pStyle w:val="Item"/>')
        + p(f"打井。{OWNER}", '<w:pStyle w:val="Item"/>')
    )
    notice = read(
        tmp_path, word(body, definition(("chineseCounting", "%1、"), ("decimal", "%2.")), styles), "通知.docx"
    )

    assert shown(notice) == ["一/1 修渠 | 县水利局", "一/2 打井 | 县水利局"]


def test_tracked_changes(tmp_path):
    """Insertions count, deletions do not; a deleted item takes no number, a deleted paragraph end joins."""
    deleted_end = "<w:rPr><w:del/></w:rPr>"
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>打井。</w:delText></w:r></w:del></w:p>'
    body = (
        listed("修渠。修渠")
        .replace("</w:p>", "<w:del><w:r><w:delText>3公里</w:delText></w:r></w:del><w:ins><w:r><w:t>8公里。</w:t></w:r></w:ins>" + f"<w:r><w:t>{OWNER}</w:t></w:r></w:p>")
        + gone
        + '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + deleted_end + "</w:pPr><w:r><w:t>种</w:t></w:r></w:p>"
        + p(f"树。种树5万株。{OWNER}")
    )  # fmt: skip
    notice = read(tmp_path, word(body, definition(("decimal", "%1."))), "通知.docx")

    assert shown(notice) == ["/1 修渠 | 县水利局", "/2 种树 | 县水利局"]
    assert targets(notice.tasks[0]) == ["8公里 -> = 8 公里"]


def test_text_boxes_are_read_once(tmp_path):
    """Word writes a box twice: for new programs and, as a fallback, for old ones."""
    inside = (
        f"<w:txbxContent>{p(f'1.修渠。修渠3公里。{OWNER}')}{p(f'2.打井。打井5眼。{OWNER}')}</w:txbxContent>"
    )
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{inside}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    notice = read(tmp_path, word(p("一、农业") + p("", extra=box)), "通知.docx")

    assert shown(notice) == ["一/1 修渠 | 县水利局", "一/2 打井 | 县水利局"]


def test_a_footnote_is_read_and_promises_nothing(tmp_path):
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{p("上年为40公里。")}</w:footnote>'
    notice = read(
        tmp_path,
        word(
            p(f"1.修渠。修渠50公里。{OWNER}", extra=reference) + p(f"2.打井。打井5眼。{OWNER}"),
            footnotes=notes,
        ),
        "通知.docx",
    )

    assert targets(notice.tasks[0]) == ["50公里 -> = 50 公里"]
    assert "40公里" in [each.text for each in (*notice.tasks[0].targets, *notice.general)]


def test_hidden_text_and_field_codes_are_not_read(tmp_path):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>打井9眼。</w:t></w:r><w:r><w:instrText>PAGE 7</w:instrText></w:r>"
    notice = read(
        tmp_path, word(p("1.修渠。修渠3公里。", extra=hidden + f"<w:r><w:t>{OWNER}</w:t></w:r>")), "通知.docx"
    )

    assert targets(notice.tasks[0]) == ["3公里 -> = 3 公里"]


def test_a_table_with_merged_cells(tmp_path):
    """A unit merged over two rows, a chapter's row over all columns, a number counted by Word."""
    merged, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    number = f"<w:tc>{listed('')}</w:tc>"
    wide = cell("一、农业", '<w:gridSpan w:val="4"/>')
    body = p("2024年任务分解表") + table(
        row("序号", "工作任务", "牵头单位", "完成时限"),
        wide,
        number + row("修渠3公里。") + cell("县水利局\n县财政局", merged) + cell("6月底"),
        number + row("打井5眼。") + cell("", goes_on) + cell("年底"),
        cell("二、工业", '<w:gridSpan w:val="4"/>'),
        number + row("改造企业6家。", "县工信局", "年底"),
    )
    notice = read(tmp_path, word(body, definition(("decimal", "%1"))), "通知.docx")

    assert [(each.ordinal, each.title) for each in notice.sections] == [("一", "农业"), ("二", "工业")]
    assert shown(notice) == [
        "一/1 修渠3公里 | 县水利局、县财政局 |  | 6月底",
        "一/2 打井5眼 | 县水利局、县财政局 |  | 年底",
        "二/3 改造企业6家 | 县工信局 |  | 年底",
    ]


def test_a_heading_of_two_rows_and_one_task_over_several_owners(tmp_path):
    """责任分工 over 牵头单位 and 配合单位; one task whose owners stand in two rows is one task."""
    merged, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        cell("序号", merged) + cell("工作任务", merged) + cell("责任分工", '<w:gridSpan w:val="2"/>'),
        cell("", goes_on) + cell("", goes_on) + row("牵头单位", "配合单位"),
        cell("1", merged) + cell("修渠3公里。", merged) + row("县水利局", "县财政局"),
        cell("", goes_on) + cell("", goes_on) + row("县农业局", "各乡镇"),
        row("2", "打井5眼。", "县水利局", ""),
    )
    notice = read(tmp_path, word(body), "通知.docx")

    assert shown(notice) == ["/1 修渠3公里 | 县水利局、县农业局 | 县财政局、各乡镇", "/2 打井5眼 | 县水利局"]


def test_a_table_that_holds_no_tasks_is_only_text(tmp_path):
    """A contact list above the items."""
    body = (
        table(row("姓名", "电话"), row("王某", "123"))
        + p(f"1.修渠。修渠3公里。{OWNER}")
        + p(f"2.打井。打井5眼。{OWNER}")
    )

    assert shown(read(tmp_path, word(body), "通知.docx")) == ["/1 修渠 | 县水利局", "/2 打井 | 县水利局"]


def test_numbers_without_a_point_behind_them(tmp_path):
    """Word parts 1 and 1.1 from the text by a tab; a number of the text does not run into it."""
    levels = definition(("decimal", "%1"), ("decimal", "%1.%2"))
    body = (
        listed("农业", level=0)
        + listed(f"2024年修渠3公里。{OWNER}", level=1)
        + listed(f"打井5眼。{OWNER}", level=1)
        + listed("工业", level=0)
        + listed(f"改造企业6家。{OWNER}", level=1)
    )
    notice = read(tmp_path, word(body, levels), "通知.docx")

    assert [(task.section_ordinal, task.number) for task in notice.tasks] == [
        ("1", "1.1"),
        ("1", "1.2"),
        ("2", "2.1"),
    ]


def test_text_struck_through_is_not_read(tmp_path):
    """修渠 3 8 公里, the 3 struck through: 8."""
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>3</w:t></w:r><w:r><w:t>8公里。（县水利局负责）</w:t></w:r>"
    notice = read(tmp_path, word(p("1.修渠。修渠", extra=struck)), "通知.docx")

    assert targets(notice.tasks[0]) == ["8公里 -> = 8 公里"]


def test_a_line_break_inside_of_the_owners_bracket(tmp_path):
    """Shift and Enter, so that the line looks well."""
    broken = "<w:r><w:br/><w:t>县财政局）</w:t></w:r>"
    notice = read(tmp_path, word(p("1.修渠。修渠8公里。（牵头单位：县水利局、", extra=broken)), "通知.docx")

    assert shown(notice) == ["/1 修渠 | 县水利局、县财政局"]


def test_what_was_struck_through_or_changed_is_told(tmp_path):
    """A withdrawn item, and changes that nobody has accepted: read as accepted, with what was deleted."""
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>2.建展馆1座。</w:t></w:r>"
    changed = (
        "<w:del><w:r><w:delText>3所</w:delText></w:r></w:del><w:ins><w:r><w:t>5所</w:t></w:r></w:ins>"
        "<w:r><w:t>。（县教育局负责）</w:t></w:r>"
    )
    body = p("1.新建学校", extra=changed) + f"<w:p>{struck}</w:p>" + p("2.修路5公里。（县交通局负责）")
    notice = read(tmp_path, word(body), "通知.docx")

    assert [targets(task) for task in notice.tasks] == [["5所 -> = 5 所"], ["5公里 -> = 5 公里"]]
    assert [each.message("zh") for each in notice.findings] == [
        "文件中有 1 处加了删除线，按已撤销处理，没有读取：“2.建展馆1座。”。"
        "请核对是否确已撤销；仍要执行的，请去掉删除线后重试。",
        "文件中有没有接受的修订（插入 1 处，删除 1 处），已按全部接受读取；删去的是：“3所”。"
        "请在 Word/WPS 中接受或拒绝修订，并核对读出的任务。",
    ]
