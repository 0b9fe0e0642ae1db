"""The sheet 任务: the notice's items, their lead units and whose figure counts."""

from __future__ import annotations

from decimal import Decimal

from workplan_xlsx.books.ledger.lines import Line, Table
from workplan_xlsx.books.ledger.roster import Roster, resolve
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.model import Task
from workplan_xlsx.words.listing import listed


def read_tasks(table: Table, roster: Roster) -> dict[str, tuple[Line, Task]]:
    """Return the tasks by code in the sheet's order, still without targets; a code used twice is told."""
    tasks: dict[str, tuple[Line, Task]] = {}
    for line in table.lines():
        task = _task(line, roster)
        if task.code in tasks:
            first = tasks[task.code][0].at("code")
            line.tell(Code.LEDGER_CODE_TWICE, "code", code=task.code, first=first)
        elif task.code:
            tasks[task.code] = line, task
    return tasks


def _task(line: Line, roster: Roster) -> Task:
    leads = tuple(
        dict.fromkeys(resolve(name, line, "lead_units", roster) for name in line.names("lead_units"))
    )
    return Task(
        code=line.code("code", required=True),
        number=line.code("number"),
        section_ordinal=line.code("section_ordinal"),
        section_title=line.text("section_title"),
        title=line.text("title"),
        text=line.text("text"),
        lead_units=leads,
        support_units=line.names("support_units"),
        reporting_unit=_reporting_unit(line, leads, roster),
        due_on=line.day("due_on"),
        weight=weight(line),
        remark=line.text("remark"),
    )


def _reporting_unit(line: Line, leads: tuple[str, ...], roster: Roster) -> str:
    written = line.code("reporting_unit")
    if not written:
        if leads:
            line.tell(Code.LEDGER_REPORTING_BY_DEFAULT, "reporting_unit", unit=leads[0])
        return leads[0] if leads else ""
    unit = resolve(written, line, "reporting_unit", roster)
    known = unit in {each.name for each in roster}
    if known and unit not in leads:
        facts = {"unit": unit, "leads": listed(leads, line.table.lang) or "—"}
        line.tell(Code.LEDGER_REPORTS_WITHOUT_LEADING, "reporting_unit", **facts)
    return unit


def weight(line: Line) -> Decimal:
    """A weight above 0; 1 where none is given."""
    number = line.number("weight")
    if number is not None and number <= 0:
        line.tell(Code.LEDGER_WEIGHT, "weight", got=number)
    return Decimal(1) if number is None else number
