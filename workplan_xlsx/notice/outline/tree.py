"""Numbered lines as a tree: items below their heading, unnumbered lines with the item before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workplan_xlsx.notice.outline.markers import Marker, Style, markers_of
from workplan_xlsx.notice.owners.reading import tells_of_owners

_TAIL = re.compile(
    r"(附表|抄送|扫一扫|分享到|【(?!(?:牵头|责任|负责|主办|配合))|〖|\(?（?此件|信息公开选项|责任编辑|主办[:：]|联系人[:：]|相关(?:附件|链接|文档)|打印本页)"
)
_ANNEX = re.compile(r"附\s*件\s*[一二三四五六七八九十\d]*\s*[:：]?")
_ANNEX_LIST = re.compile(r"附\s*件\s*[一二三四五六七八九十\d]*\s*[:：]")
_SIGNATURE = re.compile(
    r"(?:20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|.{0,30}印发"
    r"|[\u4e00-\u9fff（）()]{2,40}(?:政府|办公室|办公厅|委员会|局|厅|部|院|中心|党委))(?:[（(]代章[)）])?"
)
_DATED = re.compile(
    r"(?:20\d\d|二[〇○零0-9一二三四五六七八九]{3})\s*年[\d一二三四五六七八九十\s]{1,4}月[\d一二三四五六七八九十\s]{1,5}日"
)
_LARGEST_GAP = 3
_MAY_BEGIN = (Style.CHINESE, Style.CHINESE_BRACKET, Style.ARABIC)


@dataclass(slots=True)
class Node:
    """A numbered line with what belongs to it; the root has no marker.

    Attributes:
        head: Its own line without the number.
        body: The unnumbered lines that follow it, before its first child.
        line: 0-based place of the line.
        is_last: Whether nothing numbered follows it in its part of the document.
    """

    marker: Marker | None
    line: int
    parent: Node | None = None
    body: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The numbered line's own text."""
        return self.marker.rest if self.marker else ""

    @property
    def style(self) -> Style | None:
        """The way it is numbered."""
        return self.marker.style if self.marker else None

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Tree:
    """The document's numbered lines.

    Attributes:
        parts: One root for the body and one for each annex.
        gaps: (number before, number after, line) where numbers were left out.
    """

    parts: list[Node]
    gaps: list[tuple[str, str, int]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """Yield every numbered node in reading order."""
        for part in self.parts:
            yield from (node for node in part.walk() if node.marker)


def read_tree(lines: Sequence[str], *, strictly: bool, from_the_middle: bool = False) -> Tree:
    """Return the lines as a tree.

    A number counts only in sequence: a wrapped line that begins with 98.92% is no item. `strictly`: no number
    may be left out; for text whose lines were broken by a page. `from_the_middle`: the first may be any, for
    a notice whose beginning is missing.
    """
    reader = _Reader(strictly=strictly, from_the_middle=from_the_middle)
    for index, line in enumerate(lines):
        reader.take(index, line.strip())
    return reader.tree


class _Reader:
    """Builds the tree line by line."""

    def __init__(self, *, strictly: bool, from_the_middle: bool) -> None:
        self._from_the_middle = from_the_middle
        self.tree = Tree([Node(None, 0)])
        self._strictly = strictly
        self._open: Node | None = None
        self._last: dict[Style, int] = {}
        self._with_contact: Node | None = None
        self._in_list = False
        self._is_signed = False

    def take(self, index: int, line: str) -> None:
        """Put the line where it belongs."""
        if not line:
            return
        if _ANNEX.fullmatch(line):
            self._begin_part(index)
            return
        if _ANNEX_LIST.match(line):
            self._in_list, self._open = True, None
            self.tree.outside.append(line)
            return
        if not self._add(line, index):
            self._go_on(line)

    def _begin_part(self, index: int) -> None:
        self.tree.parts.append(Node(None, index))
        self._open, self._last, self._in_list, self._is_signed = None, {}, False, False
        self._with_contact = None

    def _add(self, line: str, index: int) -> bool:
        """Hang the line below its parent, if it begins with the number that is due there."""
        for marker in markers_of(line):
            if self._is_signed and marker.number == 1 and marker.style <= Style.ARABIC:
                self._begin_part(index)  # what the signed letter sends follows without the word 附件
            if self._in_list and marker.style is Style.ARABIC and marker.number > 1:
                self.tree.outside.append(line)
                return True
            parent = self._parent(marker)
            if parent and self._is_due(marker, parent, index):
                self._hang(Node(marker, index, parent), parent, marker)
                return True
        return False

    def _hang(self, node: Node, parent: Node, marker: Marker) -> None:
        parent.children.append(node)
        self._open, self._in_list, self._is_signed = node, False, False
        self._with_contact = None
        self._last[marker.style] = marker.number

    def _parent(self, marker: Marker) -> Node | None:
        """The open node of a higher rank; of 1.2 the one whose number is 1."""
        node = self._open or self._end()
        if marker.style is Style.DECIMAL:
            while node.marker and node.marker.ordinal != marker.parent:
                node = node.parent or node
            return node if node.marker or self._stands_alone(marker, node) else None
        while node.marker and node.marker.style >= marker.style:
            node = node.parent or node
        return node

    @staticmethod
    def _stands_alone(marker: Marker, root: Node) -> bool:
        """Whether 1.1, 1.2, 2.1 are counted without headings 1 and 2: it is the first or the next of them."""
        before = next((each.marker for each in reversed(root.children) if each.style is Style.DECIMAL), None)
        return marker.number == 1 or (before is not None and before.parent == marker.parent)

    def _end(self) -> Node:
        """Where the document stands: its last node, even after a line that closed it."""
        node = self.tree.parts[-1]
        while node.children:
            node = node.children[-1]
        return node

    def _is_due(self, marker: Marker, parent: Node, index: int) -> bool:
        before = next((each.marker for each in reversed(parent.children) if each.style is marker.style), None)
        fresh = before is None or (before.parent != marker.parent and not parent.marker)
        if fresh and marker.number == 1:
            return not marker.tight
        last = before.number if before else self._last.get(marker.style)
        if last is None:
            return self._begins_in_the_middle(marker, index)
        if marker.number == last + 1:
            return not (marker.tight and self._strictly)
        if self._strictly or marker.tight or marker.style is Style.CIRCLED:
            return False
        if last < marker.number <= last + _LARGEST_GAP or (before and marker.number == last):
            self.tree.gaps.append((str(last), marker.ordinal, index))
            return True
        return False

    def _begins_in_the_middle(self, marker: Marker, index: int) -> bool:
        if not self._from_the_middle or marker.tight or marker.style not in _MAY_BEGIN:
            return False
        self.tree.gaps.append(("0", marker.ordinal, index))
        return True

    def _go_on(self, line: str) -> None:
        """The line goes on with the open item; a signature or a page's foot ends it."""
        if self.tree.parts[-1].children and _DATED.fullmatch(line):
            self._is_signed = True
        if self._open is None and self._with_contact and tells_of_owners(line):
            self._open = self._with_contact  # 联系人 stood among the item's fields, not at the page's foot
        if self._open is None or _TAIL.match(line):
            self._with_contact = self._open if line.startswith("联系人") else None
            self._open = None
        elif self._is_unfinished(self._open):
            self._open.body[-1:] = [self._open.body[-1] + line] if self._open.body else [line]
            return
        elif not _SIGNATURE.fullmatch(line):
            self._open.body.append(line)
            return
        self.tree.outside.append(line)

    @staticmethod
    def _is_unfinished(node: Node) -> bool:
        """Whether the line before asks for more: 责任单位： or a list that ends with 、."""
        return bool(node.body) and node.body[-1].endswith(("：", ":", "、", "，"))
