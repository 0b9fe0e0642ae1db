"""Why no task was found: a table that names nobody, a table that lost its lines, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.tables.headings import Column, column_of, ownerless_heading
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_LONGEST_HEADING, _MOST_SHOWN = 8, 8
_FEWEST_HEADINGS, _FEWEST_TOLD = 4, 2
_RUN_TOGETHER = re.compile(r"序\s*号[\u4e00-\u9fff\s]{2,40}(?:责任|牵头|承办|负责|实施)(?:单位|部门)")


def why_no_items(blocks: Sequence[Block], file: str, lang: Lang) -> str:
    """The sentence that says what to do."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    heading = next(filter(None, (ownerless_heading(grid.rows) for grid in grids)), ())
    if heading:
        shown = listed(["".join(cell.split()) for cell in heading if cell.strip()][:_MOST_SHOWN], lang)
        return say("notice.no_owner_column", lang, file=file, headings=shown)
    lines = [block.strip() for block in blocks if isinstance(block, str) and block.strip()]
    lost = any(map(_RUN_TOGETHER.search, lines)) or _has_headings_a_line(lines)
    return say("notice.table_lost" if lost else "notice.no_items", lang, file=file)


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
