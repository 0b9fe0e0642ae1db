"""The text of a .pdf that has text: page furniture removed, hard-wrapped lines joined."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.words import Lang, say

_STARTS = re.compile(
    r"^\s*([一二三四五六七八九十百]+、|[（(][一二三四五六七八九十]+[)）]|\d{1,3}\s*[.．、](?!\d)|第[一二三四五六七八九十]+[章条])"
)
_PAGE_NUMBER = re.compile(r"^\s*[-—–－]?\s*\d{1,4}\s*[-—–－]?\s*$")


def pdf_lines(path: Path, lang: Lang) -> list[str]:
    """Return the document's paragraphs.

    Raises:
        NoticeError: It is protected by a password, damaged, or holds pictures of text only.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as document:
            pages = [(page.extract_text() or "").splitlines() for page in document.pages]
    except (PDFPasswordIncorrect, PdfminerException, PDFException) as error:
        locked = "Password" in repr(error)
        raise NoticeError(
            say("notice.password" if locked else "notice.damaged", lang, file=path.name)
        ) from None
    if not any(line.strip() for page in pages for line in page):
        raise NoticeError(say("notice.scan", lang, file=path.name))
    return _joined(_without_furniture(pages))


def _without_furniture(pages: list[list[str]]) -> list[str]:
    """Lines that stand at the top or bottom of most pages, and page numbers, are not text."""
    edges = Counter(line.strip() for page in pages for line in {*page[:1], *page[-1:]})
    repeated = {line for line, count in edges.items() if count > max(2, len(pages) // 2)}
    return [
        unicodedata.normalize("NFKC", line) if re.search(r"[０-９]", line) else line
        for page in pages
        for line in page
        if line.strip() not in repeated and not _PAGE_NUMBER.match(line)
    ]


def _joined(lines: list[str]) -> list[str]:
    """A line that is as long as the page is wide goes on in the next one, unless that begins an item."""
    if not lines:
        return []
    full = max(len(line) for line in lines) * 0.8
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and not _STARTS.match(line):
            paragraphs[-1] += line.strip()
        else:
            paragraphs.append(line.strip())
        goes_on = len(line) >= full and not line.rstrip().endswith(("。", "）", ")"))
    return paragraphs
