"""Published rules on points and lists: worked out for a few units, and held against sums done by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from provinces import edition, ledger, returned
from published_rule_sets import (
    GUANGYUAN,
    HENGYANG,
    JIAMUSI,
    LONGCHANG,
    MIANYANG,
    OUHAI,
    RUIHAI,
    XINHUANG,
    YANAN,
)

from workplan_xlsx.config_file import load_rules
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.surroundings import Past
from workplan_xlsx.domain.rulesets.measures import LIGHT_NAMES

GROUPS = ("县市区园区", "市级部门")


@pytest.fixture
def made(tmp_path):
    """The edition of June: one target of 100 a unit, 50 due; `values` is what each unit has reached."""

    def work_out(
        text: str,
        *values: str,
        more: str = "",
        before: str = "",
        reached_before: str = "",
        due_on: date | None = None,
    ) -> Edition:
        file = tmp_path / "rules.toml"
        file.write_text(text + more, encoding="utf-8")
        plan = ledger(len(values), tasks_each=1, targets_each=1)
        plan = replace(plan, tasks=tuple(replace(task, due_on=due_on) for task in plan.tasks))
        reached = dict(zip(plan.target_by_code, values, strict=True))
        lights = {task.code: [LIGHT_NAMES[each] for each in before.split()] for task in plan.tasks}
        completions = dict.fromkeys(plan.target_by_code, Fraction(reached_before or 0))
        past = Past(lights=lights if before else {}, completions=completions)
        return edition(plan, returned(plan, lambda _unit, code: reached[code]), load_rules(file), past)

    return work_out


def points(edition: Edition) -> list[list[str]]:
    """Of each unit in the roster's order: its additions and deductions."""
    units = sorted(edition.standings, key=lambda each: each.unit)
    return [
        [str(Decimal(each.points.numerator) / each.points.denominator) for each in unit.points]
        for unit in units
    ]


def lists(edition: Edition) -> list[str]:
    """Every list and who is on it."""
    return [f"{name} {unit}{code and f' {code}'}" for name, unit, code in edition.escalations]


def test_yanan_a_tenth_for_each_point_short_and_two_above_capped_at_ten(made):
    """60 x done / year plan; attainment 90, 120, 140 and 200 percent, the first three places +3."""
    told = made(YANAN, "45", "60", "70", "100")
    totals = {each.unit: str(each.total) for each in told.standings}

    assert points(told) == [["-1", "1"], ["4", "3"], ["7", "3"], ["10", "3", "-3"]]
    assert list(totals.values()) == ["70.00", "52.00", "43.00", "27.00"]  # 60 + 10, 42 + 10, 36 + 7, 27


def test_guangyuan_twice_yellow_a_letter_and_a_point_red_two_points_and_summoned(made):
    """Marks say who is slow and who will not make it."""
    slow = '\nmark = [{ on = "1", name = "进展偏慢" }, { on = "2", name = "难以按期" }]\n'
    told = made(GUANGYUAN, "20", "20", "20", more=slow, before="amber green")

    assert points(told) == [["-1"], ["-2"], []]
    assert lists(told) == ["发函 单位0001 1", "约谈 单位0002 2"]


def test_longchang_three_times_red_and_not_two(made):
    """Red now and in the two periods before; a yellow in between breaks it."""
    assert lists(made(LONGCHANG, "10", before="red red")) == ["约谈 单位0001 1"]
    assert lists(made(LONGCHANG, "10", before="red amber red")) == []


def test_ouhai_the_first_and_the_last(made):
    """骏马奖 and 蜗牛奖."""
    assert lists(made(OUHAI, "50", "30", "40")) == ["骏马奖 单位0001", "蜗牛奖 单位0002"]


def test_ruihai_red_costs_double(made):
    """At the end of the term: 85 % is a notice, half is red."""
    told = made(RUIHAI, "100", "85", "50", due_on=date(2023, 6, 30))

    assert [each.tasks[0].light.value for each in sorted(told.standings, key=lambda each: each.unit)] == [
        "绿灯", "黄灯", "红灯",
    ]  # fmt: skip
    assert points(told) == [[], ["-1"], ["-2"]]


def test_jiamusi_one_kind_of_matter_doubles_what_is_deducted(made):
    """A missing quarterly report -10, -20 for who has one kind of matter only; sent back -2, not in time -1."""
    marks = """
    mark = [
      { on = "单位0001", name = "季报缺报" },
      { on = "单位0002", name = "季报缺报" }, { on = "单位0002", name = "单一事项" },
      { on = "3", name = "退回或失实" },
    ]
    """
    told = made(JIAMUSI, "50", "50", "10", "10", "100", more=marks)

    assert points(told) == [["-10"], ["-20"], ["-2"], ["-1"], ["1"]]


def test_hengyang_points_both_ways_and_exit_by_correction(made):
    """红榜 is good: half a point; who was on the yellow one and is good now leaves it."""
    told = made(HENGYANG, "60", "40", before="amber")

    assert points(told) == [["0.5"], ["-0.5"]]
    assert lists(told) == ["整改退出 单位0001 1"]


def test_mianyang_two_sequences_with_places_of_their_own(tmp_path):
    """Over-fulfilled and among the first 5 / 4; not fulfilled and among the last 4 / 3; 1-1 is left out."""
    file = tmp_path / "rules.toml"
    file.write_text(MIANYANG, encoding="utf-8")
    plan = ledger(20, tasks_each=1, targets_each=1)
    units = tuple(replace(each, ranking_group=GROUPS[at >= 11]) for at, each in enumerate(plan.units))
    plan = replace(plan, units=units)
    value = {code: str(65 - 2 * (at % 11)) for at, code in enumerate(plan.target_by_code)}
    told = edition(plan, returned(plan, lambda _unit, code: value[code]), load_rules(file))
    on = {
        name: [unit[-2:] for each, unit, _ in told.escalations if each == name] for name in ("红榜", "黑榜")
    }

    assert told.tasks[0].light.value == "不适用"
    assert on["红榜"] == ["02", "03", "04", "05", "06", "12", "13", "14", "15"]
    assert on["黑榜"] == ["09", "10", "11", "20"]  # 49, 47, 45 and 49 of the 50 due


def test_xinhuang_supervision_below_80_and_a_card_below_60(made):
    """June's own task is 8.33 points after 41 by the end of May: 8.5, exactly 60 %, and 3 of them."""
    told = made(XINHUANG, "49.5", "46", "44", reached_before="41")
    words = [rating.word for task in told.tasks for rating in task.ratings]

    assert words == ["正常", "专项督办", "黄牌"]
    assert lists(told) == ["扣发阶段奖 单位0003 3"]
