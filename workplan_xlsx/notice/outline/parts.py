"""One number that holds several tasks: paragraphs, or points within one line, that name owners each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workplan_xlsx.notice.outline.markers import Marker, Style, markers_of
from workplan_xlsx.notice.outline.tree import Node, Tree
from workplan_xlsx.notice.owners.labels import Role
from workplan_xlsx.notice.owners.reading import (
    names_owners,
    names_persons_only,
    owners_of,
    owners_said,
    read_owners,
    roles_named,
    told_at,
)

_POINTS = (
    Style.CHINESE,
    Style.CHINESE_BRACKET,
    Style.ARABIC,
    Style.ARABIC_BRACKET,
    Style.HALF_BRACKET,
    Style.CIRCLED,
)
_MAY_HOLD_POINTS = re.compile(r"[)）】][\s。；;]*[（(一二三四五六七八九十②-⑳\d]")


def with_parts(tree: Tree) -> Tree:
    """Return the tree; a node whose paragraphs name different owners, each for itself, is parted.

    Below a heading each becomes an item of its own, counted from 1, what stands before introduces the
    chapter. Behind an item with words of its own they are further items of its number.
    """
    for node in list(tree.nodes()):
        if node.children or not node.body:
            continue
        if "。" in node.head or names_owners(node.head):
            _part_item(node)
        else:
            _part_heading(node)
    return tree


def _part_heading(node: Node) -> None:
    parts = _parts_of(node.body)
    if not parts:
        return
    first = max(place for place, each in enumerate(parts[0]) if own_words(each))
    node.body, parts[0] = parts[0][:first], parts[0][first:]
    for number, part in enumerate(parts, start=1):
        counted = Marker(style=Style.CIRCLED, number=number, ordinal=str(number), parent="", rest=part[0])
        node.children.append(Node(counted, node.line, node, part[1:]))


def _part_item(node: Node) -> None:
    parts = _parts_of([node.head, *node.body])
    if not parts or node.parent is None or node.marker is None:
        return
    node.body = parts[0][1:]
    place = node.parent.children.index(node)
    further = [
        Node(replace(node.marker, rest=part[0]), node.line, node.parent, part[1:]) for part in parts[1:]
    ]
    node.parent.children[place + 1 : place + 1] = further


def _parts_of(paragraphs: Sequence[str]) -> list[list[str]]:
    """The paragraphs in parts, each ended by its owners; [] where all of them are one task.

    Parts that all name the same units are one task.
    """
    parts, behind = ended_by_owners(paragraphs)
    if len(set(map(_units, parts))) < 2 or not all(any(map(own_words, part)) for part in parts):
        return []
    return [*parts[:-1], [*parts[-1], *behind]]


def ended_by_owners(paragraphs: Sequence[str], *, closely: bool = False) -> tuple[list[list[str]], list[str]]:
    """Return the paragraphs in parts, each ended by its owners, and what stands behind the last one.

    A line of owners only belongs to the part before it, even behind its measures, if it names a role that the
    part has not yet. `closely`: not behind other words.
    """
    parts: list[list[str]] = []
    waiting: list[str] = []
    for paragraph in paragraphs:
        if parts and not waiting and not own_words(paragraph):
            parts[-1].append(paragraph)
            continue
        waiting.append(paragraph)
        if roles_named(paragraph):
            follows = not closely or not any(map(own_words, waiting))
            if parts and follows and _completes(paragraph, parts[-1]):
                parts[-1] += waiting
            else:
                parts.append(waiting)
            waiting = []
    return parts, waiting


def _completes(paragraph: str, part: Sequence[str]) -> bool:
    """Whether the line of owners goes on with the part's: 配合单位 after 牵头单位."""
    roles = roles_named(paragraph)
    known = {role for each in part for role in roles_named(each)}
    return roles == {Role.SUPPORT} or (not own_words(paragraph) and not roles & known)


def own_words(paragraph: str) -> str:
    """The paragraph without what names owners; "" for a line that names persons."""
    return "" if names_persons_only(paragraph) else "".join(read_owners([paragraph]).rest)


def _units(part: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    told = owners_of([owned for each in part for owned in owners_said(each)], (), first_is_lead=False)
    return told.leads, told.supports


def with_points_apart(lines: Sequence[str]) -> list[str]:
    """Return the lines; 1.改革。(1)放权。(县编办负责)(2)减证。(县司法局负责) in a line for each point.

    A point begins behind a bracket that names owners; the first one behind the end of a sentence.
    """
    return [piece for line in lines for piece in _points(line)]


def _points(line: str) -> Iterator[str]:
    if not _MAY_HOLD_POINTS.search(line):
        yield line
        return
    start = 0
    for _, _, end in told_at(line):
        behind = line[end:].lstrip(" 　。；;")
        marker = next((each for each in markers_of(behind) if _is_point(each)), None)
        if marker is None:
            continue
        first = start or _first_point(line[:end], marker)
        yield from filter(None, (line[start:first], line[first:end]))
        start = len(line) - len(behind)
    yield line[start:]


def _is_point(marker: Marker) -> bool:
    return marker.number > 1 and not marker.tight and marker.style in _POINTS


def _first_point(before: str, second: Marker) -> int:
    """Where (1) stands before (2); 0 where the line itself begins with it, or there is none."""
    for found in re.finditer(r"[。：:；;]\s*(?=[（(一1①])", before):
        markers = markers_of(before[found.end() :])
        if second.number == 2 and any(each.style is second.style and each.number == 1 for each in markers):
            return found.end()
    return 0
