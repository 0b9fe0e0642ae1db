"""Where everything stands in the ranking workbook, known before it is written: links need it both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.joint_leads import own_key
from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say

Item = TypeVar("Item")
Rated = tuple[TaskRating, Rating]

LIST_HEADER_ROW = 2
LIST_FIRST_ROW = 3
"""0-based rows of every sheet that is one list: title, subtitle, header, then the list."""

RANKING_HEADER_ROW = 3
"""0-based header row of the ranking table on 排名通报: title, subtitle and the situation stand above."""

BLOCK_HEAD_ROWS = 2
"""Rows of a unit's block above its lines: its name and standing, and the header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one sheet takes; smaller in tests.

    Attributes:
        rows, links: Excel's own limits, of a sheet.
        in_memory_targets: Up to so many targets the book is built in memory (shared texts, charts with cached
            figures); above, row by row on disk.
        what_if_targets: Up to so many targets 测算 has formulas; Excel becomes too slow to try things out.
        chart_units: So many units can be told apart in a chart.
        one_page_units: So many units fit on one A4 page with the lists below.
    """

    rows: int = 1_048_576
    links: int = 65_000
    in_memory_targets: int = 8_000
    what_if_targets: int = 8_000
    chart_units: int = 60
    one_page_units: int = 60

    @property
    def most_tried(self) -> int:
        """Up to so many targets there is 测算; it is not written from the top down, so only in memory."""
        return min(self.what_if_targets, self.in_memory_targets)


class Sheet(StrEnum):
    """The sheets, in the order of the workbook."""

    RANKING = "ranking"  # 排名通报
    LEVELS = "levels"  # 分级对比
    LIGHTS = "lights"  # 红黄灯清单
    TASKS = "tasks"  # 任务总表
    UNITS = "units"  # 单位明细
    REPORTING = "reporting"  # 报送情况
    PROBLEMS = "problems"  # 问题清单
    JOINT = "joint"  # 多牵头核对
    CHANGES = "changes"  # 变动
    NOTES = "notes"  # 说明
    TRACE = "trace"  # 溯源
    WHAT_IF = "what_if"  # 测算

    def name_in(self, lang: Lang, number: int = 1) -> str:
        """The name on its tab; from its second part on with a number."""
        name = say(f"ranking.sheet_{self.value}", lang)
        return name if number == 1 else f"{name}{number}"


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One sheet of a list: all of the list, or one ranking group's share where a sheet cannot take it all."""

    title: str
    groups: tuple[str, ...]
    items: Sequence[Item]


Place = tuple[str, int]
"""A sheet's title and a 0-based row."""


@dataclass(frozen=True, slots=True)
class Lines:
    """By target code its line on a sheet with all targets, which may come in parts.

    任务总表 and 溯源 have the same rows, so that one table of a province's targets serves both.

    Attributes:
        at: By code the 0-based row, counted on through the parts as if each had `rows` rows; of a target that
            every lead answers for itself also by `own_key`, and by its code the first of these rows.
    """

    titles: tuple[str, ...]
    at: Mapping[str, int]
    rows: int

    def get(self, code: str, unit: str = "") -> Place | None:
        """The target's place, the unit's own where it has one; None where it has no line."""
        line = self.at.get(own_key(code, unit), self.at.get(code))
        if line is None:
            return None
        part, row = divmod(line, self.rows)
        return self.titles[part], row


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where each thing stands.

    Attributes:
        ranking, reporting, units: By unit: its line, or the first row of its block.
        tasks, trace: By target code.
        alarming: The red and amber targets in the order of 红黄灯清单.
        task_parts, unit_parts: 任务总表 (and 溯源, whose rows are the same) and 单位明细, sheet by sheet.
        several_groups: Whether units are ranked in more than one group.
        blocks_from: 0-based row on 单位明细 where the first block of its first sheet begins.
    """

    ranking: Mapping[str, Place]
    tasks: Lines
    trace: Lines
    alarming: Sequence[Rated]
    units: Mapping[str, Place]
    reporting: Mapping[str, Place]
    task_parts: tuple[Part[Rated], ...]
    trace_parts: tuple[Part[Rated], ...]
    unit_parts: tuple[Part[Standing], ...]
    blocks_from: int
    several_groups: bool = False

    @property
    def long_lists(self) -> int:
        """How many rows the lists of targets have together: 红黄灯清单, 任务总表, 单位明细, 溯源."""
        listed = sum(len(part.items) for part in (*self.task_parts, *self.trace_parts))
        blocks = (standing for part in self.unit_parts for standing in part.items)
        return len(self.alarming) + listed + sum(len(task.ratings) for each in blocks for task in each.tasks)


def places_of(edition: Edition, lang: Lang, limits: Limits, *, blocks_from: int) -> Places:
    """Return where everything of the edition will stand."""
    rated = rated_of(edition)
    group_of = {standing.unit: standing.group for standing in edition.standings}
    groups = [group_of.get(rating.figure.unit, "") for _, rating in rated]
    shares = list(_parted(groups, [1] * len(rated), rated, limits.rows - LIST_FIRST_ROW))
    tasks, trace = _titled(Sheet.TASKS, shares, lang), _titled(Sheet.TRACE, shares, lang)
    lines = _lines(tasks, limits.rows)
    groups = [each.group for each in edition.standings]
    blocks = [BLOCK_HEAD_ROWS + lines_of(each) + 1 for each in edition.standings]
    room = limits.rows - blocks_from
    units = _titled(Sheet.UNITS, _parted(groups, blocks, edition.standings, room), lang)
    return Places(
        ranking=dict(_ranking(edition, lang)),
        tasks=Lines(tuple(part.title for part in tasks), lines, limits.rows),
        trace=Lines(tuple(part.title for part in trace), lines, limits.rows),
        alarming=alarming(rated),
        units=dict(_blocks(units, blocks_from)),
        reporting=_in_turn((record.unit for record in edition.reporting), Sheet.REPORTING.name_in(lang)),
        task_parts=tasks,
        trace_parts=trace,
        unit_parts=units,
        blocks_from=blocks_from,
        several_groups=len(groups_of(edition)) > 1,
    )


def rated_of(edition: Edition) -> list[Rated]:
    """Every figure's rating with its task: as it stands for the lead it measures, else for all."""
    return [(task.of(rating.figure.lead), rating) for task in edition.tasks for rating in task.ratings]


