"""Automatic numbers of a .docx (w:numPr), written out as Word shows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan_xlsx.notice.documents.number_formats import spelled

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering definition: first number, format (w:numFmt) and text ("%1、").

    Attributes:
        restarts: Whether a number of a higher level begins it anew (w:lvlRestart 0: it counts through).
        legal: All numbers in its text are shown as plain digits (w:isLgl).
        style: The paragraph style that belongs to it, "" for none.
    """

    start: int
    kind: str
    text: str
    restarts: bool = True
    legal: bool = False
    style: str = ""


class Numbering:
    """Counts as Word does: each list has its own counters, a higher level restarts the lower ones."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._own_levels: dict[tuple[str, int], Level] = {}
        self._abstract_of: dict[str, str] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)
        self._style_places = dict(_places_of_styles(styles, self._level_of_style))

    def _read(self, numbering: _Element) -> None:
        links: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for abstract in numbering.iter(f"{W}abstractNum"):
            identity = _value(abstract, "abstractNumId")
            levels = {_integer(level, "ilvl"): _level(level) for level in abstract.iter(f"{W}lvl")}
            self._levels[identity] = levels
            for name, kept in (("numStyleLink", links), ("styleLink", by_style)):
                link = abstract.find(f"{W}{name}")
                if link is not None:
                    key, value = (
                        (identity, _value(link, "val")) if kept is links else (_value(link, "val"), identity)
                    )
                    kept[key] = value
        for identity, style in links.items():
            self._levels[identity] = self._levels.get(by_style.get(style, ""), self._levels[identity])
        for num in numbering.iter(f"{W}num"):
            self._read_list(num)

    def _read_list(self, num: _Element) -> None:
        identity = _value(num, "numId")
        abstract = num.find(f"{W}abstractNumId")
        if abstract is not None:
            self._abstract_of[identity] = _value(abstract, "val")
        for override in num.iter(f"{W}lvlOverride"):
            place = identity, _integer(override, "ilvl")
            start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
            if start is not None:
                self._starts[place] = _start(start)
            if level is not None:
                self._own_levels[place] = _level(level)

    def next_number(self, paragraph: _Element) -> str:
        """Return the paragraph's number as shown, "" for a paragraph without one; counts on."""
        place = self._place(paragraph)
        if place is None:
            return ""
        identity, depth = place
        abstract = self._abstract_of.get(identity, "")
        levels = self._levels_of(identity)
        level = levels.get(depth)
        if level is None or level.kind in ("none", "bullet"):
            return ""
        counts = self._counts[abstract]
        start = level.start
        if place in self._starts and place not in self._begun:
            start = self._starts[place]
            counts.pop(depth, None)
        self._begun.add(place)
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for deeper in [each for each in counts if each > depth]:
            if deeper not in levels or levels[deeper].restarts:
                del counts[deeper]
        return _parted(_shown(level, levels, counts))

    def _levels_of(self, identity: str) -> dict[int, Level]:
        own = {depth: level for (num, depth), level in self._own_levels.items() if num == identity}
        return self._levels.get(self._abstract_of.get(identity, ""), {}) | own

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{W}pStyle")
        inherited = self._style_places.get(_value(style, "val")) if style is not None else None
        own = properties.find(f"{W}numPr")
        if own is None:
            return inherited
        identity, depth = own.find(f"{W}numId"), own.find(f"{W}ilvl")
        listed = _value(identity, "val") if identity is not None else (inherited or ("0", 0))[0]
        if listed == "0":
            return None
        return listed, _integer(depth, "val") if depth is not None else (inherited or ("", 0))[1]

    def _level_of_style(self, identity: str, style: str) -> int:
        """The level of a list that a style is tied to (w:pStyle of the level), 0 when it is tied to none."""
        levels = self._levels_of(identity)
        return next((depth for depth, level in levels.items() if level.style == style), 0)


def _places_of_styles(
    styles: _Element | None, level_of: Callable[[str, str], int]
) -> Iterator[tuple[str, tuple[str, int]]]:
    """(style, (list, level)) of every style that is numbered, itself or by the one it is based on."""
    lists: dict[str, tuple[str, int | None]] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = _value(style, "styleId")
        identity, depth = style.find(f"{W}pPr/{W}numPr/{W}numId"), style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        parent = style.find(f"{W}basedOn")
        if parent is not None:
            based[name] = _value(parent, "val")
        if identity is not None:
            lists[name] = _value(identity, "val"), None if depth is None else _integer(depth, "val")
    for name in {*lists, *based}:
        at, seen = name, {name}
        while at not in lists and at in based and based[at] not in seen:
            at = based[at]
            seen.add(at)
        if at in lists and lists[at][0] != "0":
            identity_of, depth_of = lists[at]
            yield name, (identity_of, level_of(identity_of, at) if depth_of is None else depth_of)


def _value(element: _Element, name: str) -> str:
    return str(element.get(f"{W}{name}", "0"))


def _integer(element: _Element, name: str) -> int:
    written = _value(element, name)
    return int(written) if written.lstrip("-").isdecimal() else 0


def _start(told: _Element | None) -> int:
    """The first number; 1 where what is written is none."""
    written = "" if told is None else _value(told, "val")
    return int(written) if written.isdecimal() and len(written) < 6 else 1


def _level(level: _Element) -> Level:
    start, kind, text, style = (level.find(f"{W}{name}") for name in ("start", "numFmt", "lvlText", "pStyle"))
    kind = kind if kind is not None else level.find(f".//{W}numFmt")
    restart, legal = level.find(f"{W}lvlRestart"), level.find(f"{W}isLgl")
    named = _value(kind, "val") if kind is not None else "decimal"
    return Level(
        start=_start(start),
        kind=str(kind.get(f"{W}format", "")) if kind is not None and named == "custom" else named,
        text=str(text.get(f"{W}val", "")) if text is not None else "",
        restarts=restart is None or _value(restart, "val") != "0",
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
        style=_value(style, "val") if style is not None else "",
    )


def _shown(shown: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    def number(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        if depth not in levels:
            return ""
        kind = "decimal" if shown.legal else levels[depth].kind
        return spelled(counts.get(depth, levels[depth].start), kind)

    return re.sub(r"%(\d)", number, _healed(shown))


def _parted(number: str) -> str:
    """The number with what Word's tab behind it says: 1 -> 1., 一 -> 一、, 1.1 -> 1.1 and a blank."""
    if re.fullmatch(r"\d+", number):
        return f"{number}."
    if re.fullmatch(r"[一二三四五六七八九十百]+", number):
        return f"{number}、"
    return f"{number} " if number[-1:].isdecimal() else number


def _healed(level: Level) -> str:
    """The level's text; into .rtf LibreOffice writes ? for the 、 behind a Chinese number."""
    chinese = level.kind.startswith(("chinese", "ideograph", "taiwanese", "japanese"))
    return re.sub(r"\?$", "、", level.text) if chinese else level.text
