"""Footnotes: their figures are their own, and one that speaks of a change makes the item's doubtful."""

from __future__ import annotations

from reading_notices import read, shown, targets
from word_files import cell, p, row, table, word

NOTES = (
    f'<w:footnote w:id="5">{p("经会议研究。目标调整为5所。")}</w:footnote>'
    f'<w:footnote w:id="6">{p("含续建项目2个。")}</w:footnote>'
)
TOLD = "以下任务带有说明调整的脚注：1。其指标已列为待确认，请对照脚注核对目标、单位和时限。"


def noted(text, number):
    return p(text, extra=f'<w:r><w:footnoteReference w:id="{number}"/></w:r>')


def in_cell(text, number):
    return f"<w:tc><w:tcPr/>{noted(text, number)}</w:tc>"


def doubts(notice):
    return [[each.doubt for each in task.targets if each.is_measured_target] for task in notice.tasks]


def test_a_note_that_changes_a_target_behind_the_owners(tmp_path):
    """3所 stays as printed, and waits to be confirmed; the other note only describes."""
    body = noted("1.新建学校3所。（县教育局负责）", 5) + noted("2.改造道路60公里。（县交通局负责）", 6)
    notice = read(tmp_path, word(body, footnotes=NOTES), "通知.docx")

    assert [targets(task) for task in notice.tasks] == [["3所 -> = 3 所"], ["60公里 -> = 60 公里"]]
    assert doubts(notice) == [["doubt_note"], [""]]
    assert [each.message("zh") for each in notice.findings] == [TOLD]


def test_notes_in_the_cells_of_a_table(tmp_path):
    """In the heading, beside a figure and beside a unit: none of them changes what the cell says."""
    heading = cell("序号") + in_cell("任务", 6) + cell("责任单位")
    first = cell("1") + in_cell("新建学校3所", 5) + in_cell("县教育局", 6)
    body = p("任务表") + table(heading, first, row("2", "改造道路60公里", "县交通局"))
    notice = read(tmp_path, word(body, footnotes=NOTES), "通知.docx")

    assert shown(notice) == ["/1 新建学校3所 | 县教育局", "/2 改造道路60公里 | 县交通局"]
    assert [targets(task) for task in notice.tasks] == [["3所 -> = 3 所"], ["60公里 -> = 60 公里"]]
    assert doubts(notice) == [["doubt_note"], [""]]
    assert [each.message("zh") for each in notice.findings] == [TOLD]
