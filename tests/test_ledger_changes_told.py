"""What `workplan ledger` lists: every change in the words of the book in which it was made."""

from __future__ import annotations

import openpyxl
import pytest


def lines(office, *more: str) -> list[str]:
    """The changes that `ledger` tells, without those that are no change."""
    told = office.run(*more, "ledger").err
    return [
        line.strip()
        for line in told.splitlines()
        if line.startswith(("  指标", "  任务", "  单位", "  target"))
    ]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("计量单位", "万人", "指标 4-1 计量单位 人 → 万人"),
        ("性质", "比率", "指标 4-1 性质 累计 → 比率"),
        ("方向", "等于", "指标 4-1 方向 不低于 → 等于"),
        ("力争", "是", "指标 4-1 力争 否 → 是"),
        ("纳入填报", "否", "指标 4-1 纳入填报 是 → 否"),
        ("标记", "不适用", "指标 4-1 标记 — → 不适用"),
        ("目标值", 4200, "指标 4-1 目标值 4000 → 4200"),
        ("权重", 2, "指标 4-1 权重 1 → 2"),
    ],
)
def test_a_changed_cell_is_told_as_it_stands_in_the_book(office, column, value, said):
    """No clerk knows what unit, rate or True are."""
    office.write_in_ledger("4-1", column, value)

    assert lines(office) == [said]


def test_in_english_too(office):
    office.write_in_ledger("4-1", "性质", "比率")

    assert lines(office, "--lang", "en") == ["target 4-1 Nature cumulative -> rate"]


def test_a_changed_group_or_lead_is_told_by_its_column(office):
    office.type_in_ledger(单位_D2="甲市/乙县")

    (line,) = lines(office)
    assert line.startswith("单位 ")
    assert line.endswith(" → 甲市/乙县")
    assert " 排名组 " in line


def test_what_the_plan_is_called_is_told_by_its_line_on_the_first_sheet(office):
    front = openpyxl.load_workbook(office.root / "ledger.xlsx")["说明与待确认"]
    row = next(row[0].row for row in front.iter_rows(max_col=1) if row[0].value == "文号")
    office.type_in_ledger(**{f"说明与待确认_B{row}": "示政办字〔2023〕2号"})

    assert "计划 文号 示政办字〔2023〕1号 → 示政办字〔2023〕2号" in office.run("ledger").err
