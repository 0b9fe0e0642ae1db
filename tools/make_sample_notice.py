"""Build workplan_xlsx/demo/data/notice.docx from notice.txt: an official document with real Word numbering.

Run it after a change of notice.txt; equal text gives an equal file.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

DATA = Path(__file__).parent.parent / "workplan_xlsx" / "demo" / "data"
_CHAPTER = re.compile(r"[一二三四五六七八九十]+、")
_ITEM = re.compile(r"\d+\.")


def build(lines: list[str]) -> bytes:
    """Return the document: chapters and items carry automatic numbers, not typed ones."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    _define_numbering(document)
    for index, line in enumerate(lines):
        if _CHAPTER.match(line):
            _numbered(document.add_paragraph(), 0, _CHAPTER.sub("", line), "黑体")
        elif _ITEM.match(line):
            _numbered(document.add_paragraph(), 1, _ITEM.sub("", line, count=1), "仿宋_GB2312")
        else:
            _plain(document.add_paragraph(), line, heading=index < 2 or index == 8)
    return _settled(document)


def _define_numbering(document) -> None:
    """One list with two levels: 一、 for chapters; 1. for items, which count through all chapters."""
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    abstract = _element("w:abstractNum", abstractNumId="1")
    for depth, (kind, text) in enumerate((("chineseCountingThousand", "%1、"), ("decimal", "%2."))):
        level = _element("w:lvl", ilvl=str(depth))
        parts = [("w:start", "1"), ("w:numFmt", kind), ("w:suff", "nothing"), ("w:lvlText", text)]
        if depth:
            parts.insert(2, ("w:lvlRestart", "0"))
        for tag, value in parts:
            level.append(_element(tag, val=value))
        abstract.append(level)
    num = _element("w:num", numId="1")
    num.append(_element("w:abstractNumId", val="1"))
    numbering.append(abstract)
    numbering.append(num)


def _element(tag: str, **attributes: str):
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _numbered(paragraph: Paragraph, depth: int, text: str, font: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    place = OxmlElement("w:numPr")
    place.append(_element("w:ilvl", val=str(depth)))
    place.append(_element("w:numId", val="1"))
    properties.append(place)
    _write(paragraph, text, font, 16)


def _plain(paragraph: Paragraph, text: str, *, heading: bool) -> None:
    if heading:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, text, "方正小标宋简体", 22)
        return
    if re.fullmatch(r"20\d\d年\d+月\d+日|.{2,20}办公室", text):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif "〔" in text and len(text) < 20:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, text, "仿宋_GB2312", 16)


def _write(paragraph: Paragraph, text: str, font: str, size: int) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.line_spacing = Pt(28)


def _settled(document) -> bytes:
    """The saved document with fixed times inside, so that equal text gives equal bytes."""
    saved, settled = BytesIO(), BytesIO()
    document.core_properties.author = "示范区人民政府办公室"
    document.save(saved)
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb">\d{4}-\d\d-\d\dT[^<]*<", b">2023-05-23T08:00:00Z<", data)
            after.writestr(zipfile.ZipInfo(name, (2023, 5, 23, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return settled.getvalue()


if __name__ == "__main__":
    text = (DATA / "notice.txt").read_text(encoding="utf-8")
    (DATA / "notice.docx").write_bytes(build(text.splitlines()))
