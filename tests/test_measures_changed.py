"""A target's measure or sense is changed in ledger.xlsx after units have reported; by commands."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import openpyxl
import pytest

COMMERCE = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
SCIENCE = {"1-1": 12, "1-2": 0.2, "2-1": 20, "2-2": 20}
JUNE_27 = "2023-06-27T10:00"


def change(office, target: str, **cells: object) -> None:
    """Type into the target's row on the sheet 指标, and put it in force."""
    for column, value in cells.items():
        office.write_in_ledger(target, column, value)
    assert office.run("ledger").code in (0, 1)


def collect(office, when: str = JUNE_27):
    told = office.run("collect", "--json", "--settle", "0", "--as-of", when).data["files"]
    return [(each["file"], each["outcome"]) for each in told]


def figure(office, target: str, period: str = "2023-06"):
    told = office.run("figures", "--period", period, "--json").data
    return next(each for each in told if each["target"] == target)


def target_told(office, target: str, period: str = "2023-06"):
    told = office.run("report", "--period", period, "--as-of", "2023-08-03", "--json").data
    (found,) = [each for task in told["tasks"] for each in task["targets"] if each["target"] == target]
    return found


@pytest.fixture
def reported(office):
    """All have reported for June, nothing is published yet."""
    office.drop("商务.xlsx", office.form("区商务局"), COMMERCE)
    office.drop("科技.xlsx", office.form("区科技局"), SCIENCE)
    office.drop("人社.xlsx", office.form("区人社局"), {"4-1": 2500})
    assert {outcome for _, outcome in collect(office)} == {"accepted"}
    return office


def test_2500_people_are_a_quarter_of_ten_thousand_where_the_target_was_restated_so(reported):
    """4000人 became 0.4万人: 2500 stays what it was, is never 2500万人, and the next form may go on from it."""
    change(reported, "4-1", 计量单位="万人", 目标值=0.4)

    told = target_told(reported, "4-1")
    assert (told["value"], told["state"]) == ("0.25", "绿灯")
    assert "区人社局原报 2500人，已按现计量单位换算" in told["reason"]
    assert "原报 2500人" in reported.run("trace", "--period", "2023-06", "4-1").out
    reported.run("templates", "--period", "2023-07", "--as-of", "2023-07-04")
    reported.drop("七月.xlsx", reported.form("区人社局", "2023-07"), {"4-1": 0.28})
    assert collect(reported, "2023-07-27T10:00") == [("七月.xlsx", "accepted")]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"计量单位": "万人"}, "计量单位由“人”改为“万人”"),
        ({"计量单位": "户"}, "计量单位由“人”改为“户”"),
        (
            {"指标名称": "技能培训", "原文": "3000人", "目标值": 3000},
            "指标名称由“新增城镇就业”改为“技能培训”",
        ),
        ({"性质": "清零", "基数": 5000}, "性质由“累计”改为“清零”"),
    ],
)
def test_a_figure_that_would_mean_something_else_counts_no_longer_and_says_so(reported, cells, told):
    """A label that is corrected, another measure, a row that was given to another target."""
    change(reported, "4-1", **cells)

    missing = target_told(reported, "4-1")
    assert (missing["value"], missing["state"]) == (None, "未报")
    assert f"原报 2500人，报送后{told}，不再计入" in missing["reason"]
    assert figure(reported, "4-1")["reported_as"]["value"] == "2500"
    reported.run("templates", "--period", "2023-06", "--as-of", "2023-06-28")
    reported.drop("重报.xlsx", reported.form("区人社局"), {"4-1": 2600})
    collect(reported, "2023-06-28T09:00")
    assert figure(reported, "4-1")["value"] == "2600"


def test_a_figure_is_what_it_was_where_only_the_target_or_its_wording_changed(reported):
    """Raised in mid-year, and called better: to date it is the same."""
    change(reported, "4-1", 目标值=5000, 指标名称="新增城镇就业人数")

    assert (figure(reported, "4-1")["value"], figure(reported, "4-1")["reported_as"]) == ("2500", None)


def test_the_whole_is_not_added_to_a_part_where_leads_report_parts_from_now_on(reported):
    """16 of Commerce was the whole; with 相加 it would be counted as one part of two."""
    change(reported, "1-1", 合并方式="相加")

    assert figure(reported, "1-1")["value"] is None
    assert "区商务局原报 16个，报送后合并方式" in target_told(reported, "1-1")["reason"]


def restated(office):
    """The lines of 变动 of June's second edition that tell a figure is another one than was published."""
    path = next((office.root / "outbox" / "2023-06").glob("排名通报*第2版.xlsx"))
    lines = [[str(cell) for cell in row] for row in openpyxl.load_workbook(path)["变动"].values]
    return [" ".join(line) for line in lines if any("更正" in cell or "通报为" in cell for cell in line)]


