"""Columns of quarters: the plan of a target where they fit it exactly, else only kept as they stand."""

from __future__ import annotations

import pytest
from reading_notices import read

from workplan_xlsx.domain.drafting import draft_ledger
from workplan_xlsx.domain.model import PlanHead
from workplan_xlsx.domain.rounding import plain

HEADING = "序号 | 任务 | 计量单位 | 全年目标 | 一季度 | 二季度 | 三季度 | 四季度 | 责任单位"


def planned(tmp_path, row, heading=HEADING):
    """`2024Q1 25` ... of the first target, and its remark."""
    notice = read(
        tmp_path, f"河口县2024年任务表\n\n| {heading} |\n| {row} |\n| 2 | 修路 | 公里 | 9 | | | | | 县局 |\n"
    )
    head = PlanHead(code="P", title="t", document_number="", issuer="", issued_on=None, year=2024)
    target = draft_ledger(notice, head, "zh").tasks[0].targets[0]
    return [f"{period} {plain(percent)}" for period, percent in target.plan.nodes], target.remark


@pytest.mark.parametrize(
    ("row", "percents"),
    [
        ("1 | 新增企业 | 家 | 20 | 5 | 10 | 15 | 20 | 县局", ["25", "50", "75", "100"]),
        ("1 | 新增企业 | 家 | 20 | 2 | 4 | 6 | 8 | 县局", ["10", "30", "60", "100"]),
        ("1 | 新增企业 | 家 | 20以上 | 0 | 5 | 5 | 10 | 县局", ["0", "25", "50", "100"]),
        ("1 | 新增企业 |  | 新增企业3家 | 新增1家 | 新增1家 | 新增2家 | 新增3家 | 县局",
         ["33.33333333", "33.33333333", "66.66666667", "100"]),
        ("1 | 普及率 | % | 95 | 80 | 85 | 90 | 95 | 县局",
         ["84.21052632", "89.47368421", "94.73684211", "100"]),
    ],
    ids=["to date", "each quarter's own", "a nought", "in words", "a rate"],
)  # fmt: skip
def test_quarters_that_reach_the_years_target_are_its_plan(tmp_path, row, percents):
    """To date or each for itself: the last one, or their sum, says which."""
    nodes, remark = planned(tmp_path, row)

    assert nodes == [f"2024Q{quarter} {percent}" for quarter, percent in enumerate(percents, start=1)]
    assert remark.endswith("序时进度取自通知中各季度的目标")


@pytest.mark.parametrize(
    "row",
    [
        "1 | 新增企业 | 家 | 20 | 5 | 10 | 15 | 18 | 县局",
        "1 | 新增企业 | 家 | 20 | 5 | 10 |  | 20 | 县局",
        "1 | 新增企业 | 家 | 5 | 5 | 5 | 5 | 5 | 县局",
        "1 | 新增企业 | 家 | 20 | 15 | 10 | 15 | 20 | 县局",
        "1 | 事故起数 | 起 | 控制在8 | 2 | 4 | 6 | 8 | 县局",
        "1 | 普及率 | % | 90 | 20 | 25 | 30 | 15 | 县局",
        "1 | 新增企业 |  | 新增企业20家，引进企业5家 | 5家 | 10家 | 15家 | 20家 | 县局",
        "1 | 新增企业 |  | 新增企业20家 | 开展摸底 | 10家 | 15家 | 20家 | 县局",
    ],
    ids=[
        "short of it",
        "one missing",
        "the same each time",
        "falling",
        "a ceiling",
        "a sum of rates",
        "two may be meant",
        "words",
    ],
)
def test_what_does_not_fit_exactly_is_no_plan(tmp_path, row):
    """The straight line stays; nothing is guessed."""
    nodes, remark = planned(tmp_path, row)

    assert (nodes, "季度" in remark) == ([], False)
