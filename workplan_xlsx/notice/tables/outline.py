"""The outline that tables of tasks give, and which one to take where the text has one too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workplan_xlsx.domain.notice import Section
from workplan_xlsx.notice.documents.blocks import Block
from workplan_xlsx.notice.outline.markers import Style, markers_of
from workplan_xlsx.notice.outline.tasks import Item, Outline
from workplan_xlsx.notice.owners.reading import names_owners
from workplan_xlsx.notice.tables.joined_parts import with_parts_joined
from workplan_xlsx.notice.tables.tasks import read_task_table

_LONGEST_HEADING = 60
# Behind the letter's date, and at an annex, its points 一 to 三 head nothing any more.
_LETTER_ENDS = re.compile(
    r"(?:20\d\d|二[〇○零0-9一二三四五六七八九]{3})\s*年[\d一二三四五六七八九十\s]{1,4}月[\d一二三四五六七八九十\s]{1,5}日"
    r"|附\s*件\s*[\d一二三四五]*\s*[:：]?"
)
_FEWEST_OWNED = 3


def outline_of_tables(blocks: Sequence[Block]) -> Outline:
    """Return the sections and items of all tables of tasks; a heading above a table is its section."""
    sections: list[Section] = []
    items: list[Item] = []
    outside: list[str] = []
    unread: list[str] = []
    unused: dict[str, None] = {}
    above: Section | None = None
    first, line, following = 0, 0, 0
    for block in with_parts_joined(blocks):
        line, following = following, following + (1 if isinstance(block, str) else len(block.lines()))
        if isinstance(block, str):
            above = None if _LETTER_ENDS.fullmatch(block.strip()) else _heading(block) or above
            outside += [block] if block.strip() else []
            continue
        table = read_task_table(block, section=above, line=line)
        if table is None:
            outside += block.lines()
            continue
        first = first or line
        own = table.sections or ((above,) if above and above not in sections else ())
        sections += own
        items += table.items
        unread += table.unread
        unused |= dict.fromkeys(table.unused)
    return Outline(
        sections=tuple(sections),
        items=tuple(items),
        outside=tuple(outside),
        first_line=first,
        unread=tuple(unread),
        unused=tuple(unused),
    )


def _heading(line: str) -> Section | None:
    marker = next((each for each in markers_of(line) if each.style <= Style.CHINESE_BRACKET), None)
    if marker is None or len(line) > _LONGEST_HEADING or "。" in marker.rest[:-1]:
        return None
    return Section(ordinal=marker.ordinal, title=marker.rest.strip("。 "))


def better_of(text: Outline, tables: Outline) -> Outline:
    """The outline to take; what the other one holds is counted in `others`.

    The text's, where at least three of its items, and most of them, name owners: a table is then an annex.
    Else the one in which more items name owners.
    """
    owned = sum(any(map(names_owners, item.paragraphs)) for item in text.items)
    listed = sum(bool(item.told) for item in tables.items)
    text_is_plan = owned >= _FEWEST_OWNED and owned * 2 > len(text.items)
    if text.items and (text_is_plan or owned >= listed):
        return replace(text, others=listed)
    return replace(tables, others=owned, is_table=bool(tables.items))
