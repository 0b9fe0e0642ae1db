"""合并方式 各计各的: light, score, rank and memory of each lead come from its own figure, and are shown so."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from kept import kept, ledger_with
from office import fill
from ranking_sheets import records, rows_of

from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.editions.surroundings import Past
from workplan_xlsx.domain.editions.working_out import work_out_edition
from workplan_xlsx.domain.handing_up import hand_up
from workplan_xlsx.domain.merging import counting, merge
from workplan_xlsx.domain.model import Joint
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Answer, CellKind, Content, ReturnedRow
from workplan_xlsx.domain.workdays import Workdays
from workplan_xlsx.steps.overview import period_state
from workplan_xlsx.steps.workspace import open_office

JUNE, JULY = Period.parse("2023-06"), Period.parse("2023-07")


@pytest.fixture
def apart(office):
    """Of 1-1 (30 projects, led by 区商务局 and 区科技局) the ledger says 各计各的; 1-2 stays 区商务局's."""
    office.write_in_ledger("1-1", "合并方式", "各计各的")
    assert office.run("ledger").code == 0
    assert office.run("templates", "--period", "2023-06", "--as-of", "2023-06-02").code == 0
    month(office, "2023-06", commerce=16, science=6)
    return office


def month(office, period: str, *, commerce: int, science: int) -> None:
    """Both leads report the month: their own projects, and what else is asked of them."""
    fill(
        office.form("区商务局", period),
        office.root / "inbox" / f"商务{period}.xlsx",
        {"1-1": commerce, "1-2": 0.6, "3-1": "推进中"},
    )
    fill(
        office.form("区科技局", period),
        office.root / "inbox" / f"科技{period}.xlsx",
        {"1-1": science, "2-1": 20, "2-2": 20},
    )
    assert office.run("collect", "--settle", "0", "--as-of", f"{period}-27T10:00").code == 0


def report(office, period: str = "2023-06"):
    return office.run("report", "--period", period, "--as-of", f"{period}-28T20:00", "--json").data


def book(office, period: str = "2023-06"):
    return next((office.root / "outbox" / period).glob("排名通报*.xlsx"))


def test_each_lead_has_light_score_and_rank_of_its_own_figure(apart):
    """16 of 30 is on plan, 6 of 30 is red; the shared 1-2 counts for both."""
    told = report(apart)
    task = next(each for each in told["tasks"] if each["task"] == "1")
    units = {each["unit"]: each for each in told["units"]}

    assert [(each["unit"], each["value"], each["state"]) for each in task["targets"]] == [
        ("区商务局", "16", "绿灯"),
        ("区科技局", "6", "红灯"),
        ("区商务局", "0.6", "绿灯"),
    ]
    assert [(each["unit"], each["state"], each["score"]) for each in task["own"]] == [
        ("区商务局", "绿灯", "100"),
        ("区科技局", "红灯", "70"),
    ]
    assert (units["区商务局"]["rank"], units["区商务局"]["total"]) == (1, "100.00")
    assert (units["区科技局"]["rank"], units["区科技局"]["total"]) == (2, "86.50")  # 0.9 x (70+100)/2 + 10
    assert [(each["target"], each["points"]) for each in units["区科技局"]["losses"]] == [("1-1", "13.5")]
    assert units["区科技局"]["lift"]["what"] == "超过区商务局还差 13.51 分，仅靠本单位指标达到计划仍不够"


def test_only_the_lead_that_is_behind_is_on_a_list_and_in_the_red_list(apart):
    """督办单 and the first sheet name 区科技局 alone."""
    told = report(apart)

    assert told["escalations"] == [{"list": "督办单", "unit": "区科技局", "task": "1"}]
    first = [cell for row in rows_of(book(apart), "排名通报") for cell in row if "招商引资（" in str(cell)]
    assert first == ["■ 1 招商引资（区科技局）"]
    (red,) = records(rows_of(book(apart), "红黄灯清单"), "亮灯")
    assert (red["序号"], red["牵头单位"], red["本期累计"], red["处理"]) == ("1-1", "区科技局", 6, "督办单")
    assert red["亮灯理由"] == (
        "红灯：累计 6/30个，6月计划 15个，落后 30.0 个百分点；规则 G-3（进度比<0.7；现为 0.4）；"
        "各牵头单位各计各的；来源 区科技局 填报!I9"
    )


