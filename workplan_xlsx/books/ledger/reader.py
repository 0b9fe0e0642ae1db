"""ledger.xlsx read back and checked with the care of a returned form: every finding names its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workplan_xlsx.books.ledger.columns import (
    DECISIONS,
    FRONT,
    LANGUAGES,
    PLAN,
    SHEETS,
    TARGETS,
    TASKS,
    UNITS,
    sheet_name,
)
from workplan_xlsx.books.ledger.decisions import answers_at, read_decisions
from workplan_xlsx.books.ledger.head import read_head
from workplan_xlsx.books.ledger.lines import Findings, Table
from workplan_xlsx.books.ledger.nodes import read_plans
from workplan_xlsx.books.ledger.opening import Tables, open_tables
from workplan_xlsx.books.ledger.roster import read_units
from workplan_xlsx.books.ledger.targets import read_targets
from workplan_xlsx.books.ledger.tasks import read_tasks
from workplan_xlsx.domain.findings import Code, Finding, Severity, gravest
from workplan_xlsx.domain.model import Ledger, PlanCurve, PlanHead, Task
from workplan_xlsx.words import Lang


@dataclass(frozen=True, kw_only=True)
class LedgerReading:
    """What ledger.xlsx says.

    Attributes:
        ledger: None where any finding is an error.
        findings: Errors and notes, in the order of the sheets.
        answers_at: Where each problem's number stands, as (sheet, cell).
    """

    ledger: Ledger | None
    findings: tuple[Finding, ...]
    answers_at: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def read_ledger(path: Path, own_rules: frozenset[str] | None = None) -> LedgerReading:
    """Read and check the ledger; whatever is wrong with file or content is a finding, never an exception.

    `own_rules` are the names of the workspace's own rules; None where they are not known.
    """
    names = {sheet_name(sheet, lang) for sheet in (FRONT, *SHEETS) for lang in LANGUAGES}
    tables = open_tables(path, names)
    if isinstance(tables, Finding):
        return LedgerReading(ledger=None, findings=(tables,))
    told = Findings(path.name)
    lang = _language(tables)
    head = read_head(tables, lang, told)
    sheets = {sheet: _table(sheet, tables, lang, told) for sheet in SHEETS}
    ledger, places = None, {}
    if head is not None and gravest(told.all) is None:
        found = {sheet: table for sheet, table in sheets.items() if table is not None}
        ledger = _ledger(head, found, own_rules)
        places = answers_at(found)
        _tell_foreign_columns(found, told)
        _tell_nothing_asked(ledger, found[TASKS])
    has_errors = gravest(told.all) is Severity.ERROR
    return LedgerReading(ledger=None if has_errors else ledger, findings=tuple(told.all), answers_at=places)


def _language(tables: Tables) -> Lang:
    """The language in which most of the sheets are named: missing ones are asked for in it."""
    return max(LANGUAGES, key=lambda lang: sum(sheet_name(sheet, lang) in tables for sheet in SHEETS))


def _table(sheet: str, tables: Tables, lang: Lang, told: Findings) -> Table | None:
    for each in (lang, *LANGUAGES):
        name = sheet_name(sheet, each)
        if name in tables:
            return Table(sheet, name, each, tables[name], told)
    if sheet not in DECISIONS:
        told.tell(Code.LEDGER_SHEET_MISSING, sheet_name(sheet, lang), "", name=sheet_name(sheet, lang))
    return None


def _ledger(head: PlanHead, tables: dict[str, Table], own_rules: frozenset[str] | None) -> Ledger:
    units = read_units(tables[UNITS])
    tasks = read_tasks(tables[TASKS], units)
    targets = read_targets(tables[TARGETS], tasks)
    plans = read_plans(tables[PLAN], head.year, targets)
    by_task: dict[str, Task] = {code: task for code, (_, task) in tasks.items()}
    for code, placed in targets.items():
        task = by_task.get(placed.task_code)
        if task is not None:
            target = replace(placed.target, plan=plans.get(code, PlanCurve()))
            by_task[placed.task_code] = replace(task, targets=(*task.targets, target))
    ledger = Ledger(head=head, units=units, tasks=tuple(by_task.values()))
    return replace(ledger, decisions=read_decisions(tables, ledger, own_rules))


def _tell_foreign_columns(tables: dict[str, Table], told: Findings) -> None:
    for table in tables.values():
        for at, column in table.foreign.items():
            header = str(table.header_cell(column).value).strip()
            told.tell(Code.LEDGER_COLUMN_FOREIGN, table.name, at, column=header)


def _tell_nothing_asked(ledger: Ledger, table: Table) -> None:
    """A task that somebody leads but that no form asks about would drop out of the ranking unseen."""
    for line in table.lines():
        task = ledger.task_by_code.get(line.code("code"))
        if task is not None and task.lead_units and not task.asked_targets:
            line.tell(Code.LEDGER_NOTHING_ASKED, "code", code=task.code)
