"""A plan by stages inside of a cell or a sentence: the year's figure is a target, the steps to it are none."""

from __future__ import annotations

import pytest
from reading_notices import read, targets

from workplan_xlsx.notice.figures.reading import read_figures


@pytest.mark.parametrize(
    ("text", "binding", "steps"),
    [
        (
            "新建托育点8家，新增托位400个。\n1.托育点:3月底前新建2家;6月底前新建4家;9月底前完成8家建设任务。 "
            "2.托位:3月底前新增100个以上托位;9月底前完成400个托位。",
            ["8家", "400个"],
            ["2家", "4家", "8家", "100个以上", "400个"],
        ),
        (
            "优化公交线路20条。6月底前完成6条线路优化；10月底前全面完成。",
            ["20条"],
            ["6条"],
        ),
        (
            "一季度开工3个，上半年开工5个，年底前开工9个项目。",
            ["9个?"],
            ["3个", "5个"],
        ),
        (
            "1.3月底前改造2座；2.6月底前改造5座；3.11月底前改造9座。",
            ["9座?"],
            ["2座", "5座"],
        ),
        (
            "3月底前完成工程量的30%，6月底前完成60%，11月底前完成100%。",
            ["100%?"],
            ["30%", "60%"],
        ),
        ("6月底前完成工程量30%，年底前全部完成。", [], ["30%"]),
        ("6月底前新建学校2所；年底前全面完成河道整治。", ["2所"], []),
        (
            "6月底前建成公园3个；9月底前建成停车场5个。",
            ["3个", "5个"],
            [],
        ),
        (
            "6月底前新增学位300个，年底前改造食堂5座。",
            ["300个", "5座"],
            [],
        ),
        ("6月底前新建学校2所。", ["2所"], []),
        ("新建学校9所。3-4月，6所学校开工；5-6月，5所医院完成主体工程。", ["9所", "5所"], ["6所"]),
    ],
)
def test_steps_on_the_way_to_a_target_only_describe(text, binding, steps):
    """Without a stated total the last step binds and a person is asked; other things keep their own dates."""
    quantities = read_figures(text, year=2024).quantities

    bound = [
        each.text + ("?" if each.doubt == "doubt_stage" else "")
        for each in quantities
        if each.is_measured_target
    ]
    assert bound == binding
    assert [each.text for each in quantities if each.reason == "is_stage"] == steps


def test_all_is_due_with_the_last_stage(tmp_path):
    """The task's time is that of the last step, not of the first."""
    (task,) = read(
        tmp_path,
        "通知\n序号 | 实事 | 工作举措及计划 | 责任单位\n1 | 新建驿站7家。 | 4月底前主体完工；8月底前装修；11月底前交付7家。 | 县住建局\n",
    ).tasks

    assert task.deadline == "11月底前"
    assert targets(task) == ["7家 -> = 7 家"]


def test_a_long_text_is_no_plan_by_stages():
    """Work stays bounded: what is longer than any plan is read number by number."""
    text = "；".join(f"{at % 12 + 1}月底前完成{at}个" for at in range(1, 900))

    assert all(each.reason != "is_stage" for each in read_figures(text).quantities)
