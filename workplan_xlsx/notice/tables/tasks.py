"""A table of tasks -> its sections and items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workplan_xlsx.domain.notice import Section
from workplan_xlsx.notice.documents.blocks import Grid
from workplan_xlsx.notice.figures.places import NOTE
from workplan_xlsx.notice.numerals import chinese_number
from workplan_xlsx.notice.outline.markers import Style, markers_of
from workplan_xlsx.notice.outline.tasks import Item
from workplan_xlsx.notice.outline.titles import text_behind, title_of
from workplan_xlsx.notice.owners.labels import Role
from workplan_xlsx.notice.owners.names import looks_like_body
from workplan_xlsx.notice.owners.phrases import Owned, owned_by_role
from workplan_xlsx.notice.tables.by_unit import tasks_of_units
from workplan_xlsx.notice.tables.headings import Column, Heading, heading_of
from workplan_xlsx.notice.tables.lists_of_names import bodies_only, joined
from workplan_xlsx.notice.tables.measured import RowMeasures, is_number, measure_column

_LONGEST_NAME = 24
_TOTAL = re.compile(r"(?:合|总|小|共)\s*计[:：]?")
_OWNERS = (Role.LEAD, Role.OWN, Role.SUPPORT, Role.DEADLINE)


@dataclass(frozen=True, slots=True)
class TaskTable:
    """What was read from one table; `unread`: rows with units and no task; `unused`: columns left out."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    unread: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def read_task_table(grid: Grid, *, section: Section | None = None, line: int = 0) -> TaskTable | None:
    """Return the tasks of a table whose heading names tasks and owners; None for any other table.

    `section`: the heading above it, where it has no chapters of its own. `line`: where it stands.
    """
    grid = tasks_of_units(grid) or grid
    heading = heading_of(grid.rows)
    if heading is None:
        return None
    names, below = grid.rows[heading.row], grid.rows[heading.row + 1 :]
    reader = _Rows(heading, section, RowMeasures(names, measure_column(names, below)))
    for index, told in enumerate(grid.rows[heading.row + 1 :], start=heading.row + 1):
        row, notes = notes_apart(told)
        if any(_TOTAL.fullmatch(cell.strip()) for cell in row[:2]):
            continue
        covered = frozenset(column for at, column in grid.merged if at == index)
        reader.take(_fitted(row, heading), covered, notes)
    items = tuple(replace(item, line=line) for item in reader.items)
    unused = tuple(_unused(names, below, heading))
    return TaskTable(tuple(reader.sections), items, tuple(reader.unread), unused) if items else None


def _unused(names: Sequence[str], rows: Sequence[Sequence[str]], heading: Heading) -> Iterator[str]:
    """The columns that hold something and were read as nothing: 备注, 年度投资（万元）."""
    for at in heading.at(Column.OTHER):
        name = "".join(names[at].split()) if at < len(names) else ""
        if name and any(at < len(row) and row[at].strip() for row in rows):
            yield name


