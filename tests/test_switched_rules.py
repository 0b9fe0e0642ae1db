"""off, trial and in_force of [checks]: a name that switches nothing is refused, with the one that was meant."""

from __future__ import annotations

import pytest

from workplan_xlsx.config import Config, default_config_text
from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.errors import ConfigError

DEFAULT = default_config_text(plan_code="P1", year=2023, rhythm=Rhythm.MONTHLY, office="办", language="zh")
OWN = """from datetime import date
from workplan_xlsx.rules import rule

@rule("不得少于30家", severity="query", since=date(2023, 6, 1))
def at_least_thirty(row):
    yield "请核对。"
"""


@pytest.fixture
def workspace(tmp_path):
    """Makes a config from a default one with some lines of [checks] written otherwise."""

    def made(*, own: str = "", text: str = DEFAULT, **lists: str) -> Config:
        for key, value in {**lists, "own": f'"{own}"'}.items():
            before = f"{key} = [] " if value.startswith("[") else f'{key} = ""'
            assert before in text
            text = text.replace(before, f"{key} = {value} ", 1)
        (tmp_path / "workplan.toml").write_text(text, encoding="utf-8")
        return load_config(tmp_path)

    return made


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ({"off": '["Q4111"]'}, "checks.off.1（第 64 行）：写的是 Q4111，没有这条规则，是否为 Q411？"),
        ({"trial": '["Q401", "N47"]'}, "checks.trial.2（第 65 行）：写的是 N47，没有这条规则，是否为 N407？"),
        (
            {"in_force": '["平台数"]'},
            "checks.in_force.1（第 66 行）：写的是 平台数，没有这条规则。运行 workplan explain 查看全部代码；"
            "自定规则的名称要与 own 所指文件里的一致。",
        ),
        ({"off": '["E301"]'}, "checks.off.1（第 64 行）：写的是 E301，须修改（E、F）类规则不能关，也不能试行。"),
        ({"trial": '["F104"]'}, "checks.trial.1（第 65 行）：写的是 F104，须修改（E、F）类规则不能关，也不能试行。"),
        ({"off": '["N310"]'}, "checks.off.1（第 64 行）：写的是 N310，这一项不是可以关的规则。可以关的有 "),
        ({"trial": '["Q902"]'}, "checks.trial.1（第 65 行）：写的是 Q902，自定规则要写它的名称，不写代码。"),
        (
            {"off": '["Q411"]', "in_force": '["q411"]'},
            "checks.in_force.1（第 66 行）：写的是 q411，同一条规则已写在 off 里，只能写一处。",
        ),
    ],
)  # fmt: skip
def test_a_name_that_switches_nothing_is_refused(workspace, lists, told):
    with pytest.raises(ConfigError) as refused:
        workspace(**lists)

    assert told in str(refused.value)


def test_all_of_them_are_named_at_once_and_in_english(workspace):
    english = default_config_text(
        plan_code="P1", year=2023, rhythm=Rhythm.MONTHLY, office="Office", language="en"
    )
    with pytest.raises(ConfigError) as refused:
        workspace(text=english, off='["Q4111", "E301"]', trial='["N47"]')
    _, *told = str(refused.value).splitlines()

    assert [each.partition("): ")[2] for each in told] == [
        "it says Q4111; there is no such rule, did you mean Q411?",
        "it says E301; errors (E, F) can be neither switched off nor put on trial.",
        "it says N47; there is no such rule, did you mean N407?",
    ]


def test_a_code_counts_however_it_was_typed(workspace):
    """In small letters, in full-width ones, with a blank: as an input method writes it."""
    checks = workspace(off='["q401", "Ｎ４０７", " Q408 "]', trial='["Q412"]').checks

    assert checks.off == {"Q401", "N407", "Q408"}
    assert checks.trial == {"Q412"}


def test_own_rules_go_by_the_name_that_stands_in_their_file(workspace, tmp_path):
    """The file is looked at, not run; a misspelt name gets its neighbour."""
    (tmp_path / "rules.py").write_text(OWN + "\nraise SystemExit\n", encoding="utf-8")

    assert workspace(own="rules.py", off='["不得少于30家"]').checks.off == {"不得少于30家"}
    with pytest.raises(ConfigError, match="写的是 不少于30家，没有这条规则，是否为 不得少于30家？"):
        workspace(own="rules.py", off='["不少于30家"]')
    with pytest.raises(ConfigError, match="写的是 Q4111，没有这条规则，是否为 Q411？"):
        workspace(own="rules.py", off='["Q4111"]')


@pytest.mark.parametrize(
    "content",
    [
        OWN.replace('"不得少于30家"', "f'不得少于{30}家'"),
        OWN.replace("@rule(", "@at('不少于30家')(") + "\n",
        "from our_own_collection import *\n",
        "def broken(:\n",
    ],
    ids=["put together", "made by a function", "from elsewhere", "broken"],
)
def test_where_the_names_show_only_when_the_file_is_run_none_is_refused(workspace, tmp_path, content):
    (tmp_path / "rules.py").write_text(content, encoding="utf-8")

    assert workspace(own="rules.py", off='["不少于30家"]').checks.off == {"不少于30家"}


def test_what_may_be_switched_off_is_what_a_rule_says_and_nothing_else(workspace):
    """Every code, one by one: the sentence that lists them holds all that are accepted."""
    accepted = set()
    listed = ""
    for code in Code:
        try:
            workspace(off=f'["{code.code}"]')
        except ConfigError as refused:
            listed = str(refused) if "可以关的有" in str(refused) else listed
        else:
            accepted.add(code.code)

    assert accepted == set(listed.partition("可以关的有 ")[2].partition("。")[0].split("、"))
    assert {"Q401", "Q408", "N402", "N407"} <= accepted
    assert not accepted & {"Q312", "Q219", "N310", "Q421", "T101", "N904"}
