"""What a file's bytes are: told by content, never by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from workplan_xlsx.books.returned import ole as ole
from workplan_xlsx.books.returned.unreadable import Unreadable
from workplan_xlsx.books.returned.zip_directory import Member, read_directory
from workplan_xlsx.domain.findings import Code

_TEXT_SAMPLE_BYTES = 4096


class Format(StrEnum):
    """What was recognised; the value is the entry of reading.toml that names it to a reader."""

    XLSX = "kind_xlsx"
    XLSB = "kind_xlsb"
    XLS = "kind_xls"
    ODS = "kind_ods"
    PASSWORD = "kind_password"
    EMPTY = "kind_empty"
    ZEROS = "kind_zeros"
    ZIP = "kind_zip"
    ARCHIVE = "kind_archive"
    MAIL = "kind_mail"
    WORD = "kind_word"
    SLIDES = "kind_slides"
    OLD_EXCEL = "kind_old_excel"
    XML_2003 = "kind_xml_2003"
    HTML = "kind_html"
    XML = "kind_xml"
    CSV = "kind_csv"
    TEXT = "kind_text"
    PDF = "kind_pdf"
    IMAGE = "kind_image"
    UNKNOWN = "kind_unknown"

    @property
    def is_zipped_workbook(self) -> bool:
        """Whether the gate for zipped workbooks applies."""
        return self in (Format.XLSX, Format.XLSB, Format.ODS)


_SIGNATURES = (
    (b"%PDF-", Format.PDF),
    (b"Rar!\x1a\x07", Format.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Format.ARCHIVE),
    (b"\x1f\x8b", Format.ARCHIVE),
    (b"\x89PNG", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"BM", Format.IMAGE),
    (b"II*\0", Format.IMAGE),
    (b"{\\rtf", Format.WORD),
)
_MAIL_BEGINS = re.compile(
    r"(?:received|return-path|delivered-to|from|to|subject|date|message-id|mime-version|content-type|x-[a-z-]+):"
)
_OLD_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00", re.DOTALL)
_LINES = re.compile(r"[^\r\n]+")
_SEPARATORS = ",;\t"


class Sniffed(NamedTuple):
    """What the bytes are, and of a zip its members."""

    format: Format
    members: tuple[Member, ...] = ()


def sniff(data: bytes) -> Sniffed:
    """Return what the bytes are.

    Raises:
        Unreadable: They begin as a zip or as an OLE container and break off or contradict themselves.
    """
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        members = read_directory(data)
        return Sniffed(_zipped(data, members), members)
    return Sniffed(_not_zipped(data))


def _not_zipped(data: bytes) -> Format:
    if not data:
        return Format.EMPTY
    if data.startswith(ole.SIGNATURE):
        return _contained(data)
    for signature, format_ in _SIGNATURES:
        if data.startswith(signature) and (signature != b"BM" or b"\0" in data[:32]):
            return format_
    if _OLD_BIFF.match(data):
        return Format.OLD_EXCEL
    if not data[:_TEXT_SAMPLE_BYTES].strip(b"\0"):
        return Format.ZEROS
    return _written(data)


def _zipped(data: bytes, members: tuple[Member, ...]) -> Format:
    known = _told_by_names(tuple([member.name for member in members]))
    return known or _open_document(data, members) or Format.ZIP


@lru_cache(maxsize=16)
def _told_by_names(members: tuple[str, ...]) -> Format | None:
    names = {name.lower() for name in members}
    if "xl/workbook.bin" in names:
        return Format.XLSB
    if any(name.startswith("word/") for name in names):
        return Format.WORD
    if any(name.startswith("ppt/") for name in names):
        return Format.SLIDES
    if "[content_types].xml" in names and "_rels/.rels" in names:
        return Format.XLSX
    return Format.XLSX if any(name.startswith("xl/") for name in names) else None


def _open_document(data: bytes, members: tuple[Member, ...]) -> Format | None:
    """OpenDocument keeps its type as plain text in its first member."""
    names = {member.name.lower() for member in members}
    first = members[0] if members else None
    if first is None or first.name != "mimetype" or first.packed > 200:
        return Format.ODS if {"content.xml", "meta-inf/manifest.xml"} <= names else None
    kind = data[first.begins : first.begins + first.packed]
    if b"opendocument.spreadsheet" in kind:
        return Format.ODS
    if b"opendocument.presentation" in kind:
        return Format.SLIDES
    return Format.WORD if b"opendocument.text" in kind else Format.ZIP


def _contained(data: bytes) -> Format:
    container = ole.Container(data)
    names = container.names
    if "encryptedpackage" in names:
        return Format.PASSWORD
    if "workbook" in names or "book" in names:
        return Format.XLS
    if "worddocument" in names:
        return Format.WORD
    if "__properties_version1.0" in names:
        return Format.MAIL
    return Format.SLIDES if "powerpoint document" in names else Format.UNKNOWN


def _written(data: bytes) -> Format:
    """Text of some kind, if its beginning can be decoded."""
    text = decoded(data[:_TEXT_SAMPLE_BYTES])
    if text is None:
        return Format.UNKNOWN
    begin = text.lstrip("\ufeff \t\r\n")[:1024].lower()
    if begin.startswith("<?xml") or begin.startswith("<workbook"):
        return Format.XML_2003 if "urn:schemas-microsoft-com:office:spreadsheet" in text else Format.XML
    if begin.startswith("<") and re.search(r"<(!doctype html|html|head|meta|table|body)\b", begin):
        return Format.HTML
    if _MAIL_BEGINS.match(begin) and "mime-version:" in text.lower():
        return Format.MAIL
    lines = _LINES.findall(text)[:5]
    separated = lines and any(all(sign in line for line in lines[:-1] or lines) for sign in _SEPARATORS)
    return Format.CSV if separated else Format.TEXT


def decoded(data: bytes) -> str | None:
    """Return the text in the encoding that Chinese offices use; None where it is no text.

    A character cut in two at the end is let pass: the bytes may be a sample.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: len(data) // 2 * 2].decode("utf-16", "replace")
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        for cut in range(4):
            try:
                return data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def refuse_unsupported(format_: Format) -> None:
    """Refuse what is no workbook that can be read.

    Raises:
        Unreadable: EMPTY_FILE, PASSWORD, DAMAGED, HOLDS_OTHER_FILES or NOT_A_WORKBOOK, with what it is.
    """
    if format_ in (Format.XLSX, Format.XLSB, Format.XLS, Format.ODS, Format.CSV):
        return
    code = {
        Format.EMPTY: Code.EMPTY_FILE,
        Format.PASSWORD: Code.PASSWORD,
        Format.ZEROS: Code.DAMAGED,
        Format.ARCHIVE: Code.HOLDS_OTHER_FILES,
        Format.MAIL: Code.HOLDS_OTHER_FILES,
    }.get(format_, Code.NOT_A_WORKBOOK)
    raise Unreadable(code, format_.value)
