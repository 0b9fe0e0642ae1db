"""A list saved as .csv: a heading of a table of tasks, its cells parted by commas, and the rows below it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.tables.headings import heading_of, ownerless_heading
from workplan_xlsx.words import Lang, say

_SEARCHED = 10
_FEWEST_COLUMNS = 3
_NAME = re.compile(r"[^。：:；;，,《》]{0,20}")


def with_comma_list(blocks: Sequence[Block], file: str, lang: Lang) -> list[Block]:
    """Return the blocks; lines from a heading parted by commas on become the table.

    Raises:
        NoticeError: A line has more or fewer cells than the heading: a comma within its text is not quoted.
    """
    lines = [block for block in blocks if isinstance(block, str)]
    if len(lines) != len(blocks):
        return list(blocks)
    for start, line in enumerate(lines[:_SEARCHED]):
        for comma in (",", ";"):
            heading = _cells(line, comma)
            if _is_heading(heading):
                above = [each.strip(" ,;") for each in lines[:start]]
                return [*above, Grid((heading, *_rows(lines, start, heading, comma, file, lang)))]
    return list(blocks)


def _is_heading(cells: Sequence[str]) -> bool:
    """Names of columns only, those of a table of tasks: no sentence that commas or semicolons part."""
    if len(cells) < _FEWEST_COLUMNS or not all(map(_NAME.fullmatch, cells)):
        return False
    return bool(heading_of([cells]) or ownerless_heading([cells]))


def _cells(line: str, comma: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([line], delimiter=comma), ()))
    except csv.Error:
        return ()


def _rows(
    lines: Sequence[str], start: int, heading: Sequence[str], comma: str, file: str, lang: Lang
) -> Iterator[tuple[str, ...]]:
    """The rows below the heading, each with its number of cells."""
    reader = csv.reader((f"{line}\n" for line in lines[start + 1 :]), delimiter=comma, strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise _unreadable(file, start + 1 + reader.line_num, "?", heading, lang) from None
        if cells is None:
            return
        told = _fitted(cells, len(heading))
        if told is None:
            raise _unreadable(file, start + 1 + reader.line_num, str(len(cells)), heading, lang)
        yield told


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...] | None:
    """The row with as many cells as the heading; a line that is one chapter's, or blank, is filled up."""
    bare = [re.sub(r"[ \t\u3000]+$", "", cell) for cell in cells]
    if len(bare) < width and sum(map(bool, bare)) <= 1:
        bare += [""] * (width - len(bare))
    return tuple(bare) if len(bare) == width else None


def _unreadable(file: str, line: int, got: str, heading: Sequence[str], lang: Lang) -> NoticeError:
    facts = {"file": file, "line": line, "got": got, "expected": len(heading)}
    return NoticeError(say("notice.comma_in_text", lang, **facts))
