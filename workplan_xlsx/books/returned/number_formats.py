"""Number formats: whether what is stored as a number is shown as a date or as a percent, and which date."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

LONGEST_CODE = 1_000
"""Characters of a number format that is looked into; the longest honest one seen has 133."""

_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 22, 30, 31), "yyyy-m-d"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "yyyy-m"),
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 46, 47, 55, 56), "h:mm:ss"),
}
"""What the ids mean in a Chinese Excel: 27-36 and 50-58 are dates and times there, and unused elsewhere."""
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|!.')
_TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|!.|\[[^\]]*\]?|.', re.DOTALL)
_BRACKETED = re.compile(r"\[([^\]]*)\]?")
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\s*")
_DATE_SIGNS = re.compile(r"[ymdhs]|aaa|(?<![0#?.])e(?![+-])", re.IGNORECASE)


class Shown(NamedTuple):
    """How a number of a given format and value is shown."""

    is_date: bool
    is_percent: bool


def built_in(number: int) -> str:
    """The code of a built-in format, as far as it matters here; "" for the others."""
    return _BUILT_IN.get(number, "")


def shown(code: str, value: float) -> Shown:
    """Whether the format shows this value as a date or time, or as a percent."""
    if not code or code == "General" or len(code) > LONGEST_CODE:
        return Shown(False, False)
    section = section_for(code, value)
    return Shown(False, False) if section is None else _kind(section.code)


class Section(NamedTuple):
    """The part of a format that shows a number, as it is written, and whether it leaves out a minus sign."""

    code: str
    drops_sign: bool


def section_for(code: str, value: float) -> Section | None:
    """The section for this value: by the sections' conditions, else by the sign; None where there is none.

    A section that serves numbers below zero alone has to write their sign itself; of a section that serves
    what is left by a condition, Excel writes the sign and LibreOffice does not.
    """
    sections, conditions = _sections(code), _conditions(code)
    if not any(conditions):
        index = _section_by_sign(len(sections), value)
        return Section(sections[index], value < 0 and index == 1)
    for index, condition in enumerate(conditions):
        if condition is not None and _holds(condition, value):
            sign, limit = condition
            return Section(sections[index], index == 1 or (sign in ("<", "<=") and limit <= 0))
    if len(sections) > 2:
        return Section(sections[1 if conditions[1] is None and value < 0 else 2], drops_sign=True)
    return Section(sections[1], drops_sign=True) if conditions[-1] is None else None


def _section_by_sign(count: int, value: float) -> int:
    if value < 0:
        return min(1, count - 1)
    return 2 if value == 0 and count > 2 else 0


@lru_cache(maxsize=500)
def _sections(code: str) -> tuple[str, ...]:
    """The sections as they are written."""
    sections = [""]
    for token in _TOKEN.findall(code):
        if token == ";":
            sections.append("")
        else:
            sections[-1] += token
    return tuple(sections)


@lru_cache(maxsize=500)
def _conditions(code: str) -> tuple[tuple[str, float] | None, ...]:
    """The conditions of the first two sections, [>=10000] and the like."""
    return tuple(_condition(_LITERAL.sub("", section)) for section in _sections(code)[:2])


def _condition(section: str) -> tuple[str, float] | None:
    for inside in _BRACKETED.findall(section):
        match = _CONDITION.fullmatch(inside)
        if match:
            try:
                return match[1], float(match[2])
            except ValueError:
                return None
    return None


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


@lru_cache(maxsize=500)
def _kind(section: str) -> Shown:
    """The kind of one section; [h] counts elapsed hours, other brackets hold colours and languages."""
    section = _LITERAL.sub("", section)
    elapsed = any(re.fullmatch(r"[hms]+", inside, re.IGNORECASE) for inside in _BRACKETED.findall(section))
    bare = _BRACKETED.sub("", section).replace("General", "").replace("通用格式", "")
    is_date = elapsed or bool(_DATE_SIGNS.search(bare))
    return Shown(is_date, not is_date and "%" in bare)


def is_date_section(section: str) -> bool:
    """Whether the section shows a date or a time."""
    return _kind(section).is_date


def date_text(serial: Decimal, *, epoch_1904: bool) -> str:
    """What a person reads: 2026-04-01, with 12:30:00 or only that; the plain number where it is no day."""
    moment = moment_of(serial, epoch_1904=epoch_1904)
    if moment is None:
        return "1900-02-29" if serial == 60 else f"{serial:f}"
    if serial < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if serial % 1 == 0 else f"{moment:%Y-%m-%d %H:%M:%S}"


def moment_of(serial: Decimal, *, epoch_1904: bool) -> datetime | None:
    """The moment that a serial number stands for; None outside 1900-9999 and for Excel's 29 February 1900."""
    if epoch_1904:
        first = date(1904, 1, 1)
    else:
        if 60 <= serial < 61:
            return None
        first = date(1899, 12, 31) if serial < 60 else date(1899, 12, 30)
    if not 0 <= serial < 2_958_466 - (1462 if epoch_1904 else 0):
        return None
    seconds = round(float(serial % 1) * 86_400, 3)
    midnight = datetime(first.year, first.month, first.day)  # noqa: DTZ001 - a sheet's dates have no zone
    return midnight + timedelta(days=int(serial), seconds=int(seconds))


def serial_of(moment: datetime, *, epoch_1904: bool) -> float:
    """The serial number of a moment, as `moment_of` reads it."""
    since = moment - datetime(1904, 1, 1) if epoch_1904 else moment - datetime(1899, 12, 30)  # noqa: DTZ001
    serial = since.total_seconds() / 86_400
    return serial - 1 if not epoch_1904 and serial < 61 else serial


def written_code(code: str, serial: Decimal, *, epoch_1904: bool) -> str | None:
    """The text like "3-1" that a program turned into this date when it was typed or pasted.

    The format that the program chose tells what was typed: day and month without a year came from
    month-day, month and year without a day from year-month. None where the format leaves it open.
    """
    moment = moment_of(serial, epoch_1904=epoch_1904)
    bare = _LITERAL.sub("", code).lower()
    if moment is None or serial % 1 or "h" in bare:
        return None
    has_year, has_day = "y" in bare or "e" in bare, "d" in bare
    if has_day and not has_year:
        return f"{moment.month}-{moment.day}"
    if has_year and not has_day and moment.day == 1 and "m" in bare:
        return f"{moment.year % 100}-{moment.month}"
    return None
