"""An edition as data (`report --json`): every figure exact, as text; nothing rounded but the total itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from workplan_xlsx.domain.editions.across_groups import ranks_across_groups
from workplan_xlsx.domain.editions.edition import Change, Edition
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.levels import Level, levels_of
from workplan_xlsx.domain.editions.ranked import Lift, Loss, Standing
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.editions.told import (
    SCHEMA,
    ChangeTold,
    LevelTold,
    LiftTold,
    LossTold,
    OwnTold,
    PartTold,
    SourceTold,
    TargetTold,
    TaskTold,
    UnitTold,
)
from workplan_xlsx.domain.rounding import exact_text, plain


def edition_json(edition: Edition) -> Iterator[str]:
    """Yield what `report --json` prints, an `EditionTold`, piece by piece: a province's is 60 MB.

    Units stand in ranking order, tasks with their targets in the notice's; each on a line of its own. A
    fraction that is no finite decimal is told as "8900/91". States are the office's words (绿灯, 未报 ...) in
    every language. Equal editions give equal text.
    """
    start = "{"
    for key, told in _head(edition):
        yield f"{start}\n{_text(key)}: {_text(told)}"
        start = ","
    for key, items in _lists(edition):
        yield f",\n{_text(key)}: ["
        yield from _lines(items)
        yield "]"
    yield "\n}"


_text = json.JSONEncoder(ensure_ascii=False).encode


def _lines(items: Iterable[object]) -> Iterator[str]:
    end = "\n"
    for item in items:
        yield end + _text(item)
        end = ",\n"
    if end != "\n":
        yield "\n"


def _head(edition: Edition) -> Iterator[tuple[str, object]]:
    yield "schema", SCHEMA
    yield "plan", edition.ledger.head.code
    yield "period", str(edition.period)
    yield "edition", edition.number
    yield "as_of", edition.as_of.isoformat()
    yield "deadline", edition.deadline.isoformat()
    yield "light_words", _light_words(edition)


def _light_words(edition: Edition) -> dict[str, str]:
    """By state: how this place calls it, where it has a word of its own."""
    return {each.light.value: each.word for each in edition.stand_ins if each.word}


def _lists(edition: Edition) -> Iterator[tuple[str, Iterable[object]]]:
    across = ranks_across_groups(edition.standings)
    yield "units", (_unit(each, across.get(each.unit)) for each in edition.standings)
    yield "levels", map(_level, levels_of(edition.standings))
    yield "tasks", map(_task, edition.tasks)
    yield "changes", map(_change, edition.changes)
    yield "since_last_edition", map(_change, edition.since_last)
    lists = edition.escalations
    yield "escalations", ({"list": listed, "unit": unit, "task": task} for listed, unit, task in lists)
    yield "rules", edition.rules
    yield "warnings", edition.warnings


def _level(level: Level) -> LevelTold:
    return {
        "path": list(level.path),
        "rank": level.rank,
        "beside": level.beside,
        "units": level.units,
        "ranked": level.ranked,
        "mean": exact_text(level.mean),
        "best": None if level.best is None else str(level.best),
        "worst": None if level.worst is None else str(level.worst),
        "reported": {each.value: level.reported.get(each, 0) for each in Punctuality},
    }


def _unit(standing: Standing, across: int | None) -> UnitTold:
    reporting = standing.reporting
    return {
        "unit": standing.unit,
        "group": standing.group,
        "state": standing.state.value,
        "rank": standing.rank,
        "rank_across_groups": across,
        "tied": standing.tied,
        "rank_before": standing.rank_before,
        "change": standing.rank_change,
        "total": None if standing.total is None else str(standing.total),
        "progress": exact_text(standing.progress),
        "reporting": exact_text(reporting.score) or "0",
        "punctuality": reporting.punctuality.value,
        "late_workdays": reporting.late_workdays,
        "times_returned": reporting.times_returned,
        "missing": standing.missing,
        "tasks": [rated.task.code for rated in standing.tasks],
        "exact": exact_text(standing.exact),
        "tied_with": list(standing.tied_with),
        "rank_range": None if standing.rank_range is None else list(standing.rank_range),
        "points": [
            {"points": exact_text(each.points), "reason": each.reason, "rule": each.rule}
            for each in standing.points
        ],
        "losses": [_loss(loss) for loss in standing.losses],
        "lift": None if standing.lift is None else _lift(standing.lift),
    }


def _loss(loss: Loss) -> LossTold:
    return {"kind": loss.kind, "target": loss.code, "what": loss.what, "points": exact_text(loss.points)}


def _lift(lift: Lift) -> LiftTold:
    return {
        "above": lift.above,
        "points": str(lift.points),
        "by": [
            [code, None if figure is None else plain(figure), exact_text(points)]
            for code, figure, points in lift.by
        ],
        "what": lift.what,
    }


def _task(rated: TaskRating) -> TaskTold:
    return {
        "task": rated.task.code,
        "title": rated.task.title,
        "lead_units": list(rated.task.lead_units),
        "reporting_unit": rated.task.reporting_unit,
        "state": rated.light.value,
        "score": exact_text(rated.score),
        "amber_streak": rated.amber_streak,
        "red_streak": rated.red_streak,
        "repaired": rated.repaired,
        "own": [_own(each) for each in rated.own],
        "targets": [_target(rating) for rating in rated.ratings],
    }


def _own(rated: TaskRating) -> OwnTold:
    return {
        "unit": rated.lead,
        "state": rated.light.value,
        "score": exact_text(rated.score),
        "amber_streak": rated.amber_streak,
        "red_streak": rated.red_streak,
        "repaired": rated.repaired,
    }


def _target(rating: Rating) -> TargetTold:
    figure = rating.figure
    return {
        "target": figure.target.code,
        "name": figure.target.name,
        "unit": figure.unit,
        "value": None if figure.value is None else plain(figure.value),
        "status": figure.status or None,
        "state": rating.light.value,
        "completion_pct": exact_text(rating.completion_pct),
        "expected_pct": exact_text(rating.expected_pct),
        "shortfall_pp": exact_text(rating.shortfall_pp),
        "ratio": exact_text(rating.ratio),
        "score": exact_text(rating.score),
        "reason": rating.reason,
        "rule": rating.rule or None,
        "word": rating.word or None,
        "source": _source(figure),
        "parts": [_part(part) for part in figure.parts],
    }


def _part(figure: Figure) -> PartTold:
    return {
        "unit": figure.unit,
        "value": None if figure.value is None else plain(figure.value),
        "status": figure.status or None,
        "source": _source(figure),
    }


def _source(figure: Figure) -> SourceTold | None:
    if figure.source is None:
        return None
    return {
        "file": figure.source.verdict.file,
        "sha256": figure.source.verdict.sha256,
        "sheet": figure.sheet,
        "cell": figure.cell,
        "received_at": figure.source.received_at.isoformat(),
        "version": figure.source.version,
    }


def _change(change: Change) -> ChangeTold:
    return {
        "kind": change.kind,
        "unit": change.unit,
        "task": change.task_code,
        "target": change.target_code,
        "before": change.before,
        "after": change.after,
        "what": change.what,
    }
