"""Numbers in the formats of Word and LibreOffice (w:numFmt): 一, 壹, 甲, 子, ①, ⑴, ⒈, １, 01, iv."""

from __future__ import annotations

import re

from workplan_xlsx.notice.numerals import chinese_number

_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("〇一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_COUNTED = {"chineseCountingThousand", "taiwaneseCountingThousand", "koreanCounting", "koreanDigital2"}
_BY_DIGITS = {"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital"}
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def spelled(number: int, kind: str) -> str:
    """Return the number (1-9999) in the format; plain digits in one that is not known."""
    chinese = _in_chinese(number, kind)
    if chinese is not None:
        return chinese
    enclosed = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedCircleChinese": 0x2460,
                "decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}  # fmt: skip
    if kind in enclosed and 1 <= number <= 20:
        return chr(enclosed[kind] + number - 1)
    if kind in ("ideographEnclosedCircle", "ideographParenthesized") and 1 <= number <= 10:
        return chr((0x3280 if kind == "ideographEnclosedCircle" else 0x3220) + number - 1)
    if kind in ("decimalFullWidth", "decimalFullWidth2"):
        return full_width_number(number)
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(number).lower() if kind == "lowerRoman" else _roman(number)
    return _padded(number, kind)


def _padded(number: int, kind: str) -> str:
    """decimalZero, or Word's own "001, 002, 003, ..." for digits with leading zeros; else plain digits."""
    pattern = re.match(r"(0*1), ", kind)
    width = 2 if kind == "decimalZero" else len(pattern[1]) if pattern else 1
    return f"- {number} -" if kind == "numberInDash" else f"{number:0{width}d}"


def _in_chinese(number: int, kind: str) -> str | None:
    if kind == "ideographTraditional":
        return _STEMS[(number - 1) % 10] if number <= 10 else str(number)
    if kind == "ideographZodiac":
        return _BRANCHES[(number - 1) % 12] if number <= 12 else str(number)
    if kind == "ideographZodiacTraditional":
        return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]
    if kind in _BY_DIGITS or (kind == "taiwaneseCounting" and number > 99):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if kind == "chineseCounting" or kind == "taiwaneseCounting" or kind in _COUNTED:
        return chinese_number(number)
    if kind in ("japaneseCounting", "japaneseLegal"):
        return re.sub(r"一(?=[百千])|零", "", chinese_number(number))
    if kind == "chineseLegalSimplified":
        return chinese_number(number, teens=True).translate(_LEGAL)
    if kind == "ideographLegalTraditional":
        return chinese_number(number, teens=True).translate(_LEGAL_TRADITIONAL)
    return None


def full_width_number(number: int) -> str:
    """Return the number in full-width digits: １２."""
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text
