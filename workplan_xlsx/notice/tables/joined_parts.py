"""A table that was cut in two: the next one has the same heading, or none and goes on counting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.tables.headings import Column, heading_of


def with_parts_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; tables between which nothing stands and that are parts of one are one.

    Blank lines for the rows that moved keep every other line's place.
    """
    waiting: Grid | None = None
    blanks: list[Block] = []
    for block in blocks:
        if waiting is None:
            if isinstance(block, Grid):
                waiting = block
            else:
                yield block
        elif isinstance(block, str) and not block.strip():
            blanks.append(block)
        elif isinstance(block, Grid) and _goes_on(waiting, block):
            waiting = _joined(waiting, block)
        else:
            yield waiting
            yield from blanks
            waiting, blanks = (block, []) if isinstance(block, Grid) else (None, [])
            if waiting is None:
                yield block
    if waiting is not None:
        yield waiting
        yield from blanks


def _goes_on(one: Grid, other: Grid) -> bool:
    heading = heading_of(one.rows)
    if heading is None or not other.rows:
        return False
    again = heading_of(other.rows)
    if again is not None:
        return other.rows[again.row] == one.rows[heading.row]
    numbers = heading.at(Column.NUMBER)
    if not numbers or len(other.rows[0]) != len(one.rows[heading.row]):
        return False
    last, first = _number(one.rows[-1][numbers[0]]), _number(other.rows[0][numbers[0]])
    return last is not None and first == last + 1


def _number(cell: str) -> int | None:
    digits = re.fullmatch(r"\s*(\d{1,4})[.、．]?\s*", cell)
    return int(digits[1]) if digits else None


def _joined(one: Grid, other: Grid) -> Grid:
    """One table; the heading printed anew is a row that the reader of rows knows."""
    moved = {(row + len(one.rows), column) for row, column in other.merged}
    return Grid((*one.rows, *other.rows), one.merged | moved)