def alarming(rated: Iterable[Rated]) -> list[Rated]:
    """The red and the amber targets: red first, the lowest score first, then in the notice's order."""
    shown = [each for each in rated if each[1].light in (TrafficLight.RED, TrafficLight.AMBER)]
    place = {
        score: at for at, score in enumerate(sorted({rating.score or Fraction(0) for _, rating in shown}))
    }
    return sorted(
        shown,
        key=lambda each: (each[1].light is not TrafficLight.RED, place[each[1].score or Fraction(0)]),
    )


def lines_of(standing: Standing) -> int:
    """How many lines the unit's block has: its targets and its sums; one that says so where it has none."""
    targets = sum(len(rated.ratings) for rated in standing.tasks)
    return max(1, targets + (targets > 0 and has_sums(standing)))


def has_sums(standing: Standing) -> bool:
    """Whether a line below the unit's targets tells losses, lift and the range of its rank."""
    return bool(standing.losses or standing.points or standing.lift or standing.rank_range)


def groups_of(edition: Edition) -> list[str]:
    """The ranking groups in their order."""
    return list(dict.fromkeys(standing.group for standing in edition.standings))


Share = tuple[tuple[str, ...], Sequence[Item]]
"""The ranking groups that stand on one sheet, and what stands there of them."""


def _parted(
    groups: Sequence[str], rows: Sequence[int], items: Sequence[Item], room: int
) -> Iterator[Share[Item]]:
    """One share where all items fit; else one for each group, and more for a group that is too large itself.

    `groups` and `rows` say of each item whose it is and how many rows it takes.
    """
    if sum(rows) <= room:
        yield tuple(dict.fromkeys(groups)), items
        return
    for group in dict.fromkeys(groups):
        mine = ((size, item) for each, size, item in zip(groups, rows, items, strict=True) if each == group)
        for share in _fitting(mine, room):
            yield (group,), share


def _fitting(sized: Iterable[tuple[int, Item]], room: int) -> Iterator[list[Item]]:
    items: list[Item] = []
    taken = 0
    for rows, item in sized:
        if items and taken + rows > room:
            yield items
            items, taken = [], 0
        items.append(item)
        taken += rows
    yield items


def _titled(sheet: Sheet, shares: Iterable[Share[Item]], lang: Lang) -> tuple[Part[Item], ...]:
    return tuple(
        Part(sheet.name_in(lang, number), groups, items)
        for number, (groups, items) in enumerate(shares, start=1)
    )


def _in_turn(keys: Iterable[str], title: str) -> dict[str, Place]:
    return {key: (title, LIST_FIRST_ROW + index) for index, key in enumerate(keys)}


def _lines(parts: Sequence[Part[Rated]], rows: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, part in enumerate(parts):
        for row, (_, rating) in enumerate(part.items, LIST_FIRST_ROW):
            code, lead = rating.target.code, rating.figure.lead
            found.setdefault(code, number * rows + row)
            if lead:
                found[own_key(code, lead)] = number * rows + row
    return found


def _ranking(edition: Edition, lang: Lang) -> Iterator[tuple[str, Place]]:
    """A group's name stands above its units where there are several groups."""
    title, row = Sheet.RANKING.name_in(lang), RANKING_HEADER_ROW + 1
    several = len(groups_of(edition)) > 1
    before: str | None = None
    for standing in edition.standings:
        row += several and standing.group != before
        before = standing.group
        yield standing.unit, (title, row)
        row += 1


def _blocks(parts: Sequence[Part[Standing]], first_row: int) -> Iterator[tuple[str, Place]]:
    for part in parts:
        row = first_row
        for standing in part.items:
            yield standing.unit, (part.title, row)
            row += BLOCK_HEAD_ROWS + lines_of(standing) + 1
