"""Text files as offices save them: UTF-8, GB18030 or UTF-16, plain, Markdown or a saved web page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.words import Lang, say

_BREAKS = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "td", "th"}
_SILENT = {"script", "style", "head", "title", "noscript"}


def text_lines(data: bytes, name: str, lang: Lang) -> list[str]:
    """Return the lines of a text file.

    Raises:
        NoticeError: It is in none of the three encodings.
    """
    text = _decoded(data, name, lang)
    if re.match(r"\s*(<!doctype html|<html|<\?xml[^>]*>\s*<html)", text[:500], re.IGNORECASE):
        page = _Page()
        page.feed(text)
        text = "".join(page.parts)
    return [_plain(line) for line in text.splitlines()]


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


def _plain(line: str) -> str:
    """The line without Markdown's own signs; `1.` and 一、 are the document's and stay."""
    line = re.sub(r"^\s*#{1,6}\s+", "", line)
    return re.sub(r"\*\*(.+?)\*\*|__(.+?)__", lambda found: found[1] or found[2], line)


class _Page(HTMLParser):
    """The text of a saved page, a line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """A block begins a line."""
        self._silent += tag in _SILENT
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A block ends a line."""
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Text that a reader sees."""
        if not self._silent:
            self.parts.append(re.sub(r"\s*\n\s*", "", data))
