"""The text of a .docx in reading order: numbers written out, insertions kept, deletions dropped.

python-docx drops text under tracked changes, automatic numbers and text boxes; so the XML is walked here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.docx_numbering import Numbering
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_PART = 64 * 2**20
_DROPPED = {f"{W}del", f"{W}moveFrom", _FALLBACK, f"{W}instrText", f"{W}delText"}


def docx_lines(package: zipfile.ZipFile, name: str, lang: Lang) -> list[str]:
    """Return the paragraphs in document order; a table row is one line, its cells parted by " | ".

    Raises:
        NoticeError: A part is damaged or unreasonably large.
    """
    document = _part(package, "word/document.xml", name, lang)
    if document is None:
        raise NoticeError(say("notice.damaged", lang, file=name))
    numbering = Numbering(
        _part(package, "word/numbering.xml", name, lang), _part(package, "word/styles.xml", name, lang)
    )
    body = document.find(f"{W}body")
    return [] if body is None else list(_blocks(body, numbering))


def _part(package: zipfile.ZipFile, member: str, name: str, lang: Lang) -> _Element | None:
    from lxml import etree

    if member not in package.namelist():
        return None
    with package.open(member) as file:
        data = file.read(_LARGEST_PART + 1)
    if len(data) > _LARGEST_PART:
        raise NoticeError(say("notice.too_large", lang, file=name, limit=_LARGEST_PART // 2**20))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise NoticeError(say("notice.damaged", lang, file=name)) from None


def _blocks(parent: _Element, numbering: Numbering) -> Iterator[str]:
    for block in parent:
        if block.tag == f"{W}p":
            yield from _paragraph(block, numbering)
        elif block.tag == f"{W}tbl":
            yield from _table(block, numbering)
        elif block.tag in (f"{W}sdt", f"{W}ins", f"{W}customXml", f"{W}moveTo", f"{W}sdtContent"):
            yield from _blocks(block, numbering)


def _table(table: _Element, numbering: Numbering) -> Iterator[str]:
    for row in table.iter(f"{W}tr"):
        cells = [" ".join(_blocks(cell, numbering)).strip() for cell in row.iter(f"{W}tc")]
        yield " | ".join(cells)


def _paragraph(paragraph: _Element, numbering: Numbering) -> Iterator[str]:
    number = numbering.next_number(paragraph)
    boxes: list[str] = []
    text = "".join(_runs(paragraph, numbering, boxes))
    yield from (number + text).split("\n")
    yield from boxes


def _runs(parent: _Element, numbering: Numbering, boxes: list[str]) -> Iterator[str]:
    for child in parent:
        if child.tag in _DROPPED:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            yield "\t" if parent.tag == f"{W}r" else ""
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag == f"{W}txbxContent":
            boxes += _blocks(child, numbering)
        else:
            yield from _runs(child, numbering, boxes)
