"""The language of rules: what is written is read exactly; what is open or contradictory is refused by name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from provinces import edition, ledger, returned

from workplan_xlsx.config_file import load_rules
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.model import Nature, PlanCurve, Target
from workplan_xlsx.domain.pacing import BY_QUARTER, Curve, expected_pct, paced
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rulesets.checking import mistakes
from workplan_xlsx.domain.rulesets.conditions import Sign, Test, compare, holds, told
from workplan_xlsx.domain.rulesets.measures import Level
from workplan_xlsx.domain.rulesets.rule_set import LightRule, RuleSet
from workplan_xlsx.domain.rulesets.writing import WritingError, read_condition
from workplan_xlsx.errors import ConfigError


def rule_set(*rules: tuple[str, str], first: bool = False) -> RuleSet:
    lights = tuple(
        LightRule(number=f"G-{at}", state=state, when=read_condition(when, Level.TARGET))
        for at, (state, when) in enumerate(rules, start=1)
    )
    return RuleSet(lights=lights, first_decides=first)


def refused(*rules: tuple[str, str], first: bool = False) -> str:
    return "\n".join(each.told("zh") for each in mistakes(rule_set(*rules, first=first), "zh"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("10 < behind_pp <= 30", "10<落后百分点<=30"),
        ("１０＜落后百分点≤３０", "10<落后百分点<=30"),
        ("ratio >= 70%", "进度比>=0.7"),
        ("behind_pp > 0 且 倒数位次 <= 3", "落后百分点>0 且 倒数位次<=3"),
        (
            "ratio < 1 and (before.amber >= 1 or mark.紧急 = 2)",
            "进度比<1 且 （此前连续黄灯期数>=1 或 紧急=2）",
        ),
        ("not ratio < 1", "非（进度比<1）"),
        ("days_late >= -30", "逾期天数>=-30"),
        ("term_percent < 100/3", "期限已过百分比<100/3"),
        ("within12.red >= 2", "近12期红灯次数>=2"),
    ],
)
def test_a_condition_is_read_and_shown(written, shown):
    """English or Chinese, half or full width, as people type."""
    assert told(read_condition(written, Level.TARGET), "zh") == shown


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("", "write_empty"),
        ("10-30", "write_ends"),
        ("落后百分点 10-30", "write_ends"),
        ("10至30", "write_ends"),
        ("ratio", "write_sign"),
        ("ratio > x", "write_number"),
        ("speed > 3", "write_measure"),
        ("count.red > 1", "write_level"),
        ("30 <= behind_pp < 10", "write_interval"),
        ("(ratio < 1", "write_bracket"),
        ("ratio < 1 ratio > 2", "write_rest"),
        ("ratio < 1/0", "write_number"),
    ],
)
def test_what_cannot_be_read_says_why(written, key):
    """Each kind of slip has its own sentence; an interval without stated ends is one."""
    with pytest.raises(WritingError) as caught:
        read_condition(written, Level.TARGET)

    assert caught.value.key == key


def test_a_gap_is_named_as_an_interval():
    """Between and at a point."""
    between = refused(
        ("green", "behind_pp <= 0"), ("amber", "10 <= behind_pp <= 30"), ("red", "behind_pp > 30")
    )
    at_a_point = refused(("green", "ratio >= 1"), ("amber", "0.7 < ratio < 1"), ("red", "ratio < 0.7"))

    assert between.startswith("0<落后百分点<10 的情形没有规定")
    assert at_a_point.startswith("进度比=0.7 的情形没有规定")


def test_an_overlap_is_named_with_the_rules_that_meet_there():
    """30 itself twice; told to be decided by order it is none."""
    rules = ("green", "behind_pp < 10"), ("amber", "10 <= behind_pp <= 30"), ("red", "behind_pp >= 30")

    assert "落后百分点=30 的情形同时适用规则 G-2、G-3" in refused(*rules)
    assert refused(*rules, first=True) == ""


def test_a_gap_in_a_combination_is_named_with_all_its_conditions():
    """AND of two measures: the corner that nobody thought of."""
    said = refused(("green", "behind_pp <= 0"), ("red", "behind_pp > 0 and rank_last <= 3"))

    assert said.startswith("落后百分点>0 且 倒数位次>3 的情形没有规定")


def test_counts_have_no_broken_numbers_between_them():
    """After 1 comes 2: only that is open."""
    said = refused(("green", "before.red = 0"), ("amber", "before.red = 1"), ("red", "before.red >= 3"))

    assert said.startswith("此前连续红灯期数=2 的情形没有规定")


def test_measures_of_one_plan_agree_on_whether_it_is_met():
    """Behind in points and a ratio of 1 do not go together: no false gap."""
    rules = ("green", "behind_pp <= 0"), ("amber", "ratio < 1 and behind_pp <= 30"), ("red", "behind_pp > 30")

    assert refused(*rules) == ""


def test_an_unknown_state_a_number_used_twice_and_a_rule_that_never_applies():
    """Each by name."""
    unknown = refused(("green", "ratio >= 1"), ("purple", "ratio < 1"))
    never = refused(("green", "ratio >= 1"), ("red", "ratio < 1"), ("amber", "ratio < 0"), first=True)

    assert "规则 G-2 的状态“purple”没有定义" in unknown
    assert "规则 G-3 永远不会适用" in never


ENDS = st.fractions(min_value=-3, max_value=3, max_denominator=4)
SIGNS = st.sampled_from([Sign.BELOW, Sign.AT_MOST, Sign.EQUAL, Sign.AT_LEAST, Sign.ABOVE])


@given(
    tests=st.lists(st.tuples(st.sampled_from(["green", "red"]), SIGNS, ENDS), min_size=1, max_size=4),
    value=st.fractions(min_value=-4, max_value=4, max_denominator=8),
)
def test_what_passes_the_check_gives_every_value_one_state(tests, value):
    """Whatever rules are written: unrefused, every value has exactly one state; refused, some value has not."""
    lights = tuple(
        LightRule(number=str(at), state=state, when=Test("completion", sign, bound))
        for at, (state, sign, bound) in enumerate(tests)
    )
    found = mistakes(RuleSet(lights=lights), "zh")
    ends = {bound for _, _, bound in tests}
    tried = [
        value,
        *ends,
        *(end + Fraction(1, 100) for end in ends),
        *(end - Fraction(1, 100) for end in ends),
    ]
    states = [{state for state, sign, bound in tests if compare(each, sign, bound)} for each in tried]

    clean = all(len(each) == 1 for each in states)
    if not found:
        assert clean
    elif not any("永远不会适用" in each.told("zh") for each in found):
        assert not clean


def test_a_condition_that_hangs_on_what_is_not_known_is_neither_true_nor_false():
    """One false part decides an AND, whatever the unknown one is."""
    known = {"ratio": Fraction(1, 2)}.get

    assert holds(read_condition("ratio < 1 and rank_last <= 3", Level.TARGET), known) is None
    assert holds(read_condition("ratio > 1 and rank_last <= 3", Level.TARGET), known) is False
    assert holds(read_condition("ratio < 1 or rank_last <= 3", Level.TARGET), known) is True


def written(tmp_path, text: str):
    file = tmp_path / "rules.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules]\n[[rules.light]]\nnumber = "1"\nstate = "green"\nwhen = "10-30"\n', "rules.light.1.when（第 5 行）：“10-30”没有说明"),
        ('[rules]\nlight = [{ number = "1", state = "blue", when = "always" }]\n', "状态“blue”没有定义"),
        ("[rules]\nprogress_weight = 0\nreporting_weight = 0\n", "都为 0"),
        ("[rules]\ncurve = [20, 50, 40, 100]\n", "逐季不减"),
        ('[rules]\n[[rules.light]]\nnumber = "1"\nstat = "green"\nwhen = "always"\n', "是否为 state？"),
        ('[rules]\nscore = [{ when = "ratio < 1", points = "50" }]\n', "进度比>=1 的情形没有规定"),
        ('[rules]\nscore = [{ when = "ratio < 1", points = "50" }]\n', "rules（第 1 行）："),
        ('[rules]\nstate = [{ key = "a", light = "red" }, { key = "a", light = "green" }]\n', "状态 a 定义了两次"),
        ("[rules]\nscore_least = 50\nscore_most = 10\n", "下限不应大于上限"),
        ('[rules]\npoints = [{ number = "P", level = "unit", when = "rank = 1", points = "5", reason = "奖", least = 10, most = -10 }]\n', "下限不应大于上限"),
        ('[rules]\nfactor = [{ when = "always", times = -2 }]\n', "不应小于 0"),
        ('[rules]\nstate = [{ key = "p", light = "green", word = "紫灯", colour = "紫罗兰" }]\n', "colour 应为 red"),
        ('[rules]\ncurve = "quarter"\n', "rules.curve（第 2 行）：写的是 quarter"),
        ('[rules]\n[[rules.grant]]\nunit = "甲"\npoints = 1\nreason = ""\n', "rules.grant.1.reason（第 5 行）：缺少这一项"),
    ],
)  # fmt: skip
def test_mistakes_in_a_rules_file_are_told_with_their_place(tmp_path, text, said):
    """Key and line; gap, unknown state, weights that add up to nothing, a falling curve, a misspelt key."""
    with pytest.raises(ConfigError) as caught:
        load_rules(written(tmp_path, text))

    assert said in str(caught.value)


def test_points_have_their_reason_and_their_limit(tmp_path):
    """Three points a red task, at most five; an entry of the coordinator beside it."""
    text = """
    [rules]
    points = [{ number = "P-1", level = "task", when = "now.red = 1", points = "-3", reason = "红灯扣分", least = -5 }]
    grant = [{ unit = "单位0001", points = 2, reason = "获上级表彰", period = "2023-06" }]
    """
    plan = ledger(1)
    (only,) = edition(plan, returned(plan, lambda *_: "5"), load_rules(written(tmp_path, text))).standings

    assert [(each.points, each.reason) for each in only.points] == [
        (Fraction(-5), "红灯扣分（1、2、3、4）"),
        (Fraction(2), "获上级表彰"),
    ]
    assert only.total == Decimal("16.00")  # 0.9 x 10 + 0.1 x 100 - 5 + 2
    assert sum(each.points for each in only.losses) == 84


NOWHERE = """
[rules]
points = [{ number = "P-1", level = "unit", when = "rank = 1", points = "1", reason = "奖", groups = ["镇街"] }]
grant = [
  { unit = "单位OOO1", points = 5, reason = "获上级表彰" },
  { unit = "单位0001", points = 5, reason = "获上级表彰", period = "2023年6月" },
]
mark = [{ on = "99-9", name = "不可抗力", excused = true }]
"""


def test_points_and_marks_that_hit_nothing_are_told_at_the_head_of_the_edition(tmp_path):
    """A letter O for a nought in a unit's name: nobody gets the points, and everybody reads why."""
    plan = ledger(1, tasks_each=1)
    made = edition(plan, returned(plan, lambda *_: "50"), load_rules(written(tmp_path, NOWHERE)))

    assert made.standings[0].points == ()
    assert [each.partition("。")[0] for each in made.warnings] == [
        "加减分“获上级表彰”写给“单位OOO1”，台账中没有这个单位，未计入任何单位",
        "标记“不可抗力”写在“99-9”上，台账中没有这个单位、任务或指标，没有起作用",
        "规则中的期次“2023年6月”不是本计划的期次，没有起作用",
        "规则中的排名组“镇街”在台账中没有，没有起作用",
    ]


