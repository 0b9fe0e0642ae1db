"""排名通报: the first sheet, one A4 page, read in ten seconds and without the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workplan_xlsx.books.ranking import cells, charts
from workplan_xlsx.books.ranking.contents import Cell, Column, Shown
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.books.ranking.places import RANKING_HEADER_ROW, groups_of
from workplan_xlsx.books.ranking.sentences import red_lines, red_tasks, situation
from workplan_xlsx.books.styles import LIGHT_LOOKS
from workplan_xlsx.domain.editions.across_groups import ranks_across_groups
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.levels import levels_of
from workplan_xlsx.domain.editions.overview import PeriodLights, pace_of
from workplan_xlsx.domain.editions.ranked import RankState, Standing
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words.listing import listed

COUNTED = (
    TrafficLight.DONE,
    TrafficLight.GREEN,
    TrafficLight.AMBER,
    TrafficLight.RED,
    TrafficLight.MISSING,
)
"""The lights that the first sheet counts, in the order of its columns."""


def _tally(light: TrafficLight) -> str:
    return "tally_red" if light is TrafficLight.RED else "tally"


_UNIT = Column("unit", 25, "text_link")
COLUMNS = (
    Column("rank", 9.5),
    Column("change", 6.5),
    _UNIT,
    Column("score", 8),
    Column("light", 12),
    Column("tasks", 6, "count"),
    *(Column(light.name.lower(), 6.5, _tally(light)) for light in COUNTED),
    Column("completion", 8.5),
    Column("ahead", 8.5),
    Column("reporting", 20),
    Column("remark", 18),
)
ACROSS = Column("across", 7, "count")
"""Where a unit stands among all: beside its score, where there are several groups to be ranked in."""

_MOST_RED_LINES = 10
_MOST_UNITS_NAMED = 60


@dataclass(frozen=True, slots=True)
class _Layout:
    """The sheet's columns, and what is worked out once for all its lines.

    Attributes:
        across: Each ranked unit's place among all; None where there is one group.
        compares: Whether anybody had a rank before: in the year's first edition nobody is new.
    """

    columns: tuple[Column, ...]
    across: Mapping[str, int] | None
    compares: bool

    @property
    def last(self) -> int:
        """The last column, 0-based."""
        return len(self.columns) - 1

    @property
    def width(self) -> float:
        """All columns together, in characters."""
        return sum(column.width for column in self.columns)


def _layout(edition: Edition) -> _Layout:
    compares = cells.compares(edition)
    if len(groups_of(edition)) < 2:
        return _Layout(COLUMNS, None, compares)
    behind = 1 + next(index for index, column in enumerate(COLUMNS) if column.key == "score")
    columns = (*COLUMNS[:behind], ACROSS, *COLUMNS[behind:])
    return _Layout(columns, ranks_across_groups(edition.standings), compares)


def write_first(paper: Paper, history: Sequence[PeriodLights]) -> None:
    """Write the sheet: the situation in one sentence, the ranking, the lists under it, what it rests on."""
    layout = _layout(paper.edition)
    one_page = len(paper.edition.standings) <= paper.limits.one_page_units
    paper.columns(layout.columns)
    _head(paper, layout)
    paper.header(RANKING_HEADER_ROW, layout.columns, height=34, own=_own_heads(paper))
    row = _table(paper, layout, RANKING_HEADER_ROW + 1)
    row = _lists(paper, layout, row)
    row = charts.trend(paper, row, layout.last, history)
    row = _notes(paper, layout, row)
    paper.sheet.print_area(0, 0, row - 1, layout.last)
    paper.sheet.repeat_rows(RANKING_HEADER_ROW)
    paper.sheet.freeze_panes(RANKING_HEADER_ROW + 1, 3)
    paper.print_on_a4(landscape=False, one_page=one_page)
    paper.sheet.activate()


def _own_heads(paper: Paper) -> dict[str, str]:
    """Where the place calls a light by its own word, so does the column that counts it."""
    own = paper.edition.stand_ins
    lights = [state.light for state in own]
    return {
        light.name.lower(): cells.light_text(light, paper.lang, own).replace(" ", "\n", 1) for light in lights
    }


def _head(paper: Paper, layout: _Layout) -> None:
    edition, last = paper.edition, layout.last
    plan = edition.ledger.head.title
    paper.put_across(0, last, paper.say("title_first", plan=plan), "title_centred", 40)
    facts = {
        "period": cells.period_words(edition.period, paper.lang),
        "number": edition.number,
        "as_of": f"{paper.local(edition.as_of):%Y-%m-%d %H:%M}",
    }
    document = edition.ledger.head.document_number
    rests_on = paper.say("subtitle_document", document=document) if document else ""
    paper.put_across(1, last, paper.say("subtitle", **facts) + rests_on, "under_title", 20)
    paper.put_lines(2, last, situation(edition, paper.lang), "lead", width=layout.width * 0.84, size=13)


def _table(paper: Paper, layout: _Layout, row: int) -> int:
    """The ranking; a band names the group where there are several. Returns the row after it."""
    sizes = Counter(standing.group for standing in paper.edition.standings)
    before: str | None = None
    for standing in paper.edition.standings:
        if len(sizes) > 1 and standing.group != before:
            name = standing.group or paper.say("group_without_name")
            band = paper.say("group_band", group=name, count=sizes[standing.group])
            paper.put_across(row, layout.last, band, "band", 20)
            row += 1
        before = standing.group
        row = paper.rows(row, layout.columns, [_line(paper, layout, standing)])
    return row


def _line(paper: Paper, layout: _Layout, standing: Standing) -> list[Cell]:
    lang = paper.lang
    pace = None if standing.state is RankState.MISSING else pace_of(standing)
    return [
        cells.rank(standing, lang),
        cells.change(standing, lang, compares=layout.compares),
        _UNIT.linked(standing.unit, paper.places.units.get(standing.unit)),
        cells.score(standing.total, "score_bold"),
        *_across(layout, standing),
        cells.light(cells.unit_light(standing), lang, paper.edition.stand_ins),
        len(standing.tasks),
        *(standing.count(light) for light in COUNTED),
        cells.percent(pace.completion_pct if pace else None),
        cells.points(pace.ahead_pp if pace else None),
        cells.punctuality(standing.reporting, lang),
        _remark(paper, standing),
    ]


def _across(layout: _Layout, standing: Standing) -> list[Cell]:
    if layout.across is None:
        return []
    return [layout.across.get(standing.unit) or Shown(cells.NOT_APPLICABLE, "centred")]


def _remark(paper: Paper, standing: Standing) -> str:
    """What is missing; and a unit whose rank hangs on one task is marked."""
    alone = standing.state is RankState.RANKED and len(standing.tasks) == 1
    parts = [standing.missing, paper.say("one_task") if alone else ""]
    return paper.say("account_comma").join(filter(None, parts))


def _lists(paper: Paper, layout: _Layout, row: int) -> int:
    """The red tasks and the missing units, by name."""
    row += 1
    for heading, lines in _paragraphs(paper):
        paper.put_across(row, layout.last, heading, "section", 21)
        row += 1
        for line in lines:
            paper.put_lines(row, layout.last, line, "paragraph", width=layout.width, size=11)
            row += 1
    return row


def _paragraphs(paper: Paper) -> Iterator[tuple[str, list[str]]]:
    edition, lang = paper.edition, paper.lang
    lines = red_lines(edition, lang, most=_MOST_RED_LINES)
    red = cells.light_word(TrafficLight.RED, lang, edition.stand_ins)
    yield paper.say("red_heading", red=red, count=len(red_tasks(edition))), lines or [paper.say("none")]
    missing = [each.unit for each in edition.standings if each.state is RankState.MISSING]
    named = listed(missing[:_MOST_UNITS_NAMED], paper.lang)
    if len(missing) > _MOST_UNITS_NAMED:
        named = paper.say("more_units", units=named, count=len(missing))
    yield paper.say("missing_heading", count=len(missing)), [named or paper.say("none")]


def _notes(paper: Paper, layout: _Layout, row: int) -> int:
    """What the table rests on: deadline, rules with their figures, ties, warnings."""
    edition = paper.edition
    for warning in edition.warnings:
        paper.put_lines(row, layout.last, f"！{warning}", "warning", width=layout.width, size=12)
        row += 1
    for note in _note_lines(paper, layout):
        paper.put_lines(row, layout.last, note, "note", width=layout.width * 1.06, size=10)
        row += 1
    return row


def _note_lines(paper: Paper, layout: _Layout) -> Iterator[str]:
    edition = paper.edition
    counted = [light for light in LIGHT_LOOKS if light in COUNTED]
    shapes = " ".join(cells.light_text(light, paper.lang, edition.stand_ins) for light in counted)
    deadline = f"{paper.local(edition.deadline):%Y-%m-%d %H:%M}"
    yield paper.say("note_period", deadline=deadline, as_of=f"{paper.local(edition.as_of):%Y-%m-%d %H:%M}")
    yield paper.say("note_lights", shapes=shapes)
    yield from edition.rules[1:2]
    yield from edition.rules[3:4]
    yield paper.say("note_pace")
    if len(groups_of(edition)) > 1:
        yield paper.say("note_across")
    if levels_of(edition.standings):
        yield paper.say("note_levels")
    if any(standing.tied for standing in edition.standings):
        yield paper.say("note_tied")
    if layout.compares and any(map(cells.is_new, edition.standings)):
        yield paper.say("note_new")
    yield paper.say("note_more")
