"""The owners of an item, from its brackets and owners' lines; who leads, the document may say once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from workplan_xlsx.notice.glyphs import folded
from workplan_xlsx.notice.owners.brackets import brackets, parted
from workplan_xlsx.notice.owners.labels import Label, Role, labels_in
from workplan_xlsx.notice.owners.names import looks_like_body
from workplan_xlsx.notice.owners.phrases import (
    FIRST_LEADS,
    Owned,
    bare_names,
    by_labels,
    entrusted_in,
    is_deadline,
    owners_in,
    without_riders,
)

_UNITS = (Role.LEAD, Role.OWN, Role.SUPPORT)
_FEWEST_WORDS = 4
_STOPS = " 　。；;，,|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Who an item names, as printed, in order; `rest` is the item's text without what names them.

    Attributes:
        jointly: Several units, none of which is said to lead.
        apart: Parts of the text name different units: which figure is whose, is not said once.
    """

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    deadline: str | None = None
    rest: tuple[str, ...] = ()
    jointly: bool = False
    apart: bool = False


def says_first_leads(paragraphs: Iterable[str]) -> bool:
    """Tell whether the document says, once for all, that the unit listed first leads."""
    return any(FIRST_LEADS.search(folded(paragraph)) for paragraph in paragraphs)


def names_owners(paragraph: str) -> bool:
    """Tell whether the paragraph names owners, in a bracket or behind a label."""
    return any(owned.get(role) for owned, _, _ in _told(paragraph) for role in _UNITS)


def tells_of_owners(paragraph: str) -> bool:
    """Tell whether a bracket or label of the paragraph says who does it or by when."""
    return bool(_told(paragraph))


def told_at(paragraph: str) -> tuple[tuple[Owned, int, int], ...]:
    """Return what each bracket or labelled stretch says, with its two ends, in order."""
    return _told(paragraph)


def owners_said(paragraph: str) -> tuple[Owned, ...]:
    """Return what the paragraph's brackets and labels say."""
    return tuple(owned for owned, _, _ in _told(paragraph))


def read_owners(
    paragraphs: Sequence[str], *, first_is_lead: bool = False, told_by_table: Sequence[Owned] = ()
) -> Owners:
    """Read the owners of an item from its paragraphs, and from the columns of its table.

    Where 责任单位 is the only label it is the lead. `first_is_lead`: the first unit of a list leads and the
    others support.
    """
    told: list[Owned] = list(told_by_table)
    rest: list[str] = []
    for paragraph in paragraphs:
        found = list(_told(paragraph))
        told += [owned for owned, _, _ in found]
        for _, start, end in reversed(found):
            paragraph = paragraph[:start] + paragraph[end:]
        if paragraph.strip(" 　。；;，,|"):
            rest.append(paragraph.strip())
    owners = owners_of(told, rest, first_is_lead=first_is_lead)
    return replace(owners, apart=len(set(_said_by_part(paragraphs))) > 1)


