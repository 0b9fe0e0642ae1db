"""Chinese numerals as notices write them: ordinals of chapters and items, and amounts in the text."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_VALUE = {
    **{sign: value for value, sign in enumerate(_DIGITS)},
    **{sign: value for value, sign in enumerate(_LEGAL)},
    **{sign: value for value, sign in enumerate("零壹貳參肆伍陸柒捌玖")},
    "两": 2, "兩": 2, "○": 0,
}  # fmt: skip
_SCALE = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = (("亿", 10**8), ("万", 10**4))


def chinese_number(number: int, *, teens: bool = False) -> str:
    """Return 1-9999 as counted: 十一, 二十一, 一百零三; `teens`: 一十一, as amounts are written."""
    text, rest, gap = "", number, False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, scale)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + sign
        gap = bool(text) and not digit and bool(rest)
    if 10 <= number < 20 and not teens:
        text = text[1:]
    return text or "〇"


def read_chinese_number(text: str) -> int | None:
    """Return what 二十一, 一百零三 or 二〇二三 mean, below 10,000; None when it is no such numeral."""
    if not text or any(sign not in _VALUE and sign not in _SCALE for sign in text):
        return None
    if not any(sign in _SCALE for sign in text):
        return int("".join(str(_VALUE[sign]) for sign in text))
    total, digit = 0, None
    for sign in text:
        if sign in _SCALE:
            total += (1 if digit is None else digit) * _SCALE[sign]
            digit = None
        else:
            digit = _VALUE[sign]
    return total + (digit or 0)


def read_ordinal(text: str) -> int | None:
    """Return what 12, 十二, ③, 甲 or 子 count; None when it counts nothing."""
    if text.isdecimal():
        return int(text)
    if len(text) == 1:
        if "①" <= text <= "⑳":
            return ord(text) - 0x245F
        for row in (_STEMS, _BRANCHES):
            if text in row:
                return row.index(text) + 1
    return read_chinese_number(text)


def read_chinese_amount(text: str) -> Decimal | None:
    """Return what 三, 两千, 三千五百, 十二万, 一点五亿 mean, exactly; None when it is no numeral."""
    for sign, scale in _LARGE:
        before, found, after = text.rpartition(sign)
        if found:
            high = read_chinese_amount(before) if before else Decimal(1)
            low = read_chinese_amount(after.lstrip("零〇")) if after.strip("零〇") else Decimal(0)
            return None if high is None or low is None else high * scale + low
    whole, point, part = text.partition("点")
    value = read_chinese_number(whole)
    if value is None or any(sign not in _VALUE for sign in part):
        return None
    digits = "".join(str(_VALUE[sign]) for sign in part)
    return Decimal(f"{value}.{digits}") if point else Decimal(value)
