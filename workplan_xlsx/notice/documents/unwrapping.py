"""Text whose lines were broken by a page's width: joined again, page furniture removed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.outline.markers import markers_of, with_marked_headings, with_numbers_joined
from workplan_xlsx.notice.outline.tight_numbers import is_next, with_numbers_parted

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*"
)
_STOPS = ("。", "；", "！", "？", "：", ":", ";")
_OPENING, _CLOSING = "（(〔【《“", "）)〕】》”"
_OWNERS = re.compile(r"[（(〔]\s*(?:牵|责任|主办|负责|配合)")
_NEAR_FULL = 0.88
_FEWEST_LINES = 12
_LONG, _WIDEST = 30, 140
_LONGEST_OPEN = 400
_LONGEST_PARAGRAPH = 20_000

# 增长 / 2.5个百分点: a figure that begins a line; 1.1个人 may begin an item.
_FIGURE = re.compile(r"\d+[.．]\d+(?:个百分点|公里|平方|立方|亩|吨|元)")


def paragraphs_of(blocks: Sequence[Block], *, paged: bool) -> tuple[list[str], bool]:
    """Return the document's paragraphs, tables as lines, and whether its lines were those of a page.

    `paged`: they are known to be.
    """
    wrapped = paged or is_wrapped([block for block in blocks if isinstance(block, str)])
    if wrapped:
        return with_numbers_parted(_unwrapped_between_tables(blocks), strictly=True), wrapped
    lines = [line for block in blocks for line in ([block] if isinstance(block, str) else block.lines())]
    lines = _owners_closed(with_marked_headings(with_numbers_joined(lines)))
    return with_numbers_parted(lines, strictly=False), wrapped


def _unwrapped_between_tables(blocks: Sequence[Block]) -> list[str]:
    """A page's lines never go on into a table or out of it."""
    told: list[str] = []
    for is_text, run in groupby(blocks, key=lambda block: isinstance(block, str)):
        if is_text:
            told += unwrapped(with_marked_headings(with_numbers_joined([str(line) for line in run])))
        else:
            told += _rows_of(run)
    return told


def _rows_of(tables: Iterable[Block]) -> list[str]:
    return [line for table in tables if isinstance(table, Grid) for line in table.lines()]


def _owners_closed(lines: Sequence[str]) -> list[str]:
    """The lines, those joined between which a bracket of owners is open; never into a numbered one."""
    told: list[str] = []
    for line in lines:
        if told and line.strip() and is_open_owners(told[-1]) and not any(markers_of(line.strip())):
            told[-1] += line.strip()
        else:
            told.append(line)
    return told


def is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether the lines are those of a page and not paragraphs.

    They are if most long lines are about as long as the longest usual one and few of them end a sentence.
    """
    widths = [width for line in lines if (width := _width(line)) >= _LONG]
    if len(widths) < _FEWEST_LINES:
        return False
    full = _full_width(lines)
    near = [line for line in lines if full * _NEAR_FULL <= _width(line) <= full]
    unfinished = [line for line in near if not line.rstrip().endswith(("。", "）", ")", "：", "；"))]
    return full <= _WIDEST and len(near) * 5 > len(widths) * 2 and len(unfinished) * 2 > len(near)


def _full_width(lines: Sequence[str]) -> int:
    """The width of a full line: that below which most long lines end closely."""
    count = Counter(width for line in lines if (width := _width(line)) >= _LONG)
    widths = range(_LONG, min(max(count, default=0), _WIDEST) + 1)
    near = {width: sum(count[each] for each in range(round(width * 0.92), width + 1)) for width in widths}
    return max(near, key=lambda width: (near[width], -width), default=0)


def _width(line: str) -> int:
    """In half-width columns."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line.strip())


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs.

    A line goes on in the next one if it is a full one, if a bracket is still open, or if the next one cannot
    begin a paragraph; never into a line that begins a numbered item.
    """
    full = _full_width(lines) * _NEAR_FULL
    kept = [line for line in lines if not _PAGE_NUMBER.fullmatch(line)]
    paragraphs: list[str] = []
    goes_on = False
    for line in kept:
        text = line.strip()
        if not text:
            goes_on = goes_on and _is_open(paragraphs[-1])
            continue
        if paragraphs and _continues(paragraphs[-1], text, goes_on=goes_on and not is_next(paragraphs, text)):
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
        goes_on = _width(line) >= full
    return [_closed_up(paragraph) for paragraph in paragraphs]


def _continues(before: str, text: str, *, goes_on: bool) -> bool:
    if len(before) > _LONGEST_PARAGRAPH:
        return False
    if _is_open(before):
        return True
    if text[0] in "）)〕】》”、，。；：,;" or _OWNERS.match(text):
        return True
    return goes_on and (bool(_FIGURE.match(text)) or all(marker.tight for marker in markers_of(text)))


def _is_open(paragraph: str) -> bool:
    """Whether its last bracket is not closed yet; one that never closes is soon given up."""
    depth = 0
    for sign in paragraph[-_LONGEST_OPEN:]:
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING and depth:
            depth -= 1
    return depth > 0


def is_open_owners(line: str) -> bool:
    """Tell whether the line breaks off inside of a bracket that names owners: （牵头单位：县农业局、."""
    at = max(line.rfind(sign) for sign in _OPENING[:3])
    return at >= 0 and bool(_OWNERS.match(line, at)) and _is_open(line[at:])


def _closed_up(text: str) -> str:
    """Without the blanks that justified printing leaves between Chinese signs, and around digits."""
    chinese = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”—"
    text = re.sub(rf"(?<=[{chinese}])[ \u3000]+(?=[{chinese}\dA-Za-z])", "", text)
    return re.sub(rf"(?<=[\dA-Za-z%])[ \u3000]+(?=[{chinese}])", "", text)
