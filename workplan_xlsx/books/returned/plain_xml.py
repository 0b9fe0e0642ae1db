"""Which parts are spelled as every office program spells them, so that a search can read them.

Excel, WPS, LibreOffice, openpyxl and xlsxwriter write rows, cells and shared texts in a few fixed shapes.
Where a part is made of nothing else, from its first byte to its last, one search says the same as a parser,
several times faster. Where a single byte does not fit, nothing is guessed: None sends it to the parser.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from workplan_xlsx.books.returned.quick_search import declares, holds
from workplan_xlsx.books.returned.same_parts import read_once

_NEVER = r"\x00-\x08\x0b-\x1f"
"""What XML forbids; and the carriage return, which a parser would change."""
SIGN = rf"[^<>{_NEVER}]"
ATTRIBUTES = rf'(?: [A-Za-z][\w.:]*+="[^"<>&{_NEVER}]*+")*+'
_OPENS = re.compile(
    rb'(?:<\?xml version="1\.0"(?: encoding="(?:UTF-8|utf-8)")?(?: standalone="(?:yes|no)")?\s*\?>)?\s*(?=<)'
)
_NO_CHARACTERS = ("\ufffe", "\uffff")
_ODD_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_ENTITY = re.compile(r"&(?:([a-z]+)|#([0-9]+)|#x([0-9A-Fa-f]+));")
_NUMBERED = re.compile(r"&#(x?)([0-9A-Fa-f]+);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ESCAPED = "&(?:amp|lt|gt|quot|apos);"
_SAID = rf"[^<>&]*+(?:{_ESCAPED}[^<>&]*+)*+"
_TOLD = rf'(?: [A-Za-z][A-Za-z0-9_.:]*+="[^"<>&]*+(?:{_ESCAPED}[^"<>&]*+)*+")*+'
_FORMULAS = rf"(?:<formula1>{_SAID}</formula1>)?+(?:<formula2>{_SAID}</formula2>)?+"
_HINTS = re.compile(
    rf"<hyperlink{_TOLD}/>"
    rf"|<dataValidation{_TOLD}(?:/>|>{_FORMULAS}</dataValidation>)"
    rf"|<(odd|even|first)(Header|Footer)>{_SAID}</\1\2>".encode()
)
"""Links, input messages and page margins' texts: nothing of them counts, and each form has its own."""
_MESSAGE = b"<dataValidation "
_TEXTS = re.compile(rb"<sst([^<>]*)>(.*)</sst>\s*", re.DOTALL)
_FIRST, _LAST, _T_AS_IT_IS = "<si><t>", "</t></si>", '<t xml:space="preserve">'
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n")
_T = '<t(?: xml:space="preserve")?+>%s</t>'
_LOOKS = "b|i|strike|condense|extend|outline|shadow|u|vertAlign|sz|color|rFont|family|charset|scheme"
_RUN = rf"<r>(?:<rPr>(?:<(?:{_LOOKS}){ATTRIBUTES}/>)*+</rPr>)?+{_T}</r>"
_EACH_RUN = re.compile(_RUN % f"({SIGN}*+)")
_ONE_PIECE, _RUNS = _T % f"({SIGN}*+)", f"((?:{_RUN % f'{SIGN}*+'})++)"
_TEXT = re.compile(f"<si>(?:{_ONE_PIECE}|{_RUNS})(?:<phoneticPr{ATTRIBUTES}/>)?+</si>")
"""A shared text, of one piece or in runs of different looks; how it is to be spoken is no part of it."""
_PROPERTY = (
    r'<property fmtid="[-{{}}0-9A-Fa-f]+" pid="[0-9]+" name="({0}*+)">'
    r"<vt:([a-z0-9]++)>({0}*+)</vt:\2></property>"
).format(rf'[^"<>&{_NEVER}]')
_EACH_PROPERTY = re.compile(_PROPERTY)
_PROPERTIES = re.compile(rf"<Properties{ATTRIBUTES}>(.*)</Properties>\s*", re.DOTALL)
_MAIN_IS_DEFAULT = b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


class TakenApart(NamedTuple):
    """A worksheet part without its rows and without hints, well-formed if the whole was; and the rows."""

    around: bytes
    rows: str


