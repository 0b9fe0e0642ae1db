"""What becomes of a returned form: each case is a form as the clerk sent it, and what he is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from returned import JUNE, RIGHT, judged, sent, told

from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import IdentityMark
from workplan_xlsx.domain.submission import Outcome


def test_a_right_form_is_accepted_with_every_value_exact():
    """Numbers come in as they stand, with their cells."""
    verdict = judged(sent())

    assert verdict.outcome is Outcome.ACCEPTED
    assert [(entry.target_code, entry.value, entry.stage, entry.cell) for entry in verdict.entries] == [
        ("1-1", Decimal(100), "", "H8"),
        ("2-1", Decimal("94.5"), "", "H9"),
        ("3-1", None, "推进中", "I10"),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("约120家", "H8 “新增平台”应只填数字（单位：家），填的是“约120家”。请改为数字，例如 100。"),
        ("120人", "H8 “新增平台”应只填数字（单位：家），填的是“120人”。请改为数字，例如 100。"),
        ("", "H8 “新增平台”的“本期累计完成”没有填。请填写年初至今的累计数（单位：家）；没有进展也请填 0。"),
        ("#REF!", "H8 “新增平台”的单元格是公式错误“#REF!”。请直接填写数字。"),
        (
            "=?",
            "H8 “新增平台”的单元格是公式，但没有计算结果。请直接填写数字，或在 Excel/WPS 中打开、保存一次后再发送。",
        ),
        ("-3", "H8 “新增平台”填的是负数 -3，累计完成数不应小于 0。请核对。"),
        ("≈50%", "H8 “新增平台”应只填数字（单位：家），填的是“50%”。请改为数字，例如 100。"),
    ],
)
def test_what_is_not_a_number_is_returned_with_its_cell(written, said):
    """Never 0 for what cannot be read: the unit is told which cell, what it says, and what to do."""
    verdict = judged(sent(RIGHT.replace("| 100 ", f"| {written} ")))

    assert verdict.outcome is Outcome.RETURNED
    assert verdict.entries == ()
    assert told(verdict) == [said]


@pytest.mark.parametrize(
    ("written", "value"), [("１２０", "120"), ("3,200", "3200"), (" 12.50 ", "12.5"), ("0", "0")]
)
def test_what_can_only_mean_one_number_is_taken_and_told(written, value):
    """Full-width digits and thousands separators have one reading."""
    verdict = judged(sent(RIGHT.replace("| 100 ", f"| {written} ")))

    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.entries[0].value == Decimal(value)


def test_a_percent_typed_with_or_without_the_sign_means_the_same():
    """98.92 and 98.92% are one figure: the cell's format decides."""
    plain = judged(sent(RIGHT.replace("94.5", "98.92")))
    signed = judged(sent(RIGHT.replace("94.5", "≈98.92%")))

    assert plain.entries[1].value == signed.entries[1].value == Decimal("98.92")


def test_a_small_number_in_a_percent_cell_is_asked_about():
    """0.95 may be 0.95 % or 95 %: never guessed."""
    verdict = judged(sent(RIGHT.replace("94.5", "0.95")))

    assert verdict.outcome is Outcome.RETURNED
    assert told(verdict) == [
        "H9 “研发占比”填的是 0.95，是 0.95% 还是 95%？请直接填 0.95 或 95（不带百分号），并在“解释说明”栏注明。"
    ]


def test_an_unknown_stage_and_a_missing_one_are_returned():
    """A stage is one of five words."""
    unknown = judged(sent(RIGHT.replace("推进中", "快了")))
    missing = judged(sent(RIGHT.replace("推进中", "      ")))

    assert told(unknown) == [
        "I10 “出台办法”的进展状态应从“未启动/已启动/推进中/基本完成/已完成”中选择，填的是“快了”。请重新选择。"
    ]
    assert told(missing) == [
        "I10 “出台办法”的“进展状态”没有填。请从下拉列表中选择：未启动/已启动/推进中/基本完成/已完成。"
    ]


def test_all_mistakes_are_told_at_once():
    """One form, one answer."""
    table = RIGHT.replace("| 100 ", "| 三家 ").replace("94.5", "").replace("推进中", "不错")

    assert len(told(judged(sent(table)))) == 3


def test_a_figure_that_fell_is_asked_about_and_an_explanation_answers():
    """A cumulative figure may fall only with a reason in 解释说明."""
    fell = judged(sent(), before={"1-1": "120"})
    explained = """
    | 序号 | 本期累计完成 | 进展状态 | 解释说明 |
    | 1-1  | 100          |          | 上期重复计数 20 家 |
    | 2-1  | 94.5         |          |          |
    | 3-1  |              | 推进中   |          |
    """

    assert told(fell) == [
        "H8 “新增平台”本期累计 100，低于上期确认的 120。请核对；确需调减的，在“解释说明”栏写明原因。"
    ]
    assert judged(sent(explained), before={"1-1": "120"}).outcome is Outcome.ACCEPTED


