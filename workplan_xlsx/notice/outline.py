"""Chapters and numbered items: which line begins one, and which lines belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workplan_xlsx.domain.notice import Section
from workplan_xlsx.notice.numerals import read_chinese_number

_CHAPTER = re.compile(r"^\s*([一二三四五六七八九十百]{1,4})\s*、\s*(\S.*)$")
_SUBCHAPTER = re.compile(r"^\s*[（(]\s*([一二三四五六七八九十百]{1,4})\s*[)）]\s*(\S.*)$")
_NUMBERED = re.compile(r"^\s*(\d{1,4})\s*[.．、]\s*(?!\d)(\S.*)$")
_TAIL = re.compile(r"^(附件|附表|抄送|扫一扫|【|\(?此件)")
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A numbered item as it stands: its own line and the lines that follow it, joined.

    Attributes:
        line: 0-based line on which it begins.
    """

    section_ordinal: str
    number: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The document's skeleton."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    first_line: int


def read_outline(lines: Sequence[str]) -> Outline:
    """Return the skeleton: by arabic items where there are any, else by （一）, else by 一、.

    A number counts as an item's only in sequence: a wrapped line that begins with 98.92 is no item.
    """
    for read in (_by_numbers, _by_subchapters, _by_chapters):
        outline = read(lines)
        if outline.items:
            return outline
    return Outline(sections=(), items=(), first_line=len(lines))


def _by_numbers(lines: Sequence[str]) -> Outline:
    """一、chapter, optionally （一）, then 1. items that count through, or begin again in each chapter."""
    reader = _Reader()
    expected = 1
    for index, line in enumerate(lines):
        heading = _heading_of(_CHAPTER, line, reader.chapter_number + 1)
        numbered = _NUMBERED.match(line)
        if heading:
            reader.open_chapter(heading[1], heading[2], index)
            continue
        if numbered and int(numbered[1]) in (expected, 1):
            if int(numbered[1]) == 1 and expected != 1 and not reader.fresh_section:
                reader.add(line)
                continue
            expected = int(numbered[1]) + 1
            reader.open_item(numbered[1], numbered[2], index)
            continue
        sub = _heading_of(_SUBCHAPTER, line, reader.sub_number + 1)
        if sub and len(line.strip()) <= _LONGEST_HEADING and reader.chapter:
            reader.open_sub(sub[1], sub[2], index)
        else:
            reader.add(line)
    return reader.outline()


def _by_subchapters(lines: Sequence[str]) -> Outline:
    """一、chapter, then （一） items."""
    reader = _Reader()
    for index, line in enumerate(lines):
        heading = _heading_of(_CHAPTER, line, reader.chapter_number + 1)
        sub = _SUBCHAPTER.match(line)
        if heading:
            reader.open_chapter(heading[1], heading[2], index)
        elif sub:
            reader.open_item(sub[1], sub[2], index)
        else:
            reader.add(line)
    return reader.outline()


def _by_chapters(lines: Sequence[str]) -> Outline:
    """Flat 一、二、三、 without sections: each is an item."""
    reader = _Reader()
    expected = 1
    for index, line in enumerate(lines):
        heading = _heading_of(_CHAPTER, line, expected)
        if heading:
            reader.open_item(heading[1], heading[2], index)
            expected += 1
        else:
            reader.add(line)
    return reader.outline()


def _heading_of(pattern: re.Pattern[str], line: str, expected: int) -> re.Match[str] | None:
    """A heading counts only with the next ordinal in sequence."""
    found = pattern.match(line)
    return found if found and read_chinese_number(found[1]) == expected else None


class _Reader:
    """Collects chapters and items line by line."""

    def __init__(self) -> None:
        self.chapter = ""
        self.chapter_number = 0
        self.sub_number = 0
        self.fresh_section = True
        self._sections: list[Section] = []
        self._items: list[Item] = []
        self._open = False
        self._ordinal = ""
        self._first: int | None = None

    def open_chapter(self, ordinal: str, title: str, line: int) -> None:
        """A chapter begins; the item before it is complete."""
        self.chapter, self._ordinal = ordinal, ordinal
        self.chapter_number += 1
        self.sub_number = 0
        self._section(ordinal, title, line)

    def open_sub(self, ordinal: str, title: str, line: int) -> None:
        """A sub-chapter begins: its ordinal is nested, 二/一."""
        self.sub_number += 1
        self._ordinal = f"{self.chapter}/{ordinal}"
        self._section(self._ordinal, title, line)

    def _section(self, ordinal: str, title: str, line: int) -> None:
        self._sections.append(Section(ordinal=ordinal, title=title.strip().rstrip("。")))
        self._open, self.fresh_section = False, True
        self._first = line if self._first is None else self._first

    def open_item(self, number: str, text: str, line: int) -> None:
        """An item begins."""
        self._items.append(Item(section_ordinal=self._ordinal, number=number, text=text.strip(), line=line))
        self._open, self.fresh_section = True, False
        self._first = line if self._first is None else self._first

    def add(self, line: str) -> None:
        """A line that goes on with the open item; what follows the last item is not part of it."""
        text = line.strip()
        if not self._open or not text:
            return
        if _TAIL.match(text):
            self._open = False
            return
        last = self._items[-1]
        self._items[-1] = Item(
            section_ordinal=last.section_ordinal, number=last.number, text=last.text + text, line=last.line
        )

    def outline(self) -> Outline:
        """What was found; chapters without any item in a document with items are kept as sections."""
        return Outline(sections=tuple(self._sections), items=tuple(self._items), first_line=self._first or 0)


def title_and_text(item: str) -> Iterator[str]:
    """Yield the item's title (its first sentence, if that is short) and the rest."""
    head, dot, rest = item.partition("。")
    if dot and len(head) <= _LONGEST_HEADING and not re.search(r"[（(][^）)]*(单位|负责)", head):
        yield head.strip()
        yield rest.strip()
    else:
        yield re.split(r"[，,；;。（(]", item, maxsplit=1)[0].strip()[:_LONGEST_HEADING]
        yield item.strip()
