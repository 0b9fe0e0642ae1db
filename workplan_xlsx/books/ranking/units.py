"""单位明细: a block per unit with its tasks, targets and scores; linked from the ranking and back."""

from __future__ import annotations

from collections.abc import Iterator

from workplan_xlsx.books.ranking import cells, charts
from workplan_xlsx.books.ranking.contents import USUAL_POINTS, Cell, Column, Shown
from workplan_xlsx.books.ranking.pages import MOST_BREAKS, Pages, page_points
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.books.ranking.places import BLOCK_HEAD_ROWS, Part, has_sums
from workplan_xlsx.domain.editions.ranked import Loss, RankState, Standing
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.rounding import round_half_up
from workplan_xlsx.words.listing import listed

COLUMNS = (
    Column("code", 9, "code"),
    Column("task", 26),
    Column("target", 26),
    Column("role", 11, "centred"),
    Column("aim", 14),
    Column("value", 13),
    Column("completion", 9),
    Column("expected", 9),
    Column("ahead", 9),
    Column("light", 11),
    Column("target_score", 9),
    Column("task_score", 9),
)
_LAST = len(COLUMNS) - 1
_WIDTH = sum(column.width for column in COLUMNS)
_MOST_LOSSES = 8


def write_units(paper: Paper, part: Part[Standing], *, first: bool) -> None:
    """Write the blocks in the order of the ranking; the charts stand above those of the first sheet."""
    paper.columns(COLUMNS)
    paper.head(_hint(paper, part))
    if first:
        charts.by_unit(paper, part.items)
    row = paper.places.blocks_from
    pages = Pages(page_points([column.width for column in COLUMNS]))
    if part.items:
        pages.begin(row)
    for standing in part.items:
        before, begins = paper.points, row
        row = _block(paper, row, standing)
        pages.block(begins, paper.points - before, gap=USUAL_POINTS)
    paper.sheet.freeze_panes(2, 0)
    paper.sheet.print_area(0, 0, max(row - 1, 2), _LAST)
    paper.sheet.set_h_pagebreaks(pages.breaks[:MOST_BREAKS])
    paper.print_on_a4()


def _hint(paper: Paper, part: Part[Standing]) -> str:
    hint = paper.say("hint_units")
    parts = len(paper.places.unit_parts)
    if parts == 1:
        return hint
    named = listed((group or paper.say("group_without_name") for group in part.groups), paper.lang)
    return hint + paper.say("hint_part", group=named, parts=parts)


def _block(paper: Paper, row: int, standing: Standing) -> int:
    """The unit's name and result, a header, a line per target. Returns the row of the next block."""
    back = paper.places.ranking.get(standing.unit)
    paper.put_across(row, _LAST, Shown(_heading(paper, standing), "band_link", back), "band_link", 24)
    paper.header(row + 1, COLUMNS, height=20)
    row += BLOCK_HEAD_ROWS
    lines = [
        _line(paper, standing, task, rating) for task in standing.tasks for rating in paper.over(task.ratings)
    ]
    if not lines:
        paper.put_across(row, _LAST, paper.say("unit_without_target"), "subtitle")
        return row + 2
    row = paper.rows(row, COLUMNS, lines)
    if has_sums(standing):
        told = "\n".join(_sums(paper, standing))
        paper.put_lines(row, _LAST, told, "note", width=_WIDTH, size=10)
        row += 1
    return row + 1


def _sums(paper: Paper, standing: Standing) -> Iterator[str]:
    """Where the points were lost, what would lift the unit one place, how firm its rank is."""
    lost = [each for each in standing.losses if round_half_up(each.points, 2)]
    if lost:
        items = [_loss(paper, each) for each in lost[:_MOST_LOSSES]]
        rest = paper.say("more_losses", count=len(lost) - _MOST_LOSSES) if len(lost) > _MOST_LOSSES else ""
        yield paper.say("losses", items=listed(items, paper.lang), rest=rest)
    for points in standing.points:
        yield paper.say("points_line", points=round_half_up(points.points, 2), reason=points.reason)
    if standing.lift is not None:
        yield standing.lift.what
    if standing.rank_range is not None:
        best, worst = standing.rank_range
        yield paper.say("rank_range" if best < worst else "rank_firm", best=best, worst=worst)


def _loss(paper: Paper, loss: Loss) -> str:
    what = f"{loss.code} {loss.what}".strip()
    return paper.say("loss", what=what, points=round_half_up(loss.points, 2))


def _heading(paper: Paper, standing: Standing) -> str:
    """The unit's result, with the sum that leads to it."""
    unit = _in_its_group(paper, standing)
    if standing.state is not RankState.RANKED or standing.progress is None:
        state = paper.say(f"state_{standing.state.name.lower()}")
        return paper.say("unit_unranked", unit=unit, state=state, why=standing.missing)
    facts = {
        "unit": unit,
        "rank": standing.rank,
        "total": standing.total,
        "progress": round_half_up(standing.progress, 2),
        "reporting": round_half_up(standing.reporting.score, 2),
    }
    tied = paper.say("tied_word") if standing.tied else ""
    told = paper.say("unit_ranked", tied=tied, **facts)
    return paper.say("unit_with_remark", told=told, why=standing.missing) if standing.missing else told


def _in_its_group(paper: Paper, standing: Standing) -> str:
    """The unit's name; with its group where there are several, among which its rank counts."""
    if not paper.places.several_groups:
        return standing.unit
    group = standing.group or paper.say("group_without_name")
    return paper.say("unit_in_group", unit=standing.unit, group=group)


def _line(paper: Paper, standing: Standing, task: TaskRating, rating: Rating) -> tuple[Cell, ...]:
    target, lang = rating.target, paper.lang
    return (
        Shown(target.code, "code_link", paper.places.tasks.get(target.code, standing.unit)),
        task.task.title,
        target.name,
        _role(paper, standing, task, rating),
        cells.aim(target, lang),
        cells.figure(rating.figure, lang),
        cells.percent(rating.completion_pct),
        cells.percent(rating.expected_pct),
        cells.points(None if rating.shortfall_pp is None else -rating.shortfall_pp),
        cells.rated_light(rating, paper.edition, lang),
        cells.score(rating.score),
        cells.score(task.score),
    )


def _role(paper: Paper, standing: Standing, task: TaskRating, rating: Rating) -> str:
    leads = task.task.lead_units
    if rating.figure.lead:
        return paper.say("role_each")
    if len(leads) == 1:
        return paper.say("role_alone")
    if task.task.reporting_unit == standing.unit:
        return paper.say("role_reports")
    return paper.say("role_joint", place=leads.index(standing.unit) + 1)
