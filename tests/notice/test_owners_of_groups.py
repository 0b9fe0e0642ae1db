"""Units said once for several tasks: by a chapter, in a column before the numbers, with labels in a cell."""

from __future__ import annotations

import pytest
from reading_notices import read, shown, targets

from workplan_xlsx.errors import NoticeError


def table(tmp_path, *rows):
    return read(tmp_path, "河口县2024年任务表\n\n" + "".join(f"| {row} |\n" for row in rows))


def test_chapters_that_are_units(tmp_path):
    """Nobody else is named: who heads the chapter does what stands in it."""
    text = "河口县任务\n一、县教育局\n1.新建学校3所。\n2.新增学位900个。\n二、县卫健局、县医保局\n1.新增床位60张。\n"

    assert shown(read(tmp_path, text)) == [
        "一/1 新建学校3所 | 县教育局",
        "一/2 新增学位900个 | 县教育局",
        "二/1 新增床位60张 | 县卫健局、县医保局",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一、打造科创中心\n1.引进企业3家。\n2.建实验室1个。\n二、建设服务中心\n1.新增窗口6个。\n2.新增席位9个。\n",
        "一、县教育局\n1.新建学校3所。\n2.新增学位900个。\n",
        "一、县教育局\n1.新建学校3所。\n2.新增学位900个。\n二、强化保障\n1.新增床位60张。\n2.修路5公里。\n",
    ],
    ids=["works and no units", "one chapter only", "not every chapter is a unit"],
)
def test_chapters_that_need_not_be_units_name_nobody(tmp_path, text):
    notice = read(tmp_path, f"河口县任务\n{text}")

    assert not any(task.lead_units for task in notice.tasks)
    assert "T104" in [each.code.code for each in notice.findings]


def test_a_column_of_units_before_the_numbers(tmp_path):
    """单位 alone heads it; a blank cell is the unit above."""
    notice = table(
        tmp_path,
        "单位 | 序号 | 重点任务 | 完成时限",
        "县教育局 | 1 | 新建学校3所 | 8月底",
        " | 2 | 新增学位900个 | 9月底",
        "县卫健局 | 3 | 新增床位60张 | 12月底",
    )

    assert shown(notice) == [
        "/1 新建学校3所 | 县教育局 |  | 8月底",
        "/2 新增学位900个 | 县教育局 |  | 9月底",
        "/3 新增床位60张 | 县卫健局 |  | 12月底",
    ]


def test_a_column_of_measures_is_no_column_of_units(tmp_path):
    """单位 heads 亿元 and 家 as well."""
    with pytest.raises(NoticeError, match="没有写明由谁负责的列"):
        table(tmp_path, "序号 | 指标 | 单位 | 目标", "1 | 投资 | 亿元 | 150", "2 | 企业 | 家 | 20")


@pytest.mark.parametrize("heading", ["责任分工", "责任单位"])
def test_labels_within_a_cell_say_who_leads(tmp_path, heading):
    """县人社局 stood among the leads."""
    notice = table(
        tmp_path,
        f"序号 | 工作任务 | {heading}",
        "1 | 培训农民200人次 | 牵头单位：县农业局<br>配合单位：县人社局、各镇",
        "2 | 治理水土流失15平方公里 | 牵头：县水利局；配合：各镇",
    )

    assert shown(notice) == [
        "/1 培训农民200人次 | 县农业局 | 县人社局、各镇",
        "/2 治理水土流失15平方公里 | 县水利局 | 各镇",
    ]


def test_this_task_is_no_part_of_a_name(tmp_path):
    text = (
        "河口县任务\n1.植树3万株。这项工作由县林业局负责。\n2.建公厕5座。该项工作由县城管局牵头，各镇配合。\n"
    )

    assert shown(read(tmp_path, text)) == ["/1 植树3万株 | 县林业局", "/2 建公厕5座 | 县城管局 | 各镇"]


def test_denied_bounds_in_cells_of_numbers(tmp_path):
    notice = table(
        tmp_path,
        "序号 | 指标名称 | 计量单位 | 目标 | 责任单位",
        "1 | 生产安全事故 | 起 | 不突破8 | 县应急局",
        "2 | 技能培训 | 人次 | 不得少于300 | 县人社局",
    )

    assert [targets(task) for task in notice.tasks] == [
        ["不突破8起 -> <= 8 起"],
        ["不得少于300人次 -> >= 300 人次"],
    ]
