"""A workbook as text that a person can read: one line a cell, then what the program does around the cells."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

GOLDEN = Path(__file__).parent.parent / "golden"


def dump(path: Path) -> str:
    """Every sheet: `D3 '红灯'`, `I8 <input>`, formulas as they stand; then comments, links, rules, page, identity."""
    book = openpyxl.load_workbook(path)
    lines = []
    for sheet in book.worksheets:
        lines.append(f"[{sheet.title}]" + (f" {sheet.sheet_state}" if sheet.sheet_state != "visible" else ""))
        lines += _cells(sheet)
        lines += _around(sheet)
    lines.append("[properties]")
    lines.append(f"title {book.properties.title!r} by {book.properties.creator!r}, {book.properties.created}")
    lines += [f"{each.name} {each.value!r}" for each in book.custom_doc_props.props]
    return "\n".join(lines) + "\n"


def _cells(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, Cell):
                continue  # under a merged one
            told = [] if cell.value is None else [repr(cell.value)]
            if not cell.protection.locked:
                told.append("<input>" if cell.fill.start_color.rgb == "FFFFF2CC" else "<may>")
            if cell.border.left is not None and cell.border.left.style == "thick":
                told.append("<marked>")
            if cell.comment:
                told.append(f"// {cell.comment.text!r}")
            if cell.hyperlink:
                told.append(f"-> {cell.hyperlink.location or cell.hyperlink.target}")
            if told:
                yield f"{cell.coordinate} {' '.join(told)}"


def _around(sheet: Worksheet) -> Iterator[str]:
    for rule in sheet.data_validations.dataValidation:
        asked = f"{rule.type} {rule.formula1 or ''}".strip()
        yield f"rule {rule.sqref}: {asked} | {rule.prompt} | {rule.error}"
    page = sheet.page_setup
    yield (
        f"page {page.orientation} paper {page.paperSize} fit {page.fitToWidth}x{page.fitToHeight}, "
        f"repeats {sheet.print_title_rows}, prints {sheet.print_area or 'all'}, footer {sheet.oddFooter.center.text}"
    )
    guard = sheet.protection
    freed = [
        name for name in ("formatColumns", "formatRows", "sort", "autoFilter") if not getattr(guard, name)
    ]
    yield f"protected {guard.sheet} password {guard.password} free {freed}, frozen at {sheet.freeze_panes}"


def assert_golden(text: str, name: str) -> None:
    """Compare with tests/golden/NAME; with WORKPLAN_GOLDEN=write in the environment, write it instead."""
    path = GOLDEN / name
    if os.environ.get("WORKPLAN_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
