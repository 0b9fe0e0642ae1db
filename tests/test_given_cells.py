"""Cells that were filled in when the form went out and that a clerk has changed: the ledger counts, he is told."""

from __future__ import annotations

import openpyxl
import pytest
from office import SmallOffice

RIGHT = {
    "1-1": 16,
    "1-2": 0.6,
    "3-1": "推进中",
    "1-1:进展情况": "已签约 16 个项目",
    "1-2:进展情况": "到账 0.6 亿美元",
    "3-1:进展情况": "已出台 2 个办法",
}
JUNE_27 = ("--settle", "0", "--as-of", "2023-06-27T10:00")
JULY_27 = ("--settle", "0", "--as-of", "2023-07-27T10:00")


def came_back(office: SmallOffice, typed: dict[str, object], period="2023-06", when=JUNE_27):
    """What becomes of 区商务局's form with these cells typed over, and what is said of its grey cells."""
    office.drop("商务局.xlsx", office.form("区商务局", period), RIGHT | typed)
    (file,) = office.run("collect", "--json", *when).data["files"]
    said = [
        f"{each['cell']} {each['code']} {each['message']}"
        for each in file["findings"]
        if each["code"] in ("Q225", "N226")
    ]
    return file, said


def test_a_unit_that_typed_another_target_is_told_which_one_holds(office):
    """Twenty in place of thirty: the form goes back, and the sentence says from what completion is worked out."""
    file, said = came_back(office, {"1-1:年度目标": 20})

    assert file["outcome"] == "returned"
    assert said == [
        "F9 Q225 “引进亿元以上项目”的年度目标写的是“20”，台账是“30”（单位：个）。完成率一律按台账计算。"
        "请改回 30；认为目标应当调整的，在“解释说明”栏写明理由，台账调整以前仍按 30 计算。"
    ]


def test_the_marked_copy_has_the_ledger_s_target_again_and_is_accepted(office):
    """退回说明 says what he had typed and what stands there now; sent back as it is it counts."""
    file, _ = came_back(office, {"1-1:年度目标": 20})
    copy = office.root / file["marked_copy"]
    book = openpyxl.load_workbook(copy)
    line = [cell.value for cell in book["退回说明"][5]]

    assert line[1:4] == [
        "1-1 年度目标（F9）",
        "20",
        "“引进亿元以上项目”的年度目标被改成了“20”。本表已恢复为台账的 30（单位：个），完成率按台账计算。"
        "请核对后发回；认为目标应当调整的，在“解释说明”栏写明理由，台账调整以前仍按 30 计算。",
    ]
    assert book["填报"]["F9"].value == 30
    copy.rename(office.root / "inbox" / "改好.xlsx")
    (again,) = office.run("collect", "--json", *JUNE_27).data["files"]
    assert again["outcome"] == "accepted"


def test_a_reason_answers_the_question_and_the_ledger_s_target_still_counts(office):
    """解释说明 says why: accepted, told as a note."""
    file, said = came_back(office, {"1-1:年度目标": 20, "1-1:解释说明": "区里口头同意调减"})

    assert (file["outcome"], len(said)) == ("accepted", 1)
    assert said[0].endswith("（单位已在“解释说明”栏说明）")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"1-1:指标名称": "引进亿元以上项目（含在谈）"},
            "C9 N226 “引进亿元以上项目”的“指标名称”写的是“引进亿元以上项目（含在谈）”，应为“引进亿元以上项目”，汇总一律按后者。灰色单元格不用改动。",
        ),
        (
            {"1-1:本期计划": 10},
            "G9 N226 “引进亿元以上项目”的“本期计划”写的是“10”，应为“15”，汇总一律按后者。灰色单元格不用改动。",
        ),
        ({"1-1:年度目标": "约30"}, "F9 Q225 “引进亿元以上项目”的年度目标写的是“约30”，台账是“30”"),
        ({"1-1:年度目标": "#REF!"}, "F9 Q225 “引进亿元以上项目”的年度目标写的是“#REF!”，台账是“30”"),
        ({"1-1:年度目标": 30.01}, "F9 Q225 “引进亿元以上项目”的年度目标写的是“30.01”，台账是“30”"),
    ],
)
def test_each_grey_cell_that_was_changed_is_named(office, typed, told):
    """Cell, what is there, what the ledger says, what to do."""
    _, said = came_back(office, typed)

    assert [line[: len(told)] for line in said] == [told]


@pytest.mark.parametrize(
    "typed",
    [
        {"1-1:年度目标": 30.000000000001},
        {"1-1:年度目标": "30"},
        {"1-1:年度目标": " ３０ "},
        {"1-1:年度目标": "30个"},
        {"1-1:年度目标": None, "1-1:本期计划": None},
        {"1-1:本期计划": "15.00"},
        {"1-2:本期计划": 0.50000000001},
        {"1-1:指标名称": "  引进亿元 以上\n项目 "},
        {"3-1:年度目标": "—"},
    ],
)
def test_what_programs_and_spellings_make_of_a_grey_cell_is_no_change(office, typed):
    """Floats, texts, full width, white space, a cleared cell: nobody believes in another target."""
    file, said = came_back(office, typed)

    assert (file["outcome"], said) == ("accepted", [])


def test_last_period_s_figure_may_be_the_one_before_it(office):
    """July's form went out while June's came back: blank or June's is right, any other figure is told."""
    came_back(office, {})
    office.run("templates", "--period", "2023-07", "--as-of", "2023-07-01")
    july = {"1-1": 18, "1-2": 0.7}

    assert came_back(office, july, "2023-07", JULY_27)[1] == []
    _, said = came_back(office, july | {"1-1:上期累计": 12, "1-1": 19}, "2023-07", JULY_27)
    assert said == [
        "H9 N226 “引进亿元以上项目”的“上期累计”写的是“12”，应为“16”，汇总一律按后者。灰色单元格不用改动。"
    ]


def test_a_target_that_the_office_itself_changed_is_not_held_against_the_unit(office):
    """The form went out with 30; the ledger says 40 by now."""
    office.write_in_ledger("1-1", "目标值", 40)
    assert office.run("ledger").code in (0, 1)

    file, said = came_back(office, {})
    assert (file["outcome"], said) == ("accepted", [])
