"""红黄灯清单, 报送情况, 问题清单, 多牵头核对, 变动: the lists that somebody works through."""

from __future__ import annotations

from collections.abc import Iterator

from workplan_xlsx.books.ranking.first import punctuality_words
from workplan_xlsx.books.ranking.paper import FIRST_ROW, HEADER_ROW, Paper
from workplan_xlsx.books.ranking.table import (
    Cell,
    Column,
    light,
    number,
    percent,
    text,
    write_header,
    write_rows,
)
from workplan_xlsx.books.ranking.tasks import task_place, value_words
from workplan_xlsx.domain.editions.edition import JointRow, Rating, ReportingRecord, TaskRating, TrafficLight
from workplan_xlsx.domain.editions.escalation import list_words
from workplan_xlsx.domain.rounding import round_half_up
from workplan_xlsx.words import say

_WORST = (TrafficLight.RED, TrafficLight.AMBER)


def write_list(
    paper: Paper, sheet: str, widths: list[float], rows: list[list[Cell]], *, frozen: int = 0
) -> None:
    """Write a list sheet; its headers are the catalogue's `<sheet>_1`, `<sheet>_2` ..."""
    columns = [
        Column(say(f"ranking.{sheet}_{index}", paper.lang), width)
        for index, width in enumerate(widths, start=1)
    ]
    opened = paper.open(sheet, len(columns))
    write_header(opened, HEADER_ROW, columns, paper.looks)
    last = write_rows(opened, FIRST_ROW, columns, rows, paper.looks) - 1
    paper.listed(opened, last, len(columns), frozen=frozen)
    if not rows:
        paper.nothing(opened, f"{sheet}_none")


def write_lights(paper: Paper) -> None:
    """Every red and amber target with its reason, the worst first, and how long it has been so."""
    rows = [
        _light_row(paper, task, rating)
        for state in _WORST
        for task in paper.edition.tasks
        for rating in task.ratings
        if rating.light is state
    ]
    write_list(paper, "lights", [9, 9, 24, 24, 30, 12, 10, 10, 60, 16], rows, frozen=2)


def _light_row(paper: Paper, task: TaskRating, rating: Rating) -> list[Cell]:
    target = rating.target
    streak = max(task.red_streak, task.amber_streak)
    return [
        light(rating.light),
        text(target.code, link=task_place(paper, target.code)),
        text(task.task.title),
        text(target.name),
        text("、".join(task.task.lead_units)),
        text(value_words(rating, paper.lang)),
        percent(None if rating.completion_pct is None else round_half_up(rating.completion_pct, 1)),
        percent(round_half_up(rating.expected_pct, 1)),
        text(rating.reason),
        text(_consequence(paper, task, streak)),
    ]


def _consequence(paper: Paper, task: TaskRating, streak: int) -> str:
    lists = dict.fromkeys(listed for listed, _, code in paper.edition.escalations if code == task.task.code)
    told = [say("ranking.streak", paper.lang, count=streak)] if streak > 1 else []
    return "；".join([*told, *(list_words(listed, paper.lang) for listed in lists)])


def write_reporting(paper: Paper) -> None:
    """How each unit reported, with every form it sent."""
    rows = [_record_row(paper, record) for record in paper.edition.reporting]
    write_list(paper, "reporting", [26, 13, 18, 10, 10, 10, 14, 16, 60], rows, frozen=1)


def _record_row(paper: Paper, record: ReportingRecord) -> list[Cell]:
    counted = record.counted
    signed = dict(counted.verdict.sign_off) if counted else {}
    return [
        text(record.unit),
        text(punctuality_words(record.punctuality, paper.lang)),
        text(f"{counted.received_at:%Y-%m-%d %H:%M}" if counted else ""),
        number(record.late_workdays or None),
        number(record.times_returned or None),
        number(round_half_up(record.score, 2), "0.##"),
        text(signed.get("filled_by", "")),
        text(signed.get("phone", "")),
        text("\n".join(_history(paper, record))),
    ]


def _history(paper: Paper, record: ReportingRecord) -> Iterator[str]:
    for each in record.history:
        outcome = say(f"ranking.outcome_{each.verdict.outcome.value}", paper.lang)
        yield f"{each.received_at:%m-%d %H:%M} {outcome} {each.verdict.file}"


def write_problems(paper: Paper) -> None:
    """The difficulties and requests that the units raised."""
    rows = [
        [
            number(index),
            text(problem.unit),
            text(problem.target.code, link=task_place(paper, problem.target.code)),
            text(problem.task.title),
            text(problem.difficulty),
            text(problem.request),
            text(problem.next_steps),
            text(f"{problem.source.verdict.file} {problem.sheet}!{problem.cell}"),
        ]
        for index, problem in enumerate(paper.edition.problems, start=1)
    ]
    write_list(paper, "problems", [7, 24, 9, 26, 40, 34, 34, 30], rows, frozen=3)


def write_joint(paper: Paper) -> None:
    """Targets with several leads: whose figure counts, and what the others wrote, side by side."""
    rows = [_joint_row(paper, joint) for joint in paper.edition.joint]
    write_list(paper, "joint", [9, 24, 26, 22, 16, 60], rows, frozen=2)


def _joint_row(paper: Paper, joint: JointRow) -> list[Cell]:
    figure = joint.figure
    value = figure.status if figure.value is None else f"{figure.value}{joint.target.unit}"
    others = "\n".join(
        f"{unit}：{told or say('ranking.joint_nothing', paper.lang)}" for unit, told in joint.others
    )
    return [
        text(joint.target.code, link=task_place(paper, joint.target.code)),
        text(joint.task.title),
        text(joint.target.name),
        text(joint.reporting_unit),
        text(value or say("edition.light_missing", paper.lang)),
        text(others),
    ]


def write_changes(paper: Paper) -> None:
    """What is different from the last closed period."""
    rows = [
        [
            text(say(f"ranking.change_{change.kind}", paper.lang)),
            text(change.unit),
            text(change.target_code or change.task_code),
            text(change.before),
            text(change.after),
            text(change.what),
        ]
        for change in paper.edition.changes
    ]
    write_list(paper, "changes", [10, 34, 10, 14, 14, 60], rows)
