"""Numbers as clerks write them into a cell: taken where one reading exists, never guessed.

１２０  3,200  12 个  共120家  一百二十  2000万 (in 万元)  1.2亿 (in 万元)  85％   one reading: taken
约120家  100余  12-15  三家以上  120人 (in 个)  16(3)  (16)  10²  1.2.3        none, or several: asked
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, localcontext
from functools import lru_cache

_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_NUMBER = re.compile(
    r"(?:累计完成|累计|已完成|完成|共计|合计|共|已)?"
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,24})(?:\.\d{1,12})?)"
    r"(?P<scale>万亿|千万|百万|亿|万|千|百)?"
    r"(?P<unit>\D.*)?",
    re.ASCII,
)
_CHINESE = re.compile(r"(?P<number>[零〇一二两三四五六七八九十百千万亿]+)(?P<unit>.*)")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_PERCENT_UNITS = {"%", "％"}
_COLLOQUIAL = re.compile(r"[百千万亿][一二三四五六七八九两](?![十百千])")  # 一万二 is 12,000 to most
_LONGEST = 40


def is_percent(unit: str) -> bool:
    """Whether figures of this 计量单位 are percents, 0-100, for which Excel may store a hundredth."""
    return unit.strip() in _PERCENT_UNITS


def read_plain_number(written: str, unit: str) -> Decimal | None:
    """Return the number that the text spells in digits alone, a percent sign aside; None where it does not.

    For the ledger, where the unit has its own column and 万 in the number may be half of the unit.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    if is_percent(unit):
        text = text.removesuffix("%").rstrip()
    if _has_odd_digits(written) or not re.fullmatch(r"[+-]?[\d,.]+", text, re.ASCII):
        return None
    return read_number(text, "")


def _has_odd_digits(written: str) -> bool:
    """Whether there is a ² or a ½ in it, which plain spelling would turn into another number."""
    return any(unicodedata.category(sign) == "No" for sign in written)


def read_number(written: str, unit: str) -> Decimal | None:
    """Return the number that the text can only mean, in the target's unit; None where there is none.

    A unit behind the number must be the target's own; 万 and 亿 are brought to the target's unit exactly.
    """
    if len(written) > _LONGEST or _has_odd_digits(written):
        return None
    text = _bare(written)
    found = _NUMBER.fullmatch(text)
    if found:
        number = Decimal(found["number"].replace(",", ""))
        return _in_unit(number, found["scale"] or "", found["unit"] or "", unit)
    spelled = _CHINESE.fullmatch(text)
    if spelled is None:
        return None
    value = _chinese(spelled["number"])
    return None if value is None else _in_unit(Decimal(value), "", spelled["unit"], unit)


def _bare(written: str) -> str:
    """White space between number and unit means nothing, nor do brackets around the unit.

    Inside a number they would: 16(3) is sixteen, three of them new; (16) is -16 to a bookkeeper.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    text = re.sub(r"(?<=.)\(([^()\d]+)\)$", r"\1", text)
    return re.sub(r"(?<=\d)\s+(?=\D)|(?<=[^\d,.])\s+", "", text)


def _in_unit(number: Decimal, scale: str, written_unit: str, unit: str) -> Decimal | None:
    target_scale, base = split_unit(unit)
    if is_percent(unit):
        return number if not scale and written_unit in ("", "%") else None
    if not scale and unicodedata.normalize("NFKC", unit) == written_unit:
        return number
    if written_unit not in ("", base):
        return None
    if not scale and not written_unit:
        return number
    with localcontext() as exact:
        exact.prec = 60
        return number * _SCALES.get(scale, 1) / target_scale


@lru_cache(maxsize=1024)
def split_unit(unit: str) -> tuple[int, str]:
    """Return how many there are in one of the unit, and of what: 亿斤 is 100,000,000 斤."""
    text = unicodedata.normalize("NFKC", unit).strip()
    scale = next((each for each in sorted(_SCALES, key=len, reverse=True) if text.startswith(each)), "")
    base = text.removeprefix(scale)
    return (_SCALES[scale], base) if scale and base else (1, text)


def _chinese(text: str) -> int | None:
    """一百二十 is 120; None for what is no number or may be two (一二三, 一万二)."""
    if _COLLOQUIAL.search(text):
        return None
    total, section, digit = 0, 0, None
    for sign in text:
        if sign in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[sign]
            digit = None
        else:
            total = (total + section + (digit or 0)) * (10**4 if sign == "万" else 10**8)
            section, digit = 0, None
            if not total:
                return None
    return total + section + (digit or 0)
