"""Dates as clerks write them: 2023-06-28, 2023年6月28日, 6月28日, 20230628, an Excel serial number, 6月底."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

_FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")
_SHORT = re.compile(r"(\d{1,2})(?:月|[./-])(\d{1,2})[日号]?")
_MONTH_END = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:底|末|份底)")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_EXCEL_DAY_ZERO = date(1899, 12, 30)


def read_date(written: str, year: int) -> date | None:
    """Return the day that the text can only mean; a day without a year lies in `year`. None: not certain."""
    text = unicodedata.normalize("NFKC", written).strip()
    whole = _FULL.fullmatch(text) or _COMPACT.fullmatch(text)
    if whole:
        return _day(int(whole[1]), int(whole[2]), int(whole[3]))
    short = _SHORT.fullmatch(text)
    if short:
        return _day(year, int(short[1]), int(short[2]))
    end = _MONTH_END.fullmatch(text)
    if end and 1 <= int(end[2]) <= 12:
        of_year = int(end[1] or year)
        return date(of_year, int(end[2]), monthrange(of_year, int(end[2]))[1])
    serial = _SERIAL.fullmatch(text)
    day = _EXCEL_DAY_ZERO + timedelta(int(serial[1])) if serial else None
    return day if day and abs(day.year - year) <= 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
