"""A published file -> its Document; what the bytes are decides, not what the file is called."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.blocks import Block, Document
from workplan_xlsx.words import Lang, say

LARGEST_BYTES = 60 * 2**20
MOST_CHARACTERS = 2_000_000
_OLE, _RTF = b"\xd0\xcf\x11\xe0", b"{\\rt"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "Workbook".encode("utf-16-le")
_ODF_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ODF_SHEETS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_XLSB = b"xl/workbook.bin"
_HEAD = 200
_LOST = "\ufffd"
_MOST_LOST = 20


def read_document(path: Path, lang: Lang) -> Document:
    """Return the document's paragraphs and tables, automatic numbering written out, lines tidied.

    Raises:
        NoticeError: The file is missing, too large, empty, damaged, protected, a scan, or of a kind that is
            not read.
    """
    data = _bytes_of(path, lang)
    document = _by_content(path, data, lang)
    if sum(map(_length, document.blocks)) > MOST_CHARACTERS:
        raise NoticeError(say("notice.too_long", lang, file=path.name, limit=MOST_CHARACTERS // 10_000))
    blocks = tuple(tidy(block) if isinstance(block, str) else block for block in document.blocks)
    return Document(blocks, document.paged, (*document.findings, *_lost_characters(blocks)))


def _bytes_of(path: Path, lang: Lang) -> bytes:
    try:
        if path.is_dir():
            raise NoticeError(say("notice.is_a_folder", lang, file=path.name))
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)  # what the system says of a file's size need not be true
    except OSError as error:
        facts = {"file": path.name, "why": error.strerror or error}
        raise NoticeError(say("notice.cannot_open", lang, **facts)) from None
    if len(data) > LARGEST_BYTES:
        raise NoticeError(say("notice.too_large", lang, file=path.name, limit=LARGEST_BYTES // 2**20))
    if not data.strip():
        raise NoticeError(say("notice.empty", lang, file=path.name))
    return data


def _by_content(path: Path, data: bytes, lang: Lang) -> Document:
    if data.startswith(b"PK"):
        foreign = any(sign in data[:_HEAD] for sign in (_ODF_TEXT, _ODF_SHEETS)) or _XLSB in data
        return _of_another_office(path, data, lang) if foreign else _package(path, lang)
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        from workplan_xlsx.notice.documents.pdf_text import pdf_document

        return pdf_document(path, lang)
    if data.startswith((_OLE, _RTF)):
        return _old_file(path, data, lang)
    if data.startswith(_PICTURES):
        raise NoticeError(say("notice.scan", lang, file=path.name))
    from workplan_xlsx.notice.documents.plain_text import text_document

    return text_document(data, path.name, lang)


def _package(path: Path, lang: Lang) -> Document:
    from workplan_xlsx.notice.documents.docx_text import docx_document
    from workplan_xlsx.notice.documents.workbook import workbook_document

    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "OFD.xml" in names:
                raise NoticeError(say("notice.ofd", lang, file=path.name))
            if "xl/workbook.xml" in names:
                return workbook_document(package, path.name, lang)
            if "word/document.xml" not in names:
                raise NoticeError(say("notice.not_a_document", lang, file=path.name))
            return docx_document(package, path.name, lang)
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
        raise NoticeError(say("notice.damaged", lang, file=path.name)) from None


def _old_file(path: Path, data: bytes, lang: Lang) -> Document:
    """.doc, .wps, .rtf and .xls, by way of LibreOffice; an encrypted new file looks like an old one."""
    from workplan_xlsx.notice.documents.old_word import as_docx, as_xlsx

    if _ENCRYPTED in data:
        raise NoticeError(say("notice.password", lang, file=path.name))
    if _WORKBOOK in data:
        with as_xlsx(path, data, lang, ".xls") as converted:
            return _package(converted, lang)
    with as_docx(path, data, lang) as converted:
        return _package(converted, lang)


def _of_another_office(path: Path, data: bytes, lang: Lang) -> Document:
    """.odt, .ods and .xlsb, by way of LibreOffice."""
    from workplan_xlsx.notice.documents.old_word import as_docx, as_xlsx

    if _ODF_TEXT in data[:_HEAD]:
        with as_docx(path, data, lang, ".odt") as converted:
            return _package(converted, lang)
    with as_xlsx(path, data, lang, ".xlsb" if _XLSB in data else ".ods") as converted:
        return _package(converted, lang)


def _length(block: Block) -> int:
    return len(block) if isinstance(block, str) else sum(len(cell) for row in block.rows for cell in row)


def _lost_characters(blocks: tuple[Block, ...]) -> list[Finding]:
    """Where U+FFFD stands: a character that an earlier program could not write."""
    told: list[Finding] = []
    for number, block in enumerate(blocks, start=1):
        for line in [block] if isinstance(block, str) else block.lines():
            at = line.find(_LOST)
            if at >= 0 and len(told) < _MOST_LOST:
                around = line[max(at - 8, 0) : at + 9]
                told.append(found(Code.NOTICE_CHARACTER_LOST, line=number, around=around))
    return told


_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň"
_READING_AID = re.compile(rf"(?<=[\u4e00-\u9fff])[（(](?=[^）)]*[{_TONES}])[a-zɡü{_TONES}]{{1,8}}[)）]")


def tidy(line: str) -> str:
    """The line without outer blanks (full-width ones too), zero-width signs and reading aids: 區(qū)."""
    line = re.sub(r"[\u200b-\u200f\ufeff\u2060\u00ad]", "", line).replace("\xa0", " ").strip(" \t\u3000\r\n")
    return _READING_AID.sub("", line)
