"""Whose form it is, from any of the places that say so: hidden sheet, properties, table, visible head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from workplan_xlsx.books.columns import MARK_KEY, first_characters
from workplan_xlsx.books.identity import KEYS, PROPERTY_PREFIX, identity_from_row
from workplan_xlsx.books.returned.grid import Grid, Sheet
from workplan_xlsx.books.returned.table import Table
from workplan_xlsx.domain.returns import CellKind, Content, IdentityMark

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


def _mark(source: str, pairs: Mapping[str, str]) -> IdentityMark:
    told = {key: pairs.get(key, "") for key in KEYS}
    return IdentityMark(
        source=source,
        plan=told["plan"],
        unit=told["unit"],
        period=told["period"],
        version=told["version"],
    )