def test_points_follow_a_unit_that_was_renamed(tmp_path):
    """The old name stands among its other names."""
    plan = ledger(1, tasks_each=1)
    plan = replace(plan, units=(replace(plan.units[0], aliases=("科技委",)),))
    text = '[rules]\ngrant = [{ unit = "科技委", points = 2, reason = "获上级表彰" }]\n'
    made = edition(plan, returned(plan, lambda *_: "50"), load_rules(written(tmp_path, text)))

    assert (made.standings[0].total, made.warnings) == (Decimal("102.00"), ())


def test_own_words_stand_in_the_sentence_and_the_rules_are_told(tmp_path):
    """欠进度 instead of 红灯, with the number of the place's own rule."""
    text = """
    [rules]
    name = "五态"
    state = [{ key = "behind", light = "red", word = "欠进度", colour = "gray" }]
    light = [
      { number = "五-1", state = "green", when = "behind_pp <= 0" },
      { number = "五-2", state = "behind", when = "behind_pp > 0" },
    ]
    """
    plan = ledger(1, tasks_each=1, targets_each=1)
    made = edition(plan, returned(plan, lambda *_: "38"), load_rules(written(tmp_path, text)))
    (rating,) = made.tasks[0].ratings

    assert rating.reason == (
        "欠进度：累计 38/100家，6月计划 50家，落后 12.0 个百分点；规则 五-2（落后百分点>0；现为 12）；来源 单位0001 填报!H9"
    )
    assert "亮灯规则 五态：五-1 绿灯：落后百分点<=0；五-2 欠进度：落后百分点>0。" in made.rules


