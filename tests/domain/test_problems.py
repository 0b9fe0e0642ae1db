"""The problem loop: raised in the form, answered by the office, reported done, closed out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st
from kept import CHINA, MONTHS, SMALL, counted_by_period, kept

from workplan_xlsx.domain.decisions import Decisions, ProblemAnswer
from workplan_xlsx.domain.problems import follow

TODAY = date(2023, 9, 1)
LAND = "区科技局", "1-1 100 | 用地指标不足 | 请自然资源局安排"


def told(*forms, answers=(), today=TODAY, issued=None):
    """`number state` of every problem, overdue days behind it."""
    ledger = replace(SMALL, decisions=Decisions(answers=tuple(answers)))
    return [
        f"{each.number} {each.state}" + (f" 逾期{each.overdue_days}天" if each.overdue_days else "")
        for each in follow(ledger, counted_by_period(*forms), today, issued)
    ]


def test_a_problem_goes_through_its_four_states():
    """新增 until the office says something, 协调中, 已解决 when the unit says so, 已销号 by the office alone."""
    raised = kept(*LAND, month=6)
    done = kept("区科技局", "1-1 120 | 已解决", month=8)
    answer = ProblemAnswer(number="2023-06/1-1", answer="已列入计划", responsible_unit="自然资源局")

    assert told(raised) == ["2023-06/1-1 新增"]
    assert told(raised, answers=[answer]) == ["2023-06/1-1 协调中"]
    assert told(raised, done, answers=[answer]) == ["2023-06/1-1 已解决"]
    assert told(raised, done, answers=[replace(answer, closed_on=TODAY)]) == ["2023-06/1-1 已销号"]


def test_a_problem_told_again_keeps_its_number_and_its_newest_words():
    """June, July, August: one problem, three tellings."""
    forms = [kept("区科技局", f"1-1 100 | 用地指标不足 {month}", month=month) for month in (6, 7, 8)]
    (problem,) = follow(SMALL, counted_by_period(*forms), TODAY)

    assert (problem.number, problem.difficulty) == ("2023-06/1-1", "用地指标不足 8")
    assert (problem.raised_in, problem.told_in, problem.age_days) == (MONTHS[6], MONTHS[8], 67)


def test_a_co_leads_problem_has_its_own_number():
    """Two units may have two problems on one row."""
    other = kept("区商务局", "1-1 (0) | 缺少资金", month=6)

    assert told(kept(*LAND, month=6), other) == ["2023-06/1-1 新增", "2023-06/1-1/区商务局 新增"]


def test_blank_none_and_solved_are_three_different_things():
    """A blank says nothing new, unless the form had shown the problem; 无 and 已解决 report it done."""
    raised = kept(*LAND, month=6)
    for words, state in (
        ("", "新增"),
        ("无", "已解决"),
        ("问题已全部解决", "已解决"),
        ("用地已批，资金未到", "新增"),
    ):
        assert told(raised, kept("区科技局", f"1-1 120 | {words}", month=7)) == [f"2023-06/1-1 {state}"]
    cleared = kept("区科技局", "1-1 120", month=7)
    after = {(MONTHS[7], "区科技局", "v1"): datetime(2023, 7, 3, tzinfo=CHINA)}
    before = {(MONTHS[7], "区科技局", "v1"): datetime(2023, 6, 3, tzinfo=CHINA)}

    assert told(raised, cleared, issued=after) == ["2023-06/1-1 已解决"]
    assert told(raised, cleared, issued=before) == ["2023-06/1-1 新增"]


def test_a_problem_reported_done_and_told_again_is_open_again():
    """The unit takes it back: the same problem."""
    forms = [
        kept(*LAND, month=6),
        kept("区科技局", "1-1 120 | 已解决", month=7),
        kept("区科技局", "1-1 130 | 又缺用地指标", month=8),
    ]

    assert told(*forms) == ["2023-06/1-1 新增"]


def test_what_is_told_again_after_closing_is_a_new_problem():
    """销号 in July, raised again in August."""
    closed = ProblemAnswer(number="2023-06/1-1", answer="已安排", closed_on=date(2023, 7, 10))
    again = kept("区科技局", "1-1 130 | 又缺用地指标", month=8)

    assert told(kept(*LAND, month=6), again, answers=[closed]) == ["2023-08/1-1 新增", "2023-06/1-1 已销号"]


def test_overdue_problems_rise():
    """The office's own date has passed: counted in days, listed first."""
    forms = [kept(*LAND, month=6), kept("区商务局", "1-1 (0) | 缺少资金", month=7)]
    due = ProblemAnswer(number="2023-07/1-1/区商务局", answer="请财政局研究", due_on=date(2023, 8, 20))

    assert told(*forms, answers=[due]) == ["2023-07/1-1/区商务局 协调中 逾期12天", "2023-06/1-1 新增"]
    assert told(*forms, answers=[due], today=date(2023, 8, 20)) == [
        "2023-06/1-1 新增",
        "2023-07/1-1/区商务局 协调中",
    ]


def test_an_answer_still_finds_its_problem_when_a_late_form_shows_it_to_be_older():
    """Answered as July's; then a late June form comes in that had told of it already."""
    answer = ProblemAnswer(number="2023-07/1-1", answer="已列入计划")
    july = kept(*LAND, month=7)
    late_june = kept(*LAND, month=6, day=80)

    assert told(july, answers=[answer]) == ["2023-07/1-1 协调中"]
    assert told(july, late_june, answers=[answer]) == ["2023-06/1-1 协调中"]


_words = st.sampled_from(["", "无", "已解决", "用地指标不足", "缺少资金"])
_forms = st.lists(
    st.builds(
        lambda unit, month, words, day: kept(unit, f"1-1 5 | {words}", month=month, day=day),
        unit=st.sampled_from(["区科技局", "区商务局"]),
        month=st.integers(1, 8),
        words=_words,
        day=st.integers(20, 28),
    ),
    max_size=10,
)


@given(forms=_forms, data=st.data())
def test_the_order_in_which_forms_came_to_us_does_not_change_any_problem(forms, data):
    """The same forms and answers give the same problems."""
    again = data.draw(st.permutations(forms))

    assert told(*again) == told(*forms)
