"""workplan.toml: what `init` writes is read back; every mistake is named at once, with its place."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from workplan_xlsx.config import default_config_text
from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.pacing import BY_QUARTER
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.errors import ConfigError


def written(tmp_path, text):
    (tmp_path / "workplan.toml").write_text(text, encoding="utf-8")
    return tmp_path


GOOD = default_config_text(plan_code="P1", year=2023, rhythm=Rhythm.MONTHLY, office="区政府办", language="zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_init_writes_is_the_default_rule_set(tmp_path, lang):
    """The written file spells out the defaults, to the digit."""
    text = default_config_text(
        plan_code='P"1', year=2023, rhythm=Rhythm.QUARTERLY, office="办", language=lang
    )
    config = load_config(written(tmp_path, text))

    assert (config.plan_code, config.year, config.rhythm, config.language) == (
        'P"1',
        2023,
        Rhythm.QUARTERLY,
        lang,
    )
    assert config.rules == Rules()
    assert config.store == (tmp_path / "workplan.db").resolve()


@pytest.mark.parametrize(
    ("store", "file"),
    [
        ("data/workplan.db", "data/workplan.db"),
        ("sqlite:///workplan.db", "workplan.db"),
        ("sqlite+pysqlite:///data/2023 年.db", "data/2023 年.db"),
        ("sqlite:////var/lib/workplan.db", "/var/lib/workplan.db"),
    ],
)
def test_a_store_lies_where_the_workspace_is_whatever_folder_the_command_is_typed_in(
    tmp_path, monkeypatch, store, file
):
    """Otherwise the service, started elsewhere, would keep an empty store of its own."""
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "ws"
    elsewhere.mkdir()
    root.mkdir()
    monkeypatch.chdir(elsewhere)
    config = load_config(written(root, GOOD.replace('"workplan.db"', f'"{store}"')))

    assert config.store == (root / file).resolve()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_examples_under_rules_hold_once_their_sign_is_taken_away(tmp_path, lang):
    """As a coordinator would: take the # away from a key, or from a rule; green_from and amber_from go."""
    text = default_config_text(plan_code="P1", year=2023, rhythm=Rhythm.MONTHLY, office="办", language=lang)
    text = re.sub(r"^(green|amber)_from.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^# (\w+ = |\[\[)", r"\1", text, flags=re.MULTILINE)
    rules = load_config(written(tmp_path, text)).rules

    assert rules.weights.least_tasks == 2
    assert rules.curve.quarters == BY_QUARTER
    assert (rules.rule_set.tolerance_pp, rules.rule_set.points_limit) == (2, 5)
    assert [(each.number, each.state) for each in rules.rule_set.lights] == [
        ("G-1", "green"),
        ("G-2", "amber"),
        ("G-3", "red"),
    ]


def test_five_mistakes_are_named_at_once_each_with_its_place(tmp_path):
    """Key, line, what is there, what is expected; a misspelt key gets its neighbour."""
    text = (
        GOOD.replace("year = 2023", 'year = "today"')
        .replace("day = 28", "day = 32")
        .replace('month = "same"', 'month = "previous"')
        .replace("late_points = 5", "late_point = 5")
        .replace("reporting_weight = 0.1", "reporting_weight = 0.2")
        .replace('time = "18:00"', 'time = "6pm"')
    )
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, text))
    told = str(caught.value)

    assert "有 5 处需要改正" in told
    for said in (
        "plan.year（第 10 行）：写的是 today，应为整数。",
        "deadline.day（第 20 行）：写的是 32，不应大于 31。",
        'deadline.month（第 22 行）：写的是 previous，应为 "same" / "next" 之一。',
        "rules.late_point（第 38 行）：没有这个设置项，是否为 late_points？",
        "deadline.time（第 21 行）：写的是 6pm，应为“时:分”",
    ):
        assert said in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("green_from = 1 ", "green_from = 0.5 "), "amber_from 应小于 green_from"),
        (("reporting_weight = 0.1", "reporting_weight = 0.3"), "之和应为 1"),
        (("Asia/Shanghai", "Asia/Shanghei"), "没有这个时区"),
        (("[plan]", "[plan"), "格式有误"),
        (("days_off = []", 'days_off = ["soon"]'), "应为日期"),
    ],
)
def test_each_kind_of_mistake_has_its_sentence(tmp_path, change, said):
    """A rule set that contradicts itself is refused, too."""
    with pytest.raises(ConfigError, match=said):
        load_config(written(tmp_path, GOOD.replace(*change)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("[plan]", "[plan"), "第 8 行第 6 个字附近，引号或括号没有成对"),
        (("[plan]", "[plan]\n[plan]"), "第 9 行第 6 个字附近，同一个设置项或同一节写了两次"),
        (("day = 28", "day 28"), "第 20 行第 5 个字附近，设置项后面缺少等号"),
        (('"same"', "“same”"), "第 22 行第 9 个字附近，等号后面的写法不对"),
        (('time = "18:00"', 'time = "18:00'), "第 21 行第 14 个字附近，引号或括号没有成对"),
        (("workdays = []", "workdays = ["), "格式有误"),
        (("days_off = []", "days_off = [2023-02-30]"), "第 74 行第 13 个字附近，这一天不存在"),
    ],
)
def test_what_is_no_toml_is_told_in_the_readers_language(tmp_path, change, told):
    """The parser knows English only; its line and column are kept."""
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, GOOD.replace(*change, 1)))

    assert told in str(caught.value)
    assert not re.search("[A-Za-z]{4,} [a-z]{2,}", str(caught.value).replace("workplan.toml", ""))


def test_a_table_that_is_none_of_ours_is_told_with_its_line(tmp_path):
    with pytest.raises(ConfigError, match=r"rulez（第 \d+ 行）：没有这个设置项，是否为 rules？$"):
        load_config(written(tmp_path, GOOD + "\n[rulez]\nfactor = 1\n"))


def test_a_config_saved_by_an_old_notepad_is_told_about_its_encoding(tmp_path):
    """GB18030; no word of a codec."""
    (tmp_path / "workplan.toml").write_bytes(GOOD.encode("gb18030"))

    with pytest.raises(ConfigError, match="不是 UTF-8 编码的文字。请用记事本另存为 UTF-8 编码后重试"):
        load_config(tmp_path)


def test_no_config_says_what_to_do(tmp_path):
    """A folder that is no workspace."""
    with pytest.raises(ConfigError, match="workplan init"):
        load_config(tmp_path)


def test_days_that_differ_from_the_calendar(tmp_path):
    """The workspace's own word beats every table."""
    text = GOOD.replace("days_off = []", "days_off = [2023-06-30]").replace(
        "amber_from = 0.7", "amber_from = 0.8"
    )
    config = load_config(written(tmp_path, text))

    assert not config.workdays().is_workday(date(2023, 6, 30))
    assert config.rules.lights.amber_from == Decimal("0.8")
