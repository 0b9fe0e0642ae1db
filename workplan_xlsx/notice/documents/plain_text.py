"""Text files as offices save them: UTF-8, GB18030 or UTF-16; plain, Markdown or a saved web page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.blocks import Document
from workplan_xlsx.words import Lang, say

_WEB_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<!doctype[^>]*html|<html|<body|<div|<table)",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(r"\s*#{1,6}\s+(.*?)\s*#*")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ESCAPED = re.compile(r"\\([.()\[\]*_#+|-])")


def text_document(data: bytes, name: str, lang: Lang) -> Document:
    """Return the lines of a text file, the paragraphs and tables of a web page.

    Raises:
        NoticeError: It is in none of the three encodings.
    """
    text = _decoded(data, name, lang)
    if _WEB_PAGE.match(text[:2000]):
        from workplan_xlsx.notice.documents.web_page import page_document

        return page_document(text, lang)
    return Document(tuple(_lines(text)))


def _decoded(data: bytes, name: str, lang: Lang) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NoticeError(say("notice.encoding", lang, file=name))


def _lines(text: str) -> Iterator[str]:
    """The lines without Markdown's own signs; `1.` and 一、 are the document's and stay."""
    for line in text.replace("\f", "\n").splitlines():
        heading = _HEADING.fullmatch(line)
        bare = heading[1] if heading else re.sub(r"^\s*>\s?", "", line)
        bare = _EMPHASIS.sub(r"\2", bare)
        yield _ESCAPED.sub(r"\1", _LINK.sub(r"\1", bare))
