"""Rows and tables of which no task could be made: told, each with what it says."""

from __future__ import annotations

import pytest
from reading_notices import read, shown
from word_files import p, row, table, word

from workplan_xlsx.domain.drafting import draft_ledger
from workplan_xlsx.domain.model import PlanHead
from workplan_xlsx.errors import NoticeError

HEADING = row("序号", "任务", "责任单位")


def told(notice):
    return [each.message("zh") for each in notice.findings]


def test_a_row_that_names_a_unit_and_no_task(tmp_path):
    rows = table(HEADING, row("1", "修路60公里", "县交通局"), row("2", "", "县水利局"))
    notice = read(tmp_path, word(p("任务表") + rows), "通知.docx")

    assert shown(notice) == ["/1 修路60公里 | 县交通局"]
    assert told(notice) == [
        "表格中有 1 行写了责任单位却没有写任务，没有列入台账：“2 县水利局”。请对照原件补上任务，或删去这些行。"
    ]


@pytest.mark.parametrize(
    "further",
    [
        table(row("序号", "任务", "考核单位"), row("1", "种树", "县林业局")),
        table(row("3", "修路60公里，绿化20公里", "县交通局"), row("4", "改造老旧小区12个", "县住建局")),
    ],
    ids=["nobody does it", "no heading"],
)
def test_a_further_table_that_cannot_be_read(tmp_path, further):
    first = table(HEADING, row("1", "修路60公里", "县交通局"), row("2", "修渠5公里", "县水利局"))
    notice = read(tmp_path, word(p("任务表") + first + p("附表") + further), "通知.docx")

    assert len(notice.tasks) == 2
    (message,) = told(notice)
    assert message.startswith("有 1 张表格像任务表，但看不出由谁负责，没有读取：“")


def test_a_table_cut_in_two_goes_on(tmp_path):
    """The same heading again, or no heading and the next number; what is blank above is taken over."""
    first = table(HEADING, row("1", "修路60公里", "县交通局"))
    again = table(HEADING, row("2", "修渠5公里", "县水利局"))
    bare = table(row("3", "种树3万株", "县林业局"), row("4", "打井9眼", "县水利局"))
    notice = read(tmp_path, word(p("任务表") + first + p("") + again + p("") + bare), "通知.docx")

    assert [task.number for task in notice.tasks] == ["1", "2", "3", "4"]
    assert told(notice) == []


def test_a_table_of_tasks_that_lost_its_lines_beside_numbered_headings_is_refused(tmp_path):
    """Its chapters were taken for two tasks that nobody leads."""
    text = "任务表\n序号任务内容责任单位完成时间\n一、民生\n1新建学校3所县教育局8月底\n二、交通\n1修路5公里县交通局\n"

    with pytest.raises(NoticeError, match="丢了表格线"):
        read(tmp_path, text)


def test_a_heading_without_rows(tmp_path):
    with pytest.raises(NoticeError, match="没有读出任何任务（只有表头"):
        read(tmp_path, word(p("任务表") + table(HEADING, row("", "", ""))), "通知.docx")


def test_columns_of_which_nothing_was_taken(tmp_path):
    """An amount or a change may stand there; a blank column says nothing."""
    heading = row("序号", "任务", "责任单位", "建设地点", "年度投资（万元）", "备注")
    rows = table(heading, row("1", "修路60公里", "县交通局", "河东镇", "1200", ""))
    notice = read(tmp_path, word(p("任务表") + rows), "通知.docx")

    assert told(notice) == [
        "任务表的这些列没有取用：“建设地点”、“年度投资（万元）”。其中写有目标、单位或调整的，请人工补入台账。"
    ]


def test_a_figure_whose_words_name_nothing_is_named_by_its_item(tmp_path):
    """The ledger that was made of it could not be read: 指标名称 was blank."""
    rows = table(row("序号", "任务", "三季度", "责任单位"), row("1", "修路60公里", "完成40公里", "县交通局"))
    notice = read(tmp_path, word(p("任务表") + rows), "通知.docx")
    head = PlanHead(code="P", title="t", document_number="", issuer="", issued_on=None, year=2024)
    targets = draft_ledger(notice, head, "zh").tasks[0].targets

    assert [target.name for target in targets] == ["修路", "修路60公里"]
