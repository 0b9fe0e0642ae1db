"""The file of own rules that is not there, broken or empty: doctor, collect and status say so, and what to do."""

from __future__ import annotations

import re

import pytest
from office import SmallOffice

RULE = """from workplan_xlsx.rules import rule

@rule("至少20个", severity="error")
def twenty(row):
    if row.target.code == "1-1" and row.value < 20:
        yield f"只有 {row.value} 个，要求不少于 20 个。"
"""
MISSING = (
    '没有文件 {file}，自定规则都没有用上，其余检查照常。请核对文件名和位置；不用自定规则的，改为 own = ""。'
)
BROKEN = "{file} 第 1 行不合 Python 写法（"
NOT_UTF8 = "{file} 不是 UTF-8 编码的文字，自定规则都没有用上，其余检查照常。请另存为 UTF-8 编码。"


@pytest.fixture
def named(office) -> SmallOffice:
    """workplan.toml names rules.py; one form has come back."""
    toml = office.root / "workplan.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('own = ""', 'own = "rules.py"'), encoding="utf-8")
    office.drop("商务.xlsx", office.form("区商务局"), {"1-1": 25, "1-2": 0.6, "3-1": "推进中"})
    return office


def looked(office: SmallOffice, *options: str) -> list[str]:
    """The doctor's lines about own rules."""
    told = office.run(*options, "doctor", "--json").data
    return [f"{each['state']} {each['told']}" for each in told if each["what"] in ("自定规则", "Own rules")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, MISSING), (b"def broken(:\n", BROKEN), ("规则".encode("gb18030"), NOT_UTF8)],
    ids=["missing", "broken", "another encoding"],
)
def test_a_file_that_cannot_be_used_is_told_with_key_place_and_what_to_do(named, content, sentence):
    """The form is judged by all other rules; a person is asked for."""
    file = named.root / "rules.py"
    if content is not None:
        file.write_bytes(content)
    told = named.run("collect", "--json", "--settle", "0", "--as-of", "2023-06-27T10:00")
    (warning,) = told.data["warnings"]
    (form,) = told.data["files"]
    (note,) = [each["message"] for each in form["findings"] if each["code"] == "N904"]

    assert (told.code, form["outcome"]) == (1, "accepted")
    assert re.match(r"workplan\.toml checks\.own（第 \d+ 行）：", warning)
    assert sentence.format(file=file) in warning
    assert looked(named) == [f"× {warning}"]
    assert warning in named.run("status", "--json").data["warnings"]
    assert "本表未按它检查" in note
    assert "Errno" not in note
    assert "Error" not in note or "SyntaxError" in note


def test_the_same_in_english(named):
    named.run("--lang", "en", "collect", "--settle", "0")
    toml = named.root / "workplan.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('language = "zh"', 'language = "en"'), encoding="utf-8")
    (line,) = looked(named)

    assert re.fullmatch(r"× workplan\.toml checks\.own \(line \d+\): there is no file \S+/rules\.py: no own rule "
                        r"is asked, all other checks are made\. Check its name and place; without own rules, write "
                        r'own = ""\.', line)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (RULE, "√ rules.py：1 条（至少20个）"),
        (
            "",
            '！ rules.py 里没有一条规则。规则的写法见 docs/own_rules.md；不用自定规则的，把 workplan.toml 的 own 改为 ""。',
        ),
        (
            "import no_such_thing\n" + RULE,
            "× rules.py 没有用上（rules.py:1：ModuleNotFoundError: No module named 'no_such_thing'），其余检查照常。"
            "请改正 rules.py。",
        ),
        (
            "while True: pass\n",
            "× rules.py 没有用上（rules.py:1：运行 3 秒仍未结束），其余检查照常。请改正 rules.py。",
        ),
        (
            "raise SystemExit\n",
            "× rules.py 没有用上（rules.py:1：SystemExit: ），其余检查照常。请改正 rules.py。",
        ),
    ],
    ids=["fine", "none in it", "needs what is not there", "never ends", "leaves"],
)
def test_the_doctor_runs_the_file_where_readers_run_it(named, content, line):
    """In a process of its own, which may neither write nor hang nor end the doctor."""
    (named.root / "rules.py").write_text(content, encoding="utf-8")

    assert looked(named) == [line]


def test_where_none_is_named_the_doctor_says_nothing_of_own_rules(office):
    assert looked(office) == []


def test_a_name_that_shows_only_when_the_file_is_run_is_held_against_it_by_the_doctor(named):
    """The settings could not be refused for it: the name is put together."""
    toml = named.root / "workplan.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("\noff = []", '\noff = ["至少30个"]'), encoding="utf-8")
    (named.root / "rules.py").write_text(RULE.replace('"至少20个"', "f'至少{20}个'"), encoding="utf-8")

    assert looked(named) == [
        "√ rules.py：1 条（至少20个）",
        "！ workplan.toml 的 off、trial、in_force 里写的 至少30个，rules.py 里没有这条规则（有的是 至少20个）。"
        "请改成一致。",
    ]
