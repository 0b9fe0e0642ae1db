"""Which sheets are certainly not the form: they are noted, and their cells are not taken.

A clerk may leave a database of a million cells beside his form. A sheet whose texts name neither enough
columns of ours nor an identity cannot be a table that counts, and nothing of it would be used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from workplan_xlsx.books.columns import first_characters_of_headers, key_of_header
from workplan_xlsx.books.identity import KEYS
from workplan_xlsx.books.returned.identity_marks import ENOUGH_KEYS, first_characters_of_keys
from workplan_xlsx.books.returned.plain_xml import ATTRIBUTES, SIGN, unentitied
from workplan_xlsx.books.returned.same_parts import read_once
from workplan_xlsx.books.returned.table import HEADERS_OF_A_TABLE

_BEGINNING = 6_000
"""Characters of the rows in which a form's headers usually stand."""
_SHARED_TEXT = ' t="s"'
_POINTS_TO_TEXT = re.compile(rf"{_SHARED_TEXT}[^<>]*><v>0*([0-9]+)</v>")
_INLINE = re.compile(r"<is><t[^<>]*>([^<]*)</t></is>")
_COMPUTED_TEXT = ' t="str"'
_HOLDS = (
    rf"(?:<f{ATTRIBUTES}(?:/>|>{SIGN}*+</f>))?+"
    r"(?:<v>[^<>&\x00-\x08\x0b-\x1f]*+</v>|<v/>)?+"
    rf"(?:<is><t{ATTRIBUTES}>{SIGN}*+</t></is>)?+"
)
_SEARCHED = re.compile(rf"(?:<c{ATTRIBUTES}(?:/>|>{_HOLDS}</c>)|<row{ATTRIBUTES}/?>|</row>)*+")
"""Rows in which every text of a cell is found by the two searches above, and by no other way."""


class Headers:
    """Knows which shared texts of a workbook name our columns, and which an identity."""

    def __init__(self, texts: Sequence[str]) -> None:
        firsts = first_characters_of_headers() | first_characters_of_keys()
        may_be = [(index, text) for index, text in enumerate(texts) if text[:1] in firsts]
        self._columns = {str(index) for index, text in may_be if key_of_header(text)}
        self._keys = {str(index) for index, text in may_be if _names_identity(text)}

    def look_at(self, rows: str) -> Looks:
        """What the rows may be."""
        if len(rows) > _BEGINNING and self._names_table(_found_texts(rows[:_BEGINNING])):
            return Looks.TABLE
        texts = _texts_of(rows)
        if self._names_table(texts) or _may_hold_others(rows, texts.pointing):
            return Looks.TABLE
        names_unit = _named(texts, self._keys, _names_identity) >= len(ENOUGH_KEYS)
        return Looks.IDENTITY if names_unit else Looks.NEITHER

    def _names_table(self, texts: _Texts) -> bool:
        return _named(texts, self._columns, key_of_header) >= HEADERS_OF_A_TABLE


class Looks(Enum):
    """What a sheet may be, by the texts that it holds."""

    TABLE = auto()
    IDENTITY = auto()
    NEITHER = auto()


def _names_identity(text: str) -> bool:
    return text.strip() in KEYS


class _Texts(NamedTuple):
    """The texts of a sheet's rows: which shared ones they point to, and those that stand in the cells.

    Attributes:
        pointing: How many cells point to a shared text.
    """

    pointing: int
    pointed_to: frozenset[str]
    inline: frozenset[str]


def _found_texts(rows: str) -> _Texts:
    pointed_to = _POINTS_TO_TEXT.findall(rows)
    inline = _INLINE.findall(rows) if "<is>" in rows else ()
    return _Texts(len(pointed_to), frozenset(pointed_to), frozenset(map(unentitied, inline)))


_texts_of = read_once(_found_texts)


@read_once
def _may_hold_others(rows: str, pointing: int) -> bool:
    """Whether texts may stand there in a spelling that is not searched: XML allows many."""
    if _COMPUTED_TEXT in rows or rows.count(_SHARED_TEXT) != pointing:
        return True
    return _SEARCHED.fullmatch(rows) is None


def _named(texts: _Texts, shared: set[str], names: Callable[[str], object]) -> int:
    """How many different texts are such names."""
    return len(texts.pointed_to & shared) + sum(1 for text in texts.inline if names(text))
