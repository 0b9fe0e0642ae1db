"""The head of a returned form: labels wherever they stand above the table, values right of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workplan_xlsx.books.columns import key_of_label
from workplan_xlsx.books.returned.contents import content_of
from workplan_xlsx.books.returned.grid import Cell, Sheet
from workplan_xlsx.domain.returns import CellKind, Content, SignOff

_LONGEST_LABEL = 20
_FURTHEST = 12
"""Columns right of a label in which its value is looked for; clerks insert one or two."""


def read_head(sheet: Sheet, above_row: int) -> Mapping[str, Content]:
    """Return the content for each label ("unit", "period", "deadline", SignOff keys) above a 0-based row.

    A label that is there twice counts once: the first with a value.
    """
    head: dict[str, Content] = {}
    for row, cells in sheet.rows.items():
        if row >= above_row:
            break
        for key, content in _labelled(sheet, row, cells):
            if key not in head or (head[key].is_blank and not content.is_blank):
                head[key] = content
    return head


def _labelled(sheet: Sheet, row: int, cells: Mapping[int, Cell]) -> Iterator[tuple[str, Content]]:
    for column, cell in cells.items():
        if cell.kind is not CellKind.TEXT:
            continue
        key = key_of_label(cell.text) if len(cell.text) <= _LONGEST_LABEL else None
        if key is not None:
            yield key, _value_right_of(sheet, row, column, cells)
        else:
            yield from _label_and_value(sheet, row, cell, cells)


def _value_right_of(sheet: Sheet, row: int, column: int, cells: Mapping[int, Cell]) -> Content:
    """The next content before another label; the cell beside the label where there is none."""
    beside = sheet.after_merge(row, column)
    for place in range(beside, beside + _FURTHEST):
        cell = cells.get(place)
        if cell is None or cell.is_blank:
            continue
        if cell.kind is CellKind.TEXT and key_of_label(cell.text[: _LONGEST_LABEL + 1]) is not None:
            break
        return content_of(sheet.name, cells, row, place)
    return Content(sheet=sheet.name, cell=content_of(sheet.name, {}, row, beside).cell, kind=CellKind.BLANK)


def _label_and_value(
    sheet: Sheet, row: int, cell: Cell, cells: Mapping[int, Cell]
) -> Iterator[tuple[str, Content]]:
    """填报单位：甲局 in one cell, as some clerks retype it."""
    label, colon, value = cell.text.replace("：", ":").partition(":")
    if not colon or not value.strip() or len(label) > _LONGEST_LABEL:
        return
    key = key_of_label(label)
    if key is not None:
        whole = content_of(sheet.name, cells, row, cell.column)
        yield key, Content(sheet=whole.sheet, cell=whole.cell, kind=CellKind.TEXT, text=value.strip())


def sign_offs(head: Mapping[str, Content]) -> dict[SignOff, Content]:
    """The inputs among the head's contents."""
    return {key: head[key.value] for key in SignOff if key.value in head}
