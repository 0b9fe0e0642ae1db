"""Which numbered nodes are tasks, and which are headings above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workplan_xlsx.domain.notice import Section
from workplan_xlsx.notice.figures.places import NOTE
from workplan_xlsx.notice.outline.markers import Style
from workplan_xlsx.notice.outline.of_units import units_of_chapters
from workplan_xlsx.notice.outline.titles import text_behind, title_of
from workplan_xlsx.notice.outline.tree import Node, Tree
from workplan_xlsx.notice.owners.phrases import Owned
from workplan_xlsx.notice.owners.reading import (
    names_owners,
    owners_said,
    read_owners,
    tells_of_owners,
)

_NUMERALS = (Style.ARABIC, Style.DECIMAL)
_UNOWNED = (
    *_NUMERALS,
    Style.CHINESE_BRACKET,
    Style.CHINESE,
    Style.ARTICLE,
    Style.ARABIC_BRACKET,
    Style.CIRCLED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A task as it stands in the outline.

    Attributes:
        title: Short, without the number.
        paragraphs: All of its text without number and title; owners still in it.
        line: 0-based line on which it begins; -1 for a row of a table.
        title_is_all: The title is the whole text: what is promised stands in it.
        told: Owners that a table's columns name.
        steps: What a table's columns of quarters or months plan: 一季度：开工2个. Nobody promises it.
    """

    section_ordinal: str
    number: str
    title: str
    paragraphs: tuple[str, ...]
    line: int
    title_is_all: bool = False
    told: tuple[Owned, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The document's skeleton.

    Attributes:
        outside: Text that belongs to no task, headings excepted.
        gaps: (number before, number after, line) where numbers were left out.
        is_table: It was read from tables and not from numbered lines.
        others: How many items with owners were not taken, because they stand in the other of the two.
        unread: Rows of tables that name units and no task.
        unused: Headings of columns of which nothing was taken.
        is_counted: The items have no numbers of their own and were counted.
    """

    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    outside: tuple[str, ...]
    first_line: int
    gaps: tuple[tuple[str, str, int], ...] = ()
    is_table: bool = False
    others: int = 0
    unread: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    is_counted: bool = False


def read_outline(tree: Tree) -> Outline:
    """Return the skeleton.

    A node that names owners is a task. So is one that names none, if it is counted with arabic numbers
    like most of the tasks, or if most of its siblings name owners: an item whose owner was forgotten.
    Where nothing names owners the deepest numbering that runs through is the tasks'.
    """
    owned = {id(node): _own_paragraphs(node) for node in tree.nodes()}
    owning = {key for key, paragraphs in owned.items() if any(map(names_owners, paragraphs))}
    owning = _lifted(tree, owning)
    tasks = _tasks(tree, owning) if owning else _unowned_tasks(tree)
    named = {} if owning else units_of_chapters(tasks)
    order = {id(node): place for place, node in enumerate(tree.nodes())}
    tasks.sort(key=lambda node: order[id(node)])
    sections = tuple(_sections(tree, tasks))
    ordinals = {section.ordinal for section in sections}
    return Outline(
        sections=sections,
        items=tuple(_item(node, ordinals, named.get(id(node), ())) for node in tasks),
        outside=tuple(_outside(tree, tasks)),
        first_line=_first_line(tree, tasks),
        gaps=tuple(tree.gaps),
    )


def _first_line(tree: Tree, tasks: Sequence[Node]) -> int:
    """Where the part that holds the first task begins to be numbered; the letter before it stands above."""
    chosen = {id(node) for node in tasks}
    parts = (part for part in tree.parts if any(id(node) in chosen for node in part.walk()))
    part = next(parts, None)
    return part.children[0].line if part else 0


def _own_paragraphs(node: Node) -> list[str]:
    return [node.head, *node.body]


def _lifted(tree: Tree, owning: set[int]) -> set[int]:
    """Where only the last of several points carries owners, and so everywhere, they are the heading's."""
    parents = [node for node in tree.nodes() if len(node.children) > 1 and not _has_grandchildren(node)]
    moved = set(owning)
    for style in {node.children[0].style for node in parents}:
        led = [
            node
            for node in parents
            if node.children[0].style is style and any(id(child) in owning for child in node.children)
        ]
        last_only = [
            node
            for node in led
            if [id(child) in owning for child in node.children].index(True) == len(node.children) - 1
        ]
        if len(last_only) * 2 > len(led):
            _lift(last_only, moved)
    return moved


def _lift(parents: Sequence[Node], moved: set[int]) -> None:
    """Give each parent what its last child carries."""
    for node in parents:
        moved.discard(id(node.children[-1]))
        moved.add(id(node))


def _has_grandchildren(node: Node) -> bool:
    return any(child.children for child in node.children)


def _tasks(tree: Tree, owning: set[int]) -> list[Node]:
    """Owning nodes without owning ones below them, and the unowned ones that belong to them."""
    chosen = []
    for node in tree.nodes():
        if (
            id(node) not in owning
            or _inherits(node, owning)
            or any(id(each) in owning for each in _below(node))
        ):
            continue
        if not any(id(above) in owning and not _is_heading(above) for above in _above(node)):
            chosen.append(node)
    for node in tree.nodes():
        if id(node) in owning and _inherits(node, owning):
            chosen += node.children
    styles = Counter(node.style for node in chosen)
    usual = styles.most_common(1)[0][0] if styles else None
    taken = {id(node) for node in chosen}
    for node in tree.nodes():
        inside = any(id(above) in taken for above in _above(node))
        if id(node) not in taken and not node.children and not inside and _belongs(node, usual, taken):
            chosen.append(node)
    return chosen


def _belongs(node: Node, usual: Style | None, taken: set[int]) -> bool:
    """Whether an unowned leaf is a task like its siblings."""
    if node.style in _NUMERALS and node.style is usual:
        return True
    siblings = [each for each in (node.parent.children if node.parent else ()) if each.style is node.style]
    return sum(id(each) in taken for each in siblings) * 2 > len(siblings)


def _inherits(node: Node, owning: set[int]) -> bool:
    """A heading with owners behind its words and points without any below: the points have its owners."""
    return (
        node.style is not None
        and node.style <= Style.CHINESE
        and _is_heading(node)
        and len(node.children) > 1
        and not any(id(each) in owning for each in _below(node))
    )


def _is_heading(node: Node) -> bool:
    return not node.body and "。" not in node.head


def _below(node: Node) -> Iterator[Node]:
    walked = node.walk()
    next(walked)
    yield from walked


def _above(node: Node) -> Iterator[Node]:
    while node.parent and node.parent.marker:
        node = node.parent
        yield node


def _unowned_tasks(tree: Tree) -> list[Node]:
    """Where nobody is named: arabic items where there are any, else （一）, 一、, articles, (1), ①."""
    nodes = list(tree.nodes())
    for style in _UNOWNED:
        found = [node for node in nodes if node.style is style]
        if len(found) > 1 or (found and len(nodes) <= 2):
            return [node for node in found if not any(above.style is style for above in _above(node))]
    return []


def _sections(tree: Tree, tasks: Sequence[Node]) -> Iterator[Section]:
    """Headings above tasks, all of the first level where any of it is one, and headings after the tasks."""
    chosen = {id(node) for node in tasks}
    above = {id(each) for node in tasks for each in _above(node)}
    last_line = max((node.line for node in tasks), default=-1)
    for part in tree.parts:
        if not any(id(node) in above for node in part.children):
            continue
        for node in part.walk():
            if not node.marker or any(id(each) in chosen for each in _above(node)):
                continue
            first_level = node.parent is part
            inner = id(node) in above and id(node) not in chosen
            after = node.line > last_line and len(list(_above(node))) == 1 and id(node) not in chosen
            if first_level or inner or after:
                yield Section(ordinal=_path(node), title=title_of(node.head))


def _path(node: Node) -> str:
    ordinals = [each.marker.ordinal for each in (node, *_above(node)) if each.marker]
    return "/".join(reversed(ordinals))


def _item(node: Node, sections: set[str], named: tuple[Owned, ...] = ()) -> Item:
    assert node.marker
    parent = next(_above(node), None)
    ordinal = _path(parent) if parent else ""
    title = title_of(node.head)
    paragraphs = _paragraphs(node, title)
    return Item(
        section_ordinal=ordinal or (_path(node) if _path(node) in sections else ""),
        number=node.marker.ordinal,
        title=title,
        paragraphs=tuple(paragraphs),
        line=node.line,
        told=named or (owners_said(parent.head) if parent and not any(map(names_owners, paragraphs)) else ()),
        title_is_all=not any(_without_owners(each) for each in paragraphs),
    )


def _without_owners(paragraph: str) -> str:
    return "".join(read_owners([paragraph]).rest)


def _paragraphs(node: Node, title: str) -> list[str]:
    """The node's text behind its title, with everything below it; what follows its owners is not its own."""
    paragraphs = [text_behind(title, node.head), *node.body]
    for child in _below(node):
        assert child.marker
        paragraphs += [f"{child.marker.ordinal}.{child.head}", *child.body]
    naming = [place for place, each in enumerate(paragraphs) if tells_of_owners(each)]
    end = naming[-1] + 1 if naming and not node.children else len(paragraphs)
    while end < len(paragraphs) and paragraphs[end].startswith(NOTE):
        end += 1  # a footnote of the line that names the owners
    kept = paragraphs[:end]
    return [each for each in kept if each.strip()]


def _outside(tree: Tree, tasks: Sequence[Node]) -> Iterator[str]:
    """Paragraphs that belong to no task."""
    yield from tree.outside
    chosen = {id(node) for node in tasks}
    for node in tree.nodes():
        if id(node) in chosen:
            kept = set(_paragraphs(node, title_of(node.head)))
            yield from (each for each in node.body if each not in kept)
        elif not any(id(each) in chosen for each in _above(node)):
            yield from _own_paragraphs(node)
