"""The texts of an .xlsx that cells point to."""

from __future__ import annotations

import re
from typing import NamedTuple

from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.plain_xml import shared_texts
from workplan_xlsx.books.returned.runs import AS_USUAL, as_read
from workplan_xlsx.books.returned.unreadable import damaged
from workplan_xlsx.books.returned.xml_pass import Attributes, Nesting, named, placed, run

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SharedTexts(NamedTuple):
    """The texts that cells point to, and whether a search read them that had to fit from end to end."""

    texts: list[str]
    plain: bool


def read_shared_texts(package: Package, part: str) -> SharedTexts:
    """The texts that cells point to, runs joined, phonetic guides left out; none when there is no part."""
    content = package.part(part) if part else None
    if content is None:
        return SharedTexts([], plain=True)
    found = None if any(look in content for look in _LOOKS_OF_A_RUN) else shared_texts(content)
    if found is None:
        return SharedTexts(_parsed_texts(content, part), plain=False)
    may_be_escaped = any(sign in content for sign in _MAY_MAKE_AN_ESCAPE)
    return SharedTexts([unescaped(text) for text in found] if may_be_escaped else found, plain=True)


def _parsed_texts(content: bytes, part: str) -> list[str]:
    texts: list[str] = []
    nesting = Nesting(part, _TEXTS, named("sst", "si", "r"))  # t stands in a phonetic guide as well
    runs: list[str] = []
    pieces: list[str] = []
    collects = looks_change = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal collects, looks_change
        local = nesting.enter(name)
        if local == "t":
            collects = True
        elif collects:
            raise damaged("xml", name=part)
        elif local in ("strike", "vertAlign") and attributes.get("val") not in AS_USUAL:
            looks_change = True

    def end(_: str) -> None:
        nonlocal collects, looks_change
        local = nesting.leave()
        if local == "t":
            collects = False
            runs.append("".join(pieces))
            pieces.clear()
        elif local == "si":
            texts.append(unescaped(as_read(runs, looks_change)))
            runs.clear()
            looks_change = False

    def text(piece: str) -> None:
        if collects:
            pieces.append(piece)

    run(content, part, start=start, end=end, text=text)
    return texts


_TEXTS = placed("/sst", "sst/si", "si/t", "si/r", "r/t", "r/rPr", "rPr/strike", "rPr/vertAlign")
_LOOKS_OF_A_RUN = (b"strike", b"vertAlign")
_MAY_MAKE_AN_ESCAPE = (b"_x", b"<r>", b"&#")
"""As it is, over two runs, or with one of its signs written as a number."""


def unescaped(text: str) -> str:
    """The text with _x000D_ and the like turned into the characters that they stand for."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if not "\ud800" <= character <= "\udfff" else "\ufffd"
