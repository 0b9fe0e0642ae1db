"""排名通报: the first sheet, read in ten seconds and without the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workplan_xlsx.books.ranking.paper import FIRST_ROW, HEADER_ROW, Paper
from workplan_xlsx.books.ranking.table import (
    Cell,
    Column,
    light,
    number,
    text,
    write_header,
    write_rows,
)
from workplan_xlsx.books.ranking.units import unit_places
from workplan_xlsx.domain.editions.edition import Punctuality, RankState, Standing, TrafficLight
from workplan_xlsx.domain.rounding import round_half_up
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_COUNTED = (TrafficLight.DONE, TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED, TrafficLight.MISSING)


def write_first(paper: Paper) -> None:
    """Write the sheet: the situation in one sentence, the ranking, the notes under it."""
    columns = _columns(paper.lang)
    sheet = paper.open("ranking", len(columns))
    write_header(sheet, HEADER_ROW, columns, paper.looks)
    row = write_rows(sheet, FIRST_ROW, columns, _rows(paper), paper.looks)
    sheet.repeat_rows(HEADER_ROW)
    sheet.freeze_panes(FIRST_ROW, 3)
    sheet.fit_to_pages(1, 1)
    sheet.set_portrait()
    sheet.center_horizontally()
    _foot(sheet, row, len(columns), paper)


def _columns(lang: Lang) -> list[Column]:
    def told(key: str) -> str:
        return say(f"ranking.first_{key}", lang)

    return [
        Column(told("rank"), 8, "center"),
        Column(told("change"), 8, "center"),
        Column(told("unit"), 26),
        Column(told("score"), 9, "center"),
        Column(told("light"), 10, "center"),
        Column(told("tasks"), 7, "center"),
        *(Column(say(f"edition.light_{state.name.lower()}", lang), 7.5, "center") for state in _COUNTED),
        Column(told("progress"), 9, "center"),
        Column(told("reporting"), 12, "center"),
        Column(told("missing"), 34),
    ]


def _rows(paper: Paper) -> list[list[Cell]]:
    places = unit_places(paper)
    return [_row(standing, places[standing.unit], paper.lang) for standing in paper.edition.standings]


def _row(standing: Standing, link: str, lang: Lang) -> list[Cell]:
    ranked = standing.state is RankState.RANKED
    progress = None if standing.progress is None else round_half_up(standing.progress, 2)
    return [
        _rank(standing, lang),
        text(change_words(standing, lang)),
        text(standing.unit, link=link, bold=ranked and (standing.rank or 9) <= 3),
        number(standing.total, "0.00", bold=True) if ranked else text("—"),
        light(unit_light(standing)),
        number(len(standing.tasks)),
        *(number(standing.count(state) or None) for state in _COUNTED),
        number(progress, "0.00") if ranked else text("—"),
        text(punctuality_words(standing.reporting.punctuality, lang)),
        text(standing.missing),
    ]


def _rank(standing: Standing, lang: Lang) -> Cell:
    if standing.state is not RankState.RANKED or standing.rank is None:
        return text(say(f"ranking.state_{standing.state.name.lower()}", lang))
    if standing.tied:
        return text(say("ranking.tied", lang, rank=standing.rank), bold=True)
    return number(standing.rank, bold=True)


def change_words(standing: Standing, lang: Lang) -> str:
    """↑2, ↓1, —, or 新 where it had no rank in the last closed period."""
    if standing.rank is None:
        return "—"
    change = standing.rank_change
    if change is None:
        return say("ranking.new", lang)
    return f"↑{change}" if change > 0 else f"↓{-change}" if change < 0 else "—"


def unit_light(standing: Standing) -> TrafficLight:
    """The worst light among a unit's tasks, 未报 where nothing of it was accepted."""
    if standing.state is RankState.MISSING:
        return TrafficLight.MISSING
    order = (
        TrafficLight.RED,
        TrafficLight.AMBER,
        TrafficLight.GREEN,
        TrafficLight.DONE,
        TrafficLight.NOT_DUE,
    )
    present = {task.light for task in standing.tasks}
    return next((state for state in order if state in present), TrafficLight.UNDECIDED)


def punctuality_words(kind: Punctuality, lang: Lang) -> str:
    """How a unit reported, in words."""
    return say(f"ranking.punctuality_{kind.name.lower()}", lang)


def _foot(sheet: Worksheet, row: int, width: int, paper: Paper) -> None:
    """The situation and the lists that a leader looks for first, then what the table rests on."""
    row += 1
    for heading, lines in _paragraphs(paper):
        sheet.merge_range(row, 0, row, width - 1, heading, paper.looks.heading)
        sheet.set_row(row, 22)
        row += 1
        for line in lines:
            sheet.merge_range(row, 0, row, width - 1, line, paper.looks.lead)
            sheet.set_row(row, 19 * (1 + len(line) // 62))
            row += 1
    for note in _notes(paper):
        sheet.merge_range(row, 0, row, width - 1, note, paper.looks.note)
        sheet.set_row(row, 14 * (1 + len(note) // 80))
        row += 1


def _paragraphs(paper: Paper) -> Iterator[tuple[str, list[str]]]:
    lang = paper.lang
    yield say("ranking.situation", lang), [situation(paper)]
    red = [task for task in paper.edition.tasks if task.light is TrafficLight.RED]
    listed = [
        say(
            "ranking.red_line",
            lang,
            code=task.task.code,
            title=task.task.title,
            units="、".join(task.task.lead_units),
        )
        for task in red[:8]
    ]
    if len(red) > 8:
        listed.append(say("ranking.more_lights", lang, count=len(red) - 8))
    yield say("ranking.red_heading", lang, count=len(red)), listed or [say("ranking.none", lang)]
    missing = [each.unit for each in paper.edition.standings if each.state is RankState.MISSING]
    yield (
        say("ranking.missing_heading", lang, count=len(missing)),
        ["、".join(missing) or say("ranking.none", lang)],
    )


def situation(paper: Paper) -> str:
    """The whole in one sentence: how many reported, and how the tasks stand."""
    records = paper.edition.reporting
    kinds = [record.punctuality for record in records]
    lights = [task.light for task in paper.edition.tasks]
    return say(
        "ranking.situation_sentence",
        paper.lang,
        period=paper.period(),
        expected=len(records),
        received=sum(kind in (Punctuality.ON_TIME, Punctuality.LATE) for kind in kinds),
        late=kinds.count(Punctuality.LATE),
        returned=kinds.count(Punctuality.RETURNED),
        missing=kinds.count(Punctuality.MISSING),
        tasks=len(lights),
        done=lights.count(TrafficLight.DONE),
        green=lights.count(TrafficLight.GREEN),
        amber=lights.count(TrafficLight.AMBER),
        red=lights.count(TrafficLight.RED),
        unreported=lights.count(TrafficLight.MISSING),
    )


def _notes(paper: Paper) -> Sequence[str]:
    lang = paper.lang
    deadline = f"{paper.edition.deadline:%Y-%m-%d %H:%M}"
    as_of = f"{paper.edition.as_of:%Y-%m-%d %H:%M}"
    notes = [say("ranking.note_period", lang, deadline=deadline, as_of=as_of)]
    if any(standing.tied for standing in paper.edition.standings):
        notes.append(say("ranking.note_tied", lang))
    return [*notes, *paper.edition.rules[1:2], *paper.edition.rules[3:4], *paper.edition.warnings]
