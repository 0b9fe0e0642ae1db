"""The sentence on a light says what the target wants in its own way: for whoever has to answer the telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from provinces import edition, ledger, returned

from workplan_xlsx.domain.decisions import Override, Waiver
from workplan_xlsx.domain.editions.office_changes import waiver_sentences
from workplan_xlsx.domain.editions.reviewing import review_words
from workplan_xlsx.domain.model import Bound, Joint, Nature, Target
from workplan_xlsx.domain.period import Period

GOOD = Target(code="1-1", name="指标", bound=Bound.AT_LEAST, value=Decimal(20), unit="个")
PERCENT = replace(GOOD, value=Decimal(3), unit="%")


def made(target: Target, value: str):
    plan = ledger(1, tasks_each=1, targets_each=1)
    plan = replace(plan, tasks=(replace(plan.tasks[0], targets=(target,)),))
    return edition(plan, returned(plan, lambda *_: value))


@pytest.mark.parametrize(
    ("target", "value", "said"),
    [
        (GOOD, "12", "绿灯：累计 12/20个，6月计划 10个，超前 10.0 个百分点；规则 G-1（进度比>=1；现为 1.2）"),
        (replace(GOOD, stretch=True), "2", "黄灯：累计 2/20个，6月计划 10个，落后 40.0 个百分点；规则 G-3（进度比<0.7；现为 0.2），力争类指标最低为黄灯"),
        (replace(GOOD, bound=Bound.ABOUT), "19", "已完成：累计 19/20个，6月计划 10个，超前 50.0 个百分点；规则：“左右”的指标达到 95% 即为完成"),
        (replace(GOOD, bound=Bound.ABOUT), "20", "已完成：累计 20/20个，6月计划 10个，超前 50.0 个百分点；规则：达到全年目标"),
        (replace(GOOD, bound=Bound.RANGE, value=Decimal(1), value_max=Decimal(2)), "1", "已完成：累计 1/1-2个，6月计划 0.5个，超前 50.0 个百分点；规则：达到全年目标"),
        (replace(PERCENT, bound=Bound.AT_MOST), "4", "黄灯：现为 4%，应不高于 3%，6月计划 3%，落后 25.0 个百分点；规则 G-2（0.7<=进度比<1；现为 0.75）"),
        (replace(PERCENT, bound=Bound.LESS_THAN), "2", "绿灯：现为 2%，应低于 3%，6月计划 3%，与计划持平；规则：达到目标，年内保持"),
        (replace(PERCENT, nature=Nature.LEVEL, value=Decimal(91)), "89", "黄灯：现为 89%，应保持 91%，6月计划 91%，落后 2.2 个百分点；规则 G-2（0.7<=进度比<1；现为 0.98）"),
        (replace(GOOD, nature=Nature.CLEAR, value=Decimal(0), baseline=Decimal(40)), "30", "红灯：现为 30个，起点 40个，应清零，6月计划 50.0%，落后 25.0 个百分点；规则 G-3（进度比<0.7；现为 0.5）"),
    ],
)  # fmt: skip
def test_what_is_wanted_is_said_in_the_targets_own_way(target, value, said):
    """Ceilings, levels, ranges, approximate and stretch targets, what is to be cleared."""
    (rating,) = made(target, value).tasks[0].ratings

    assert rating.reason == f"{said}；来源 单位0001 填报!H9"


def test_a_sum_that_lacks_a_part_names_the_lead_that_has_not_told_it():
    """The reporting unit has sent its part: it is not to be blamed."""
    plan = ledger(2, tasks_each=1, targets_each=1)
    first, second = plan.tasks
    (target,) = first.targets
    summed = replace(first, lead_units=("单位0001", "单位0002"), targets=(replace(target, joint=Joint.SUM),))
    plan = replace(plan, tasks=(summed, second))
    told = edition(
        plan, returned(plan, lambda unit, code: "" if (unit, code) == ("单位0002", "1-1") else "20")
    )

    assert told.tasks[0].ratings[0].reason == "未报：单位0002本期没有经审核的数字"


def test_how_completion_is_worked_out_stands_among_the_rules():
    """说明 answers why 19 of about 20 are 100 %."""
    (told,) = [each for each in made(GOOD, "12").rules if each.startswith("完成率")]

    assert "“左右”的达到 95% 即为 100%" in told
    assert "阶段：未启动 0、已启动 25、推进中 50、基本完成 80、已完成 100" in told


@pytest.mark.parametrize(
    ("decided_on", "lang", "sentence"),
    [
        (None, "zh", "核定：李主任，两个未开工（原为 16个）"),
        (date(2023, 7, 2), "zh", "核定：李主任 2023-07-02，两个未开工（原为 16个）"),
        (None, "en", "reviewed: 李主任, 两个未开工 (was 16个)"),
    ],
)
def test_a_decision_without_a_date_reads_as_one_says_it(decided_on, lang, sentence):
    """No dash where nobody wrote a day down."""
    override = Override(
        code="1-1", period=Period.parse("2023-06"), who="李主任", why="两个未开工", decided_on=decided_on
    )

    assert review_words(override, "16个", lang) == sentence


def test_a_waiver_without_target_and_end_reads_as_one_says_it():
    """For all rows of all units, for good; or for one row until a day."""
    always = Waiver(rule="Q401", who="李主任", why="口径调整")
    once = replace(always, unit="区商务局", target="1-1", until=date(2023, 9, 30))

    assert list(waiver_sentences([always, once], "zh")) == [
        "规则 Q401 对全部单位豁免（长期有效）：李主任，口径调整",
        "规则 Q401 对区商务局（序号 1-1）豁免至 2023-09-30：李主任，口径调整",
    ]
