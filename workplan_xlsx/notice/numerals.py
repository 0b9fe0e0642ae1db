"""Chinese numerals as notices write them: ordinals of chapters, and small counts in the text."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_VALUE = {sign: value for value, sign in enumerate(_DIGITS)} | {"零": 0, "两": 2, "兩": 2}
_SCALE = {"十": 10, "百": 100, "千": 1000}


def chinese_number(number: int, kind: str = "chineseCounting") -> str:
    """Return 1-9999 as Word writes it in the given format: 十一, 二十一, 一百零三."""
    if kind == "ideographTraditional":
        return _STEMS[(number - 1) % 10]
    if kind in ("taiwaneseCounting", "ideographDigital") and number > 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    text, rest, gap = "", number, False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, scale)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + sign
        gap = bool(text) and not digit and bool(rest)
    if 10 <= number < 20:
        text = text[1:]
    return text.translate(_LEGAL) if kind == "chineseLegalSimplified" else text or "〇"


def full_width_number(number: int) -> str:
    """Return the number in full-width digits: １２."""
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


def circled_number(number: int) -> str:
    """Return ①-⑳, plain digits beyond."""
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def read_circled(text: str) -> int | None:
    """Return what ① to ⑳ mean; None for anything else."""
    return ord(text) - 0x245F if len(text) == 1 and "①" <= text <= "⑳" else None


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


def read_chinese_amount(text: str) -> Decimal | None:
    """Return what 三, 两千, 三千五百, 十二万, 一点五亿 mean, exactly; None when it is no numeral."""
    whole, point, part = text.partition("点")
    for sign, scale in (("亿", 10**8), ("万", 10**4)):
        before, found, after = whole.rpartition(sign)
        if found:
            high = read_chinese_amount(before) if before else Decimal(1)
            low = read_chinese_amount(after.lstrip("零〇")) if after.strip("零〇") else Decimal(0)
            return None if point or high is None or low is None else high * scale + low
    value = read_chinese_number(whole)
    if value is None:
        return None
    digits = "".join(str(_VALUE[sign]) for sign in part)
    return Decimal(f"{value}.{digits}") if point else Decimal(value)
