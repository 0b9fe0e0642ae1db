"""Automatic numbers of a .docx (w:numPr), written out as Word shows them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan_xlsx.notice.numerals import chinese_number, circled_number, full_width_number

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering definition: first number, format (w:numFmt) and text ("%1、").

    Attributes:
        restarts: Whether a number of a higher level begins it anew (w:lvlRestart 0: it counts through).
    """

    start: int
    kind: str
    text: str
    restarts: bool = True


class Numbering:
    """Counts as Word does: each list has its own counters, a higher level restarts the lower ones."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._abstract_of: dict[str, str] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._style_lists = _lists_of_styles(styles)
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: _Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = {int(_value(level, "ilvl")): _level(level) for level in abstract.iter(f"{W}lvl")}
            self._levels[_value(abstract, "abstractNumId")] = levels
        for num in numbering.iter(f"{W}num"):
            identity = _value(num, "numId")
            abstract_id = num.find(f"{W}abstractNumId")
            if abstract_id is not None:
                self._abstract_of[identity] = _value(abstract_id, "val")
            for override in num.iter(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._overrides[identity, int(_value(override, "ilvl"))] = int(_value(start, "val"))

    def next_number(self, paragraph: _Element) -> str:
        """Return the paragraph's number as shown, "" for a paragraph without one; counts on."""
        place = self._place(paragraph)
        if place is None:
            return ""
        identity, depth = place
        abstract = self._abstract_of.get(identity, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None or level.kind in ("none", "bullet"):
            return ""
        counts = self._counts[abstract]
        start = level.start
        if (identity, depth) in self._overrides and (identity, depth) not in self._begun:
            start = self._overrides[identity, depth]
            counts.pop(depth, None)
        self._begun.add((identity, depth))
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for deeper in [each for each in counts if each > depth]:
            if deeper not in levels or levels[deeper].restarts:
                del counts[deeper]
        return _shown(level.text, levels, counts)

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{W}pStyle")
        inherited = self._style_lists.get(_value(style, "val")) if style is not None else None
        own = properties.find(f"{W}numPr")
        if own is None:
            return inherited
        identity, depth = own.find(f"{W}numId"), own.find(f"{W}ilvl")
        listed = _value(identity, "val") if identity is not None else (inherited or ("0", 0))[0]
        return None if listed == "0" else (listed, int(_value(depth, "val")) if depth is not None else 0)


def _lists_of_styles(styles: _Element | None) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        identity = style.find(f"{W}pPr/{W}numPr/{W}numId")
        depth = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if identity is not None:
            place = _value(identity, "val"), int(_value(depth, "val")) if depth is not None else 0
            found[_value(style, "styleId")] = place
    return found


def _value(element: _Element, name: str) -> str:
    return str(element.get(f"{W}{name}", "0"))


def _level(level: _Element) -> Level:
    start, kind, text = (level.find(f"{W}{name}") for name in ("start", "numFmt", "lvlText"))
    restart = level.find(f"{W}lvlRestart")
    return Level(
        start=int(_value(start, "val")) if start is not None else 1,
        kind=_value(kind, "val") if kind is not None else "decimal",
        text=str(text.get(f"{W}val", "")) if text is not None else "",
        restarts=restart is None or _value(restart, "val") != "0",
    )


def _shown(text: str, levels: dict[int, Level], counts: dict[int, int]) -> str:
    def number(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        return spelled(counts.get(depth, 1), levels[depth].kind) if depth in levels else ""

    return re.sub(r"%(\d)", number, text)


def spelled(number: int, kind: str) -> str:
    """Return the number in one of Word's formats; unknown ones as plain digits."""
    if kind in (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "ideographTraditional",
        "chineseLegalSimplified",
        "ideographDigital",
    ):
        return chinese_number(number, kind)
    if kind.startswith("decimalFullWidth"):
        return full_width_number(number)
    if kind.startswith("decimalEnclosedCircle"):
        return circled_number(number)
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.lower() if kind == "lowerRoman" else roman
    if kind == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    signs = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text
