"""A list without numbers: paragraphs that each end with their owners, counted in their order."""

from __future__ import annotations

from collections.abc import Sequence

from workplan_xlsx.notice.outline.parts import ended_by_owners, own_words
from workplan_xlsx.notice.outline.tasks import Item, Outline
from workplan_xlsx.notice.outline.titles import text_behind, title_of
from workplan_xlsx.notice.owners.labels import Role
from workplan_xlsx.notice.owners.reading import roles_named

_LONGEST_TAIL = 20
_NOTHING = Outline(sections=(), items=(), outside=(), first_line=0)


def outline_of_paragraphs(lines: Sequence[str]) -> Outline:
    """Return the paragraphs that name their owners as items; none where it is not certain what one task is.

    It is certain if all have equally many paragraphs, and nothing that may be a task stands behind the last.
    The letter before them belongs to nobody.
    """
    filled = [line for line in lines if line.strip()]
    parts, behind = ended_by_owners(filled, closely=True)
    sizes = {sum(bool(own_words(each)) for each in part) for part in parts[1:]}
    leads = all(any(roles_named(each) - {Role.SUPPORT} for each in part) for part in parts)
    if len(sizes) != 1 or sizes == {0} or not leads or any(map(_may_be_task, behind)):
        return _NOTHING
    start = _start(parts[0], sizes.pop())
    items = [_item(str(number), part) for number, part in enumerate((parts[0][start:], *parts[1:]), start=1)]
    outside = (*parts[0][:start], *behind)
    first_line = list(lines).index(parts[0][start])
    return Outline(sections=(), items=tuple(items), outside=outside, first_line=first_line, is_counted=True)


def _may_be_task(line: str) -> bool:
    return len(line) > _LONGEST_TAIL and line.endswith(("。", "；"))


def _start(part: Sequence[str], size: int) -> int:
    """Where the last `size` paragraphs with words of their own begin."""
    places = [at for at, each in enumerate(part) if own_words(each)]
    return places[-size:][0] if places else 0


def _item(number: str, part: Sequence[str]) -> Item:
    title = title_of(part[0])
    paragraphs = [text_behind(title, part[0]), *part[1:]]
    return Item(
        section_ordinal="",
        number=number,
        title=title,
        paragraphs=tuple(each for each in paragraphs if each.strip()),
        line=0,
        title_is_all=not any(map(own_words, paragraphs)),
    )
