"""The sample notice's year: 34 units, twelve months by the commands as typed, worked out again without the engine."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import recomputation
from ledger_cells import write
from office import SmallOffice

from workplan_xlsx.demo import slips
from workplan_xlsx.demo.clerk import fill
from workplan_xlsx.demo.data import NOTICE

FATES = ["in time"] * 7 + ["late", "returned", "missing"]


@pytest.fixture
def office(tmp_path, capsys) -> SmallOffice:
    """A workspace made of the notice as shipped; the coordinator has set weights, plans, groups, who is ranked."""
    office = SmallOffice(tmp_path / "ws", capsys)
    assert office.run("init", str(NOTICE), str(office.root), "--year", "2023").code == 0
    book = openpyxl.load_workbook(office.root / "ledger.xlsx")
    for code, weight in (("3", 3), ("39", 0.5)):
        write(book["任务"], code, "权重", weight)
    write(book["指标"], "3-1", "权重", 2.5)
    write(book["计划节点"], "1-1", "仅某期到期", "2023-11")
    write(book["计划节点"], "1-2", "计划起始", "2023-04")
    for month, percent in (("2023-03", 20), ("2023-06", 50), ("2023-09", 75), ("2023-12", 100)):
        write(book["计划节点"], "3-1", month, percent)
    for unit in ("工业园区", "区物流发展指挥部", "区供销社"):
        write(book["单位"], unit, "排名组", "园区和其他")
    write(book["单位"], "人民银行示范区支行", "参与排名", "否")
    book.save(office.root / "ledger.xlsx")
    assert office.run("ledger").code == 0
    return office


def month_of(office: SmallOffice, month: int, chance: random.Random) -> dict[str, Any]:
    """Forms out, filled in by the demo's clerk; some come late, wrong at first, or never; the report as data."""
    period = f"2023-{month:02d}"
    office.run("templates", "--period", period, "--as-of", f"{period}-01")
    forms = sorted((office.root / "templates" / period).glob("*_填报表.xlsx"))
    assert len(forms) == 34
    fates = {form: chance.choice(FATES) for form in forms}
    sent_back = [form for form, fate in fates.items() if fate == "returned"]
    _send(office, sent_back, month, f"{period}-20T10:00", slip=slips.other_period)
    prompt = [form for form, fate in fates.items() if fate in ("in time", "returned")]
    _send(office, prompt, month, f"{period}-24T10:00")
    late = [form for form, fate in fates.items() if fate == "late"]
    _send(office, late, month, _days_later(month, chance.choice([1, 3, 9])))
    return office.run("report", "--period", period, "--as-of", _days_later(month, 15), "--json").data


def _send(office: SmallOffice, forms: list[Path], month: int, at: str, slip: Any = None) -> None:
    for form in forms:
        place = form.name.split("_")[1]
        name = office.root / "inbox" / f"{place}{'错' if slip else ''}.xlsx"
        fill(form, name, month=f"{month}月", share=month / 12, seed=place, slip=slip)
    office.run("collect", "--settle", "0", "--as-of", at)


def _days_later(month: int, day: int) -> str:
    """A day of the month after."""
    return f"2023-{month + 1:02d}-{day:02d}T10:00" if month < 12 else f"2024-01-{day:02d}T10:00"


def test_a_year_of_34_units_agrees_to_the_last_digit_with_the_rules_worked_out_again(office):
    """Rank, change, total, progress, reporting by unit; state, percents and score by task and target."""
    chance = random.Random(2023)
    states, ways, ranked_in = Counter[str](), Counter[str](), Counter[str]()
    before: dict[str, int] = {}
    for month in range(1, 13):
        told = month_of(office, month, chance)
        period = f"2023-{month:02d}"
        figures = office.run("figures", "--period", period, "--json").data
        status = office.run("status", "--period", period, "--json").data
        again = recomputation.period(office.root / "ledger.xlsx", figures, status, month)

        assert recomputation.differences(told, again, before) == [], period
        before = {name: each["rank"] for name, each in again["units"].items() if each["rank"] is not None}
        states.update(target["state"] for task in told["tasks"] for target in task["targets"])
        ways.update(unit["state"] for unit in status["units"])
        ways["退回后报送"] += sum(bool(each["times_returned"]) for each in status["units"])
        ranked_in.update(unit["group"] for unit in told["units"] if unit["rank"])

    assert {"红灯", "黄灯", "绿灯", "已完成", "未到期", "未报"} <= set(states)
    assert {"按时", "迟报", "未报", "退回后报送"} <= set(ways)
    assert set(ranked_in) == {"牵头单位", "园区和其他"}
