"""A table that lost its lines, one cell a line -> the table; what a line holds, its looks and place tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.owners.labels import Role
from workplan_xlsx.notice.owners.names import looks_like_body, unit_names
from workplan_xlsx.notice.owners.phrases import is_deadline
from workplan_xlsx.notice.tables.headings import Column, Heading, heading_of

_LONGEST_HEADING = 14
_MOST_COLUMNS, _MOST_LEFT_OUT = 12, 200
_LONGEST_NAME, _LONGEST_CHAPTER = 22, 40
_TIME = re.compile(r"(?:\d{1,2}月|年底|季度|长期|持续|上半年|下半年|20\d\d年)")
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{2,38}")
_PERSON = re.compile(
    r"[\u4e00-\u9fff][\s\u3000]?[\u4e00-\u9fff]{1,2}(?:[\s、,，]*[\u4e00-\u9fff][\s\u3000]?[\u4e00-\u9fff]{1,2}){0,2}"
)
_DOES = re.compile(
    r"(?:促进|推进|推动|加强|加快|完成|建设|新建|新增|实施|开展|启动|开工|建成|打造|改造|做好|落实|提高|提升|城镇|城乡)"
)
_END = re.compile(r"分享到|扫一扫|【|抄送|（?此件")


def with_cell_tables(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks; a heading of a table of tasks whose cells stand one a line becomes the table."""
    filled = [index for index, block in enumerate(blocks) if isinstance(block, str) and block.strip()]
    for place, index in enumerate(filled):
        heading = _heading_at(blocks, filled[place : place + _MOST_COLUMNS + 1])
        if heading is None:
            continue
        width = len(heading.columns)
        lines = _run(blocks, filled[place + width] if place + width < len(filled) else len(blocks))
        above = _chapter(lines)
        rows = _rows(lines[len(above) :], heading)
        if len(rows) > 1:
            names = tuple(str(blocks[at]).strip() for at in filled[place : place + width])
            end = filled[place + width] + _length(blocks, filled[place + width])
            return [*blocks[:index], *above, Grid((names, *rows)), *blocks[end:]]
    return list(blocks)


def _chapter(lines: Sequence[str]) -> list[str]:
    """The line of a chapter that stands between the heading and the first number."""
    is_one = len(lines) > 1 and len(lines[0]) <= _LONGEST_CHAPTER and _kind(lines[1], 0) is Column.NUMBER
    return [lines[0]] if is_one and _kind(lines[0], 0) not in (Column.NUMBER, Column.SECTION) else []


def _heading_at(blocks: Sequence[Block], places: Sequence[int]) -> Heading | None:
    """The longest run of short lines that is a heading, its first column the number's."""
    lines = [str(blocks[at]).strip() for at in places]
    if not lines or len(lines[0]) > 4:
        return None
    width = next(
        (
            at
            for at, line in enumerate(lines)
            if len(line) > _LONGEST_HEADING
            or line == "一"
            or re.fullmatch(r"\d{1,3}", line)
            or _CHAPTER.fullmatch(line)
        ),
        len(lines),
    )
    heading = heading_of([lines[:width]]) if width >= 3 else None
    return heading if heading and heading.columns[0] is Column.NUMBER else None


def _length(blocks: Sequence[Block], start: int) -> int:
    for at in range(start, len(blocks)):
        block = blocks[at]
        if not isinstance(block, str) or _END.match(block.strip()):
            return at - start
    return len(blocks) - start


def _run(blocks: Sequence[Block], start: int) -> list[str]:
    return [
        str(block).strip() for block in blocks[start : start + _length(blocks, start)] if str(block).strip()
    ]


