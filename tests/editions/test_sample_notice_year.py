"""The sample notice's year: 34 units, twelve months by the commands as typed, held against others' reckoning.

The rules worked out again without the engine, and LibreOffice on the sheet 测算 of every month's workbook.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import recomputation
from ledger_cells import write
from office import told
from ranking_sheets import error_values, recalculating, rows_of
from what_if_sheet import near, number, reckoned

from workplan_xlsx.demo import slips
from workplan_xlsx.demo.clerk import fill
from workplan_xlsx.demo.data import NOTICE

FATES = ["in time"] * 7 + ["late", "returned", "missing"]


@dataclass(frozen=True)
class Month:
    """What the commands said of a month, as data."""

    number: int
    report: dict[str, Any]
    figures: list[dict[str, Any]]
    status: dict[str, Any]


@dataclass(frozen=True)
class Year:
    """The workspace after its year."""

    root: Path
    months: list[Month]

    @property
    def workbooks(self) -> list[Path]:
        """The ranking of each month."""
        return sorted(self.root.glob("outbox/*/排名通报_*.xlsx"))


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> Year:
    """The notice as shipped; the coordinator has set weights, plans, groups and who is ranked."""
    root = tmp_path_factory.mktemp("year") / "ws"
    told("init", str(NOTICE), str(root), "--year", "2023")
    _coordinate(root / "ledger.xlsx")
    told("-C", str(root), "ledger")
    chance = random.Random(2023)
    return Year(root, [_month(root, number, chance) for number in range(1, 13)])


def _coordinate(ledger: Path) -> None:
    book = openpyxl.load_workbook(ledger)
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
    book.save(ledger)


def _month(root: Path, number: int, chance: random.Random) -> Month:
    """Forms out, filled in by the demo's clerk; some come late, wrong at first, or never; the report."""
    office, period = ("-C", str(root)), f"2023-{number:02d}"
    told(*office, "templates", "--period", period, "--as-of", f"{period}-01")
    forms = sorted((root / "templates" / period).glob("*_填报表.xlsx"))
    assert len(forms) == 34
    fates = {form: chance.choice(FATES) for form in forms}
    sent_back = [form for form, fate in fates.items() if fate == "returned"]
    _send(root, sent_back, number, f"{period}-20T10:00", slip=slips.other_period)
    prompt = [form for form, fate in fates.items() if fate in ("in time", "returned")]
    _send(root, prompt, number, f"{period}-24T10:00")
    late = [form for form, fate in fates.items() if fate == "late"]
    _send(root, late, number, _in_the_month_after(number, chance.choice([1, 3, 9])))
    report = ("report", "--period", period, "--as-of", _in_the_month_after(number, 15), "--json")
    asked = (report, ("figures", "--period", period, "--json"), ("status", "--period", period, "--json"))
    return Month(number, *(json.loads(told(*office, *each)) for each in asked))


def _send(root: Path, forms: list[Path], month: int, at: str, slip: Any = None) -> None:
    for form in forms:
        unit = form.name.split("_")[1]
        sent = root / "inbox" / f"{unit}{'错' if slip else ''}.xlsx"
        fill(form, sent, month=f"{month}月", share=month / 12, seed=unit, slip=slip)
    told("-C", str(root), "collect", "--settle", "0", "--as-of", at)


def _in_the_month_after(month: int, day: int) -> str:
    return f"2023-{month + 1:02d}-{day:02d}T10:00" if month < 12 else f"2024-01-{day:02d}T10:00"


def test_every_figure_of_the_year_is_that_of_the_rules_worked_out_again(year):
    """Rank, change, total, progress, reporting by unit; state, percents and score by task and target."""
    states, ways, ranked_in = Counter[str](), Counter[str](), Counter[str]()
    before: dict[str, int] = {}
    for month in year.months:
        again = recomputation.period(year.root / "ledger.xlsx", month.figures, month.status, month.number)

        assert recomputation.differences(month.report, again, before) == [], month.number
        before = {name: each["rank"] for name, each in again["units"].items() if each["rank"] is not None}
        states.update(target["state"] for task in month.report["tasks"] for target in task["targets"])
        ways.update(unit["state"] for unit in month.status["units"])
        ways["退回后报送"] += sum(bool(each["times_returned"]) for each in month.status["units"])
        ranked_in.update(unit["group"] for unit in month.report["units"] if unit["rank"])

    assert {"红灯", "黄灯", "绿灯", "已完成", "未到期", "未报"} <= set(states)
    assert {"按时", "迟报", "未报", "退回后报送"} <= set(+ways)
    assert set(ranked_in) == {"牵头单位", "园区和其他"}


def test_libreoffice_reckons_every_light_score_and_rank_of_the_year(libreoffice, year, tmp_path):
    """Every formula of 测算 anew, in the workbook of each month; and no cell of a workbook is an error value."""
    assert libreoffice
    assert len(year.workbooks) == 12
    anew = recalculating(tmp_path / "home").save_as("xlsx", tmp_path / "new", *year.workbooks)

    for month, published, reckoned_anew in zip(year.months, year.workbooks, anew, strict=True):
        assert error_values(published) == error_values(reckoned_anew) == []
        truth, sheet = _reported(month.report), reckoned(rows_of(reckoned_anew, "测算"))
        assert {key: (sheet.get(key), truth[key]) for key in truth if sheet.get(key) != truth[key]} == {}
        assert len(sheet) == len(truth)


def _reported(report: dict[str, Any]) -> dict[str, Any]:
    """Units, tasks and targets of `report --json` as 测算 shows them."""
    units = {
        each["unit"]: (
            each["state"].replace("不参与排名", "不排名"),
            number(each["total"]),
            number(each["rank"]),
        )
        for each in report["units"]
    }
    tasks = {f"task {each['task']}": (each["state"], near(each["score"])) for each in report["tasks"]}
    targets = {
        each["target"]: (each["state"], near(each["score"]))
        for task in report["tasks"]
        for each in task["targets"]
    }
    return units | tasks | targets
