"""Published rule sets as data: each is accepted by the check, and gives what its source says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from published_rule_sets import (
    ALL,
    CANGNAN,
    COLLEGE,
    DAZU,
    GUANGYUAN,
    HAIKOU,
    HENGYANG,
    JINZHAI,
    OUHAI,
    RUIHAI,
    SANMING,
    SANYA,
    SUQIAN,
    TIANJIN,
    XINHUANG,
    YINCHUAN,
    YINCHUAN_AS_PUBLISHED,
    ZAOZHUANG,
)

from workplan_xlsx.config_file import load_rules
from workplan_xlsx.domain.editions.facts import Facts, Surroundings
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.model import Nature
from workplan_xlsx.domain.rulesets.measures import LIGHT_NAMES
from workplan_xlsx.errors import ConfigError


@pytest.fixture
def rules(tmp_path):
    def read(text: str) -> Rules:
        file = tmp_path / "rules.toml"
        file.write_text(text, encoding="utf-8")
        return load_rules(file)

    return read


def state(rules: Rules, nature: str = "cumulative", *, before: str = "", **facts) -> str:
    """The word of the state that these facts get; `before` are the lights before, the latest first."""
    around = {
        key: facts.pop(key) for key in ("average", "rank", "rank_last", "completion_before") if key in facts
    }
    marks = {key: Fraction(value) for key, value in facts.pop("marks", {}).items()}
    told = Facts(
        **{
            key: Fraction(value) if key != "days_late" else value
            for key, value in ({"completion": 50, "expected": 50} | facts).items()
        },
        around=Surroundings(
            lights_before=[LIGHT_NAMES[each] for each in before.split()], marks=marks, **around
        ),
    )
    rule = rules.rule_set.decide(Nature(nature), told.known)
    if rule is None:
        return "没有规定"
    given = rules.rule_set.state_by_key[rule.state]
    return given.word or given.light.value


@pytest.mark.parametrize("name", ALL)
def test_every_published_set_is_data_and_passes_the_check(rules, name):
    """No gap, no overlap, no rule that can never apply."""
    assert rules(ALL[name]).rule_set.name or name.startswith("3")


YEAR_100_DUE_50 = [
    # actual, 银川, 三亚, 天津 bonds, 新晃, 瓯海; 33 and 15 by percent of plan (by points they would be 黄灯)
    ("50", "绿灯", "绿灯", "绿灯", "正常", "绿码"),
    ("46", "没有规定", "黄灯", "黄灯", "正常", "红码"),
    ("38", "黄灯", "黄灯", "黄灯", "专项督办", "红码"),
    ("33", "黄灯", "黄灯", "红灯", "专项督办", "红码"),
    ("15", "红灯", "红灯", "红灯", "黄牌", "红码"),
]


def unchecked_yinchuan() -> Rules:
    """As published, with its gap; only a test may use it."""
    from workplan_xlsx.domain.rulesets.measures import Level
    from workplan_xlsx.domain.rulesets.rule_set import LightRule, RuleSet
    from workplan_xlsx.domain.rulesets.writing import read_condition

    written = {"green": "落后百分点 <= 0", "amber": "10 <= 落后百分点 <= 30", "red": "落后百分点 > 30"}
    lights = tuple(
        LightRule(number=key, state=key, when=read_condition(text, Level.TARGET))
        for key, text in written.items()
    )
    return Rules(rule_set=RuleSet(lights=lights))


@pytest.mark.parametrize(("actual", "yinchuan", "sanya", "tianjin", "xinhuang", "ouhai"), YEAR_100_DUE_50)
def test_the_same_facts_get_different_colours(rules, actual, yinchuan, sanya, tianjin, xinhuang, ouhai):
    """The worked table: year target 100, plan at the end of June 50, the half year taken as one task for 新晃."""
    facts = {"completion": actual, "expected": 50}

    assert state(unchecked_yinchuan(), **facts) == yinchuan
    assert state(rules(SANYA), **facts) == sanya
    assert state(rules(TIANJIN), **facts) == tianjin
    assert state(rules(XINHUANG), **facts, completion_before=Fraction(0)) == xinhuang
    assert state(rules(OUHAI), **facts) == ouhai


BY_POINTS = [("33", "黄灯", "黄灯"), ("15", "黄灯", "红灯")]


@pytest.mark.parametrize(("actual", "sanya", "tianjin"), BY_POINTS)
def test_points_and_percent_of_plan_are_different_measures(rules, actual, sanya, tianjin):
    """What the table says 'if points': the same ends in percentage points."""
    by_points = rules(SANYA.replace("behind_percent", "behind_pp"))
    bonds = rules(TIANJIN.replace("behind_percent", "behind_pp"))

    assert state(by_points, completion=actual) == sanya
    assert state(bonds, completion=actual) == tianjin


def test_what_yinchuan_leaves_open_is_refused_with_the_interval_named(rules):
    """0 to 10 points behind: no light at all; nobody is to find out in public."""
    with pytest.raises(ConfigError, match="0<落后百分点<10 的情形没有规定"):
        rules(YINCHUAN_AS_PUBLISHED)


CASES = [
    (YINCHUAN, "绿灯", "cumulative", {"completion": "40.01"}),
    (YINCHUAN, "黄灯", "cumulative", {"completion": 40}),
    (YINCHUAN, "黄灯", "stage", {"completion": 0, "unstarted_periods": 2}),
    (YINCHUAN, "红灯", "stage", {"completion": 0, "unstarted_periods": 3}),
    (YINCHUAN, "黄灯", "external", {"marks": {"未入统月数": 2}}),
    (YINCHUAN, "红灯", "external", {"marks": {"未入统月数": "2.5"}}),
    (YINCHUAN, "红灯", "relative", {"marks": {"低于国家要求": 1}}),
    (SANYA, "黄灯", "cumulative", {"completion": 25}),
    (SANYA, "红灯", "cumulative", {"completion": "24.9"}),
    (SANYA, "黄灯", "rate", {"completion": 49, "completion_before": Fraction(41), "before": "green"}),
    (SANYA, "红灯", "rate", {"completion": 1, "completion_before": Fraction(0), "before": "amber green"}),
    (TIANJIN, "绿灯", "rate", {"actual": 110, "last_year": 100, "average": Fraction(50)}),
    (TIANJIN, "黄灯", "rate", {"actual": 110, "last_year": 100, "average": Fraction(51)}),
    (TIANJIN, "黄灯", "rate", {"completion": 49, "actual": 110, "last_year": 100, "average": Fraction(40)}),
    (TIANJIN, "红灯", "rate", {"actual": 99, "last_year": 100, "average": Fraction(40)}),
    (TIANJIN, "没有规定", "rate", {"actual": 110, "last_year": 100}),  # without peers there is no average
    (CANGNAN, "黄灯", "cumulative", {"completion": 40, "completion_before": Fraction(0), "rank_last": 4}),
    (CANGNAN, "红灯", "cumulative", {"completion": 40, "completion_before": Fraction(0), "rank_last": 3}),
    (HAIKOU, "黄灯", "cumulative", {"completion": 49, "before": "green amber"}),
    (HAIKOU, "红灯", "cumulative", {"completion": 49, "before": "amber"}),
    (HAIKOU, "黄灯", "cumulative", {"marks": {"预计逾期": 1}}),
    (GUANGYUAN, "蓝色提示", "cumulative", {"completion": 1}),
    (GUANGYUAN, "红灯", "cumulative", {"marks": {"进展偏慢": 1, "难以按期": 1}}),
    (OUHAI, "黄码", "cumulative", {"before": "red"}),
    (SANMING, "蓝色督办单", "cumulative", {"completion": 49}),
    (SANMING, "橙色督办单", "cumulative", {"completion": 49, "before": "amber"}),
    (SANMING, "红色督办单", "cumulative", {"completion": 49, "before": "amber amber"}),
    (SANMING, "橙色督办单", "cumulative", {"completion": 49, "marks": {"紧急": 1}}),
    (SANMING, "红色督办单", "cumulative", {"completion": 49, "marks": {"紧急": 2}}),
    (SUQIAN, "蓝灯", "cumulative", {"days_late": -30}),
    (SUQIAN, "绿灯", "cumulative", {"days_late": -31}),
    (SUQIAN, "黄灯", "cumulative", {"days_late": -31, "marks": {"质量不高": 1}}),
    (SUQIAN, "红灯", "cumulative", {"days_late": 1}),
    (RUIHAI, "进行中", "cumulative", {"term_percent": "33.3"}),
    (RUIHAI, "提醒", "cumulative", {"term_percent": "100/3"}),
    (RUIHAI, "通知", "cumulative", {"term_percent": "66.7"}),
    (RUIHAI, "红灯", "cumulative", {"term_percent": 100, "completion": 79}),
    (JINZHAI, "超进度", "cumulative", {"completion": 51}),
    (JINZHAI, "达进度", "cumulative", {"completion": 50}),
    (JINZHAI, "欠进度", "cumulative", {"completion": 49}),
    (JINZHAI, "已完成", "cumulative", {"completion": 100}),
    (JINZHAI, "其它", "cumulative", {"completion": 100, "marks": {"其它": 1}}),
    (ZAOZHUANG, "蓝牌表扬", "cumulative", {"completion": 50}),
    (ZAOZHUANG, "红牌警示", "cumulative", {"completion": "34.9"}),
    (DAZU, "红灯", "cumulative", {"completion": "29.9"}),
    (DAZU, "橙色", "cumulative", {"completion": 30}),
    (DAZU, "蓝色（验收）", "cumulative", {"completion": 100, "marks": {"验收": 1}}),
    (HENGYANG, "红榜", "cumulative", {"completion": 50}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "nature", "facts"), CASES)
def test_each_set_gives_what_its_source_says(rules, text, word, nature, facts):
    """Both sides of the published ends, memory, position, marks, each in the words of the place."""
    assert state(rules(text), nature, **facts) == word


SCORES = [(1, 1, 1, "95"), (1, 3, 3, "81"), (2, 2, 2, "79.8"), (3, 3, 1, "70")]


@pytest.mark.parametrize(("grade", "level", "load", "score"), SCORES)
def test_scores_by_grade_level_and_load(rules, grade, level, load, score):
    """A 95/92/90, B 88/84/80, C 78/74/70, times 1.00 / 0.95 / 0.90."""
    marks = {"等次": Fraction(grade), "级": Fraction(level), "负荷": Fraction(load)}
    facts = Facts(completion=Fraction(50), expected=Fraction(50), around=Surroundings(marks=marks))

    assert rules(COLLEGE).rule_set.score(Nature.CUMULATIVE, facts.known) == Fraction(score)
