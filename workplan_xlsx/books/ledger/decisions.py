"""The sheets 核定, 问题清单, 规则豁免 and 期次重开 read back: signed, and about what exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from workplan_xlsx.books.ledger.columns import PROBLEMS, REOPENINGS, REVIEWS, WAIVERS
from workplan_xlsx.books.ledger.lines import Line, Table
from workplan_xlsx.books.ledger.roster import Roster, resolve
from workplan_xlsx.books.ledger.waived_rules import waived_rule
from workplan_xlsx.domain.decisions import Decisions, Override, ProblemAnswer, Reopening, Waiver
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.model import Ledger, Stage
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.traffic_light import TrafficLight

Decision = TypeVar("Decision")


def read_decisions(
    tables: Mapping[str, Table], ledger: Ledger, own_rules: frozenset[str] | None
) -> Decisions:
    """Return what the office has decided; a sheet that is not there decides nothing.

    `own_rules` are the names of own rules; None where they are not known.
    """
    desk = _Desk(ledger, own_rules)
    return Decisions(
        overrides=_read(tables.get(REVIEWS), desk.override),
        waivers=_read(tables.get(WAIVERS), desk.waiver),
        answers=_read(tables.get(PROBLEMS), _answer),
        reopenings=_read(tables.get(REOPENINGS), desk.reopening),
    )


def _read(table: Table | None, read: Callable[[Line], Decision | None]) -> tuple[Decision, ...]:
    lines = table.lines() if table else ()
    return tuple(made for line in lines if (made := read(line)) is not None)


def answers_at(tables: Mapping[str, Table]) -> dict[str, tuple[str, str]]:
    """Where each problem's number stands, as (sheet, cell)."""
    table = tables.get(PROBLEMS)
    lines: Iterator[Line] = table.lines() if table else iter(())
    return {line.code("number"): (line.table.name, line.at("number")) for line in lines}


class _Desk:
    """Reads a line and holds it against the ledger."""

    def __init__(self, ledger: Ledger, own_rules: frozenset[str] | None) -> None:
        self._ledger, self._own_rules = ledger, own_rules
        self._first_at: dict[tuple[str, Period], str] = {}

    def override(self, line: Line) -> Override | None:
        """A line of 核定."""
        code, period = line.code("code", required=True), self._period(line)
        target = self._ledger.target_by_code.get(code)
        if code and target is None and code not in self._ledger.task_by_code:
            line.tell(Code.LEDGER_DECIDED_UNKNOWN, "code", column=line.table.header("code"), code=code)
        value = line.number("value", target.unit if target else "")
        stage, light = line.chosen("stage", Stage), line.chosen("light", TrafficLight)
        fits = {
            "value": target is not None and not target.is_stage,
            "stage": target is not None and target.is_stage,
        }
        decided = light is not None or (value is not None and fits["value"]) or (stage and fits["stage"])
        misplaced = (value is not None and not fits["value"]) or (stage is not None and not fits["stage"])
        if not decided or misplaced:
            line.tell(Code.LEDGER_DECIDED_NOTHING, "value")
        _signed(line)
        if period is None or not code:
            return None
        first = self._first_at.setdefault((code, period), line.at("code"))
        if first != line.at("code"):
            line.tell(Code.LEDGER_DECIDED_TWICE, "code", code=code, period=period, first=first)
        return Override(
            code=code,
            period=period,
            value=value,
            stage=stage.value if stage else "",
            light=light,
            who=line.text("who"),
            why=line.text("why"),
            decided_on=line.day("decided_on"),
        )

    def waiver(self, line: Line) -> Waiver:
        """A line of 规则豁免."""
        rule = waived_rule(line, self._own_rules)
        target = line.code("target")
        if target and target not in self._ledger.target_by_code:
            line.tell(Code.LEDGER_DECIDED_UNKNOWN, "target", column=line.table.header("target"), code=target)
        _signed(line)
        return Waiver(
            rule=rule,
            unit=self._unit(line, required=False),
            target=target,
            until=line.day("until"),
            who=line.text("who"),
            why=line.text("why"),
        )

    def reopening(self, line: Line) -> Reopening | None:
        """A line of 期次重开."""
        period, unit = self._period(line), self._unit(line, required=True)
        _signed(line)
        if period is None or not unit:
            return None
        return Reopening(
            period=period,
            unit=unit,
            who=line.text("who"),
            why=line.text("why"),
            decided_on=line.day("decided_on"),
        )

    def _unit(self, line: Line, *, required: bool) -> str:
        written = line.code("unit", required=required)
        roster: Roster = self._ledger.units
        return resolve(written, line, "unit", roster) if written else ""

    def _period(self, line: Line) -> Period | None:
        if line.is_blank("period"):
            line.tell(Code.LEDGER_BLANK, "period", column=line.table.header("period"))
        year = self._ledger.head.year
        period = line.period("period", f"{year}-06")
        if period is not None and period.year != year:
            line.tell(Code.LEDGER_PERIOD_OUTSIDE, "period", period=period, year=year)
        return period


def _signed(line: Line) -> None:
    """Who and why are part of a decision."""
    for key in ("who", "why"):
        if line.is_blank(key):
            who, why = line.table.header("who"), line.table.header("why")
            line.tell(Code.LEDGER_DECISION_UNSIGNED, key, who=who, why=why)
            return


def _answer(line: Line) -> ProblemAnswer | None:
    """A line of 问题清单, once the office has written something into it."""
    answer = ProblemAnswer(
        number=line.code("number", required=True),
        answer=line.text("answer"),
        responsible_unit=line.code("responsible_unit"),
        due_on=line.day("due_on"),
        closed_on=line.day("closed_on"),
        who=line.text("who"),
    )
    return None if answer == ProblemAnswer(number=answer.number) else answer
