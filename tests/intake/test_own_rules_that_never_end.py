"""An own rule that never ends, or ends its reader: it is told by name, and no form is put aside for it."""

from __future__ import annotations

import os
import re

import pytest
from many_forms import collected
from office import SmallOffice

from workplan_xlsx.intake import isolation
from workplan_xlsx.intake.worker import Limits

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
NOT_CHECKED = "本表未按它检查，其余检查照常。请改正自定规则文件。"
RULES = """import os, re, time
from workplan_xlsx.rules import rule

@rule("没完没了")
def endless(row):
    {body}

@rule("不得少于20个")
def twenty(row):
    if row.target.code == "1-1" and row.value and row.value < 20:
        yield "少于 20 个。"
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="only the clock of the whole reader holds there")


@pytest.fixture
def with_rules(office):
    """workplan.toml names rules.py, whose first rule does what is asked for."""

    def write(body: str) -> SmallOffice:
        toml = office.root / "workplan.toml"
        text = toml.read_text(encoding="utf-8")
        toml.write_text(text.replace('own = ""', 'own = "rules.py"'), encoding="utf-8")
        (office.root / "rules.py").write_text(RULES.format(body=body), encoding="utf-8")
        return office

    return write


def notes(file: dict) -> list[str]:
    return [each["message"] for each in file["findings"] if each["code"] == "N904"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("while True: pass", "6"),
        ("while row:\n        try: row.nonsense\n        except Exception: pass", "678"),
        ("re.fullmatch(r'(a+)+b', 'a' * 60)", "6"),
    ],
    ids=["loops", "swallows every mistake", "searches for ever"],
)
def test_a_rule_that_never_ends_is_told_with_its_name_and_line_on_every_form(with_rules, body, lines):
    """Both forms are judged by all other rules, the other own rule included; a person is asked for."""
    office = with_rules(body)
    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    office.drop("科技.xlsx", office.form("区科技局"), {"2-1": 41, "2-2": 36})
    told = collected(office)
    trade, science = told.data["files"]

    assert told.code == 1
    for file in (trade, science):
        (note,) = notes(file)
        assert re.fullmatch(
            f"自定规则“没完没了”出错（rules.py:[{lines}]：运行 3 秒仍未结束），{NOT_CHECKED}", note
        )
    assert trade["outcome"] == "returned"
    assert "少于 20 个。" in " ".join(each["message"] for each in trade["findings"])
    assert "F106" not in [each["code"] for file in (trade, science) for each in file["findings"]]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_rule_that_ends_its_reader_is_no_fault_of_the_form(with_rules, jobs):
    """No exception, no sentence: the process is gone. The form is read again without own rules, and that is told."""
    office = with_rules("os._exit(3)")
    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    told = collected(office, "--jobs", jobs)
    (file,) = told.data["files"]

    assert (told.code, file["outcome"]) == (1, "accepted")
    assert notes(file) == [f"自定规则“rules.py”出错（rules.py：读取程序意外退出），{NOT_CHECKED}"]


def test_a_rule_that_waits_for_ever_costs_the_readers_time_and_not_the_form(with_rules, monkeypatch):
    """It computes nothing, so only the limit of the whole reader holds: 30 s, here 2."""
    monkeypatch.setattr(isolation, "Limits", lambda: Limits(seconds=2))
    office = with_rules("time.sleep(600)")
    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    told = collected(office)
    (file,) = told.data["files"]

    assert (told.code, file["outcome"]) == (1, "accepted")
    assert notes(file) == [f"自定规则“rules.py”出错（rules.py：读取超过了时限），{NOT_CHECKED}"]


def test_a_file_that_nobody_can_read_is_still_its_own_fault(with_rules):
    """The own rules were never asked: what is told is told of the file."""
    office = with_rules("os._exit(3)")
    (office.root / "inbox" / "坏.xlsx").write_bytes(office.form("区商务局").read_bytes()[:2000])
    (file,) = collected(office).data["files"]

    assert (file["outcome"], notes(file)) == ("quarantined", [])
