"""How a numbered line begins: 第一章, 一、, （一）, 第一条, 1., 1.1, （1）, 1）, ①."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from workplan_xlsx.notice.numerals import read_ordinal


class Style(IntEnum):
    """A way of numbering; the value is its rank, a lower one stands above a higher one."""

    CHAPTER = 0  # 第一章, 第一部分
    SECTION = 1  # 第一节
    CHINESE = 2  # 一、
    ARTICLE = 3  # 第一条
    CHINESE_BRACKET = 4  # （一）
    ARABIC = 5  # 1.
    DECIMAL = 6  # 1.1
    ARABIC_BRACKET = 7  # （1）
    HALF_BRACKET = 8  # 1）
    CIRCLED = 9  # ①


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """The number that a line begins with.

    Attributes:
        ordinal: As printed, without punctuation: 一, 12, 1.1.
        parent: Of a decimal number what stands before its last part: 1 of 1.2; else "".
        rest: The line without it.
        tight: A digit follows at once (11.121人才): it may be no number of an item but a decimal.
    """

    style: Style
    number: int
    ordinal: str
    parent: str
    rest: str
    tight: bool = False


_COUNTED, _LEGAL = "〇○零一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰貳參陸"
_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_CN = f"(?:[{_COUNTED}]{{1,6}}|[{_LEGAL}]{{1,5}}|[{_STEMS}])"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.CHAPTER, re.compile(rf"第({_CN}|\d{{1,3}})(?:章|编|篇|部分)[\s:：、.]*(\S.*)")),
    (Style.SECTION, re.compile(rf"第({_CN}|\d{{1,3}})节[\s:：、.]*(\S.*)")),
    (Style.ARTICLE, re.compile(rf"第({_CN}|\d{{1,3}})条[\s:：、.]*(\S.*)")),
    (Style.CHINESE, re.compile(rf"({_CN})\s*[、.．]\s*(\S.*)")),
    (Style.CHINESE_BRACKET, re.compile(rf"[（(〔]\s*({_CN})\s*[)）〕]\s*[、.．]?\s*(\S.*)")),
    (
        Style.DECIMAL,
        re.compile(r"((?:\d{1,3}\.)+\d{1,3})(?:[.、．]?\s*(?=[^\d\s%％万亿倍‰])|\s+(?=\d))(\S.*)"),
    ),
    (Style.ARABIC, re.compile(r"(\d{1,4})\s*[.．、]\s*(?![．.])(\S.*)")),
    (Style.ARABIC_BRACKET, re.compile(r"[（(]\s*(\d{1,3})\s*[)）]\s*[、.．]?\s*(\S.*)")),
    (Style.HALF_BRACKET, re.compile(r"(\d{1,3})\s*[)）]\s*(\S.*)")),
    (Style.CIRCLED, re.compile(r"([①-⑳])\s*(\S.*)")),
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_MAY_BEGIN = re.compile(rf"[第{_COUNTED}{_LEGAL}{_STEMS}（(〔\d①-⑳０-９]")
# ⑴, ⒈, ㈠ and ㊀ are one sign for (1), 1., (一) and 一.
_ONE_SIGN = re.compile(r"[⑴-⒛㈠-㈩㊀-㊉]")


def markers_of(line: str) -> Iterator[Marker]:
    """Yield the numbers that the line may begin with; which one it is, the sequence tells."""
    text = line.lstrip(" \t\u3000·•*-")
    if _ONE_SIGN.match(text):
        shown = unicodedata.normalize("NFKC", text[0])
        text = shown + ("、" if len(shown) == 1 and text[1:2] not in "、.．" else "") + text[1:]
    if not _MAY_BEGIN.match(text):
        return
    digits = re.match(r"[\d０-９.．]*", text)
    if digits and digits[0]:
        text = digits[0].translate(_FULL_WIDTH) + text[digits.end() :]
    for style, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        parted = text[found.start(2) - 1].isspace()
        marker = _marker(style, found[1].translate(_FULL_WIDTH), found[2], parted=parted)
        if marker:
            yield marker


def _marker(style: Style, ordinal: str, rest: str, *, parted: bool) -> Marker | None:
    last = ordinal.rpartition(".")
    number = read_ordinal(last[2])
    if number is None:
        return None
    tight = style in (Style.ARABIC, Style.DECIMAL) and rest[0].isdecimal() and not parted
    return Marker(style=style, number=number, ordinal=ordinal, parent=last[0], rest=rest.strip(), tight=tight)


_ALONE = re.compile(
    rf"(?:第(?:{_CN}|\d{{1,3}})(?:章|节|条|部分)|{_CN}、|[（(]\s*{_CN}\s*[)）]|\d{{1,2}}[.．、]|[（(]\d{{1,2}}[)）]|[①-⑳])"
)


def with_numbers_joined(lines: Sequence[str]) -> list[str]:
    """Return the lines; a number alone on its line stands before the next one, unless that has its own."""
    joined: list[str] = []
    at = 0
    while at < len(lines):
        alone = _ALONE.fullmatch(lines[at].strip())
        following = _next_filled(lines, at) if alone else None
        if following is not None and not _is_numbered(lines[following].strip()):
            joined.append(lines[at].strip() + lines[following].strip())
            at = following
        else:
            joined.append(lines[at])
        at += 1
    return joined


def _next_filled(lines: Sequence[str], at: int) -> int | None:
    return next((place for place in range(at + 1, len(lines)) if lines[place].strip()), None)


def _is_numbered(text: str) -> bool:
    return bool(_ALONE.fullmatch(text)) or any(markers_of(text))


_UNMARKED = re.compile(r"(\d{1,2})\s*([\u4e00-\u9fff][^。]{1,38})")


def with_marked_headings(lines: Sequence[str]) -> list[str]:
    """Return the lines; 1 产业发展, which has no point behind its number, gets one if 1.1 comes next."""
    marked = list(lines)
    following = ""
    for index in range(len(marked) - 1, -1, -1):
        line = marked[index].strip()
        heading = _UNMARKED.fullmatch(line)
        if heading and following.startswith(f"{heading[1]}.1"):
            marked[index] = f"{heading[1]}. {heading[2]}"
        following = line or following
    return marked