@pytest.mark.parametrize("light", ["missing", "undecided", "not_due", "under_review"])
def test_a_state_that_a_rule_gives_is_explained_by_the_rule_whatever_it_counts_as(tmp_path, light):
    """进行中, 其它: a figure is there, and is told."""
    text = f"""
    [rules]
    state = [{{ key = "own", light = "{light}", word = "另行处理" }}]
    light = [{{ number = "1", state = "own", when = "ratio < 1" }}, {{ number = "2", state = "green", when = "ratio >= 1" }}]
    """
    plan = ledger(1, tasks_each=1, targets_each=1)
    made = edition(plan, returned(plan, lambda *_: "38"), load_rules(written(tmp_path, text)))

    assert made.tasks[0].ratings[0].reason == (
        "另行处理：累计 38/100家，6月计划 50家，落后 12.0 个百分点；规则 1（进度比<1；现为 0.76）；来源 单位0001 填报!H9"
    )


def test_a_shortfall_within_the_tolerance_counts_as_none(tmp_path):
    """Two points of dead band: 48 of 50 is green, 47.9 is not; scores stay exact."""
    rules = load_rules(written(tmp_path, "[rules]\ntolerance_pp = 2\n"))
    plan = ledger(1, tasks_each=1, targets_each=2)
    made = edition(plan, returned(plan, lambda _unit, code: {"1-1": "48", "1-2": "47.9"}[code]), rules)

    assert [(each.light.value, each.score) for each in made.tasks[0].ratings] == [
        ("绿灯", Fraction(96)),
        ("黄灯", Fraction("95.8")),
    ]


