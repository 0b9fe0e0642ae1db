"""A year by the commands as typed, and default_rules worked out again without the engine: no digit differs."""

from __future__ import annotations

import random
from typing import Any

import openpyxl
import pytest
import recomputation
from ledger_cells import write
from office import SmallOffice

NOTICE = """示范区人民政府办公室
关于印发《示范区2023年重点工作任务》的通知
示政办字〔2023〕1号
2023年1月3日
一、产业发展
1.招商引资。引进亿元以上项目30个，实际利用外资突破1亿美元。（牵头单位：区商务局、区科技局）
2.科技创新。高新技术企业达到40家，研发机构覆盖率达到35%以上，力争新增院士工作站6家。（牵头单位：区科技局）
3.优化环境。完善企业服务机制，推动政策落地。（牵头单位：区商务局）
二、民生改善
4.新增就业。新增城镇就业4000人以上，城镇登记失业率控制在3%以内。（牵头单位：区人社局、区商务局）
5.生态环境。空气优良天数比例稳定在91%以上，新建公园1-2个，栽植行道树20公里左右。（牵头单位：区环保局）
"""
STAGES = ["未启动", "已启动", "推进中", "基本完成", "已完成"]


@pytest.fixture
def year(tmp_path, capsys) -> SmallOffice:
    """A workspace of 2023 with weights, plan nodes, a target due only in the last quarter, and one that each
    of two leads answers for by itself (4-2).
    """
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    office = SmallOffice(tmp_path / "ws", capsys)
    assert office.run("init", str(notice), str(office.root), "--year", "2023").code == 0
    book = openpyxl.load_workbook(office.root / "ledger.xlsx")
    write(book["任务"], "2", "权重", 2.5)
    write(book["指标"], "1-2", "权重", 3)
    write(book["指标"], "4-2", "合并方式", "各计各的")
    write(book["计划节点"], "2-1", "仅某期到期", "2023-10")
    for month, percent in (("2023-03", 20), ("2023-06", 50), ("2023-09", 75), ("2023-12", 100)):
        write(book["计划节点"], "1-1", month, percent)
    book.save(office.root / "ledger.xlsx")
    assert office.run("ledger").code == 0
    return office


def _reported(chance: random.Random, target: dict[str, Any], month: int) -> object:
    if target["性质"] == "阶段":
        return STAGES[min(4, max(0, month // 3 + chance.randrange(-1, 2)))]
    aim = float(target["目标值"])
    if target["性质"] == "保持" or target["方向"] == "不高于":
        return round(aim * chance.uniform(0.85, 1.15), 2)
    return round(aim * min(1.2, month / 12 * chance.uniform(0.6, 1.3)), 1)


def _month(office: SmallOffice, month: int, chance: random.Random) -> dict[str, Any]:
    """Forms out, filled, some late or returned first, one sometimes missing; the report as data."""
    period = f"2023-{month:02d}"
    office.run("templates", "--period", period, "--as-of", f"2023-{month:02d}-01")
    targets = {row["指标编码"]: row for row in recomputation.rows(office.root / "ledger.xlsx", "指标")}
    days = {}
    for unit, codes in UNITS.items():
        fate = chance.choice(["in time", "in time", "late", "returned", "missing"])
        if fate == "missing":
            continue
        values = {code: _reported(chance, targets[code], month) for code in codes}
        if fate == "returned":
            wrong = values | {next(code for code in codes if targets[code]["性质"] != "阶段"): "约五"}
            office.drop(f"{unit}{month}错.xlsx", office.form(unit, period), wrong)
            office.run("collect", "--settle", "0", "--as-of", f"{period}-20T10:00")
        days.setdefault(f"{period}-24" if fate != "late" else _late(month), []).append((unit, values))
    for day, forms in sorted(days.items()):
        for unit, values in forms:
            explained = {f"{code}:解释说明": "已核实，数据无误" for code in values}
            office.drop(f"{unit}{month}.xlsx", office.form(unit, period), values | explained)
        office.run("collect", "--settle", "0", "--as-of", f"{day}T10:00")
    return office.run("report", "--period", period, "--as-of", _after(month), "--json").data


def _late(month: int) -> str:
    return f"2023-{month:02d}-31" if month in (1, 3, 5, 7, 8, 10, 12) else f"2023-{month + 1:02d}-03"


def _after(month: int) -> str:
    return f"2023-{month + 1:02d}-15" if month < 12 else "2024-01-15"


UNITS = {
    "区商务局": ["1-1", "1-2", "3-1", "4-2"],
    "区科技局": ["2-1", "2-2", "2-3"],
    "区人社局": ["4-1", "4-2"],
    "区环保局": ["5-1", "5-2", "5-3"],
}


def test_a_year_recomputed_without_the_engine_agrees_to_the_last_digit(year):
    """Every state, percent, score, total and rank of twelve months; late, returned and missing included."""
    chance = random.Random(2023)
    seen, apart = set(), set()
    before: dict[str, int] = {}
    for month in range(1, 13):
        told = _month(year, month, chance)
        figures = year.run("figures", "--period", f"2023-{month:02d}", "--json").data
        status = year.run("status", "--period", f"2023-{month:02d}", "--json").data
        again = recomputation.period(year.root / "ledger.xlsx", figures, status, month)
        seen |= {target["state"] for task in told["tasks"] for target in task["targets"]}
        apart |= {tuple(each["state"] for each in task["own"]) for task in told["tasks"] if task["own"]}

        assert recomputation.differences(told, again, before) == [], month
        before = {name: each["rank"] for name, each in again["units"].items() if each["rank"] is not None}

    assert {"红灯", "黄灯", "绿灯", "已完成", "未到期", "未报"} <= seen
    assert any(first != second for first, second in apart)
