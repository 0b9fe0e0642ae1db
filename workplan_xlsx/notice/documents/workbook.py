"""An .xlsx that lists tasks -> its sheets as titles and tables, each cell as it is shown."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import TYPE_CHECKING

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.blocks import Block, Document
from workplan_xlsx.notice.documents.sheet_cells import CellText, Looks, S, SheetReader, text_of
from workplan_xlsx.notice.documents.shown_numbers import NumberFormat, number_format
from workplan_xlsx.notice.documents.xml_parts import xml_part
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_LINK = re.compile(r"\{.*/relationships\}id")
_LARGEST_SHEET = 24 * 2**20
_MOST_SHEETS = 60


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    member: str
    is_hidden: bool


def workbook_document(package: zipfile.ZipFile, name: str, lang: Lang) -> Document:
    """Return the visible sheets' text in order; what could not be read is told with its place.

    Raises:
        NoticeError: A part is damaged, unreasonably large, or of a dialect that is not read.
    """
    book = xml_part(package, "xl/workbook.xml", name, lang)
    if book is None or book.tag == f"{_STRICT}workbook":
        raise NoticeError(say("notice.damaged", lang, file=name))
    properties = book.find(f"{S}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    looks = _looks(xml_part(package, "xl/styles.xml", name, lang), from_1904=from_1904)
    texts = list(_texts(xml_part(package, "xl/sharedStrings.xml", name, lang)))
    blocks: list[Block] = []
    findings: list[Finding] = []
    for sheet in _sheets(package, book, name, lang):
        if sheet.is_hidden:
            findings.append(found(Code.NOTICE_PART_HIDDEN, on=sheet.name, what=sheet.name))
            continue
        content = xml_part(package, sheet.member, name, lang, _LARGEST_SHEET)
        if content is not None:
            reader = SheetReader(sheet.name, texts, looks, lang)
            blocks += reader.blocks(content)
            findings += reader.findings()
    return Document(tuple(blocks), findings=tuple(findings))


def _sheets(package: zipfile.ZipFile, book: _Element, name: str, lang: Lang) -> Iterator[_Sheet]:
    links = xml_part(package, "xl/_rels/workbook.xml.rels", name, lang)
    targets = {
        str(link.get("Id")): str(link.get("Target", "")) for link in (links if links is not None else ())
    }
    sheets = list(book.iterfind(f"{S}sheets/{S}sheet"))
    if len(sheets) > _MOST_SHEETS:
        raise NoticeError(say("notice.too_many_sheets", lang, file=name, limit=_MOST_SHEETS))
    for sheet in sheets:
        link = next((str(value) for key, value in sheet.items() if _LINK.fullmatch(str(key))), "")
        target = targets.get(link, "")
        member = target.removeprefix("/") if target.startswith("/") else normpath(join("xl", target))
        yield _Sheet(str(sheet.get("name", "")), member, sheet.get("state", "visible") != "visible")


def _texts(shared: _Element | None) -> Iterator[CellText]:
    for item in shared if shared is not None else ():
        yield text_of(item)


def _looks(styles: _Element | None, *, from_1904: bool) -> list[Looks]:
    """What each cell style means: its number format, and whether it strikes the text through."""
    if styles is None:
        return []
    own = {
        _whole(each.get("numFmtId")): str(each.get("formatCode", ""))
        for each in styles.iterfind(f"{S}numFmts/{S}numFmt")
    }
    struck = [font.find(f"{S}strike") is not None for font in styles.iterfind(f"{S}fonts/{S}font")]
    return [
        Looks(_format(each, own, from_1904=from_1904), _is_struck(each, struck))
        for each in styles.iterfind(f"{S}cellXfs/{S}xf")
    ]


def _format(style: _Element, own: dict[int, str], *, from_1904: bool) -> NumberFormat:
    return number_format(_whole(style.get("numFmtId")), own, from_1904=from_1904)


def _is_struck(style: _Element, struck: list[bool]) -> bool:
    font = _whole(style.get("fontId"))
    return font < len(struck) and struck[font]


def _whole(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 9 else 0