def notes_apart(row: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the row's cells without their footnotes, and these."""
    lines = [cell.split("\n") for cell in row]
    cells = tuple("\n".join(line for line in each if not line.startswith(NOTE)) for each in lines)
    return cells, [line for each in lines for line in each if line.startswith(NOTE)]


def _fitted(row: Sequence[str], heading: Heading) -> tuple[str, ...]:
    """The row with a cell for each column; a row that lost merged cells at its left is moved to the right."""
    width = len(heading.columns)
    cells = [cell.strip() for cell in row]
    while len(cells) > width and not cells[-1]:
        cells.pop()
    shifted = [*cells, *[""] * (width - len(cells))][: max(width, len(cells))]
    blanks = len(shifted) - len("\0".join(shifted).rstrip("\0").split("\0"))
    moved = ([""] * shift + shifted[: len(shifted) - shift] for shift in range(blanks + 1))
    best = max(moved, key=lambda each: _fit(each, heading))
    return tuple(best[:width])


def _fit(cells: Sequence[str], heading: Heading) -> int:
    """How many cells look like what their column holds."""
    points = 0
    for cell, column in zip(cells, heading.columns, strict=False):
        if not cell:
            continue
        if column in (Role.LEAD, Role.OWN, Role.SUPPORT):
            points += 2 if names_bodies(cell) else -1
        elif column is Column.NUMBER:
            points += 2 if re.fullmatch(r"[\d.]+|[一二三四五六七八九十]+", cell) else -2
        elif column is Column.TASK and _is_first_task_column(cells, cell, heading):
            points += 0
    return points


def _is_first_task_column(cells: Sequence[str], cell: str, heading: Heading) -> bool:
    return cells.index(cell) == (heading.at(Column.TASK) or [-1])[0]


def names_bodies(cell: str) -> bool:
    """Tell whether the cell holds names of bodies and nothing else."""
    names = [name for listed in owned_by_role(Role.OWN, joined(cell)).values() for name in listed]
    return bool(names) and all(looks_like_body(name) or name.isascii() for name in names)


def _units_only(owned: Owned) -> Owned:
    """Without its time: that is each row's own."""
    return {role: names for role, names in owned.items() if role is not Role.DEADLINE}


class _Rows:
    """Takes the rows one by one; remembers what a blank cell takes over from the row above."""

    def __init__(self, heading: Heading, section: Section | None, measures: RowMeasures) -> None:
        self._measures = measures
        self.sections: list[Section] = []
        self.items: list[Item] = []
        self.unread: list[str] = []
        self._heading = heading
        self._own_sections = bool(heading.at(Column.SECTION))
        self._is_grouped = heading.is_grouped_by_owner
        self._section = section.ordinal if section else ""
        self._outer = section
        self._number = ""
        self._told: tuple[Owned, ...] = ()
        self._section_seen = ""

    def take(
        self, cells: tuple[str, ...], covered: frozenset[int] = frozenset(), notes: Sequence[str] = ()
    ) -> None:
        """Read one row; a merged cell above reaches into its columns `covered`; `notes`: its footnotes."""
        filled = {cell for cell in cells if cell}
        if not filled or heading_of([cells]):
            return
        if len(filled) == 1 and self._open_section(next(iter(filled)), alone=True):
            return
        self._take_section(cells)
        texts = [cells[index] for index in self._text_columns(cells) if cells[index]]
        told = tuple(self._owners(cells))
        if not texts:
            if any(owned.get(role) for owned in told for role in _OWNERS[:2]):
                self.unread.append(" ".join(" ".join(cell.split()) for cell in cells if cell))
            return
        columns = self._text_columns(cells)
        if self.items and all(column in covered for column in columns if cells[column]):
            last = self.items[-1]
            self.items[-1] = replace(last, told=(*last.told, *told))
            return
        number, first = self._numbered(cells, texts[0])
        fresh = (number != self._number and not self._is_grouped) or not self._told
        if not any(owned.get(role) for owned in told for role in _OWNERS[:3]) and not fresh:
            told = (*told, *map(_units_only, self._told))
        self._number, self._told = number, told
        self._add(number, first, [*self._rest(cells, texts), *notes], told, self._steps(cells))

    def _rest(self, cells: tuple[str, ...], texts: list[str]) -> list[str]:
        """The cells behind the first, numbers of the targets' columns made sentences."""
        columns = [index for index in self._text_columns(cells) if cells[index]][1:]
        targets = self._heading.at(Column.TARGET)
        return [
            self._measures.told(self._measured(cells, index) or joined_text(texts[0]), cells, index)
            if index in targets
            else cells[index]
            for index in columns
        ]

    def _steps(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells of quarters or months, each behind its heading: 一季度：开工2个."""
        planned = [at for at in self._heading.at(Column.STEP) if re.search(r"\w", cells[at])]
        return tuple(f"{self._measures.name(at)}：{self._step(cells, at)}" for at in planned)

    def _step(self, cells: tuple[str, ...], at: int) -> str:
        """What is planned; a bare number with the row's unit of measure."""
        return self._measures.with_unit(cells, at) if is_number(cells[at]) else joined_text(cells[at])

    def _measured(self, cells: tuple[str, ...], column: int) -> str:
        """What the number of a column of targets measures: the short words nearest to its left."""
        left = [
            cells[at]
            for at in self._text_columns(cells)
            if at < column and cells[at] and not is_number(cells[at])
        ]
        name = joined_text(left[-1]) if left else ""
        return name if len(name) <= _LONGEST_NAME and "。" not in name else ""

    def _text_columns(self, cells: tuple[str, ...]) -> list[int]:
        """Columns with the task's text; the first of two is a chapter where it counts 一、 and the next 1."""
        columns = self._heading.at(Column.TASK, Column.TARGET)
        return columns[1:] if self._first_is_section(cells, columns) else columns

    def _first_is_section(self, cells: tuple[str, ...], columns: list[int]) -> bool:
        if len(columns) < 2 or self._own_sections:
            return False
        first, second = cells[columns[0]], cells[columns[1]]
        if not first:
            return bool(self._section_seen)
        marks = [next(markers_of(cell), None) for cell in (first, second)]
        return bool(
            marks[0]
            and marks[0].style in (Style.CHINESE, Style.CHINESE_BRACKET)
            and marks[1]
            and marks[1].style > marks[0].style
        )

    def _take_section(self, cells: tuple[str, ...]) -> None:
        columns = self._heading.at(Column.SECTION)
        tasks = self._heading.at(Column.TASK, Column.TARGET)
        if not columns and self._first_is_section(cells, tasks):
            columns = tasks[:1]
        if columns and cells[columns[0]] and cells[columns[0]] != self._section_seen:
            self._section_seen = cells[columns[0]]
            self._open_section(cells[columns[0]], alone=False)

    def _open_section(self, text: str, *, alone: bool) -> bool:
        """Open a chapter: 一、做好信息公开. One without a number is counted; a lone cell must have one."""
        flat = "".join(text.split("\n"))
        marker = next((each for each in markers_of(flat) if each.style <= Style.CHINESE_BRACKET), None)
        if marker is None and alone:
            return False
        ordinal = marker.ordinal if marker else chinese_number(len(self.sections) + 1)
        title = (marker.rest if marker else flat).strip("。 ")
        self.sections.append(Section(ordinal=ordinal, title=title))
        self._section = ordinal
        return True

    def _owners(self, cells: tuple[str, ...]) -> Iterator[Owned]:
        for index in self._heading.at(*_OWNERS):
            role = self._heading.columns[index]
            if cells[index] and isinstance(role, Role):
                if role is Role.DEADLINE:
                    yield {role: [joined(cells[index])]}
                elif index in self._heading.with_persons:
                    yield owned_by_role(role, bodies_only(cells[index]))
                else:
                    yield owned_by_role(role, joined(cells[index]))

    def _numbered(self, cells: tuple[str, ...], first: str) -> tuple[str, str]:
        """The item's number (a column's, or the text's own, or counted on) and its text without it."""
        columns = self._heading.at(Column.NUMBER)
        flat = "".join(first.split("\n")) if not first.isascii() else first
        marker = next((each for each in markers_of(flat) if not each.tight), None)
        if columns:
            written = cells[columns[0]].rstrip(".、．")
            return (
                written or self._number or "1",
                marker.rest if marker and marker.ordinal == written else first,
            )
        if marker:
            return marker.ordinal, marker.rest
        return str(len(self.items) + 1), first

    def _add(
        self, number: str, first: str, rest: list[str], told: tuple[Owned, ...], steps: tuple[str, ...]
    ) -> None:
        text = joined_text(first.lstrip("△▲★☆●·*- "))
        title = title_of(text)
        behind = text_behind(title, text)
        paragraphs = tuple(each for each in (behind, *map(joined_text, rest)) if each)
        self.items.append(
            Item(
                section_ordinal=self._section,
                number=number,
                title=title,
                paragraphs=paragraphs,
                line=0,
                title_is_all=not behind,
                told=told,
                steps=steps,
            )
        )


def joined_text(cell: str) -> str:
    """A cell's text as one paragraph."""
    return (" " if cell.isascii() else "").join(line.strip() for line in cell.split("\n"))
