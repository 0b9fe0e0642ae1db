"""Which form and which figure count: stated as tables, and held for any order and repetition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept import MONTHS, SMALL, kept, ledger_with

from workplan_xlsx.domain.decisions import Decisions, Override
from workplan_xlsx.domain.joint import across_units, joint_rows
from workplan_xlsx.domain.merging import counting, merge, outcome_now, provisional_rows, under_current_names
from workplan_xlsx.domain.model import Joint, Unit
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.domain.traffic_light import TrafficLight

JUNE = MONTHS[6]


def figures(forms, ledger=SMALL):
    """`code unit value-or-status` of every merged figure."""
    known = under_current_names(ledger, forms)
    merged = merge(ledger, JUNE, counting(known), provisional_rows(known))
    return [
        f"{each.target.code} {each.unit} {each.value if each.value is not None else each.status or '未报'}"
        + (" 暂计" if each.provisional else "")
        for each in merged
    ]


def test_the_latest_valid_form_by_receipt_counts():
    """A correction displaces the form before it."""
    first, second = kept("区科技局", "1-1 100"), kept("区科技局", "1-1 105", day=27, version=2)

    assert figures([first, second]) == figures([second, first]) == ["1-1 区科技局 105", "3-1 区科技局 未报"]
    assert outcome_now(first, counting([first, second])) is Outcome.SUPERSEDED


def test_an_invalid_resend_never_displaces_a_valid_one():
    """What was right stays, whatever is sent after it."""
    right = kept("区科技局", "1-1 100")
    wrong = kept("区科技局", "1-1 7", day=28, version=2, outcome=Outcome.RETURNED)

    assert figures([right, wrong])[0] == "1-1 区科技局 100"


def test_clean_rows_of_a_returned_form_count_meanwhile_and_say_so():
    """partial = merge: judging kept its clean rows; a valid form takes their place."""
    partly = kept("区科技局", "1-1 100", outcome=Outcome.RETURNED)
    later = kept("区科技局", "3-1 推进中", day=27, version=2, outcome=Outcome.RETURNED)
    right = kept("区科技局", "1-1 99", "3-1 已启动", day=28, version=3)

    assert figures([partly, later]) == ["1-1 区科技局 100 暂计", "3-1 区科技局 推进中 暂计"]
    assert figures([partly, later, right]) == ["1-1 区科技局 99", "3-1 区科技局 已启动"]
    assert figures([replace(partly, verdict=replace(partly.verdict, entries=()))]) == [
        "1-1 区科技局 未报",
        "3-1 区科技局 未报",
    ]


_form = st.builds(
    lambda unit, figure, day, version, outcome: kept(
        unit, f"1-1 {figure}", f"3-1 {'推进中' if figure % 2 else '已启动'}", day=day, version=version, outcome=outcome
    ),
    unit=st.sampled_from(["区科技局", "区商务局"]),
    figure=st.integers(0, 300),
    day=st.integers(1, 28),
    version=st.integers(1, 3),
    outcome=st.sampled_from([Outcome.ACCEPTED, Outcome.RETURNED]),
)  # fmt: skip


@given(forms=st.lists(_form, max_size=8), joint=st.sampled_from(Joint), data=st.data())
def test_any_order_and_repetition_of_the_same_forms_gives_the_same_figures(forms, joint, data):
    """Order of files and number of runs do not matter, whatever the way of merging."""
    ledger = ledger_with(joint)
    again = data.draw(
        st.permutations([*forms, *data.draw(st.lists(st.sampled_from(forms), max_size=4))] if forms else [])
    )

    assert figures(again, ledger) == figures(forms, ledger)
    known, other = counting(forms), counting(again)
    assert list(across_units(joint_rows(merge(ledger, JUNE, known), known), "zh")) == list(
        across_units(joint_rows(merge(ledger, JUNE, other), other), "zh")
    )


BOTH = (kept("区科技局", "1-1 100"), kept("区商务局", "1-1 (60)"))


@pytest.mark.parametrize(
    ("joint", "one_only", "both"),
    [
        (Joint.REPORTING_UNIT, ["1-1 区科技局 100"], ["1-1 区科技局 100"]),
        (Joint.LEAST, ["1-1 区科技局 未报"], ["1-1 区科技局 60"]),
        (Joint.SUM, ["1-1 区科技局 未报"], ["1-1 区科技局 160"]),
        (Joint.EACH, ["1-1 区科技局 100", "1-1 区商务局 未报"], ["1-1 区科技局 100", "1-1 区商务局 60"]),
    ],
)
def test_whose_figure_counts_is_the_targets_own_setting(joint, one_only, both):
    """A sum of some leads only would be a wrong number: it is missing until all have reported."""
    ledger = ledger_with(joint)

    assert figures(BOTH[:1], ledger)[:-1] == one_only
    assert figures(BOTH, ledger)[:-1] == both


def test_leads_that_disagree_are_both_told_with_what_was_used_and_why():
    """Side by side with the difference; each finding stands at that unit's own cell."""
    counted = counting(BOTH)
    (row,) = joint_rows(merge(SMALL, JUNE, counted), counted)
    told = list(across_units([row], "zh"))

    assert [(part.unit, part.value, part.difference, part.agrees) for part in row.parts] == [
        ("区科技局", Decimal(100), Decimal(0), True),
        ("区商务局", Decimal(60), Decimal(-40), False),
    ]
    assert [(unit, each.file, each.cell) for unit, each in told] == [
        ("区科技局", "区科技局6月.xlsx", "H8"),
        ("区商务局", "区商务局6月.xlsx", "H8"),
    ]
    assert told[0][1].message("zh") == (
        "“新增平台”（序号 1-1）几个牵头单位所报不一致：区科技局 100家、区商务局 60家。"
        "汇总采用 100家（以口径单位区科技局所报为准）。请各牵头单位核对一致。"
    )