def test_a_rank_can_decide_a_light(tmp_path):
    """Missed and the last of its group: red; missed and not: amber."""
    text = """
    [rules]
    light = [
      { number = "1", state = "green", when = "ratio >= 1" },
      { number = "2", state = "amber", when = "ratio < 1 and rank_last > 1" },
      { number = "3", state = "red", when = "ratio < 1 and rank_last <= 1" },
    ]
    """
    plan = ledger(3, tasks_each=1, targets_each=1)
    values = {"单位0001": "50", "单位0002": "40", "单位0003": "39"}
    made = edition(
        plan, returned(plan, lambda unit, _code: values[unit]), load_rules(written(tmp_path, text))
    )

    assert [task.light.value for task in made.tasks] == ["绿灯", "黄灯", "红灯"]


def test_a_curve_by_quarters_is_the_plan_of_what_has_none_of_its_own():
    """20 / 50 / 75 / 100; a level is due throughout, a start of its own stays."""
    plan = ledger(1, tasks_each=1, targets_each=1)
    held = Target(code="1-1", name="率", nature=Nature.LEVEL, value=Decimal(91), unit="%")
    own = Target(code="1-1", name="项", value=Decimal(9), plan=PlanCurve(due_only_in=Period.parse("2023-12")))
    months = [Period.parse(f"2023-{month:02d}") for month in (2, 3, 5, 6, 9, 12)]
    (target,) = paced(plan, Curve(BY_QUARTER)).tasks[0].targets

    assert [expected_pct(target, each) for each in months] == [0, 20, 20, 50, 75, 100]
    for each in (held, own):
        one = Rules(curve=Curve(BY_QUARTER))
        task = plan.tasks[0].__class__(
            code="1", number="1", section_ordinal="", section_title="", title="", text="", targets=(each,)
        )
        assert paced(
            ledger(1).__class__(head=plan.head, units=plan.units, tasks=(task,)), one.curve
        ).tasks == (task,)