def _rows(lines: Sequence[str], heading: Heading) -> list[tuple[str, ...]]:
    """Fill the columns from left to right; a line that fits none to the right begins the next row."""
    rows: list[list[str]] = []
    column, number = -1, 0
    for line in lines:
        is_whole = not rows or column < 0 or _names_owner(rows[-1], heading)
        after_owner = column > 0 and heading.columns[column] in (Role.LEAD, Role.OWN)
        kind = _kind(line, number, is_whole=is_whole, after_owner=after_owner)
        if kind is Column.SECTION:
            rows.append([line, *["" for _ in heading.columns[1:]]])
            column = -1
            continue
        if kind is Column.NUMBER:
            number = int(re.sub(r"\D", "", line))
            rows.append(["" for _ in heading.columns])
            column = 0
        elif not number or column < 0:
            return []
        else:
            kind = Role.NOBODY if _is_of_a_person(line, heading, column) else kind
            place = _place(kind, heading, column, rows[-1])
            if place is None:
                rows.append([rows[-1][0], *["" for _ in heading.columns[1:]]])
                place = _place(kind, heading, 0, rows[-1])
            column = place if place is not None else column
        rows[-1][column] = (
            f"{rows[-1][column]}\n{line}" if rows[-1][column] and column else rows[-1][column] or line
        )
    return [] if any(_is_astray(row, heading) for row in rows) else [tuple(row) for row in rows]


def _is_astray(row: Sequence[str], heading: Heading) -> bool:
    """A row without words for its task but with a bare number: the columns were not understood."""
    words = [row[at] for at in heading.at(Column.TASK) if row[at] and not re.fullmatch(r"[\d.%]+", row[at])]
    return not words and any(re.fullmatch(r"[\d.%]+", cell) for cell in row[1:])


def _names_owner(row: Sequence[str], heading: Heading) -> bool:
    return any(row[at] for at in heading.at(Role.LEAD, Role.OWN))


def _is_of_a_person(line: str, heading: Heading, column: int) -> bool:
    """Whether the next column is one of persons and the line may be one's name."""
    following = heading.columns[column + 1 : column + 3]
    return Role.NOBODY in following and bool(_PERSON.fullmatch(line)) and not looks_like_body(line)


def _kind(line: str, number: int, *, is_whole: bool = True, after_owner: bool = False) -> Column | Role:
    """What the line looks like: a number that is due, a chapter, a time, names of bodies, or text.

    `is_whole`: the row before names its owners already; numbers may be left out then. `after_owner`: the
    line before stands in an owners' column; a name may end with a stop then.
    """
    if re.fullmatch(r"\d{1,3}[.、．]?", line):
        ahead = int(re.sub(r"\D", "", line)) - number
        if ahead == 1 or (is_whole and 0 < ahead <= _MOST_LEFT_OUT):
            return Column.NUMBER
    if is_whole and _CHAPTER.fullmatch(line):
        return Column.SECTION
    if is_deadline(line) or (len(line) <= 16 and _TIME.search(line) and not line.endswith("。")):
        return Role.DEADLINE
    return Role.OWN if _names_bodies(line, after_owner=after_owner) else Column.TASK


def _names_bodies(line: str, *, after_owner: bool) -> bool:
    """A short name, or a list of names only."""
    if _DOES.match(line) or re.search(r"\d", line):
        return False
    if after_owner and len(line) <= _LONGEST_NAME and line.endswith("。"):
        return looks_like_body(line.rstrip("。"))
    if len(line) <= _LONGEST_NAME and not line.endswith(("。", "；")):
        return looks_like_body(line.rstrip("、，"))
    names = list(unit_names(line.rstrip("。；、，")))
    return len(names) > 1 and all(len(name) <= _LONGEST_NAME and looks_like_body(name) for name in names)


def _place(kind: Column | Role, heading: Heading, column: int, row: Sequence[str]) -> int | None:
    """The column at or right of the last one that such a line may stand in; None if there is none."""
    wanted: tuple[Column | Role, ...] = (
        Column.TASK,
        Column.TARGET,
        Column.SECTION,
        Column.STEP,
        Column.OTHER,
    )
    if kind is Role.OWN:
        wanted = (Role.LEAD, Role.OWN, Role.SUPPORT)
    elif kind in (Role.DEADLINE, Role.NOBODY):
        wanted = (kind,)
    following = next((at for at in heading.at(*wanted) if at > column), None)
    if heading.columns[column] not in wanted:
        return following
    if kind is Role.OWN:  # the first unit stands in the first such column, the others in the next
        return column if following is None else following
    if kind is Column.TASK and row[column] and not row[column].endswith(("。", "；")):
        is_name = following is not None and len(row[column]) <= _LONGEST_NAME
        return following if is_name else column
    return following
