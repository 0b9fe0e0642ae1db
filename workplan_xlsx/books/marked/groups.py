"""Equal findings said once: the list of their cells, each with its own link, and one sentence for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workplan_xlsx.books.marked.lines import Action, ToldLine
from workplan_xlsx.books.marked.places import Place
from workplan_xlsx.words import Lang, has, say

_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldGroup:
    """What is said once, and the cells that it is said of; no place where it concerns the whole form."""

    places: tuple[Place, ...]
    found: str
    expected: str
    action: Action


def groups_of(lines: Iterable[ToldLine], lang: Lang) -> tuple[ToldGroup, ...]:
    """Put together the lines that say the same of different cells; order as before, by the first of each.

    The same: the same kind of finding in the same column about the same content, if the catalogue has a
    sentence for several of them.
    """
    grouped: dict[tuple[object, ...], list[ToldLine]] = {}
    for number, line in enumerate(lines):
        grouped.setdefault(_kind(line) or (number,), []).append(line)
    return tuple(_group(same, lang) for same in grouped.values())


def _kind(line: ToldLine) -> tuple[object, ...] | None:
    if line.place is None or not has(_sentence(line)):
        return None
    return line.finding.code, line.place.key, line.found, line.action


def _sentence(line: ToldLine) -> str:
    return f"form.several_{line.finding.code.name.lower()}"


def _group(lines: list[ToldLine], lang: Lang) -> ToldGroup:
    first = lines[0]
    expected = first.expected
    if len(lines) >= _FEWEST:
        expected = say(_sentence(first), lang, count=len(lines), **dict(first.finding.facts))
    return ToldGroup(
        places=tuple(line.place for line in lines if line.place is not None),
        found=first.found,
        expected=expected,
        action=first.action,
    )
