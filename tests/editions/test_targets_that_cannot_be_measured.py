"""What is wrong with a target is a stated state and a plain sentence; nothing is divided by zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from provinces import edition, ledger, returned

from workplan_xlsx.domain.model import Bound, Mark, Nature, PlanCurve, Target
from workplan_xlsx.domain.period import Period

JUNE = Period.parse("2023-06")
GOOD = Target(code="1-1", name="指标", bound=Bound.AT_LEAST, value=Decimal(100), unit="家")


def rating(target: Target, value: str = "5"):
    plan = ledger(1, tasks_each=1, targets_each=1)
    plan = replace(plan, tasks=(replace(plan.tasks[0], targets=(target,)),))
    made = edition(plan, returned(plan, lambda *_: value))
    return made.tasks[0].ratings[0], made.standings[0]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (replace(GOOD, value=Decimal(0)), "待定：目标值为 0，无法计算完成率，请在台账中改正"),
        (replace(GOOD, value=Decimal(-3)), "待定：目标值为负数，无法计算完成率，请在台账中改正"),
        (replace(GOOD, bound=Bound.RANGE, value_max=Decimal(2)), "待定：目标区间上下限写反，请在台账中改正"),
        (replace(GOOD, value=None, nature=Nature.EXTERNAL), "待定：目标值尚未确定，不参与评价"),
        (replace(GOOD, nature=Nature.CLEAR, value=Decimal(0)), "待定：清零指标没有起点数，请在台账中补上"),
        (replace(GOOD, nature=Nature.CLEAR, baseline=Decimal(0)), "待定：清零指标没有起点数，请在台账中补上"),
        (replace(GOOD, mark=Mark.UNDECIDED), "待定：台账标记为待定，不参与评价"),
        (replace(GOOD, mark=Mark.UNDER_REVIEW), "待核：数字待核定，暂不参与评价"),
        (replace(GOOD, mark=Mark.NOT_APPLICABLE), "不适用：台账标记为不适用"),
        (replace(GOOD, plan=PlanCurve(due_only_in=Period.parse("2023Q4"))), "未到期：按计划本期尚无应完成量"),
        (replace(GOOD, plan=PlanCurve(nodes=((Period.parse("2023-12"), Decimal(100)),))), "未到期：按计划本期尚无应完成量"),
    ],
)  # fmt: skip
def test_a_state_of_its_own_never_red_and_not_counted(target, said):
    """And a unit of nothing else is listed, not ranked."""
    told, standing = rating(target)

    assert (told.reason, told.score) == (said, None)
    assert (standing.rank, standing.missing) == (None, "无可计分任务")


def test_a_ceiling_of_zero_is_met_or_missed():
    """At most 0: one case is 0 %, not a division by zero."""
    ceiling = replace(GOOD, bound=Bound.AT_MOST, value=Decimal(0))

    assert [rating(ceiling, value)[0].light.value for value in ("0", "1")] == ["绿灯", "红灯"]


def test_an_external_target_counts_once_the_coordinator_has_set_its_figure():
    """The coordinator's figure in the ledger takes the target's place."""
    told, _ = rating(replace(GOOD, nature=Nature.EXTERNAL), "50")

    assert (told.light.value, told.score) == ("绿灯", 100)


def test_a_shown_ratio_never_crosses_the_end_of_its_rule():
    """49.9999 of 50 is not shown as 1 where less than 1 is asked, nor as 0.0 points behind."""
    told, _ = rating(GOOD, "49.9999")

    assert "落后 0.0001 个百分点；规则 G-2（0.7<=进度比<1；现为 0.999998）" in told.reason


@pytest.mark.parametrize(
    ("value", "percent", "said"),
    [
        ("20", "66.6665", "6月计划 13.33家"),
        ("0.004", "50", "6月计划 0.002家"),
        ("200", "50", "6月计划 100家"),
    ],
)
def test_what_the_plan_wants_is_told_in_two_decimals_and_never_as_nothing(value, percent, said):
    """13.3333 is no figure that anybody says; 0.00 would be a wrong one."""
    planned = replace(GOOD, value=Decimal(value), plan=PlanCurve(nodes=((JUNE, Decimal(percent)),)))

    assert said in rating(planned, "0")[0].reason
