"""A table whose columns only blanks part: 序号 工作任务 牵头单位, then 1 新建公园3个 县城管局 a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.owners.labels import Role
from workplan_xlsx.notice.owners.names import looks_like_body, unit_names
from workplan_xlsx.notice.owners.phrases import is_deadline
from workplan_xlsx.notice.tables.headings import Column, Heading, heading_of

_FEWEST_ROWS = 2
_LONGEST_HEADING = 60
_OWNERS = (Role.LEAD, Role.OWN, Role.SUPPORT)


def with_spaced_tables(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks; a heading and at least two rows below it that fit become the table."""
    told: list[Block] = []
    at = 0
    while at < len(blocks):
        names, heading = _heading(blocks[at])
        rows = list(_rows(blocks[at + 1 :], heading)) if heading else []
        if len(rows) >= _FEWEST_ROWS:
            told.append(Grid((names, *(cells for _, cells in rows))))
            at += rows[-1][0] + 2
        else:
            told.append(blocks[at])
            at += 1
    return told


def _heading(block: Block) -> tuple[tuple[str, ...], Heading | None]:
    """The heading's cells: number, task, then owners and time. 工 作 任 务 is one of them."""
    if not isinstance(block, str) or len(block) > _LONGEST_HEADING:
        return (), None
    cells = tuple(_words_together(block.split()))
    heading = heading_of([cells]) if len(cells) > 2 else None
    if heading is None or heading.columns[0] is not Column.NUMBER:
        return (), None
    rest = heading.columns[2:]
    fits = heading.columns[1] in (Column.TASK, Column.TARGET) and all(
        each in (*_OWNERS, Role.DEADLINE) for each in rest
    )
    return (cells, heading) if fits else ((), None)


def _words_together(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens; signs that stand alone are those of one word."""
    for alone, run in groupby(tokens, key=lambda token: len(token) == 1):
        words = list(run)
        yield from ["".join(words)] if alone else words


def _rows(blocks: Sequence[Block], heading: Heading) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(place, cells) of the lines that go on with the table, up to the first that does not."""
    due = 1
    for place, block in enumerate(blocks):
        if isinstance(block, str) and not block.strip():
            continue
        cells = _cells(block.split(), heading, due) if isinstance(block, str) else None
        if cells is None:
            return
        yield place, cells
        due += 1


def _cells(tokens: list[str], heading: Heading, due: int) -> tuple[str, ...] | None:
    """The cells of a row; blanks within the task's words are its own, so are those between its units."""
    rest = heading.columns[2:]
    if len(tokens) < len(heading.columns) or tokens[0].rstrip(".、．") != str(due):
        return None
    first = len(tokens) - len(rest)
    cells = tokens[first:]
    if not all(_fits(cell, column) for cell, column in zip(cells, rest, strict=True)):
        return None
    while len(rest) == 1 and first > 2 and _names_bodies(tokens[first - 1]):
        first -= 1
        cells = [f"{tokens[first]}、{cells[0]}"]
    return (str(due), " ".join(tokens[1:first]), *cells)


def _fits(cell: str, column: Column | Role) -> bool:
    return is_deadline(cell) if column is Role.DEADLINE else _names_bodies(cell)


def _names_bodies(cell: str) -> bool:
    names = list(unit_names(cell))
    return bool(names) and not re.search(r"\d", cell) and all(map(looks_like_body, names))
