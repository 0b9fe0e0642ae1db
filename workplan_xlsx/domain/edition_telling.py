"""An edition as JSON: `report --json`; every figure an exact text, nothing rounded but the totals."""

from __future__ import annotations

import json

from workplan_xlsx.domain.edition import Edition, Rating, Standing, TaskRating
from workplan_xlsx.domain.rounding import exact_text, plain


def edition_json(edition: Edition) -> str:
    """Return the edition: standings by unit, then every task and target with its state and score.

    A fraction that is no finite decimal is told as "8900/91".
    """
    told = {
        "period": str(edition.period),
        "edition": edition.number,
        "as_of": edition.as_of.isoformat(),
        "deadline": edition.deadline.isoformat(),
        "units": [_standing(each) for each in edition.standings],
        "tasks": [_task(each) for each in edition.tasks],
        "warnings": list(edition.warnings),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _standing(each: Standing) -> dict[str, object]:
    return {
        "unit": each.unit,
        "group": each.group,
        "state": each.state.value,
        "rank": each.rank,
        "tied": each.tied,
        "change": each.rank_change,
        "total": None if each.total is None else str(each.total),
        "progress": exact_text(each.progress),
        "reporting": exact_text(each.reporting.score),
        "punctuality": each.reporting.punctuality.value,
        "late_workdays": each.reporting.late_workdays,
        "times_returned": each.reporting.times_returned,
        "missing": each.missing,
        "tasks": [task.task.code for task in each.tasks],
    }


def _task(each: TaskRating) -> dict[str, object]:
    return {
        "task": each.task.code,
        "state": each.light.value,
        "score": exact_text(each.score),
        "lead_units": list(each.task.lead_units),
        "reporting_unit": each.task.reporting_unit,
        "targets": [_target(rating) for rating in each.ratings],
    }


def _target(rating: Rating) -> dict[str, object]:
    figure = rating.figure
    return {
        "target": rating.target.code,
        "name": rating.target.name,
        "value": None if figure.value is None else plain(figure.value),
        "status": figure.status or None,
        "state": rating.light.value,
        "completion_pct": exact_text(rating.completion_pct),
        "expected_pct": exact_text(rating.expected_pct),
        "score": exact_text(rating.score),
        "reason": rating.reason,
    }
