"""Items whose text begins with digits: 2.12个社区 is item 2 and 12 communities, however it is written."""

from __future__ import annotations

import pytest
from reading_notices import read, shown, targets
from word_files import definition, listed, p, word

from workplan_xlsx.notice.documents.unwrapping import unwrapped

LINES = (
    "10月底前改造小区12个。（责任单位：县住建局）",
    "12个社区建成食堂。（责任单位：县民政局）",
    "95%以上事项网办。（责任单位：县行政审批局）",
    "100个村通公交。（责任单位：县交通局）",
)
ITEMS = [
    "一/1 10月底前改造小区12个 | 县住建局 |  | 10月底前",
    "一/2 12个社区建成食堂 | 县民政局",
    "一/3 95%以上事项网办 | 县行政审批局",
    "一/4 100个村通公交 | 县交通局",
]
FIGURES = [["12个 -> = 12 个"], ["12个 -> = 12 个"], ["95%以上 -> >= 95 %"], ["100个 -> = 100 个"]]


def in_text():
    return "河口县任务\n一、民生\n" + "".join(f"{at}.{line}\n" for at, line in enumerate(LINES, start=1))


def in_word():
    """Numbers that Word counts itself."""
    counted = "".join(listed(line) for line in LINES)
    return word(p("河口县任务") + p("一、民生") + counted, definition(("decimal", "%1.")))


def on_a_page():
    items = "".join(f"<li>{line}</li>" for line in LINES)
    return f"<html><body><p>河口县任务</p><p>一、民生</p><ol>{items}</ol></body></html>"


@pytest.mark.parametrize("content", [in_text(), in_word(), on_a_page()], ids=["text", "word", "page"])
def test_the_number_of_an_item_is_none_of_its_figures(tmp_path, content):
    """It was read as 2.12个 and 6.1个."""
    notice = read(tmp_path, content)

    assert shown(notice) == ITEMS
    assert [targets(task) for task in notice.tasks] == FIGURES


def test_a_line_of_a_page_begins_an_item_where_the_one_before_has_ended():
    """A full line that ends a sentence, and the number that is due; else 2.5个百分点 only goes on."""
    first = "1.推进城乡环境整治和基础设施建设，新建改建公厕五座。（责任单位：区城管局）"

    assert unwrapped([first, "2.12个社区建成食堂。"]) == [first, "2.12个社区建成食堂。"]
    goes_on = "1.推进城乡环境整治和基础设施建设，新建改建公厕五座，群众的满意率提高"
    assert unwrapped([goes_on, "2.5个百分点。"]) == [f"{goes_on}2.5个百分点。"]
    assert unwrapped([goes_on, "2.2025年完工。"]) == [f"{goes_on}2.2025年完工。"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "1.1新增企业10家。（县工信局负责）\n1.2引进项目5个。（县商务局负责）\n2.1新建学校3所。（县教育局负责）\n",
            ["/1.1 新增企业10家 | 县工信局", "/1.2 引进项目5个 | 县商务局", "/2.1 新建学校3所 | 县教育局"],
        ),
        (
            "1.1万名老人体检。（县卫健局负责）\n2.2所学校扩建。（县教育局负责）\n",
            ["/1 1万名老人体检 | 县卫健局", "/2 2所学校扩建 | 县教育局"],
        ),
    ],
)
def test_numbers_of_two_levels_stay_what_they_are(tmp_path, text, items):
    """1.1 is followed by 1.2; a measure behind 2.2 says that 2 counts it."""
    assert shown(read(tmp_path, f"河口县任务\n{text}")) == items


@pytest.mark.parametrize("start", ["x", "-5", ""])
def test_a_first_number_that_is_none_is_1(tmp_path, start):
    """Word shows 1; it was read as 0, and the item was lost."""
    numbering = definition(("decimal", "%1.")).replace('<w:start w:val="1"/>', f'<w:start w:val="{start}"/>')
    body = p("河口县任务") + listed("修路60公里。（县交通局负责）") + listed("修渠5公里。（县水利局负责）")

    assert shown(read(tmp_path, word(body, numbering), "通知.docx")) == [
        "/1 修路60公里 | 县交通局",
        "/2 修渠5公里 | 县水利局",
    ]


def test_a_title_within_a_title_keeps_both_its_signs(tmp_path):
    text = (
        "河口县人民政府办公室\n关于印发《2024年政府工作报告》任务分工的通知\n1.修路60公里。（县交通局负责）\n"
    )

    assert read(tmp_path, text).title == "《2024年政府工作报告》任务分工"
