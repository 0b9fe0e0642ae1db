"""Numbers as clerks write them into a cell: taken where one reading exists, never guessed.

１２０  3,200  12 个  共120家  一百二十  2000万, 两千万, 1.2亿, 3千元 (in 万元)  85％   one reading: taken
约120家  100余  12-15  三家以上  120人 (in 个)  3千 (in 万元)  16(3)  (16)  10²    none, or several: asked
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, localcontext
from functools import lru_cache

from workplan_xlsx.domain.unseen import without_unseen

_WAN = 10**4
_SCALES = {"百": 10**2, "千": 10**3, "万": _WAN, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
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
_SPELLED_OUT = "一"
"""The scale of 两千万: in the number already, and as clear as that of 2000万."""
_LARGE = re.compile(r"[万亿]")
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
    value = _chinese(spelled["number"]) if spelled else None
    if spelled is None or value is None:
        return None
    scale = _SPELLED_OUT if _LARGE.search(spelled["number"]) else ""
    return _in_unit(Decimal(value), scale, spelled["unit"], unit)


def _bare(written: str) -> str:
    """White space between number and unit means nothing, nor do a full stop and brackets around the unit.

    Inside a number they would: 16(3) is sixteen, three of them new; (16) is -16 to a bookkeeper.
    """
    text = unicodedata.normalize("NFKC", without_unseen(written)).strip()
    text = re.sub(r"^([^.。]*[^.。,])[.。]$|^(.*\d)。$", r"\1\2", text)
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
    if not written_unit and _leaves_it_open(scale, target_scale):
        return None
    with localcontext() as exact:
        exact.prec = 60
        return number * _SCALES.get(scale, 1) / target_scale


def _leaves_it_open(scale: str, target_scale: int) -> bool:
    """Whether 3千 below 万元 may be 3 000 yuan or 3 000 times 万元; 3千万 and 3亿 can only be the former."""
    return _SCALES.get(scale, target_scale) < min(target_scale, _WAN)


@lru_cache(maxsize=1024)
def split_unit(unit: str) -> tuple[int, str]:
    """Return how many there are in one of the unit, and of what: 亿斤 is 100,000,000 斤."""
    text = unicodedata.normalize("NFKC", unit).strip()
    scale = next((each for each in sorted(_SCALES, key=len, reverse=True) if text.startswith(each)), "")
    return (_SCALES[scale], text.removeprefix(scale)) if scale else (1, text)


def _chinese(text: str) -> int | None:
    """一百二十 is 120, 两亿三千万 is 230,000,000; None for what is none or may be two (一二三, 一万二)."""
    if _COLLOQUIAL.search(text):
        return None
    for sign, size in (("亿", 10**8), ("万", _WAN)):
        above, found, below = text.partition(sign)
        if found:
            many, rest = _chinese(above), _chinese(below)
            return many * size + rest if many and rest is not None and rest < size else None
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    """十二 is 12: a place that no digit leads is there once."""
    total, digit, last = 0, None, _WAN
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        else:
            place = _PLACES[sign]
            if place >= last or digit == 0:
                return None
            total, digit, last = total + (digit or 1) * place, None, place
    return total + (digit or 0)
