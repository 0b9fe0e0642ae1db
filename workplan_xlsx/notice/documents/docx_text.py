"""The text of a .docx in reading order: numbers written out, insertions kept, deletions dropped.

python-docx drops text under tracked changes, automatic numbers and text boxes; so the XML is walked here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.blocks import Block, Document, Grid
from workplan_xlsx.notice.documents.docx_numbering import Numbering
from workplan_xlsx.notice.documents.left_out import filled, quoted, revised, struck_through
from workplan_xlsx.notice.documents.unwrapping import is_open_owners
from workplan_xlsx.notice.documents.xml_parts import xml_part
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED = {
    _FALLBACK,
    *(
        f"{W}{name}"
        for name in ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr", "sdtPr", "tblPr")
    ),
}
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}


def docx_document(package: zipfile.ZipFile, name: str, lang: Lang) -> Document:
    """Return the paragraphs and tables in document order; text boxes and footnotes follow their paragraph.

    What is struck through is left out, changes nobody has accepted are taken as accepted; both are told.

    Raises:
        NoticeError: A part is damaged or unreasonably large.
    """
    document = xml_part(package, "word/document.xml", name, lang)
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise NoticeError(say("notice.damaged", lang, file=name))
    parts = {each: xml_part(package, f"word/{each}.xml", name, lang) for each in ("numbering", "styles")}
    walker = _Walker(Numbering(parts["numbering"], parts["styles"]))
    for kind in ("footnotes", "endnotes"):
        walker.keep_notes(kind, xml_part(package, f"word/{kind}.xml", name, lang))
    blocks = tuple(walker.blocks(body))
    return Document(blocks, findings=tuple(walker.findings(body, lang)))


class _Walker:
    """Walks the document's XML; counts the automatic numbers on its way."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._notes: dict[tuple[str, str], _Element] = {}
        self._unfinished = ""
        self._struck: list[str] = []

    def findings(self, body: _Element, lang: Lang) -> Iterator[Finding]:
        """Yield what was left out of the body, once it was walked."""
        struck = quoted(filled(self._struck))
        if struck:
            yield struck_through(say("notice.in_text", lang), struck, lang)
        inserted = len(filled(map(_all_text, body.iter(*_INSERTED))))
        deleted = quoted(filled(map(_all_text, body.iter(*_DELETED))))
        if inserted or deleted:
            yield revised(inserted, deleted, lang)

    def keep_notes(self, kind: str, part: _Element | None) -> None:
        """Remember the notes of a part by their numbers."""
        for note in part if part is not None else ():
            if note.get(f"{W}type") is None:
                self._notes[kind, str(note.get(f"{W}id"))] = note

    def blocks(self, parent: _Element) -> Iterator[Block]:
        """Yield what stands in a body, a cell or a text box."""
        for block in parent:
            if block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                yield self._table(block)
            elif block.tag in _WRAPPERS:
                yield from self.blocks(block)

    def _paragraph(self, paragraph: _Element) -> Iterator[Block]:
        """Its lines, then its text boxes and notes. One whose end was deleted goes on in the next."""
        aside: list[_Element] = []
        text = "".join(self._runs(paragraph, aside))
        joins = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
        if joins:
            number = self._numbering.next_number(paragraph) if text.strip() and not self._unfinished else ""
            self._unfinished += _numbered(number, text)
            return
        number = "" if self._unfinished else self._numbering.next_number(paragraph)
        text, self._unfinished = self._unfinished + _numbered(number, text), ""
        yield from _lines(text)
        for each in aside:
            if each.tag == f"{W}txbxContent":
                yield from self.blocks(each)
            else:
                yield "注：" + "".join(line for line in self.blocks(each) if isinstance(line, str)).strip()

    def _runs(self, parent: _Element, aside: list[_Element]) -> Iterator[str]:
        """The text of a paragraph; what is printed beside or below it is put aside."""
        goes_on = False
        for child in parent:
            tag = child.tag
            if tag in _DROPPED or not isinstance(tag, str):
                continue
            if tag in (f"{W}t", _MATH_TEXT):
                yield child.text or ""
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield "\t"
            elif tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}txbxContent":
                aside.append(child)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind = "footnotes" if tag == f"{W}footnoteReference" else "endnotes"
                note = self._notes.get((kind, str(child.get(f"{W}id"))))
                aside += [] if note is None else [note]
            elif tag == f"{W}r" and any(_is_on(child, name) for name in _STRUCK):
                self._keep_struck("".join(self._runs(child, [])), begins=not goes_on)
                goes_on = True
                continue
            elif not (tag == f"{W}r" and _is_on(child, f"{W}vanish")):
                yield from self._runs(child, aside)
            goes_on = False

    def _keep_struck(self, text: str, *, begins: bool) -> None:
        """Runs that follow one another say one thing."""
        if begins or not self._struck:
            self._struck.append(text)
        else:
            self._struck[-1] += text

    def _table(self, table: _Element) -> Grid:
        """Rows as they stand; a cell merged downwards stands in each of its rows."""
        rows: list[tuple[str, ...]] = []
        merged: set[tuple[int, int]] = set()
        for row in _rows_of(table):
            cells: list[str] = [""] * _offset(row)
            for cell in _cells_of(row):
                text = "\n".join(self._cell_lines(cell)).strip()
                if _goes_on(cell) and rows and len(cells) < len(rows[-1]):
                    merged.add((len(rows), len(cells)))
                    text = rows[-1][len(cells)]
                cells += [text, *[""] * (_span(cell) - 1)]
            rows.append(tuple(cells))
        return Grid(tuple(rows), frozenset(merged))

    def _cell_lines(self, cell: _Element) -> Iterator[str]:
        for block in self.blocks(cell):
            if isinstance(block, str):
                yield block.strip()
            else:
                yield from block.lines()


def _numbered(number: str, text: str) -> str:
    """The number before its text; 2. and 12个社区 must not become 2.12个社区."""
    return f"{number} {text}" if number and text[:1].isdecimal() else number + text


def _lines(text: str) -> Iterator[str]:
    """Its lines; a break inside of a bracket that names owners only fills the line."""
    waiting = ""
    for line in text.split("\n"):
        waiting += line.strip() if waiting else line
        if not is_open_owners(waiting):
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


# Hidden text, and text struck through: whoever reads the page reads neither.
_STRUCK = (f"{W}strike", f"{W}dstrike")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_DELETED = (f"{W}del", f"{W}moveFrom")


def _all_text(element: _Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _is_on(run: _Element, name: str) -> bool:
    told = run.find(f"{W}rPr/{name}")
    return told is not None and told.get(f"{W}val", "1") not in ("0", "false", "off")


def _rows_of(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _rows_of(child)


def _cells_of(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells_of(child)


def _offset(row: _Element) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return _number(before, 0)


def _span(cell: _Element) -> int:
    return max(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1)


def _number(element: _Element | None, default: int) -> int:
    value = "" if element is None else str(element.get(f"{W}val", ""))
    return min(int(value), 200) if value.isdecimal() else default


def _goes_on(cell: _Element) -> bool:
    """Whether the cell only goes on with a merged one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"
