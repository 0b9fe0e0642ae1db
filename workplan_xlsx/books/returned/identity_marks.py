"""Whose form it is, from any of the places that say so: hidden sheet, properties, table, head, title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from workplan_xlsx.books.columns import MARK_KEY, first_characters, languages
from workplan_xlsx.books.identity import KEYS, PROPERTY_PREFIX, identity_from_row
from workplan_xlsx.books.returned.grid import Grid, Sheet
from workplan_xlsx.books.returned.table import Table
from workplan_xlsx.domain.returns import CellKind, Content, IdentityMark
from workplan_xlsx.words import say

_ROWS_LOOKED_INTO = 20
_TEXT = CellKind.TEXT
ENOUGH_KEYS = {"plan", "unit", "period"}


def marks_of_sheets(grid: Grid) -> dict[str, IdentityMark]:
    """Sheet name -> the mark it holds; found by its keys, whether still hidden and so named or not."""
    found = {}
    for sheet in grid.sheets:
        pairs = _pairs(sheet)
        if pairs.keys() >= ENOUGH_KEYS:
            found[sheet.name] = _mark("hidden sheet", pairs)
    return found


def _pairs(sheet: Sheet) -> dict[str, str]:
    """Our keys with what stands right of them."""
    pairs: dict[str, str] = {}
    firsts = first_characters_of_keys()
    for row, cells in sheet.rows.items():
        if row >= _ROWS_LOOKED_INTO:
            break
        for column, cell in cells.items():
            if cell.text[:1] in firsts and cell.kind is _TEXT and cell.text.strip() in KEYS:
                value = cells.get(column + 1)
                pairs.setdefault(cell.text.strip(), value.text.strip() if value else "")
    return pairs


@cache
def first_characters_of_keys() -> frozenset[str]:
    """The characters with which one of our keys may begin, white space before it too."""
    return first_characters(KEYS)


def mark_of_properties(properties: Mapping[str, str]) -> Iterator[IdentityMark]:
    """Yield the mark in the custom document properties, if it is there."""
    pairs = {key: properties.get(PROPERTY_PREFIX + key, "").strip() for key in KEYS}
    if any(pairs.values()):
        yield _mark("properties", pairs)


def mark_of_rows(table: Table) -> Iterator[IdentityMark]:
    """Yield the mark in the table's hidden column, if all its rows agree on it."""
    column = table.columns.get(MARK_KEY)
    written = set() if column is None else {cell.text.strip() for cell in table.column_cells(column)}
    identity = identity_from_row(written.pop()) if len(written) == 1 else None
    if identity is not None:
        yield _mark("rows", dict(identity.pairs()))


def mark_of_head(head: Mapping[str, Content]) -> Iterator[IdentityMark]:
    """Yield the mark in the visible head, if unit or period can be read there."""
    pairs = {key: head[key].text.strip() for key in ("unit", "period") if key in head}
    if any(pairs.values()):
        yield _mark("head", pairs)


def mark_of_title(table: Table) -> Iterator[IdentityMark]:
    """Yield the mark in the title above the table: a clerk who uses an old form again changes it there."""
    for row, cells in table.sheet.rows.items():
        if row >= table.header_row:
            return
        for cell in cells.values():
            period = _period_in_title(cell.text) if cell.text[-1:] in _TITLE_ENDS else ""
            if period:
                yield _mark("title", {"period": period})
                return


@lru_cache(maxsize=256)
def _period_in_title(text: str) -> str:
    """What stands in the title's brackets; "" where the text is no title of a form."""
    plain = "".join(text.split()).replace("(", "（").replace(")", "）")
    for before in _before_period():
        _, found, period = plain.rpartition(before)
        if found:
            return period.removesuffix("）")
    return ""


_TITLE_ENDS = ("）", ")")


@cache
def _before_period() -> tuple[str, ...]:
    """What the title says right before the period, in each language: 进展情况填报表（."""
    titles = (say("form.title", lang, plan="\0", period="\0").split("\0")[1] for lang in languages())
    return tuple("".join(title.split()).replace("(", "（") for title in titles)


def _mark(source: str, pairs: Mapping[str, str]) -> IdentityMark:
    told = {key: pairs.get(key, "") for key in KEYS}
    return IdentityMark(
        source=source,
        plan=told["plan"],
        unit=told["unit"],
        period=told["period"],
        version=told["version"],
    )
