"""A table that goes on over a page's end: put together, cut rows made whole, merged cells carried on."""

from __future__ import annotations

from collections.abc import Sequence

from workplan_xlsx.notice.documents.blocks import Grid
from workplan_xlsx.notice.owners.labels import Role
from workplan_xlsx.notice.tables.headings import Column, Heading, heading_of

_ENDS = ("。", "；", ";", ".")


def joined_pages(one: Grid, other: Grid) -> Grid:
    """Return one table; a heading printed anew on the page is left out."""
    above, below = list(one.rows), list(other.rows)
    heading = heading_of(one.rows)
    skipped = 1 if below and below[0] == one.rows[0] else 0
    below = below[skipped:]
    if below and len(above) > 1 and _is_cut(above[-1], below[0], heading):
        above[-1] = tuple(f"{cell}\n{rest}".strip() for cell, rest in zip(above[-1], below[0], strict=True))
        below, skipped = below[1:], skipped + 1
    merged = {(row - skipped, column) for row, column in other.merged if row >= skipped}
    carried = _carried(one, above[-1], below, merged, heading)
    moved = {(row + len(above), column) for row, column in merged | carried.keys()}
    rows = [
        tuple(carried.get((at, column), cell) for column, cell in enumerate(row))
        for at, row in enumerate(below)
    ]
    return Grid((*above, *rows), one.merged | moved)


def _is_cut(last: Sequence[str], first: Sequence[str], heading: Heading | None) -> bool:
    """Whether a page's first row only goes on with the one before: it has no number, or names nobody.

    Where no heading tells, its first cell is blank.
    """
    if not any(first):
        return False
    if heading is None:
        return not first[0]
    numbers, owners = heading.at(Column.NUMBER), heading.at(Role.LEAD, Role.OWN)
    if numbers:
        return not first[numbers[0]]
    words = "".join(last[at] for at in heading.at(Column.TASK, Column.TARGET))
    return (
        not any(first[at] for at in owners) and any(last[at] for at in owners) and not words.endswith(_ENDS)
    )


def _carried(
    one: Grid,
    last: Sequence[str],
    below: Sequence[Sequence[str]],
    merged: set[tuple[int, int]],
    heading: Heading | None,
) -> dict[tuple[int, int], str]:
    """(row, column) of the cells of a merged one that reached the page's end and goes on at the next top.

    A lead is named in every row, so there one of the two merged parts is enough; elsewhere both must be.
    """
    leads = heading.at(Role.LEAD, Role.OWN) if heading else []
    found: dict[tuple[int, int], str] = {}
    for column, text in enumerate(last):
        parts = ((len(one.rows) - 1, column) in one.merged, (1, column) in merged)
        goes_on = any(parts) if column in leads else all(parts)
        if not text or not below or below[0][column] or not goes_on:
            continue
        for row in range(len(below)):
            if row and (row, column) not in merged:
                break
            found[row, column] = text
    return found
