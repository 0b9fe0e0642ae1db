"""A published file -> its lines of text in reading order; what cannot be read is said in one sentence."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.blocks import Block
from workplan_xlsx.words import Lang, say

LARGEST_BYTES = 60 * 2**20
_LEGACY = {b"\xd0\xcf\x11\xe0": "notice.legacy_word", b"{\\rt": "notice.legacy_word"}


def read_blocks(path: Path, lang: Lang) -> list[Block]:
    """Return the document's paragraphs and tables in reading order, automatic numbering written out.

    Raises:
        NoticeError: The file is missing, too large, empty, damaged, a scan, or of a kind that is not read.
    """
    try:
        if path.is_dir():
            raise NoticeError(say("notice.is_a_folder", lang, file=path.name))
        if path.stat().st_size > LARGEST_BYTES:
            raise NoticeError(say("notice.too_large", lang, file=path.name, limit=LARGEST_BYTES // 2**20))
        data = path.read_bytes()
    except OSError as error:
        facts = {"file": path.name, "why": error.strerror or error}
        raise NoticeError(say("notice.cannot_open", lang, **facts)) from None
    if not data.strip():
        raise NoticeError(say("notice.empty", lang, file=path.name))
    return [tidy(block) if isinstance(block, str) else block for block in _by_content(path, data, lang)]


def _by_content(path: Path, data: bytes, lang: Lang) -> Sequence[Block]:
    """What the bytes are decides, not what the file is called."""
    if data.startswith(b"PK"):
        return _docx(path, lang)
    if data.startswith(b"%PDF"):
        from workplan_xlsx.notice.documents.pdf_text import pdf_lines

        return pdf_lines(path, lang)
    legacy = _LEGACY.get(data[:4])
    if legacy:
        raise NoticeError(say(legacy, lang, file=path.name))
    if data[:8].startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        raise NoticeError(say("notice.scan", lang, file=path.name))
    from workplan_xlsx.notice.documents.plain_text import text_lines

    return text_lines(data, path.name, lang)


def _docx(path: Path, lang: Lang) -> Sequence[Block]:
    from workplan_xlsx.notice.documents.docx_text import docx_lines

    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "OFD.xml" in names:
                raise NoticeError(say("notice.ofd", lang, file=path.name))
            if "word/document.xml" not in names:
                raise NoticeError(say("notice.not_a_document", lang, file=path.name))
            return docx_lines(package, path.name, lang)
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
        raise NoticeError(say("notice.damaged", lang, file=path.name)) from None


_READING_AID = re.compile(
    r"(?<=[\u4e00-\u9fff])[（(](?=[^）)]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň])[a-zɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňü]{1,8}[)）]"
)


def tidy(line: str) -> str:
    """The line without outer blanks (full-width ones too), zero-width signs and reading aids: 區(qū)."""
    line = re.sub(r"[\u200b-\u200f\ufeff\u2060]", "", line).replace("\xa0", " ").strip(" \t\u3000\r\n")
    return _READING_AID.sub("", line)
