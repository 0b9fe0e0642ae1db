"""The worked examples of the default rules, to the digit (June of a calendar-year plan: expected 50)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.rating import rate
from workplan_xlsx.domain.editions.rules import ReportingRules, Weights
from workplan_xlsx.domain.editions.standings import total_score, worst_light
from workplan_xlsx.domain.model import Bound, Nature, PlanCurve, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rulesets.rule_set import RuleSet
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.domain.traffic_light import TrafficLight

JUNE = Period.parse("2023-06")
DECEMBER = Period.parse("2023-12")


def rated(actual: str, target: Target, period: Period = JUNE):
    """Rate a target as if the reporting unit's form had said `actual`."""
    task = Task(code="1", number="1", section_ordinal="一", section_title="", title="", text="")
    verdict = Verdict(file="a.xlsx", sha256="0", outcome=Outcome.ACCEPTED)
    sent = Submission(received_at=datetime(2023, 6, 28, tzinfo=UTC), version=1, verdict=verdict)
    stage = target.is_stage
    figure = Figure(
        unit="区科技局",
        task=task,
        target=target,
        period=period,
        value=None if stage else Decimal(actual),
        status=actual if stage else "",
        source=sent,
    )
    return rate(figure, RuleSet())


def quantity(bound: str, value: str, **other) -> Target:
    return Target(code="1-1", name="指标", bound=Bound(bound), value=Decimal(value), unit="家", **other)


STAGE = Target(code="1-1", name="任务", nature=Nature.STAGE)
G, A, R, D = TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED, TrafficLight.DONE

EXAMPLES = [
    # target, actual, completion_pct, r, state, score
    (quantity(">=", "200"), "100", "50", "1", G, "100"),
    (quantity(">=", "200"), "99", "49.5", "0.99", A, "99"),
    (quantity(">=", "200"), "70", "35", "0.7", A, "70"),
    (quantity(">=", "200"), "69", "34.5", "0.69", R, "69"),
    (quantity(">=", "200"), "200", "100", "2", D, "100"),
    (quantity(">", "450"), "450", "100", "2", G, "100"),
    (quantity(">", "450"), "450.01", "45001/450", "45001/22500", D, "100"),
    (quantity("~", "20"), "19", "100", "2", D, "100"),
    (quantity("~", "20"), "18.99", "94.95", "1.899", G, "100"),
    (quantity("range", "1", value_max=Decimal(2)), "1", "100", "2", D, "100"),
    (quantity(">=", "91", nature=Nature.LEVEL), "89", "8900/91", "89/91", A, "8900/91"),
    (quantity(">=", "91", nature=Nature.LEVEL), "91", "100", "1", G, "100"),
    (quantity("<=", "3"), "4", "75", "0.75", A, "75"),
    (quantity("<=", "3"), "3", "100", "1", G, "100"),
    (quantity("<=", "0"), "1", "0", "0", R, "0"),
    (STAGE, "推进中", "50", "1", G, "100"),
    (Target(code="1-1", name="任务", nature=Nature.STAGE, stretch=True), "未启动", "0", "0", A, "0"),
    (quantity("=", "0", nature=Nature.CLEAR, baseline=Decimal(8)), "4", "50", "1", G, "100"),
]


@pytest.mark.parametrize(("target", "actual", "completion", "ratio", "light", "score"), EXAMPLES)
def test_worked_example(target, actual, completion, ratio, light, score):
    """Each line of the table: completion, ratio, state and score are exact."""
    rating = rated(actual, target)

    assert rating.completion_pct == Fraction(completion)
    assert rating.ratio == Fraction(ratio)
    assert rating.light is light
    assert rating.score == Fraction(score)


def test_what_is_due_in_december_only_is_not_counted_in_june():
    """未到期 is a state of its own, never red, and is not scored."""
    target = quantity(">=", "10", plan=PlanCurve(due_only_in=DECEMBER))

    assert (rated("0", target).light, rated("0", target).score) == (TrafficLight.NOT_DUE, None)
    assert rated("0", target, DECEMBER).light is R


def test_a_plan_that_starts_in_june_expects_a_seventh_by_its_end():
    """plan_from = "2023-06": months from there, June = 1/7."""
    target = quantity(">=", "70", plan=PlanCurve(starts_on=JUNE.starts_on))

    assert rated("10", target).expected_pct == Fraction(100, 7)
    assert rated("10", target).light is G


def test_a_level_that_is_held_to_the_end_is_done_in_the_last_period():
    """Levels are 绿灯 instead of 已完成 until the plan's last period."""
    target = quantity(">=", "91", nature=Nature.LEVEL)

    assert rated("91", target, Period.parse("2023-11")).light is G
    assert rated("91", target, DECEMBER).light is D


def test_both_sides_of_each_boundary():
    """Green from 1, amber from 0.7, ends as written."""
    lights = [rated(actual, quantity(">=", "2000")).light for actual in ("1000", "999", "700", "699")]

    assert lights == [G, A, A, R]


def test_the_light_of_a_task_is_its_worst_target_and_missing_beats_all():
    """The worst in the order 红, 黄, 绿, 已完成, 未到期; 未报 if any is 未报."""
    assert worst_light([D, G, TrafficLight.NOT_DUE]) is G
    assert worst_light([D, A, R]) is R
    assert worst_light([R, TrafficLight.MISSING]) is TrafficLight.MISSING


def test_the_worked_unit_scores_85_35():
    """Task scores 100, 69, 85.5; one workday late, returned once: 0.9 x 84.8333... + 0.1 x 90 = 85.35."""
    progress = (Fraction(100) + 69 + Fraction("85.5")) / 3
    reporting = ReportingRules().score(late_workdays=1, times_returned=1)

    assert reporting == 90
    assert total_score(progress, reporting, Weights()) == Decimal("85.35")


@pytest.mark.parametrize(
    ("late", "returned", "score"), [(0, 0, 100), (6, 0, 70), (9, 0, 70), (0, 3, 85), (0, 9, 85), (9, 9, 55)]
)
def test_points_for_reporting_are_capped(late, returned, score):
    """Minus 5 a workday, at most 30; minus 5 a return, at most 15."""
    assert ReportingRules().score(late, returned) == score