def test_what_was_published_in_another_measure_is_no_correction(reported):
    """A later edition restates figures that changed; 2500人 and 0.25万人 are the same."""
    reported.run("report", "--period", "2023-06")
    change(reported, "4-1", 计量单位="万人", 目标值=0.4)
    reported.run("report", "--period", "2023-06")

    assert restated(reported) == []


def test_a_published_figure_that_counts_no_longer_is_told_with_its_reason(reported):
    """Neither a form nor the office's review took it away: the ledger did."""
    reported.run("report", "--period", "2023-06")
    change(reported, "4-1", 计量单位="户")
    reported.run("report", "--period", "2023-06")

    (told,) = restated(reported)
    assert "2500" in told
    assert "台账改动" in told


def test_a_form_that_came_after_the_change_is_read_in_the_new_measure(office):
    """It was judged by the ledger in force; nothing is converted a second time."""
    change(office, "4-1", 计量单位="万人", 目标值=0.4)
    office.drop("人社.xlsx", office.form("区人社局"), {"4-1": 0.25, "4-1:解释说明": "已按新口径"})
    assert collect(office) == [("人社.xlsx", "accepted")]

    assert (figure(office, "4-1")["value"], figure(office, "4-1")["reported_as"]) == ("0.25", None)


def test_a_form_kept_by_an_earlier_program_is_read_in_the_measure_of_its_time(reported):
    """The store did not say by which ledger a form was judged: the one in force when it came."""
    with closing(sqlite3.connect(reported.root / "workplan.db")) as store, store:
        store.execute("ALTER TABLE submission DROP COLUMN judged_by")
        store.execute("UPDATE alembic_version SET version_num = '0010'")
        store.execute("UPDATE ledger_version SET recorded_at = '2023-05-25T09:00:00+08:00'")
    assert figure(reported, "4-1")["value"] == "2500"
    change(reported, "4-1", 计量单位="万人", 目标值=0.4)

    assert figure(reported, "4-1")["value"] == "0.25"


def test_the_ledger_tells_which_reported_figures_a_change_puts_out_of_force(reported):
    """The coordinator hears it at once, and that a person is needed; what is only converted is noted."""
    reported.write_in_ledger("4-1", "计量单位", "户")
    reported.write_in_ledger("2-1", "纳入填报", "否")
    told = reported.run("ledger")
    assert told.code == 1
    assert "已报的数字不再计入或变了，共 2 项：2-1 (2023-06)、4-1 (2023-06)" in told.err

    reported.write_in_ledger("4-1", "计量单位", "万人")
    reported.write_in_ledger("4-1", "目标值", 0.4)
    assert reported.run("ledger").code == 0  # 户 to 万人: nothing counted any more that could be lost


def test_what_the_office_decided_in_the_old_measure_has_to_be_decided_anew(reported):
    """核定 2400 was 人; as 万人 it would be a wrong number with a signature."""
    decided = {"A2": "4-1", "B2": "2023-06", "C2": 2400, "F2": "李主任", "G2": "重复计数"}
    reported.type_in_ledger(**{f"核定_{at}": value for at, value in decided.items()})
    assert reported.run("ledger").code == 0
    reported.write_in_ledger("4-1", "计量单位", "万人")
    reported.write_in_ledger("4-1", "目标值", 0.4)

    told = reported.run("ledger")
    assert told.code == 1
    assert "4-1 在 2023-06 的 2400人 是按原计量单位“人”定的，现改为“万人”" in told.err
    assert figure(reported, "4-1")["value"] == "2400"
    reported.type_in_ledger(核定_C2=0.24)
    assert reported.run("ledger").code == 0
    assert figure(reported, "4-1")["value"] == "0.24"


def test_a_change_that_is_undone_loses_nothing(reported):
    """人 to 万人 and back: the same 2500 as reported, and the ledger does not say that a figure is lost."""
    change(reported, "4-1", 计量单位="万人", 目标值=0.4)
    reported.write_in_ledger("4-1", "计量单位", "人")
    reported.write_in_ledger("4-1", "目标值", 4000)

    assert reported.run("ledger").code == 0
    assert figure(reported, "4-1")["value"] == "2500"


def test_a_sum_is_converted_part_by_part_and_is_no_correction_of_what_was_published(office):
    """0.5 and 0.25亿美元 are 7500万美元 together; the edition that told 0.75 told the same."""
    change(office, "1-2", 合并方式="相加")
    office.run("templates", "--period", "2023-06", "--as-of", "2023-06-02")
    office.drop("商务.xlsx", office.form("区商务局"), COMMERCE | {"1-2": 0.5})
    office.drop("科技.xlsx", office.form("区科技局"), SCIENCE | {"1-2": 0.25})
    collect(office)
    office.run("report", "--period", "2023-06")
    change(office, "1-2", 计量单位="万美元", 目标值=10000)
    office.run("report", "--period", "2023-06")

    summed = figure(office, "1-2")
    assert (summed["value"], summed["reported_as"]["value"]) == ("7500", "0.75")
    assert restated(office) == []
