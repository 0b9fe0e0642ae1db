"""任务总表 and 溯源: a row per target, and where its figure comes from; linked both ways."""

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
from workplan_xlsx.domain.editions.edition import Figure, Rating, TaskRating
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.model import Stage
from workplan_xlsx.domain.rounding import plain, round_half_up
from workplan_xlsx.words import Lang, say


def task_place(paper: Paper, target_code: str) -> str:
    """Where a target's row stands in 任务总表."""
    return place(paper.name("tasks"), _row_of(paper, target_code))


def trace_place(paper: Paper, target_code: str) -> str:
    """Where a target's row stands in 溯源; both sheets list the figures in the same order."""
    return place(paper.name("trace"), _row_of(paper, target_code))


def _row_of(paper: Paper, target_code: str) -> int:
    codes = [figure.target.code for figure in paper.edition.figures]
    return FIRST_ROW + codes.index(target_code)


def value_words(rating: Rating, lang: Lang) -> str:
    """The figure as a reader says it: 3550场, 推进中, 未报."""
    figure = rating.figure
    if figure.value is not None:
        return f"{plain(figure.value)}{figure.target.unit}"
    if figure.status:
        return stage_words(Stage(figure.status), lang)
    return say("edition.light_missing", lang)


def write_tasks(paper: Paper) -> None:
    """任务总表: every target with figure, completion, what is due, light and reason."""
    headers = [
        "code",
        "section",
        "task",
        "leads",
        "reports",
        "name",
        "words",
        "value",
        "completion",
        "expected",
        "light",
        "reason",
    ]
    widths = [9, 9, 22, 28, 20, 24, 14, 13, 9, 9, 11, 62]
    columns = [
        Column(say(f"ranking.tasks_{key}", paper.lang), width)
        for key, width in zip(headers, widths, strict=True)
    ]
    sheet = paper.open("tasks", len(columns))
    write_header(sheet, HEADER_ROW, columns, paper.looks)
    rows = [
        _task_row(paper, task, rating, row) for row, (task, rating) in enumerate(_rated(paper), FIRST_ROW)
    ]
    last = write_rows(sheet, FIRST_ROW, columns, rows, paper.looks) - 1
    paper.listed(sheet, last, len(columns), frozen=1)


def _rated(paper: Paper) -> list[tuple[TaskRating, Rating]]:
    return [(task, rating) for task in paper.edition.tasks for rating in task.ratings]


def _task_row(paper: Paper, task: TaskRating, rating: Rating, row: int) -> list[Cell]:
    target = rating.target
    done = rating.completion_pct
    return [
        text(target.code, link=place(paper.name("trace"), row)),
        text(task.task.section_ordinal),
        text(task.task.title),
        text("、".join(task.task.lead_units)),
        text(task.task.reporting_unit),
        text(target.name),
        text(target.words),
        text(value_words(rating, paper.lang)),
        percent(None if done is None else round_half_up(done, 1)),
        percent(round_half_up(rating.expected_pct, 1)),
        light(rating.light),
        text(rating.reason),
    ]


def write_trace(paper: Paper) -> None:
    """溯源: every figure with file, sheet, cell, digest, receipt and version."""
    headers = [
        "code",
        "unit",
        "name",
        "value",
        "text",
        "measure",
        "status",
        "file",
        "sheet",
        "cell",
        "received",
        "version",
        "filled_by",
        "sha",
    ]
    widths = [9, 22, 26, 14, 14, 9, 10, 34, 9, 8, 18, 8, 12, 68]
    columns = [
        Column(say(f"ranking.trace_{key}", paper.lang), width)
        for key, width in zip(headers, widths, strict=True)
    ]
    sheet = paper.open("trace", len(columns))
    write_header(sheet, HEADER_ROW, columns, paper.looks)
    rows = [_trace_row(paper, figure, row) for row, figure in enumerate(paper.edition.figures, FIRST_ROW)]
    last = write_rows(sheet, FIRST_ROW, columns, rows, paper.looks) - 1
    paper.listed(sheet, last, len(columns), frozen=1)


def _trace_row(paper: Paper, figure: Figure, row: int) -> list[Cell]:
    """The value stands as a number to reckon with, and as the exact text that was merged."""
    source = figure.source
    exact = "" if figure.value is None else plain(figure.value)
    given = [
        text(figure.target.code, link=place(paper.name("tasks"), row)),
        text(figure.unit),
        text(figure.target.name),
        number(figure.value, "General"),
        text(exact),
        text(figure.target.unit),
        text(figure.status),
    ]
    if source is None:
        return [*given, text(say("edition.light_missing", paper.lang)), *(text("") for _ in range(6))]
    return [
        *given,
        text(source.verdict.file),
        text(figure.sheet),
        text(figure.cell),
        text(f"{source.received_at:%Y-%m-%d %H:%M:%S}"),
        number(source.version),
        text(dict(source.verdict.sign_off).get("filled_by", "")),
        text(source.verdict.sha256),
    ]
