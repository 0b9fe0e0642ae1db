"""Why no task was found, and which tables were not read: they name nobody, or lost their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.tables.headings import Column, column_of, heading_of, ownerless_heading
from workplan_xlsx.notice.tables.joined_parts import with_parts_joined
from workplan_xlsx.notice.tables.tasks import names_bodies, read_task_table
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_LONGEST_HEADING, _MOST_SHOWN, _MOST_TABLES = 8, 8, 12
_FEWEST_HEADINGS, _FEWEST_TOLD = 4, 2
_FEWEST_ROWS, _SHORTEST_TASK = 2, 6
_RUN_TOGETHER = re.compile(r"序\s*号[\u4e00-\u9fff\s]{2,40}(?:责任|牵头|承办|负责|实施)(?:单位|部门)")
_ASSESSES = re.compile(
    r"(?:监考|监管|考核|考评|评价|评分|督查|督导|督办|验收|认定|监督)(?:责任|牵头)?(?:单位|部门)"
)


def why_no_items(blocks: Sequence[Block], file: str, lang: Lang) -> str:
    """The sentence that says what to do."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    if any(heading_of(grid.rows) for grid in grids):
        return say("notice.no_rows", lang, file=file)
    heading = next(filter(None, (ownerless_heading(grid.rows) for grid in grids)), ())
    if heading:
        return _nobody_named(heading, file, lang)
    lines = [block.strip() for block in blocks if isinstance(block, str) and block.strip()]
    return say("notice.table_lost" if is_lost_table(lines) else "notice.no_items", lang, file=file)


def _nobody_named(heading: Sequence[str], file: str, lang: Lang) -> str:
    bare = ["".join(cell.split()) for cell in heading if cell.strip()]
    shown = listed(bare[:_MOST_SHOWN], lang)
    assessor = next(filter(_ASSESSES.fullmatch, bare), "")
    if assessor:
        return say("notice.only_assessors", lang, file=file, headings=shown, heading=assessor)
    return say("notice.no_owner_column", lang, file=file, headings=shown)


def is_lost_table(lines: Sequence[str]) -> bool:
    """Tell whether the lines were a table of tasks once: its heading run together, or a cell a line."""
    filled = [line.strip() for line in lines if line.strip()]
    return any(map(_RUN_TOGETHER.search, filled)) or _has_headings_a_line(filled)


def _has_headings_a_line(lines: Sequence[str]) -> bool:
    """Several short lines one after another, some of which head columns: 序号, 考核指标, 责任部门."""
    short, heads = 0, 0
    for line in lines:
        is_short = len(line) <= _LONGEST_HEADING and bool(re.fullmatch(r"[\u4e00-\u9fff\s]+", line))
        short = short + 1 if is_short else 0
        heads = heads + (column_of(line) is not Column.OTHER) if is_short else 0
        if short >= _FEWEST_HEADINGS and heads >= _FEWEST_TOLD:
            return True
    return False


def unread_tables(blocks: Sequence[Block], lang: Lang) -> Iterator[Finding]:
    """Yield one finding on the tables that look like tables of tasks and could not be read as such."""
    grids = [block for block in with_parts_joined(blocks) if isinstance(block, Grid)]
    unread = [grid for grid in grids if read_task_table(grid) is None and _looks_like_tasks(grid)]
    if unread:
        shown = [_first_row(grid) for grid in unread[:_MOST_TABLES]]
        yield found(Code.NOTICE_TABLE_UNREAD, count=len(unread), tables=listed(shown, lang))


def _looks_like_tasks(grid: Grid) -> bool:
    """Its heading names tasks; or it has none, and one column names bodies beside one of words."""
    if len(grid.rows) >= _FEWEST_ROWS and ownerless_heading(grid.rows):
        return True
    width = max(map(len, grid.rows), default=0)
    columns = [[row[at] for row in grid.rows if at < len(row) and row[at].strip()] for at in range(width)]
    of_bodies = [cells for cells in columns if _mostly(cells, names_bodies)]
    of_words = [cells for cells in columns if _mostly(cells, _is_long) and cells not in of_bodies]
    return len(grid.rows) >= _FEWEST_ROWS and bool(of_bodies) and bool(of_words)


def _mostly(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return len(cells) >= _FEWEST_ROWS and sum(map(holds, cells)) * 2 > len(cells)


def _is_long(cell: str) -> bool:
    return len(cell) >= _SHORTEST_TASK


def _first_row(grid: Grid) -> str:
    return "“" + " | ".join("".join(cell.split()) for cell in grid.rows[0][:_MOST_SHOWN]) + "”"
