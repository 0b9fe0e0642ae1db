"""A reader of .xlsx that knows nothing of ours: lxml, the standard's words, and no thought of speed."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from math import isinf
from typing import NamedTuple

from lxml import etree

_SPACES = {
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "main",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "links",
}
_PERCENTS = {"9", "10", "171"}
_DAYS = {"14", "170"}
"""Ids of number formats that the made workbooks use."""


class Seen(NamedTuple):
    """What stands in a cell: the kind, the text or the number, and how a number is shown."""

    kind: str
    value: str | float
    shown: str = ""


Cells = dict[tuple[int, int], Seen]


def read_plainly(data: bytes, names: Collection[str]) -> dict[str, Cells]:
    """Of the sheets of these names: (row, column) -> what stands there, by the letter of ECMA-376."""
    package = zipfile.ZipFile(BytesIO(data))
    parts = {name.lower(): package.read(name) for name in package.namelist()}
    book_part = next(target for kind, target in _links(parts, "").values() if kind == "officeDocument")
    links = _links(parts, book_part)
    texts = [_text(each) for each in _children(_linked(parts, links, "sharedStrings"), "si")]
    formats = [
        each.get("numFmtId", "0")
        for list_ in _children(_linked(parts, links, "styles"), "cellXfs")
        for each in _children(list_, "xf")
    ]
    book = etree.fromstring(parts[book_part])
    (sheets,) = _children(book, "sheets")
    return {
        sheet.get("name"): _cells(etree.fromstring(parts[target]), texts, formats)
        for sheet in _children(sheets, "sheet")
        for kind, target in [links[_link_id(sheet)]]
        if kind == "worksheet" and sheet.get("name") in names
    }


def _links(parts: dict[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    root = etree.fromstring(parts[f"{folder}/_rels/{name}.rels".lstrip("/")])
    return {
        each.get("Id"): (
            each.get("Type").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target"))).lstrip("/").lower(),
        )
        for each in root
        if isinstance(each.tag, str)
    }


def _linked(parts, links, kind):
    found = [target for other, target in links.values() if other == kind]
    return etree.fromstring(parts[found[0]]) if found else etree.Element("none")


def _link_id(sheet) -> str:
    return next(value for name, value in sheet.items() if _name(name) == "r:id")


def _name(tag: object) -> str:
    if not isinstance(tag, str):
        return ""
    space, _, local = tag.rpartition("}")
    return f"{_SPACES.get(space[1:], '?')}:{local}"


def _children(element, local: str) -> Iterator:
    return (each for each in element if _name(each.tag) == f"main:{local}")


def _cells(sheet, texts, formats) -> Cells:
    found: Cells = {}
    row = 0
    for line in (line for data in _children(sheet, "sheetData") for line in _children(data, "row")):
        row = int(line.get("r", row + 1))
        column = 0
        for cell in _children(line, "c"):
            place = re.fullmatch("([A-Za-z]+)([0-9]+)", cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            seen = _seen(cell, texts, formats)
            if seen is not None and (seen.kind != "text" or str(seen.value).strip()):
                found[int(place[2]) - 1 if place else row - 1, column - 1] = seen
    covered = {place for merge in _merges(sheet) for place in merge}
    return {place: seen for place, seen in found.items() if place not in covered}


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def _merges(sheet) -> Iterator[list[tuple[int, int]]]:
    """The places under each merge, its first cell left out."""
    for merge in (
        merge for list_ in _children(sheet, "mergeCells") for merge in _children(list_, "mergeCell")
    ):
        left, top, right, bottom = re.fullmatch(
            "([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)", merge.get("ref")
        ).groups()
        yield [
            (row, column)
            for row in range(int(top) - 1, int(bottom))
            for column in range(_column(left) - 1, _column(right))
        ][1:]


def _seen(cell, texts: list[str], formats: list[str]) -> Seen | None:
    values = [_own_text(each) for each in _children(cell, "v")]
    value = values[0] if values else ""
    formula = any(True for _ in _children(cell, "f"))
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = list(_children(cell, "is"))
        return Seen("text", _text(inline[0])) if inline else None
    if kind == "str":
        return Seen("text", _unescaped(value)) if values or formula else None
    value = value.strip(" \t\r\n")
    if not value:
        return Seen("uncalculated", "") if formula else None
    if kind == "s":
        index = int(value) if re.fullmatch("[0-9]+", value) else -1
        return Seen("text", texts[index]) if 0 <= index < len(texts) else Seen("error", value)
    if kind == "n":
        return _number(value, cell.get("s"), formats)
    return Seen(
        {"b": "truth", "d": "date"}.get(kind, "error"), _TRUTHS.get(value, value) if kind == "b" else value
    )


_TRUTHS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


def _number(value: str, style: str | None, formats: list[str]) -> Seen:
    if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", value) or isinf(float(value)):
        return Seen("error", value)
    index = (style or "0").strip()
    code = formats[int(index)] if re.fullmatch("[0-9]+", index) and int(index) < len(formats) else "none"
    return Seen("number", float(value), "percent" if code in _PERCENTS else "day" if code in _DAYS else "")


def _text(rich) -> str:
    """The text of <si> or <is>: its own, or that of its runs; phonetic guides are no text."""
    own = [*_children(rich, "t"), *(each for run in _children(rich, "r") for each in _children(run, "t"))]
    return _unescaped("".join(map(_own_text, own)))


def _own_text(element) -> str:
    """Character data of the element itself, comments and instructions aside."""
    return (element.text or "") + "".join(each.tail or "" for each in element)


def _unescaped(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
