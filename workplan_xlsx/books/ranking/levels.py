"""分级对比: cities, counties, each with all units below it; only where ranking groups tell their level."""

from __future__ import annotations

from collections.abc import Sequence

from workplan_xlsx.books.ranking import cells
from workplan_xlsx.books.ranking.contents import Cell, Column, Shown
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.domain.editions.levels import Level
from workplan_xlsx.domain.editions.reported import Punctuality

COLUMNS = (
    Column("level", 34),
    Column("level_rank", 9),
    Column("level_beside", 9, "tally"),
    Column("level_units", 9, "tally"),
    Column("level_ranked", 9, "tally"),
    Column("level_mean", 10),
    Column("level_best", 10),
    Column("level_worst", 10),
    *(Column(f"level_{each.name.lower()}", 9, "tally") for each in Punctuality),
)
_DEEPER = "　　"


def write_levels(paper: Paper, levels: Sequence[Level]) -> None:
    """Write every level, each followed by those below it."""
    paper.head(paper.say("hint_levels"), hint_column=1)
    paper.list(COLUMNS, (_row(paper, each) for each in levels), frozen=1, nothing=paper.say("none"))
    paper.print_on_a4()


def _row(paper: Paper, level: Level) -> tuple[Cell, ...]:
    name = level.path[-1] or paper.say("group_without_name")
    return (
        _DEEPER * (len(level.path) - 1) + name,
        Shown(cells.NOT_APPLICABLE, "centred") if level.rank is None else Shown(level.rank, "rank"),
        level.beside,
        level.units,
        level.ranked,
        cells.score(level.mean, "score_bold"),
        cells.score(level.best),
        cells.score(level.worst),
        *(level.reported.get(each, 0) for each in Punctuality),
    )