def test_the_workbook_shows_each_leads_own_figure_and_links_to_its_own_line(apart):
    """任务总表, 单位明细, 多牵头核对 and 溯源, and the links between them."""
    report(apart)
    path = book(apart)
    of_tasks = [each for each in records(rows_of(path, "任务总表"), "序号") if each["序号"] == "1-1"]
    assert rows_of(path, "任务总表")[1][2].startswith("6 项指标")
    (joint, _) = records(rows_of(path, "多牵头核对"), "序号")
    sheets = openpyxl.load_workbook(path)
    links = [
        (row[1].value, row[0].hyperlink.location)
        for row in sheets["溯源"].iter_rows()
        if row[0].value == "1-1"
    ]

    assert [(each["口径单位"], each["本期累计"], each["任务灯"], each["任务分"]) for each in of_tasks] == [
        ("区商务局", 16, "● 绿灯", 100),
        ("区科技局", 6, "■ 红灯", 70),
    ]
    assert [unit for unit, _ in links] == ["区商务局", "区科技局"]
    assert len({place for _, place in links}) == 2
    assert joint["其他牵头单位填报（并列对照，不平均）"] == (
        "区商务局：16（● 绿灯，100.00 分）\n区科技局：6（■ 红灯，40.00 分）"
    )
    assert (joint["口径单位"], joint["与计入数之差"]) == ("各计各的", "—")
    own = [row for row in rows_of(path, "单位明细") if row and row[0] == "1-1"]
    assert [(row[3], row[5], row[9]) for row in own] == [
        ("各计各的", 16, "● 绿灯"),
        ("各计各的", 6, "■ 红灯"),
    ]


def test_each_lead_remembers_its_own_lights(apart):
    """July: who was red is repaired, who was green is amber; the change names each by itself."""
    report(apart)
    assert apart.run("templates", "--period", "2023-07", "--as-of", "2023-07-01").code == 0
    month(apart, "2023-07", commerce=17, science=20)
    told = report(apart, "2023-07")
    task = next(each for each in told["tasks"] if each["task"] == "1")

    assert [(each["unit"], each["state"], each["repaired"]) for each in task["own"]] == [
        ("区商务局", "黄灯", False),
        ("区科技局", "绿灯", True),
    ]
    assert [each["what"] for each in told["changes"] if each["kind"] == "light" and each["task"] == "1"] == [
        "区商务局：任务 1 绿灯 → 黄灯",
        "区科技局：任务 1 红灯 → 绿灯，上期红灯已整改",
    ]
    hint = rows_of(book(apart, "2023-07"), "红黄灯清单")[1]
    assert "上期红灯、本期已整改 1 项：任务 1。" in "".join(map(str, hint))
    with open_office(apart.root, now=datetime(2023, 7, 29, tzinfo=UTC), lang="zh") as desk:
        seen = {each.unit: each.lights for each in period_state(desk, desk.ledger(), JULY).units}
    assert seen["区商务局"] == (("黄灯", 2),)
    assert seen["区科技局"] == (("绿灯", 1), ("黄灯", 1))


def test_a_figure_that_each_has_for_itself_is_traced_by_unit_and_never_handed_up_as_a_total(apart):
    """Neither of the two is the figure; the command asks whose, the higher form stays blank."""
    asked = apart.run("trace", "--period", "2023-06", "1-1")
    told = apart.run("trace", "--period", "2023-06", "1-1", "--unit", "区科技局", "--json").data
    figures = merge(
        ledger_with(Joint.EACH), JUNE, counting([kept("区科技局", "1-1 100"), kept("区商务局", "1-1 60")])
    )
    blank = Content(sheet="填报", cell="H8", kind=CellKind.BLANK)
    answers = {Answer.ACTUAL: blank}
    row = ReturnedRow(
        code="9-1", code_at=blank, row=8, hidden=False, answers=answers, name="省里的平台", unit="家"
    )
    (handed,) = hand_up([row], figures, {"9-1": ("1-1",)}, "zh")

    assert asked.code == 2
    assert "各计各的，有多个数字：区商务局、区科技局。请用 --unit 指明单位" in asked.err
    assert (told["unit"], told["value"]) == ("区科技局", "6")
    assert (handed.value, handed.why_not) == (
        None,
        "本级 1-1 由各牵头单位各计各的，没有一个总数。请手工填写。",
    )


def test_one_lead_that_is_missing_leaves_the_others_as_they_are():
    """未报 is its own, and takes nobody else out of the ranking."""
    plan, forms = ledger_with(Joint.EACH), [kept("区科技局", "1-1 100", "3-1 已完成")]
    made = work_out_edition(
        plan,
        JUNE,
        forms,
        number=1,
        as_of=datetime(2023, 7, 5, tzinfo=forms[0].received_at.tzinfo),
        deadline=datetime(2023, 6, 28, 18, tzinfo=forms[0].received_at.tzinfo),
        workdays=Workdays(),
        rules=Rules(),
        past=Past(),
        lang="zh",
    )
    lights = {each.unit: [task.light.value for task in each.tasks] for each in made.standings}

    assert lights == {"区科技局": ["绿灯", "已完成"], "区商务局": ["未报"]}
    assert {each.unit: each.total for each in made.standings} == {
        "区科技局": Decimal("100.00"),
        "区商务局": None,
    }
