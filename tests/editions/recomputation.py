"""default_rules worked out again, without the engine: from `figures --json`, `status --json` and ledger.xlsx.

Written from the paper alone; it shares no code with the product and reads ledger.xlsx by its headers.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl

STAGES = {"未启动": 0, "已启动": 25, "推进中": 50, "基本完成": 80, "已完成": 100}
ORDER = ["红灯", "黄灯", "绿灯", "已完成", "未到期", "待核", "待定", "不适用"]


def rows(ledger: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet of ledger.xlsx by header."""
    lines = list(openpyxl.load_workbook(ledger)[sheet].iter_rows(values_only=True))
    head = next(at for at, line in enumerate(lines) if line[0] in ("任务编码", "指标编码", "单位名称"))
    names = [str(each) for each in lines[head]]
    return [dict(zip(names, line, strict=True)) for line in lines[head + 1 :] if line[0] not in (None, "")]


def expected(target: dict[str, Any], plan: dict[str, Any], month: int) -> Fraction:
    """应完成: nodes, one period only, what is due throughout, or the straight line."""
    nodes = {
        int(name[5:7]): value for name, value in plan.items() if name[:2] == "20" and value not in (None, "")
    }
    if nodes:
        reached = [at for at in nodes if at <= month]
        return Fraction(str(nodes[max(reached)])) if reached else Fraction(0)
    if plan.get("仅某期到期"):
        return Fraction(100 if month >= int(str(plan["仅某期到期"])[5:7]) else 0)
    if target["性质"] == "保持" or target["方向"] in ("不高于", "低于"):
        return Fraction(100)
    first = int(str(plan["计划起始"])[5:7]) if plan.get("计划起始") else 1
    return Fraction(100 * max(0, month - first + 1), 12 - first + 1)


def completion(target: dict[str, Any], value: str | None, status: str | None) -> Fraction | None:
    """完成率 by nature and bound."""
    if target["性质"] == "阶段":
        return Fraction(STAGES[status]) if status else None
    if value is None or target["目标值"] in (None, ""):
        return None
    actual, aim = Fraction(value), Fraction(str(target["目标值"]))
    if target["性质"] == "清零":
        baseline = Fraction(str(target["基数"]))
        return 100 * (baseline - actual) / baseline
    if target["方向"] in ("不高于", "低于"):
        return Fraction(100) if actual <= aim else 100 * aim / actual
    if target["方向"] == "左右" and actual >= aim * Fraction(95, 100):
        return Fraction(100)
    return 100 * actual / aim


def judged(
    target: dict[str, Any], plan: dict[str, Any], figure: dict[str, Any], month: int
) -> dict[str, Any]:
    """State and score of one target."""
    due = expected(target, plan, month)
    done = completion(target, figure["value"], figure["status"])
    ratio = done / due if done is not None and due else None
    state, score = _state(target, figure, done, due, ratio, month)
    return {"state": state, "completion_pct": done, "expected_pct": due, "score": score}


def _state(target, figure, done, due, ratio, month) -> tuple[str, Fraction | None]:
    if figure["source"] is None:
        return "未报", None
    if done is None:
        return "待定", None
    if not due:
        return "未到期", None
    score = 100 * min(Fraction(1), ratio)
    more = target["方向"] != "超过" or Fraction(figure["value"]) > Fraction(str(target["目标值"]))
    if done >= 100 and more:
        held = target["性质"] == "保持" or target["方向"] in ("不高于", "低于")
        return ("绿灯" if held and month < 12 else "已完成"), Fraction(100)
    if ratio >= 1:
        return "绿灯", score
    if ratio >= Fraction(7, 10) or target["力争"] == "是":
        return "黄灯", score
    return "红灯", score


def mean(pairs: list[tuple[Fraction, Any]]) -> Fraction | None:
    """Weighted mean."""
    weights = [Fraction(str(weight or 1)) for _, weight in pairs]
    return (
        sum(score * w for (score, _), w in zip(pairs, weights, strict=True)) / sum(weights) if pairs else None
    )


def half_up(exact: Fraction) -> str:
    """Two decimals, half up."""
    whole = (exact * 200 + 1) // 2
    return f"{whole // 100}.{whole % 100:02d}"


