"""单位明细: a block per unit with its tasks, targets and scores; linked from the ranking."""

from __future__ import annotations

from workplan_xlsx.books.ranking.paper import FIRST_ROW, HEADER_ROW, Paper
from workplan_xlsx.books.ranking.table import (
    Cell,
    Column,
    light,
    number,
    percent,
    place,
    text,
    write_header,
    write_rows,
)
from workplan_xlsx.books.ranking.tasks import task_place, value_words
from workplan_xlsx.domain.editions.edition import RankState, Rating, Standing, TaskRating
from workplan_xlsx.domain.rounding import round_half_up
from workplan_xlsx.words import say


def unit_places(paper: Paper) -> dict[str, str]:
    """Where each unit's block begins."""
    places, row = {}, FIRST_ROW
    for standing in paper.edition.standings:
        places[standing.unit] = place(paper.name("units"), row)
        row += 1 + sum(len(task.ratings) for task in standing.tasks) + 1
    return places


def write_units(paper: Paper) -> None:
    """Write the blocks in the order of the ranking."""
    headers = [
        "code",
        "task",
        "name",
        "role",
        "value",
        "completion",
        "expected",
        "light",
        "score",
        "task_score",
    ]
    widths = [9, 26, 26, 12, 14, 10, 10, 11, 9, 9]
    columns = [
        Column(say(f"ranking.units_{key}", paper.lang), width)
        for key, width in zip(headers, widths, strict=True)
    ]
    sheet = paper.open("units", len(columns))
    write_header(sheet, HEADER_ROW, columns, paper.looks)
    row = FIRST_ROW
    for standing in paper.edition.standings:
        sheet.set_row(row, 24)
        sheet.merge_range(row, 0, row, len(columns) - 1, _heading(paper, standing), paper.looks.heading)
        rows = [_row(paper, standing, task, rating) for task in standing.tasks for rating in task.ratings]
        row = write_rows(sheet, row + 1, columns, rows, paper.looks) + 1
    sheet.repeat_rows(HEADER_ROW)
    sheet.freeze_panes(FIRST_ROW, 0)


def _heading(paper: Paper, standing: Standing) -> str:
    """The unit's result, with the sum that leads to it."""
    if standing.state is not RankState.RANKED or standing.progress is None:
        state = say(f"ranking.state_{standing.state.name.lower()}", paper.lang)
        return say("ranking.unit_unranked", paper.lang, unit=standing.unit, state=state, why=standing.missing)
    facts = {
        "unit": standing.unit,
        "rank": standing.rank,
        "total": standing.total,
        "progress": round_half_up(standing.progress, 2),
        "reporting": round_half_up(standing.reporting.score, 2),
    }
    return say("ranking.unit_ranked", paper.lang, **facts)


def _row(paper: Paper, standing: Standing, task: TaskRating, rating: Rating) -> list[Cell]:
    reports = task.task.reporting_unit == standing.unit
    done = rating.completion_pct
    return [
        text(rating.target.code, link=task_place(paper, rating.target.code)),
        text(task.task.title),
        text(rating.target.name),
        text(say("ranking.role_reports" if reports else "ranking.role_joint", paper.lang)),
        text(value_words(rating, paper.lang)),
        percent(None if done is None else round_half_up(done, 1)),
        percent(round_half_up(rating.expected_pct, 1)),
        light(rating.light),
        number(None if rating.score is None else round_half_up(rating.score, 2), "0.00"),
        number(None if task.score is None else round_half_up(task.score, 2), "0.00"),
    ]
