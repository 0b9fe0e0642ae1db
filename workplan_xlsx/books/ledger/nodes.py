"""The sheet 计划节点: what is due by the end of which period."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from workplan_xlsx.books.ledger.lines import Line, Table, period_of
from workplan_xlsx.books.ledger.rows import in_time
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.model import PlanCurve
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounding import plain


def read_plans(table: Table, year: int, target_codes: Collection[str]) -> dict[str, PlanCurve]:
    """Return the plans by target code; blank ones included."""
    columns = _period_columns(table, year)
    plans: dict[str, PlanCurve] = {}
    first_at: dict[str, str] = {}
    for line in table.lines():
        code = line.code("code", required=True)
        if code in plans:
            line.tell(Code.LEDGER_CODE_TWICE, "code", code=code, first=first_at[code])
        elif code and code not in target_codes:
            line.tell(Code.LEDGER_PLAN_WITHOUT_TARGET, "code", code=code)
        plan = _plan(line, year, columns)
        if code and code not in plans:
            plans[code], first_at[code] = plan, line.at("code")
    return plans


def _period_columns(table: Table, year: int) -> dict[str, Period]:
    """Column keys of the periods, in order of time; the table learns which column holds which."""
    key_of: dict[Period, str] = {}
    for at, column in list(table.foreign.items()):
        cell = table.header_cell(column)
        period = period_of(cell)
        if period is None:
            continue
        del table.foreign[at]
        if period.year != year:
            table.told.tell(Code.LEDGER_PERIOD_OUTSIDE, table.name, at, period=period, year=year)
        elif period in key_of:
            table.told.tell(Code.LEDGER_COLUMN_TWICE, table.name, at, column=period, cells=at)
        else:
            key_of[period] = str(period)
            table.column_of[str(period)] = column
    return {key_of[period]: period for period in in_time(key_of)}


def _plan(line: Line, year: int, columns: Mapping[str, Period]) -> PlanCurve:
    due = line.period("due_only_in", next(iter(columns), f"{year}-12"))
    if due is not None and due.year != year:
        line.tell(Code.LEDGER_PERIOD_OUTSIDE, "due_only_in", period=due, year=year)
    nodes = _nodes(line, columns)
    return PlanCurve(nodes=nodes, starts_on=line.day("starts_on"), due_only_in=due)


def _nodes(line: Line, columns: Mapping[str, Period]) -> tuple[tuple[Period, Decimal], ...]:
    nodes: list[tuple[Period, Decimal]] = []
    for key, period in columns.items():
        percent = line.number(key, "%")
        if percent is None:
            continue
        if not 0 <= percent <= 100:
            line.tell(Code.LEDGER_PERCENT_OUTSIDE, key, period=period, got=plain(percent))
        elif nodes and percent < nodes[-1][1]:
            facts = {"period": period, "got": plain(percent), "before": plain(nodes[-1][1])}
            line.tell(Code.LEDGER_PERCENT_FALLS, key, **facts)
        nodes.append((period, percent))
    return tuple(nodes)
