"""Records with front matter (---, key: value, ---), one a task -> sections and items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workplan_xlsx.domain.notice import Section
from workplan_xlsx.notice.documents.blocks import Block
from workplan_xlsx.notice.numerals import chinese_number
from workplan_xlsx.notice.outline.tasks import Item, Outline
from workplan_xlsx.notice.owners.labels import Role, role_of_heading
from workplan_xlsx.notice.owners.phrases import Owned, owned_by_role

_FENCE = re.compile(r"-{3,}")
_ENTRY = re.compile(r"([A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff -]{0,60})\s*[:：]\s*(.*)")
_TITLE = re.compile(r"title|name|task|任务|标题", re.IGNORECASE)
_THEME = re.compile(r"theme|section|category|pillar|chapter|area|类别|领域", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|_)(?:id|no|number|code)$|序号|编号", re.IGNORECASE)
_FEWEST_RECORDS = 2


@dataclass(frozen=True, slots=True)
class _Record:
    values: Mapping[str, str]
    body: tuple[str, ...]


def outline_of_records(blocks: Sequence[Block]) -> Outline | None:
    """Return the items of a document that is a row of records naming owners; None for any other document."""
    lines = [block.strip() for block in blocks if isinstance(block, str)]
    records = [each for each in _records(lines) if _owners(each.values) and _first(each.values, _TITLE)]
    if len(records) < _FEWEST_RECORDS:
        return None
    numbering = _numbering_key(records)
    themes = list(dict.fromkeys(filter(None, (_first(each.values, _THEME) for each in records))))
    ordinals = {theme: chinese_number(place) for place, theme in enumerate(themes, start=1)}
    items = tuple(_item(each, place, numbering, ordinals) for place, each in enumerate(records, start=1))
    sections = tuple(Section(ordinal=ordinal, title=theme) for theme, ordinal in ordinals.items())
    return Outline(sections=sections, items=items, outside=(), first_line=0)


def _records(lines: Sequence[str]) -> Iterator[_Record]:
    fences = [index for index, line in enumerate(lines) if _FENCE.fullmatch(line)]
    heads = [(start, end) for start, end in pairwise(fences) if _is_head(lines[start + 1 : end])]
    for place, (start, end) in enumerate(heads, start=1):
        following = heads[place][0] if place < len(heads) else len(lines)
        body = filter(None, map(_bare, lines[end + 1 : following]))
        yield _Record(_values(lines[start + 1 : end]), tuple(body))


def _is_head(lines: Sequence[str]) -> bool:
    filled = [line for line in lines if line]
    return bool(filled) and sum(bool(_ENTRY.match(line)) for line in filled) * 2 > len(filled)


def _values(lines: Sequence[str]) -> dict[str, str]:
    """Keys and values; what follows a key on lines of its own belongs to it."""
    values: dict[str, str] = {}
    key = ""
    for line in lines:
        entry = None if line.startswith("-") else _ENTRY.match(line)
        if entry:
            key = entry[1].strip()
            values[key] = _bare(entry[2])
        elif key and line:
            values[key] = f"{values[key]}\n{_bare(line.lstrip('- '))}".strip()
    return values


def _bare(value: str) -> str:
    """The value without quotes and tags; a line break of the page parts names."""
    text = re.sub(r"\s*<br\s*/?>\s*", "\n", value.strip(), flags=re.IGNORECASE)
    return re.sub(r"<[^>]+>", "", text).strip().strip("\"'").strip()


def _first(values: Mapping[str, str], names: re.Pattern[str]) -> str:
    """The value of the key that says so most plainly: the shortest."""
    keys = sorted((key for key in values if names.search(key) and values[key]), key=len)
    return values[keys[0]] if keys else ""


def _numbering_key(records: Sequence[_Record]) -> str:
    """The key whose values number the records: all different, the most precise one."""
    keys = [key for key in records[0].values if _NUMBER.search(key)]
    told = {key: [each.values.get(key, "") for each in records] for key in keys}
    different = [key for key, values in told.items() if all(values) and len(set(values)) == len(values)]
    return max(different, key=len, default="")


def _owners(values: Mapping[str, str]) -> list[Owned]:
    found: list[Owned] = []
    for key, value in values.items():
        role = role_of_heading(key.replace("_", " "))
        if role in (Role.LEAD, Role.OWN, Role.SUPPORT, Role.DEADLINE) and value:
            found.append({role: [value]} if role is Role.DEADLINE else owned_by_role(role, value))
    return found if any(Role.LEAD in owned or Role.OWN in owned for owned in found) else []


def _item(record: _Record, place: int, numbering: str, ordinals: Mapping[str, str]) -> Item:
    title = " ".join(_first(record.values, _TITLE).split())
    return Item(
        section_ordinal=ordinals.get(_first(record.values, _THEME), ""),
        number=record.values.get(numbering, "") or str(place),
        title=title,
        paragraphs=record.body,
        line=0,
        title_is_all=True,
        told=tuple(_owners(record.values)),
    )