def _said_by_part(paragraphs: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The units that each part of the text names behind words of its own.

    A line of its own that names another role (责任单位 after 牵头单位) goes on with the part before it.
    """
    units: tuple[str, ...] = ()
    roles: set[Role] = set()
    for paragraph in paragraphs:
        at = 0
        for owned, start, end in () if names_persons_only(paragraph) else _told(paragraph):
            told = {role for role in _UNITS if owned.get(role)}
            has_words = len(paragraph[at:start].strip(_STOPS)) >= _FEWEST_WORDS or start == 0
            if units and told and has_words and (start > 0 or told & roles):
                yield units
                units, roles = (), set()
            units += tuple(name for role in _UNITS for name in owned.get(role, ()))
            roles |= told
            at = end
    if units:
        yield units


def names_persons_only(paragraph: str) -> bool:
    """Tell whether it is a line that names persons: 责任领导：张某某."""
    labels = labels_in(paragraph)
    return bool(labels) and labels[0].start <= 2 and all(each.role is Role.NOBODY for each in labels)


def roles_named(paragraph: str) -> set[Role]:
    """Return the roles of the units that the paragraph names."""
    return {role for owned, _, _ in _told(paragraph) for role in _UNITS if owned.get(role)}


def owners_of(told: Sequence[Owned], rest: Sequence[str], *, first_is_lead: bool) -> Owners:
    """Put together what several brackets or cells say."""
    leads, supports, jointly = [], [], False
    for owned in told:
        lead, own, support = (list(owned.get(role, ())) for role in _UNITS)
        if lead:
            support = own + support
        elif first_is_lead:
            lead, support = own[:1], own[1:] + support
        elif any(Role.LEAD in other for other in told) and own:
            support = own + support
        else:
            lead, jointly = own, jointly or len(own) > 1
        leads += lead
        supports += support
    leads = list(dict.fromkeys(leads))
    deadlines = [each for owned in told for each in owned.get(Role.DEADLINE, ())]
    return Owners(
        leads=tuple(leads),
        supports=tuple(name for name in dict.fromkeys(supports) if name not in leads),
        deadline=deadlines[0] if deadlines else None,
        rest=tuple(rest),
        jointly=jointly,
    )


@lru_cache(maxsize=8192)
def _told(paragraph: str) -> tuple[tuple[Owned, int, int], ...]:
    """What each bracket or labelled stretch says, with its place, in order; nobody changes it."""
    return tuple(_read_told(paragraph))


def _read_told(paragraph: str) -> Iterator[tuple[Owned, int, int]]:
    taken: list[tuple[int, int]] = []
    for bracket in brackets(paragraph):
        owned = owners_in(bracket.inside)
        if owned and _names_somebody(owned):
            taken.append((bracket.start, bracket.end))
            yield owned, bracket.start, bracket.end
    if not taken:
        yield from _bare_bracket(paragraph)
    labels = [
        label
        for label in labels_in(paragraph)
        if not any(start <= label.start < end for start, end in taken) and _may_stand(paragraph, label.start)
    ]
    if labels and (not taken or labels[0].start >= taken[-1][1]):
        for start, end in _stretches(paragraph, labels):
            told = without_riders(paragraph[start:end])
            owned = by_labels(told, labels_in(told))
            if _names_somebody(owned):
                yield owned, start, end
    elif not taken:
        yield from _entrusted(paragraph)


def _stretches(paragraph: str, labels: Sequence[Label]) -> Iterator[tuple[int, int]]:
    """Where labels stand with their lists; a sentence between two lists belongs to the text.

    新增企业3家，责任单位为区科技局；技改投资增长9%，责任单位为区工信局。
    """
    start = labels[0].start
    for label, following in pairwise([*labels, None]):
        assert label
        until = following.start if following else len(paragraph)
        names_units = label.role in _UNITS
        end = _end_of_list(paragraph, label.end, until) if names_units else until
        if end < until:
            yield start, end
            start = until
    if start < len(paragraph):
        yield start, len(paragraph)


def _end_of_list(paragraph: str, start: int, until: int) -> int:
    """Behind the first 。 or ； that a sentence with a figure follows; else `until`."""
    at = start
    for part in parted(paragraph[start:until], "。；;"):
        at += len(part) + 1
        behind = paragraph[at:until]
        if at < until and re.search(r"\d", behind) and not any(map(is_deadline, parted(behind, "，,。；;"))):
            return at
    return until


def _entrusted(paragraph: str) -> Iterator[tuple[Owned, int, int]]:
    """The last sentence, if it says no more than who does it: 由市教育局负责落实。"""
    last = re.search(r"(?:^|(?<=[。；;]))[^。；;]+[。；;]?\s*$", paragraph)
    owned = entrusted_in(last[0]) if last else None
    if last and owned:
        yield owned, last.start(), len(paragraph)


def _bare_bracket(paragraph: str) -> Iterator[tuple[Owned, int, int]]:
    """A bracket at the paragraph's end that holds nothing but offices: (发改局、财政局)."""
    last = next(reversed(list(brackets(paragraph))), None)
    if last is None or paragraph[last.end :].strip("。；; "):
        return
    before = paragraph[: last.start].rstrip()
    owned = bare_names(last.inside)
    if owned and not looks_like_body(before[-8:]):
        yield owned, last.start, last.end


def _may_stand(paragraph: str, at: int) -> bool:
    """A label outside of brackets counts at the paragraph's beginning or after the end of a sentence.

    After a comma it does where it is the last thing said: 新建公园3个，责任单位为区住建局。
    """
    before = paragraph[:at].rstrip(" 　\t*")
    if not before or re.search(r"[。；;!！|.]$", before):
        return True
    return bool(re.search(r"[，,]$", before)) and bool(re.fullmatch(r"[^。]*[。；;]?\s*", paragraph[at:]))


def _names_somebody(owned: Owned) -> bool:
    return any(owned.get(role) for role in _UNITS) or bool(owned.get(Role.DEADLINE))


def first_owner(paragraph: str) -> int | None:
    """Where the first bracket or label that names owners begins; None where there is none."""
    return next((start for _, start, _ in _told(paragraph)), None)
