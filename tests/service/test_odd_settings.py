"""Rounds on odd days, and a store from the future: one sentence each, and the month goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from founded import settings
from office import SmallOffice


def test_a_round_on_the_31st_is_done_on_the_last_day_of_a_shorter_month(desk):
    """May's was missed and is made up; June has 30 days; July's 31st is a Monday. Once each."""
    settings(desk.root, rounds={"overdue_problems": "31日"})
    for moment in ("06-01T08:31", "06-29T08:31", "06-30T08:29", "06-30T08:31", "07-03T08:31", "07-30T08:31"):
        assert desk.look(f"2023-{moment}")
    june = [each for each in desk.told if each.facts.get("round") == "overdue_problems"]
    desk.look("2023-07-31T08:31")
    both = [each for each in desk.told if each.facts.get("round") == "overdue_problems"]

    assert [f"{each.at:%m-%d %H:%M}" for each in june] == ["06-01 08:31", "06-30 08:31"]
    assert [f"{each.at:%m-%d %H:%M}" for each in both[2:]] == ["07-31 08:31"]
    assert desk.runs()["2023-07 forms_out"] == "finished"


@pytest.mark.parametrize(
    ("rounds", "said"),
    [
        ({"draft_report": "32日"}, "“32日”这一天永远不会到"),
        ({"draft_report": "第40个工作日"}, "“第40个工作日”这一天永远不会到"),
        ({"draft_report": "闰月初一"}, "看不懂“闰月初一”"),
        ({"draft_report": ["1日", "2日"]}, "“通报征求意见稿”每期只做一次，“2日”没有采用"),
        ({"remind_missing": ["截止当天", "截止当天"]}, "“截止当天”写了两次，只做一次"),
    ],
)
def test_a_round_that_cannot_be_is_one_sentence_in_status_and_doctor(desk, capsys, rounds, said):
    """Neither is an error: the forms of June go out on time."""
    settings(desk.root, rounds=rounds)
    assert desk.look("2023-06-01T08:31")
    office = SmallOffice(desk.root, capsys)
    (warned,) = office.run("status", "--json").data["warnings"]
    looked = [each["told"] for each in office.run("doctor", "--json").data if each["state"] == "！"]

    assert said in warned
    assert "\n" not in warned
    assert warned in looked
    assert desk.runs()["2023-06 forms_out"] == "finished"


def test_a_store_from_a_newer_program_is_one_sentence_and_is_left_as_it_is(desk, capsys):
    """Exit code 3. With the right program everything is made up, with the day it was due."""
    store = desk.root / "workplan.db"
    right = version(store, "9999")
    told = SmallOffice(desk.root, capsys).run("run", "--once", "--as-of", "2023-06-01T08:31")
    after = version(store, right)
    assert desk.look("2023-06-02T08:31")

    assert (told.code, told.out) == (3, "")
    (sentence,) = told.err.strip().splitlines()
    assert "9999" in sentence
    assert after == "9999"
    assert "现补做" in desk.sentences("round_done")[0]


def version(store: Path, new: str) -> str:
    """Overwrite the version that the store says it is of; return what it said."""
    with closing(sqlite3.connect(store)) as other, other:
        (before,) = other.execute("SELECT version_num FROM alembic_version").fetchone()
        other.execute("UPDATE alembic_version SET version_num = ?", (new,))
    return str(before)
