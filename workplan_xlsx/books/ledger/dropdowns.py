"""Dropdowns and number checks of ledger.xlsx, also for the rows that the coordinator will add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workplan_xlsx.books.ledger.columns import (
    PLAN,
    REOPENINGS,
    SHEETS,
    TARGETS,
    TASKS,
    UNITS,
    WAIVERS,
    Holds,
    LedgerColumn,
    list_words,
    sheet_name,
)
from workplan_xlsx.books.ledger.rows import Row
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SPARE_ROWS = 200
_UNIT_LIST, _TASK_LIST = "wp_units", "wp_tasks"  # a list on another sheet is reached by a defined name
_OF_UNITS = {(TASKS, "reporting_unit"), (WAIVERS, "unit"), (REOPENINGS, "unit")}
_LARGEST = 1e15  # what Excel holds to the last digit


def name_the_lists(book: Workbook, rows: Mapping[str, Sequence[Row]], lang: Lang) -> None:
    """Define the names behind the dropdowns of units and of task codes."""
    for name, sheet in ((_UNIT_LIST, UNITS), (_TASK_LIST, TASKS)):
        last = len(rows[sheet]) + SPARE_ROWS + 1
        book.define_name(name, f"='{sheet_name(sheet, lang)}'!$A$2:$A${last}")


def add_dropdowns(
    tab: Worksheet, sheet: str, columns: Sequence[LedgerColumn], count: int, lang: Lang
) -> None:
    """Add to every column what it may hold."""
    for index, column in enumerate(columns):
        rule = _rule(sheet, column, columns, lang)
        if rule is not None:
            tab.data_validation(1, index, count + SPARE_ROWS, index, rule)


def _rule(
    sheet: str, column: LedgerColumn, columns: Sequence[LedgerColumn], lang: Lang
) -> dict[str, Any] | None:
    words = list_words(column, lang)
    if words:
        told = say("ledger.choice_error", lang, choices=listed(words, lang))
        return _list(list(words), told, lang)
    if (sheet, column.key) in _OF_UNITS:
        return _list(f"={_UNIT_LIST}", None, lang)
    if (sheet, column.key) == (TARGETS, "task_code"):
        return _list(f"={_TASK_LIST}", None, lang)
    if sheet == PLAN and column.holds is Holds.PERIOD and len(columns) > len(SHEETS[PLAN]):
        first, last = _letters(len(SHEETS[PLAN])), _letters(len(columns) - 1)
        return _list(f"=${first}$1:${last}$1", None, lang)
    return _number_rule(sheet, column, lang) if column.holds is Holds.NUMBER else None


def _list(source: str | list[str], told: str | None, lang: Lang) -> dict[str, Any]:
    """With an explanation a wrong word is stopped; without one it is only asked about."""
    return {
        "validate": "list",
        "source": source,
        "error_type": "stop" if told else "warning",
        "error_title": say("ledger.choice_error_title", lang),
        "error_message": (told or say("ledger.choice_error_title", lang))[:255],
    }


def _number_rule(sheet: str, column: LedgerColumn, lang: Lang) -> dict[str, Any]:
    rule = {"validate": "decimal", "error_title": say("ledger.number_error_title", lang)}
    if sheet == PLAN:
        return rule | _between(0, 100) | {"error_message": say("ledger.percent_error", lang)}
    if column.key == "weight":
        return rule | {"criteria": ">", "value": 0, "error_message": say("ledger.weight_error", lang)}
    return rule | _between(-_LARGEST, _LARGEST) | {"error_message": say("ledger.number_error", lang)}


def _between(least: float, most: float) -> dict[str, Any]:
    return {"criteria": "between", "minimum": least, "maximum": most}


def _letters(index: int) -> str:
    """Column letters of a 0-based index; 53 weeks reach beyond Z."""
    first, second = divmod(index, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + second)
