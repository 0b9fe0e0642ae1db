"""What stands in the rows of ledger.xlsx: the ledger laid out as values by column, before any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workplan_xlsx.books.ledger.columns import (
    CONFIRMED_OR_NOT,
    DECISIONS,
    PLAN,
    TARGETS,
    TASKS,
    UNITS,
    YES_OR_NO,
    choice_word,
    pair_words,
)
from workplan_xlsx.books.ledger.decision_rows import Row, Value, decision_rows
from workplan_xlsx.books.ledger.names import join_names
from workplan_xlsx.domain.model import Joint, Ledger, PlanCurve, Target, Task, Unit
from workplan_xlsx.domain.period import Period
from workplan_xlsx.words import Lang

__all__ = ["Row", "Value", "in_time", "plan_periods", "rows_of"]


def rows_of(ledger: Ledger, sheet: str, lang: Lang) -> list[Row]:
    """Return the sheet's rows in the ledger's order; the keys are those of the columns."""
    if sheet in DECISIONS:
        return list(decision_rows(ledger, sheet, lang))
    makers = {TASKS: _task_rows, TARGETS: _target_rows, UNITS: _unit_rows, PLAN: _plan_rows}
    return list(makers[sheet](ledger, lang))


def _task_rows(ledger: Ledger, _lang: Lang) -> Iterator[Row]:
    yield from map(_task_row, ledger.tasks)


def _task_row(task: Task) -> Row:
    return {
        "code": task.code,
        "section_ordinal": task.section_ordinal,
        "section_title": task.section_title,
        "number": task.number,
        "title": task.title,
        "text": task.text,
        "lead_units": join_names(task.lead_units),
        "support_units": join_names(task.support_units),
        "reporting_unit": task.reporting_unit,
        "due_on": task.due_on,
        "weight": task.weight,
        "remark": task.remark,
    }


def _target_rows(ledger: Ledger, lang: Lang) -> Iterator[Row]:
    for task in ledger.tasks:
        for target in task.targets:
            yield _target_row(task, target, lang)


def _target_row(task: Task, target: Target, lang: Lang) -> Row:
    return {
        "code": target.code,
        "task_code": task.code,
        "name": target.name,
        "words": target.words,
        "bound": choice_word(target.bound, lang) if target.bound else "",
        "value": target.value,
        "value_max": target.value_max,
        "unit": target.unit,
        "nature": choice_word(target.nature, lang),
        "stretch": _pair_word(YES_OR_NO, target.stretch, lang),
        "baseline": target.baseline,
        "weight": target.weight,
        "mark": choice_word(target.mark, lang),
        "on_form": _pair_word(YES_OR_NO, target.on_form, lang),
        "confirmed": _pair_word(CONFIRMED_OR_NOT, target.confirmed, lang),
        "context": target.context,
        "remark": target.remark,
        "joint": "" if target.joint is Joint.REPORTING_UNIT else choice_word(target.joint, lang),
    }


def _pair_word(pair: tuple[str, str], truth: bool, lang: Lang) -> str:
    yes, no = pair_words(pair, lang)
    return yes if truth else no


def _unit_rows(ledger: Ledger, lang: Lang) -> Iterator[Row]:
    for unit in ledger.units:
        yield _unit_row(unit, lang)


def _unit_row(unit: Unit, lang: Lang) -> Row:
    return {
        "name": unit.name,
        "aliases": join_names(unit.aliases),
        "kind": unit.kind,
        "ranking_group": unit.ranking_group,
        "ranked": _pair_word(YES_OR_NO, unit.ranked, lang),
        "contact": unit.contact,
        "email": unit.email,
    }


def _plan_rows(ledger: Ledger, _lang: Lang) -> Iterator[Row]:
    """A row for every target that units are asked for, so that the coordinator need not copy codes."""
    for target in ledger.target_by_code.values():
        if target.on_form or target.plan != PlanCurve():
            due = target.plan.due_only_in
            yield {
                "code": target.code,
                "shown_name": target.name,
                "starts_on": target.plan.starts_on,
                "due_only_in": "" if due is None else str(due),
                **{str(period): percent for period, percent in target.plan.nodes},
            }


def plan_periods(ledger: Ledger, periods: Sequence[Period]) -> tuple[Period, ...]:
    """The periods that get a column: those given, and any in which a target has a node, in order of time."""
    noded = (period for target in ledger.target_by_code.values() for period, _ in target.plan.nodes)
    return in_time(dict.fromkeys([*periods, *noded]))


def in_time(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Periods by their last day, a longer one before a shorter one that ends with it."""
    return tuple(sorted(periods, key=lambda period: (period.ends_on, period.starts_on)))
