"""The workspace of the year: founded, its units with addresses, and the forms that they send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from founded import give_addresses, settings
from plan import Plan, Sending, notice_of

from workplan_xlsx import pipeline
from workplan_xlsx.demo import slips
from workplan_xlsx.demo.clerk import fill
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.steps.workspace import open_office

Published = dict[str, list[tuple[Any, ...]]]
"""By period: target, unit, value, status and light of the published edition."""


def found(plan: Plan, root: Path) -> tuple[str, ...]:
    """Found it in an existing or new folder; return its units, those with figures of their own first."""
    root.mkdir(exist_ok=True)
    notice = notice_of(plan, root.parent)
    pipeline.found(notice, root, year=2023, rhythm=Rhythm.MONTHLY, now=plan.founded_at, lang="zh")
    text = (root / "workplan.toml").read_text(encoding="utf-8")
    text = text.replace("settle_seconds = 2", "settle_seconds = 0")
    (root / "workplan.toml").write_text(text, encoding="utf-8")
    with open_office(root, now=plan.founded_at, lang="zh") as office:
        ledger = office.ledger()
    without = {
        unit
        for unit in ledger.reporting_unit_names
        if not any(task.reports(unit, target) for task, target in ledger.asked_of(unit))
    }
    return tuple(sorted(ledger.reporting_unit_names, key=lambda unit: unit in without))


def mail_through(root: Path, port: int, units: tuple[str, ...]) -> None:
    """Letters go to the units and to the coordinator, through a server on this machine."""
    give_addresses(root, {unit: f"unit{place}@example.invalid" for place, unit in enumerate(units)})
    settings(
        root,
        mail={
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_security": "none",
            "sender": "office@example.invalid",
            "coordinator": "coordinator@example.invalid",
            "per_minute": 10_000,
        },
    )


def send(root: Path, sending: Sending, units: tuple[str, ...]) -> bool:
    """Fill in the form and put it into the inbox; False where there is no form yet, or no room for it."""
    unit, month = units[sending.place], sending.period.index
    blank = next((root / "templates" / str(sending.period)).glob(f"*_{unit}_*.xlsx"), None)
    if blank is None:
        return False
    name = f"{unit}{month}月{'' if sending.wrong else '定稿'}.xlsx"
    made = root.parent / "filled.xlsx"
    slip = slips.left_blank if sending.wrong else None
    fill(blank, made, month=f"{month}月", share=month / 12, seed=sending.seed, slip=slip)
    partial = root / "inbox" / f".{name}.part"
    try:
        partial.write_bytes(made.read_bytes())
    except OSError:
        partial.unlink(missing_ok=True)
        return False
    partial.rename(root / "inbox" / name)
    return True


def published(root: Path, periods: tuple[Period, ...]) -> Published:
    """What the first edition of each period says, from the data beside its workbook."""
    found = {}
    for period in periods:
        (path,) = (root / "outbox" / str(period)).glob("数据_*_第1版.json")
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))["tasks"]
        found[str(period)] = [
            (each["target"], each["unit"], each["value"], each["status"], each["state"])
            for task in tasks
            for each in task["targets"]
        ]
    return found
