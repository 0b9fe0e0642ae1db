"""测算 as it stands: lights, scores and ranks read from the sheet's cells, to be held against the engine's."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from workplan_xlsx.books.ranking.what_if_formulas import TARGET, UNIT, UNITS_ROW, column_of


def reckoned(rows: list[list[Any]]) -> dict[str, Any]:
    """Lights, scores and ranks as they stand on the sheet, by unit, task or target."""
    told: dict[str, Any] = {}
    for row in rows[UNITS_ROW:]:
        unit = _named(row, UNIT)
        if unit["unit"]:
            told[unit["unit"]] = (unit["state"], number(unit["total"]), number(unit["rank"]))
        target = _named(row, TARGET)
        if target["code"]:
            told[target["code"] + _whose(target["task"])] = (target["light"], number(target["score"]))
        if target["task_light"]:
            told["task " + _code(target["task"])] = (target["task_light"], number(target["task_score"]))
    return told


def _whose(task: Any) -> str:
    """（第2单位） of a task that stands there for that lead alone."""
    _, bracket, unit = str(task).partition("（")
    return bracket + unit


def near(exact: Any) -> Any:
    """A score that is not rounded: binary fractions come within 1e-9 of it."""
    return None if exact is None else pytest.approx(float(Fraction(exact)), abs=1e-9)


def _named(row: list[Any], names: dict[str, str]) -> dict[str, Any]:
    return {
        key: row[column_of(letters)] if column_of(letters) < len(row) else ""
        for key, letters in names.items()
    }


def number(value: Any) -> float | None:
    """A total or a rank as the sheet holds it; None where it is empty."""
    return None if value in (None, "") else float(value)


def _code(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)