def test_leads_that_agree_or_say_nothing_are_left_in_peace():
    """The same figure, or none from the co-lead, is no disagreement."""
    for other in ("1-1 (100)", "1-1 "):
        counted = counting([BOTH[0], kept("区商务局", other)])
        assert list(across_units(joint_rows(merge(SMALL, JUNE, counted), counted), "zh")) == []


def test_a_part_that_equals_the_sum_of_all_others_may_be_the_whole():
    """Sum of parts against the whole: 100 of 60 + 40 + 100."""
    ledger = ledger_with(Joint.SUM, lead_units=("区科技局", "区商务局", "区农业局"))
    ledger = replace(ledger, units=(*ledger.units, Unit(name="区农业局")))
    counted = counting([BOTH[0], BOTH[1], kept("区农业局", "1-1 40")])
    told = [each for _, each in across_units(joint_rows(merge(ledger, JUNE, counted), counted), "zh")]

    assert len(told) == 3
    assert told[0].message("zh") == (
        "“新增平台”（序号 1-1）按各单位相加汇总，但区科技局报的 100 正好等于其余单位之和，可能填的是总数。"
        "请核对，各单位只填本单位的部分。"
    )


def test_what_the_office_decided_holds_and_keeps_what_was_reported():
    """核定: value or stage in place of the reported one, for that period only, with who and why."""
    review = Override(
        code="1-1",
        period=JUNE,
        value=Decimal(90),
        who="李主任",
        why="现场核实 90 家",
        decided_on=date(2023, 7, 2),
    )
    stage = Override(code="3-1", period=JUNE, stage="已启动", who="李主任", why="尚未印发")
    ledger = replace(SMALL, decisions=Decisions(overrides=(review, stage)))
    counted = counting([kept("区科技局", "1-1 100", "3-1 已完成")])
    number, word = merge(ledger, JUNE, counted)

    assert (number.value, number.reported, number.override) == (Decimal(90), Decimal(100), review)
    assert (word.status, word.reported_status, word.override) == ("已启动", "已完成", stage)
    assert merge(ledger, MONTHS[7], counted)[0].value == Decimal(100)


def test_a_light_that_was_decided_changes_no_figure():
    """The figure stays as reported; the light is put in its place where lights are made."""
    review = Override(code="1-1", period=JUNE, light=TrafficLight.AMBER, who="李主任", why="整改中")
    ledger = replace(SMALL, decisions=Decisions(overrides=(review,)))
    figure = merge(ledger, JUNE, counting([BOTH[0]]))[0]

    assert (figure.value, figure.override) == (Decimal(100), review)


def test_a_unit_that_was_renamed_keeps_what_it_sent_under_its_old_name():
    """The old name stands among its other names."""
    renamed = replace(SMALL.units[0], name="区科技创新局", aliases=("区科技局",))
    tasks = tuple(
        replace(each, lead_units=tuple(unit.replace("区科技局", "区科技创新局") for unit in each.lead_units), reporting_unit="区科技创新局")
        for each in SMALL.tasks
    )  # fmt: skip
    ledger = replace(SMALL, units=(renamed, SMALL.units[1]), tasks=tasks)

    assert figures([kept("区科技局", "1-1 100")], ledger)[0] == "1-1 区科技创新局 100"
