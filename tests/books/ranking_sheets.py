"""A ranking workbook as a reader sees it: sheets as rows of values, read back by another library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from libreoffice import LibreOffice

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
_ERRORS = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")


def recalculating(home: Path) -> LibreOffice:
    """A LibreOffice that reckons every formula anew when it opens a file."""
    profile = home / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    return LibreOffice(home)


def rows_of(path: Path, sheet: str) -> list[list[Any]]:
    """All rows of a sheet, by values."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def error_values(path: Path) -> list[str]:
    """Every cell of the workbook that holds an error value, as `sheet: value`."""
    from python_calamine import CalamineWorkbook

    return [
        f"{sheet}: {cell}"
        for sheet in CalamineWorkbook.from_path(path).sheet_names
        for row in rows_of(path, sheet)
        for cell in row
        if isinstance(cell, str) and _ERRORS.search(cell)
    ]


def records(rows: list[list[Any]], header: str) -> Iterator[dict[str, Any]]:
    """The rows below the one that holds this header, by their headers, up to the first empty row."""
    head = next(index for index, row in enumerate(rows) if header in row)
    for row in rows[head + 1 :]:
        if not any(cell != "" for cell in row):
            return
        yield dict(zip(rows[head], row, strict=False))


def links_of(path: Path) -> list[tuple[str, str, str]]:
    """(sheet, cell, place it leads to) of every link."""
    book = openpyxl.load_workbook(path)
    return [(sheet.title, link.ref, link.location) for sheet in book for link in sheet._hyperlinks]
