"""Texts put into cells of one sheet of an existing workbook; everything else of it stays byte for byte.

The coordinator's own columns, colours, formulas and pictures are none of our business: a library that loads
and saves the whole book would lose some of them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from posixpath import join, normpath
from typing import Any

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Texts = Mapping[tuple[int, int], str]
"""By 1-based row and column."""


def with_texts(data: bytes, sheet: str, texts: Texts) -> bytes:
    """Return the workbook with the texts in the cells of the sheet; a cell keeps its format.

    Raises:
        KeyError: There is no such sheet.
    """
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as book, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        part = _part_of(book, sheet)
        for info in book.infolist():
            content = book.read(info)
            copy.writestr(info, _patched(content, texts) if info.filename == part else content)
    return made.getvalue()


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    workbook = _parsed(book.read("xl/workbook.xml"))
    identity = next(
        each.get(f"{{{_OFFICE}}}id")
        for each in workbook.iter(f"{{{_MAIN}}}sheet")
        if (each.get("name") or "").strip() == sheet
    )
    for relation in _parsed(book.read("xl/_rels/workbook.xml.rels")):
        if relation.get("Id") == identity:
            target = relation.get("Target") or ""
            return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    raise KeyError(sheet)


def _parsed(content: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _patched(content: bytes, texts: Texts) -> bytes:
    from lxml import etree

    root = _parsed(content)
    for dimension in root.findall(f"{{{_MAIN}}}dimension"):
        root.remove(dimension)  # would be too small now
    patch = _Patch(root)
    for (row, column), text in sorted(texts.items()):
        patch.put(row, column, text)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


class _Patch:
    """The rows of the sheet, found or made in their order."""

    def __init__(self, root: Any) -> None:
        self._data = root.find(f"{{{_MAIN}}}sheetData")
        self._rows = {int(row.get("r")): row for row in self._data if row.get("r")}
        self._column_styles = [
            (int(column.get("min")), int(column.get("max")), column.get("style"))
            for column in root.iter(f"{{{_MAIN}}}col")
        ]

    def put(self, row: int, column: int, text: str) -> None:
        """Let the cell hold the text."""
        from lxml import etree

        cell = self._cell(self._row(row), row, column)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if text:
            cell.set("t", "inlineStr")
            told = etree.SubElement(etree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
            told.set(_SPACE, "preserve")
            told.text = _FORBIDDEN.sub("�", text)

    def _row(self, number: int) -> Any:
        if number not in self._rows:
            self._rows[number] = self._insert(self._data, "row", str(number), number)
        return self._rows[number]

    def _cell(self, row: Any, number: int, column: int) -> Any:
        address = f"{letters(column)}{number}"
        for cell in row:
            if cell.get("r") == address:
                return cell
        cell = self._insert(row, "c", address, column)
        style = self._style(number, column)
        if style is not None:
            cell.set("s", style)
        return cell

    def _insert(self, parent: Any, tag: str, address: str, place: int) -> Any:
        """A new row or cell, before the first one that stands behind it."""
        from lxml import etree

        made = etree.Element(f"{{{_MAIN}}}{tag}", {"r": address})
        behind = next((each for each in parent if _place(each.get("r")) > place), None)
        parent.append(made) if behind is None else behind.addprevious(made)
        return made

    def _style(self, number: int, column: int) -> str | None:
        """That of the cell above, if it is one of the table, else the column's."""
        above = self._rows.get(number - 1) if number > 2 else None
        for cell in above if above is not None else ():
            if cell.get("r") == f"{letters(column)}{number - 1}" and cell.get("s"):
                return str(cell.get("s"))
        return next((style for low, high, style in self._column_styles if low <= column <= high), None)


def _place(address: str) -> int:
    """Row number of "12", column number of "AB12"."""
    written = address.rstrip("0123456789")
    if not written:
        return int(address)
    number = 0
    for letter in written:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters(column: int) -> str:
    """Column letters of a 1-based column."""
    told = ""
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(ord("A") + rest) + told
    return told