def test_rows_missing_repeated_foreign_and_unknown_are_each_named():
    """Every row of the unit once, no row of another unit."""
    table = """
    | 序号 | 本期累计完成 | 进展状态 |
    | 1-1  | 100          |          |
    | 1-1  | 110          |          |
    | 3-1  |              | 已完成   |
    | 4-1  | 5            |          |
    | 9-9  | 7            |          |
    """

    assert told(judged(sent(table))) == [
        "缺少序号 2-1（研发占比）这一行。请补回该行并填写。",
        "A9 序号 1-1 出现了 2 次（A8、A9）。请只保留一行。",
        "A11 序号 4-1（促消费活动）不是贵单位的任务，牵头单位是区商务局。请删除该行。",
        "A12 这一行有填报内容，但序号“9-9”不在台账中。请核对序号，或删除该行。",
    ]


def test_a_co_lead_is_asked_for_progress_only_and_its_number_is_kept_but_not_counted():
    """The reporting unit's figure counts; nothing is counted twice."""
    table = """
    | 序号 | 本期累计完成   | 进展状态       | 进展情况 |
    | 1-1  | 由区科技局填报 | 由区科技局填报 | 配合推进 |
    | 4-1  | 6              |                | 已办 6 场 |
    """
    quiet = judged(sent(table, unit="区商务局"))
    typed = judged(sent(table.replace("| 由区科技局填报 | 由", "| 99 | 由"), unit="区商务局"))

    assert quiet.outcome is typed.outcome is Outcome.ACCEPTED
    assert [entry.counts for entry in quiet.entries] == [False, True]
    assert told(quiet) == []
    assert told(typed) == ["H8 “新增平台”的数字由区科技局填报，此处的“99”已留存，不计入汇总。"]


def test_a_form_that_contradicts_itself_goes_back():
    """The head was overtyped with another period."""
    marks = (
        IdentityMark(source="hidden sheet", plan="P1", unit="区科技局", period="2023-06"),
        IdentityMark(source="head", unit="科技局（盖章）", period="2023年5月"),
    )
    verdict = judged(sent(marks=marks))

    assert verdict.outcome is Outcome.RETURNED
    assert told(verdict) == [
        "表内的填报期前后不一致：表内标识写的是“2023-06”，表头写的是“2023年5月”。请用本单位、本期的填报表重新填写。"
    ]


@pytest.mark.parametrize(
    ("marks", "outcome", "begins"),
    [
        ((IdentityMark(source="head"),), Outcome.QUARANTINED, "认不出这是哪份填报表"),
        (
            (IdentityMark(source="head", unit="区科技厅", period="2023-06"),),
            Outcome.QUARANTINED,
            "“区科技厅”不在",
        ),
        (
            (IdentityMark(source="hidden sheet", plan="P9", unit="区科技局", period="2023-06"),),
            Outcome.QUARANTINED,
            "这份表属于另一项工作",
        ),
        (
            (IdentityMark(source="head", unit="科技局", period="2024-06"),),
            Outcome.RETURNED,
            "填报期“2024-06”不在 2023",
        ),
        (
            (IdentityMark(source="head", unit="科技局", period="2023-09"),),
            Outcome.RETURNED,
            "“2023-09”的填报表尚未下发",
        ),
    ],
)
def test_whose_form_it_is_must_be_certain(marks, outcome, begins):
    """Any one mark is enough; without a unit of this plan nothing is assumed."""
    verdict = judged(sent(marks=marks))

    assert verdict.outcome is outcome
    assert told(verdict)[0].startswith(begins)


def test_any_single_mark_is_enough():
    """The hidden sheet lost, the properties lost: the head alone still says whose form it is."""
    head = (IdentityMark(source="head", unit="区科技局（盖章）", period="2023年6月"),)
    verdict = judged(sent(marks=head))

    assert (verdict.outcome, verdict.identified_by) == (Outcome.ACCEPTED, "head")


def test_an_old_form_with_a_new_title_goes_back():
    """June's form used again for July: the title alone was changed, everything hidden still says June."""
    hidden = IdentityMark(source="hidden sheet", plan="P1", unit="区科技局", period="2023-06")
    title = IdentityMark(source="title", period="2023年7月")
    said_otherwise = IdentityMark(source="title", period="上半年")

    assert told(judged(sent(marks=(hidden, title)))) == [
        "表内的填报期前后不一致：表内标识写的是“2023-06”，标题写的是“2023年7月”。请用本单位、本期的填报表重新填写。"
    ]
    assert told(judged(sent(marks=(hidden, said_otherwise)))) == []


@pytest.mark.parametrize(
    ("filled_on", "told_so"),
    [("2023-07-26", True), ("7月26日", True), ("2023-07-10", False), ("2023-06-26", False), ("昨天", False)],
)
def test_last_period_s_form_filled_in_when_the_next_is_due_is_told(filled_on, told_so):
    """June's form used for July's figures, nothing in it changed: June's figures would be July's."""
    july = Period.parse("2023-07")
    verdict = judged(sent(filled_on=filled_on), issued=frozenset({JUNE, july}))
    said = [each.message("zh") for each in verdict.findings if each.code is Code.FILLED_LATER]

    assert (
        said
        == [
            "填报日期是 2023-07-26，这份却是 2023-06 的填报表，而 2023-07 的填报表已经下发。"
            "要报的是 2023-07 的，请换用 2023-07 的填报表重报；是补报或更正 2023-06 的，不用处理。"
        ]
        * told_so
    )
    assert not [
        each
        for each in judged(sent(filled_on=filled_on)).findings
        if each.code is Code.FILLED_LATER  # July's form has not gone out
    ]
