"""Numbers of items that run into their text: 2.12个社区 is item 2 with 12个, and not 2.12个."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workplan_xlsx.notice.figures.measures import MEASURE
from workplan_xlsx.notice.outline.markers import Marker, Style, markers_of

_TIGHT = re.compile(r"(\d{1,3}[.．])(?=\d)")
_DATED = re.compile(r"20\d\d年|(?:1[0-2]|[1-9])月")
_ENDED = re.compile(r"[。；;：:！）)】］〕\]]\s*$")


def with_numbers_parted(lines: Sequence[str], *, strictly: bool) -> list[str]:
    """Return the lines; 1.10月底前 and 2.12个 get a blank behind 1. and 2. where items are counted so.

    They are where 2. follows 1., or a date the point; not where 1.1 is followed by 1.2. `strictly`: for text
    whose lines were broken by a page; the line before must have ended.
    """
    parted = list(lines)
    decimals = {(each.parent, each.number) for each in map(_decimal, lines) if each}
    run: list[int] = []
    for index, line in enumerate(lines):
        number = None if _is_second_level(line, decimals) else _number(line)
        if run and (_is_above(line) or (number is not None and number <= len(run))):
            _part(parted, run, strictly=strictly)
            run = []
        if number == len(run) + 1:
            run.append(index)
    _part(parted, run, strictly=strictly)
    return parted


def _decimal(line: str) -> Marker | None:
    return next((each for each in markers_of(line) if each.style is Style.DECIMAL), None)


def _is_second_level(line: str, decimals: set[tuple[str, int]]) -> bool:
    """Whether 1.1 is a number of its own: it has neighbours (1.2), a blank behind it, or begins to count."""
    marker = _decimal(line)
    if marker is None:
        return False
    if {(marker.parent, marker.number - 1), (marker.parent, marker.number + 1)} & decimals:
        return True
    behind = line.strip()[len(marker.ordinal) :]
    return behind[:1].isspace() or (marker.number == 1 and not MEASURE.match(behind))


def is_next(paragraphs: Sequence[str], line: str) -> bool:
    """Tell whether 2.12个 begins item 2: the paragraph before has ended, and the last one counted was 1."""
    number = _number(line) if _TIGHT.match(line) else None
    if number is None or not _ENDED.search(paragraphs[-1]):
        return False
    counted = (each for paragraph in reversed(paragraphs) if (each := _number(paragraph)) is not None)
    return next(counted, 0) == number - 1


def _number(line: str) -> int | None:
    return next((each.number for each in markers_of(line) if each.style is Style.ARABIC), None)


def _is_above(line: str) -> bool:
    return any(each.style < Style.ARABIC for each in markers_of(line))


def _part(lines: list[str], run: Sequence[int], *, strictly: bool) -> None:
    for index in run:
        line = lines[index].strip()
        tight = _TIGHT.match(line)
        counts = tight and (len(run) > 1 or _DATED.match(line, tight.end()))
        if tight and counts and (not strictly or _is_ended(lines, index)):
            lines[index] = f"{tight[1]} {line[tight.end() :]}"


def _is_ended(lines: Sequence[str], index: int) -> bool:
    before = next((each for each in reversed(lines[:index]) if each.strip()), "")
    return bool(_ENDED.search(before)) or _is_above(before)