def period(ledger: Path, figures: list[dict[str, Any]], status: dict[str, Any], month: int) -> dict[str, Any]:
    """Targets, tasks and units of a period as default_rules has them."""
    plans = {row["指标编码"]: row for row in rows(ledger, "计划节点")}
    of_target = {row["指标编码"]: row for row in rows(ledger, "指标")}
    of_task = {str(row["任务编码"]): row for row in rows(ledger, "任务")}
    own = {code for code, row in of_target.items() if row.get("合并方式") == "各计各的"}
    targets, members = {}, defaultdict(list)
    for each in figures:
        code, lead = each["target"], each["unit"] if each["target"] in own else ""
        told = judged(of_target[code], plans.get(code, {}), each, month)
        targets[_named(code, lead)] = told
        members[each["task"]].append((lead, told, of_target[code]["权重"]))
    tasks = {code: _task(inside) for code, inside in members.items()}
    apart = {
        _named(code, unit): _task([each for each in inside if each[0] in ("", unit)])
        for code, inside in members.items()
        if any(lead for lead, _, _ in inside)
        for unit in _leads(of_task[code])
    }
    roster = {row["单位名称"]: row for row in rows(ledger, "单位")}
    units = _units(status, roster, of_task, tasks | apart)
    return {"targets": targets, "tasks": tasks, "own": apart, "units": units}


def _named(code: str, lead: str) -> str:
    """A target or task that each lead answers for by itself is named with the lead."""
    return f"{code} {lead}" if lead else code


def _leads(task: dict[str, Any]) -> list[str]:
    return str(task["牵头单位"]).split("、")


def _task(inside: list[tuple[str, dict[str, Any], Any]]) -> dict[str, Any]:
    """The worst light of the targets, and the mean of those that count."""
    states = {told["state"] for _, told, _ in inside}
    light = "未报" if "未报" in states else next(each for each in ORDER if each in states)
    counted = [(told["score"], weight) for _, told, weight in inside if told["score"] is not None]
    return {"state": light, "score": mean(counted)}


def _units(status, roster, of_task, tasks) -> dict[str, dict[str, Any]]:
    units = {}
    for record in status["units"]:
        name = record["unit"]
        led = [(code, row["权重"]) for code, row in of_task.items() if code in tasks and name in _leads(row)]
        scores = [(tasks.get(f"{code} {name}", tasks[code])["score"], weight) for code, weight in led]
        progress = mean([(score, weight) for score, weight in scores if score is not None])
        sent = record["received_at"] is not None
        lost = min(5 * record["late_workdays"], 30) + min(5 * record["times_returned"], 15)
        reporting = Fraction(100 - lost if sent else 0)
        counts = sent and progress is not None and roster[name]["参与排名"] == "是"
        total = half_up(Fraction(9, 10) * progress + Fraction(1, 10) * reporting) if counts else None
        units[name] = {
            "progress": progress,
            "reporting": reporting,
            "total": total,
            "rank": None,
            "group": roster[name]["排名组"],
        }
    for each in units.values():
        if each["total"]:
            better = [
                other
                for other in units.values()
                if other["group"] == each["group"]
                and other["total"]
                and Fraction(other["total"]) > Fraction(each["total"])
            ]
            each["rank"] = 1 + len(better)
    return units


def differences(told: dict[str, Any], again: dict[str, Any], before: dict[str, int]) -> list[str]:
    """What `report --json` says otherwise than the recomputation; `before`: last period's rank by unit."""
    found = []
    for task in told["tasks"]:
        pairs = [(f"task {task['task']}", task, again["tasks"][task["task"]])]
        for each in task["targets"]:
            apart = f"{each['target']} {each['unit']}"
            name = apart if apart in again["targets"] else each["target"]
            pairs.append((name, each, again["targets"][name]))
        for each in task["own"]:
            name = f"{task['task']} {each['unit']}"
            pairs.append((f"task {name}", each, again["own"][name]))
        found += [_differs(*pair) for pair in pairs]
    for unit in told["units"]:
        mine = again["units"][unit["unit"]]
        was = before.get(unit["unit"])
        change = None if was is None or mine["rank"] is None else was - mine["rank"]
        found.append(_differs(unit["unit"], unit, mine | {"change": change}))
    told_of = {name: {each[name[:-1]] for each in told[name]} for name in ("tasks", "units")}
    missing = [str(names ^ set(again[name])) for name, names in told_of.items() if names ^ set(again[name])]
    return [each for each in found if each] + missing


def _differs(what: str, told: dict[str, Any], mine: dict[str, Any]) -> str:
    """The sentence for every figure that is another one; empty where all agree."""
    exact = ("score", "completion_pct", "expected_pct", "progress", "reporting")
    said = {
        key: Fraction(told[key]) if key in exact and told[key] is not None else told[key]
        for key in mine
        if key in told
    }
    wrong = [f"{key} {said[key]} instead of {mine[key]}" for key in said if said[key] != mine[key]]
    return f"{what}: {', '.join(wrong)}" if wrong else ""
