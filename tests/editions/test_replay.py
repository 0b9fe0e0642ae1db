"""`workplan replay`: what a draft rule set would have changed, before it is issued."""

from __future__ import annotations

import pytest

DRAFT = """
[rules]
name = "草案"
[[rules.light]]
number = "C-1"
state = "green"
when = "落后百分点 <= 0"
[[rules.light]]
number = "C-2"
state = "amber"
when = "0 < 落后百分点 < 5 且 此前 = 0"
[[rules.light]]
number = "C-3"
state = "red"
when = "落后百分点 >= 5"
"""


def draft(office, text: str):
    file = office.root.parent / "草案.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def collected(office, period: str, day: str, values: dict) -> None:
    office.drop(f"{period}.xlsx", office.form("区人社局", period), values)
    assert office.run("collect", "--settle", "0", "--as-of", f"{day}T10:00").code == 0


def test_what_would_have_changed_is_listed_and_nothing_is_written(office):
    """1,800 of 4,000 in June are 5 points behind: amber in force, red under the draft."""
    collected(office, "2023-06", "2023-06-27", {"4-1": 1800})
    before = sorted(
        path.name for path in office.root.rglob("*") if path.is_file() and "workplan.db" not in path.name
    )
    rules = draft(office, DRAFT.replace(" 且 此前 = 0", ""))
    told = office.run("replay", "--rules", rules, "--periods", "2023-06..2023-06", "--json").data
    spoken = office.run("replay", "--rules", rules, "--periods", "2023-06").out

    assert [(each["target"], each["before"], each["after"]) for each in told[0]["lights"]] == [
        ("4-1", "黄灯", "红灯")
    ]
    assert "规则 C-3（落后百分点>=5；现为 5）" in told[0]["lights"][0]["reason"]
    assert told[0]["lists_new"] == [["督办单", "区人社局", ["4", "1"][0]]]
    assert "4-1  区人社局  黄灯 → 红灯" in spoken
    assert "未写入任何文件" in spoken
    assert before == sorted(
        path.name for path in office.root.rglob("*") if path.is_file() and "workplan.db" not in path.name
    )


def test_each_rule_set_remembers_its_own_past(office):
    """Two ambers running are red under the draft, though the rules in force never gave an amber."""
    collected(office, "2023-06", "2023-06-27", {"4-1": 1990})
    office.run("templates", "--period", "2023-07", "--as-of", "2023-07-03")
    collected(office, "2023-07", "2023-07-27", {"4-1": 2300})
    memory = """
    [rules]
    light = [
      { number = "1", state = "green", when = "behind_pp <= 0" },
      { number = "2", state = "amber", when = "behind_pp > 0 and before.amber = 0" },
      { number = "3", state = "red", when = "behind_pp > 0 and before.amber >= 1" },
    ]
    """
    told = office.run(
        "replay", "--rules", draft(office, memory), "--periods", "2023-06..2023-07", "--json"
    ).data

    lights = {each["period"]: [light["after"] for light in each["lights"]] for each in told}
    assert lights == {"2023-06": [], "2023-07": ["红灯"]}


@pytest.mark.parametrize(
    ("text", "periods", "said"),
    [
        (DRAFT, "2023-06", "“此前”不是可用的衡量项"),
        ("[plan]\n", "2023-06", "没有 [rules] 一节"),
        ("[rules]\nlight = [", "2023-06", "格式有误"),
        ("[rules]\n", "2023-07..2023-06", "请把起止期对调"),
        ("[rules]\n", "2023-09", "还没有下发过填报表"),
        ("[rules]\n", "六月", "不是本计划的填报期"),
    ],
)
def test_what_cannot_be_replayed_gets_one_sentence(office, text, periods, said):
    """Exit code 2, with the place or the next action."""
    told = office.run("replay", "--rules", draft(office, text), "--periods", periods)

    assert (told.code, told.out) == (2, "")
    assert said in told.err
