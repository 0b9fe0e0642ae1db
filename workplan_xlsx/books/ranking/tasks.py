"""任务总表 and 溯源: a row for each target, and where its figure comes from; linked both ways."""

from __future__ import annotations

from workplan_xlsx.books.ranking import cells
from workplan_xlsx.books.ranking.contents import Cell, Column, Shown
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.books.ranking.places import Part, Rated
from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.model import Nature
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words.listing import listed

_REPORTS = Column("reports", 25, "text_link")
TASKS = (
    Column("code", 9, "code"),
    Column("section", 7, "centred"),
    Column("task", 24),
    Column("leads", 24),
    _REPORTS,
    Column("target", 24),
    Column("aim", 14),
    Column("measure", 9, "centred"),
    Column("rule", 10, "centred"),
    Column("value", 13),
    Column("completion", 9),
    Column("expected", 9),
    Column("ahead", 9),
    Column("light", 11),
    Column("target_score", 8),
    Column("task_light", 11),
    Column("task_score", 8),
    Column("reason", 56),
)
TRACE = (
    Column("code", 9, "code"),
    Column("reports", 22),
    Column("target", 24),
    Column("value", 13),
    Column("exact", 14, "exact"),
    Column("measure", 9, "centred"),
    Column("file", 36),
    Column("sheet", 9, "centred"),
    Column("cell", 8, "centred"),
    Column("received", 19, "centred"),
    Column("version", 8, "count"),
    Column("filled_by", 11, "centred"),
    Column("digest", 66, "digest"),
)


def write_tasks(paper: Paper, part: Part[Rated]) -> None:
    """任务总表: every target with figure, completion, what is due, light, score and reason."""
    targets = len({rating.target.code for _, rating in part.items})
    paper.head(part_hint(paper, "hint_tasks", part, len(paper.places.task_parts), targets))
    paper.list(
        TASKS,
        (_task_row(paper, rated) for rated in paper.over(part.items)),
        frozen=1,
        nothing=paper.say("none"),
    )
    paper.print_on_a4()
    paper.sheet.set_paper(8)  # A3: eighteen columns are not read on A4


def part_hint(paper: Paper, entry: str, part: Part[Rated], parts: int, count: int) -> str:
    """What the sheet shows; and which part, where Excel's rows do not take the whole list."""
    hint = paper.say(entry, count=count)
    if parts == 1:
        return hint
    named = listed((group or paper.say("group_without_name") for group in part.groups), paper.lang)
    return hint + paper.say("hint_part", group=named, parts=parts)


def _task_row(paper: Paper, rated: Rated) -> tuple[Cell, ...]:
    task, rating = rated
    target, lang = rating.target, paper.lang
    item, reports = task.task, rating.figure.lead or task.task.reporting_unit
    return (
        Shown(target.code, "code_link", paper.places.trace.get(target.code, rating.figure.lead)),
        item.section_ordinal,
        item.title,
        listed(item.lead_units, lang),
        _REPORTS.linked(reports, paper.places.units.get(reports)),
        target.name,
        cells.aim(target, lang),
        target.unit,
        rule_words(paper, rated),
        cells.figure(rating.figure, lang),
        cells.percent(rating.completion_pct),
        cells.percent(rating.expected_pct),
        cells.points(None if rating.shortfall_pp is None else -rating.shortfall_pp),
        cells.rated_light(rating, paper.edition, lang),
        cells.score(rating.score),
        cells.light(task.light, lang, paper.edition.stand_ins),
        cells.score(task.score),
        rating.reason,
    )


def rule_words(paper: Paper, rated: Rated) -> str:
    """How the target is judged, where it is not simply counted up: 保持, 不高于, 力争, 清零 ..."""
    target = rated[1].target
    words = [paper.say(f"nature_{target.nature.value}")] if target.nature is not Nature.CUMULATIVE else []
    if target.bound is not None:
        words += [paper.say(f"bound_{target.bound.name.lower()}")]
    if target.stretch:
        words += [paper.say("stretch")]
    return listed(words, paper.lang)


def write_trace(paper: Paper, part: Part[Rated]) -> None:
    """溯源: every figure with file, sheet, cell, digest, receipt and version."""
    paper.head(part_hint(paper, "hint_trace", part, len(paper.places.trace_parts), len(part.items)))
    rows = (_trace_row(paper, rating.figure) for _, rating in paper.over(part.items))
    paper.list(TRACE, rows, frozen=1, nothing=paper.say("none"))
    paper.print_on_a4()


def _trace_row(paper: Paper, figure: Figure) -> tuple[Cell, ...]:
    """The value stands as a number to reckon with, and as the exact text that was merged."""
    target, source = figure.target, figure.source
    given = (
        Shown(target.code, "code_link", paper.places.tasks.get(target.code, figure.lead)),
        figure.unit,
        target.name,
        cells.figure(figure, paper.lang),
        cells.stage(figure.status, paper.lang) if figure.value is None else plain(figure.value),
        target.unit,
    )
    if source is None:
        return (*given, light_words(TrafficLight.MISSING, paper.lang), *[""] * 6)
    if len(figure.read_from) == 1:
        return (*given, *_place(paper, figure, source))
    places = (_place(paper, part, part.source) for part in figure.read_from if part.source)
    return (*given, *("\n".join(map(str, column)) for column in zip(*places, strict=True)))


def _place(paper: Paper, figure: Figure, source: Submission) -> tuple[Cell, ...]:
    """File, sheet, cell, receipt, version, who filled it in, and digest."""
    return (
        source.verdict.file,
        figure.sheet,
        figure.cell,
        f"{paper.local(source.received_at):%Y-%m-%d %H:%M:%S}",
        source.version,
        dict(source.verdict.sign_off).get("filled_by", ""),
        source.verdict.sha256,
    )