@read_once
def sheet_rows(content: bytes) -> TakenApart | None:
    """Take a worksheet part apart; None where the parser must see it whole."""
    if not _OPENS.match(content) or declares(content):
        return None
    begins, ends = content.find(_BEGIN) + len(_BEGIN), content.rfind(_END)
    if not len(_BEGIN) <= begins <= ends:
        return None
    around = _without_hints(content[:begins]) + _without_hints(content[ends:])
    rows = _decoded(content[begins:ends]) if around.count(b"<sheetData") == 1 else None
    return TakenApart(around, rows) if rows is not None else None


def _without_hints(around: bytes) -> bytes:
    """No hint goes on where a message begins: what stands between them was seen in other forms before."""
    first, *messages = around.split(_MESSAGE)
    return _of_hints(first) + b"".join([_of_hints(_MESSAGE + message) for message in messages])


@read_once
def _of_hints(piece: bytes) -> bytes:
    return _HINTS.sub(b"", piece)


def shared_texts(content: bytes) -> list[str] | None:
    """Return the shared texts of a part, runs joined; None where one has a phonetic guide."""
    begins = _OPENS.match(content)
    if begins is None or declares(content):
        return None
    found = _TEXTS.fullmatch(content, begins.end())
    if found is None or _MAIN_IS_DEFAULT not in found[1]:
        return None
    text = _decoded(found[2])
    if text is None or len(found[2].translate(None, _FORBIDDEN)) < len(found[2]):
        return None
    texts = _whole_texts(text) or _texts_in_runs(text)
    return [unentitied(each) for each in texts] if texts and "&" in text else texts


def _whole_texts(text: str) -> list[str] | None:
    """The texts where each is of one piece; None where anything else stands there: all signs are counted."""
    plain = text.replace(_T_AS_IT_IS, "<t>")
    if not plain.startswith(_FIRST) or not plain.endswith(_LAST):
        return None
    texts = plain[len(_FIRST) : -len(_LAST)].split(_LAST + _FIRST)
    signs = 4 * len(texts)  # of the four tags around each
    return texts if plain.count("<") == signs == plain.count(">") else None


def _texts_in_runs(text: str) -> list[str] | None:
    pieces = _TEXT.split(text)
    if any(pieces[::3]):  # what stands between two texts
        return None
    return [_joined(runs) if runs else whole for whole, runs in zip(pieces[1::3], pieces[2::3], strict=True)]


def _joined(runs: str) -> str:
    return "".join(_EACH_RUN.findall(runs))


def plain_properties(content: bytes) -> dict[str, str] | None:
    """Return the custom document properties of a part that is plainly spelled; None where it is not."""
    begins = _OPENS.match(content)
    text = _decoded(content[begins.end() :]) if begins and not declares(content) else None
    around = _PROPERTIES.fullmatch(text) if text is not None else None
    pieces = _EACH_PROPERTY.split(around[1]) if around else [""]
    if around is None or any(pieces[::4]) or len(set(pieces[1::4])) < len(pieces[1::4]):
        return None  # something between two of them, or a name that is there twice
    return dict(zip(pieces[1::4], pieces[3::4], strict=True))


def _decoded(content: bytes) -> str | None:
    """The text, if it is UTF-8 and what XML forbids in it is at most a control character: no SIGN."""
    if holds(content, b"]]>", b"]"):
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    if any(none in text for none in _NO_CHARACTERS):
        return None
    if b"&" in content and _ODD_ENTITY.search(text):
        return None
    if holds(content, b"&#", b"#") and not all(map(_is_allowed, _NUMBERED.findall(text))):
        return None
    return text


def _is_allowed(number: tuple[str, str]) -> bool:
    """Whether XML allows the character that is written as this number, with "x" before it or not."""
    code = int(number[1], 16 if number[0] else 10)
    return (
        code in (9, 10, 13)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )


def _code_of(entity: re.Match[str]) -> int:
    name, decimal, hexadecimal = entity.groups()
    if name:
        return ord(_NAMED[name])
    return int(decimal) if decimal else int(hexadecimal, 16)


def unentitied(text: str) -> str:
    """The text with the five names and the numbers of characters resolved, as they were allowed above."""
    return _ENTITY.sub(lambda entity: chr(_code_of(entity)), text) if "&" in text else text
