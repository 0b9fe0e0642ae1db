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
    sections = _sections(code)
    if len(sections) == 1:
        return _kind(sections[0])
    return _kind(_section_for(sections, value))


@lru_cache(maxsize=500)
def _sections(code: str) -> tuple[str, ...]:
    """The sections without their literal text."""
    return tuple(_LITERAL.sub("", code).split(";"))


def _section_for(sections: tuple[str, ...], value: float) -> str:
    """Excel's choice: by the sections' conditions where they have some, else by the sign."""
    conditions = [_condition(section) for section in sections[:2]]
    if not any(conditions):
        if value > 0 or (value == 0 and len(sections) < 3):
            return sections[0]
        return sections[1] if value < 0 else sections[2]
    for section, condition in zip(sections, conditions, strict=False):
        if condition is not None and _holds(condition, value):
            return section
    return sections[-1] if len(sections) > 2 or conditions[-1] is None else sections[0]


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
    elapsed = any(re.fullmatch(r"[hms]+", inside, re.IGNORECASE) for inside in _BRACKETED.findall(section))
    bare = _BRACKETED.sub("", section).replace("General", "").replace("通用格式", "")
    is_date = elapsed or bool(_DATE_SIGNS.search(bare))
    return Shown(is_date, not is_date and "%" in bare)


_SCALING_COMMA = re.compile(r"[0#?],+(?![0#?])")
_SCALE_WORD = re.compile(r"[十百千万亿兆]|thousand|million|billion", re.IGNORECASE)
_DIGITS_OR_SCALE = re.compile(r"""["\\!]\s*(?:\d|[kKM]\s*(?:"|$))""")
"""The start of a literal that changes what is read: 0"000", 0"k"."""
_POINT_OF_TEXT = re.compile(r"""[0#?](?:[\\!]\.|"\.")[0#?]""")
_DOUBT = re.compile(r"(?<!节)约|余(?!额)|‰")


@lru_cache(maxsize=500)
def rescales(code: str) -> bool:
    """Whether a reader sees another figure than is stored.

    12 shown as 12万, 12k, 12‰ or 约12; as 1200, by zeros that are text; as 120, all of it text;
    not shown at all; 12000 shown as 12.
    """
    if not code or len(code) > LONGEST_CODE:
        return False
    if _SCALING_COMMA.search(_LITERAL.sub("", code)):
        return True
    bare = _BRACKETED.sub("", code)
    return tells_scale(bare) or _adds_digits_or_doubt(bare) or _hides(code)


def tells_scale(shown: str) -> bool:
    """Whether a word like 万 stands in a format, or beside a number as it is shown."""
    return _SCALE_WORD.search(shown) is not None


def _adds_digits_or_doubt(code: str) -> bool:
    """Whether text in the format adds digits, a point, a scale or a doubt; m2 and km add none."""
    if _DOUBT.search(code) or _POINT_OF_TEXT.search(code):
        return True
    return any(map(_DIGITS_OR_SCALE.match, _LITERAL.findall(code)))


def _hides(code: str) -> bool:
    """Whether the section for what is above zero has no place for digits; a condition leaves it open."""
    first = _sections(code)[0]
    if _BRACKETED.search(first) or _kind(first).is_date:
        return False
    return not re.search(r"[0#?@]|General|通用格式", first, re.IGNORECASE)


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
