"""The one table of a form's columns and head labels, shared by the writer, the reader and the marked copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from workplan_xlsx.domain.model import bare
from workplan_xlsx.domain.returns import Answer, SignOff
from workplan_xlsx.domain.unseen import UNSEEN
from workplan_xlsx.words import Lang, say


class Kind(StrEnum):
    """What a column holds, for number format, alignment and reading."""

    CODE = "code"
    WORDS = "words"
    FIGURE = "figure"
    SHARE = "share"
    CHECK = "check"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form.

    Attributes:
        key: Entry `column_<key>` of form.toml is its header, `help_<key>` its input message; the keys of
            columns that a unit fills in are those of domain.returns.Answer.
        width: In characters of the default font; 0 hides the column.
    """

    key: str
    width: float
    kind: Kind

    @property
    def answer(self) -> Answer | None:
        """Which answer a unit gives here; None where the column is only shown."""
        return Answer(self.key) if self.key in _ANSWER_KEYS else None

    def header(self, lang: Lang) -> str:
        """The header's exact wording."""
        return say(f"form.column_{self.key}", lang)


_ANSWER_KEYS = {answer.value for answer in Answer}

COLUMNS = (
    Column("code", 8, Kind.CODE),
    Column("task", 13, Kind.WORDS),
    Column("name", 19, Kind.WORDS),
    Column("words", 12, Kind.WORDS),
    Column("unit", 8, Kind.WORDS),
    Column("target", 9.5, Kind.FIGURE),
    Column("planned", 9.5, Kind.FIGURE),
    Column("before", 9.5, Kind.FIGURE),
    Column("actual", 13, Kind.FIGURE),
    Column("share", 10, Kind.SHARE),
    Column("stage", 10.5, Kind.WORDS),
    Column("check", 13.5, Kind.CHECK),
    Column("progress", 32, Kind.WORDS),
    Column("difficulty", 18, Kind.WORDS),
    Column("request", 16, Kind.WORDS),
    Column("next_steps", 18, Kind.WORDS),
    Column("explanation", 16, Kind.WORDS),
    Column("mark", 0, Kind.MARK),
)
"""In the order in which we write them; a returned form is read by its headers, in any order.

The check stands before the text columns: it is on the screen of a small computer while figures are typed.
"""
INDEX = {column.key: index for index, column in enumerate(COLUMNS)}
"""0-based position of each column on the form as we write it."""

CODE_KEY = "code"
MARK_KEY = "mark"
"""The hidden column that says in every row whose form it is: it stays when a table is copied elsewhere."""
LAST_SHOWN = max(INDEX[column.key] for column in COLUMNS if column.width)
"""0-based position of the last column that a reader sees."""


def letter(key: str) -> str:
    """The column letter under which the form has the column; it has fewer than 26."""
    return chr(ord("A") + INDEX[key])


_HEAD_KEYS = ("unit", "period", "deadline", *(each.value for each in SignOff))


SHOWN_BEFORE_INPUTS = "▼"
"""What the form's number format puts before the header of a column to fill in."""

LONGEST_HEADER = 40
"""Characters of a text that may be a header, white space within included."""


def key_of_header(written: str) -> str | None:
    """Return the column that a header names, in either language, white space ignored; None if none.

    A file saved as it looks (.csv) has the sign in its text that the form shows before an input's header.
    """
    return _key_of_short_header(written) if len(written) <= LONGEST_HEADER + 1 else None


@lru_cache(maxsize=1024)
def _key_of_short_header(written: str) -> str | None:
    return _key_of("column", written.removeprefix(SHOWN_BEFORE_INPUTS))


@cache
def first_characters_of_headers() -> frozenset[str]:
    """The characters with which a header may begin; what begins otherwise is none."""
    return _wordings("column").firsts | {SHOWN_BEFORE_INPUTS[0]}


def key_of_label(written: str) -> str | None:
    """Return what a label of the head names (unit, period, deadline or a SignOff key); None if nothing."""
    return _key_of_short_label(written) if len(written) <= LONGEST_HEADER else _key_of_bare_label(written)


def _key_of_bare_label(written: str) -> str | None:
    return _key_of("label", bare(written).rstrip(":："))


_key_of_short_label = lru_cache(maxsize=1024)(_key_of_bare_label)
"""The heads of our forms are mostly the same."""


def _key_of(kind: str, written: str) -> str | None:
    """Nearly every text that is asked about is told to be none by its first character."""
    wordings = _wordings(kind)
    if written[:1] not in wordings.firsts or len(written) > LONGEST_HEADER:
        return None
    return wordings.keys.get(bare(written))


def head_label(key: str, lang: Lang) -> str:
    """The wording of a label of the head."""
    return say(f"form.label_{key}", lang)


def languages() -> Iterator[Lang]:
    """The languages in which forms are written."""
    yield "zh"
    yield "en"


@cache
def bare_headers(lang: Lang) -> frozenset[tuple[str, str]]:
    """Key and bare wording of each column in a language."""
    return frozenset((column.key, bare(column.header(lang))) for column in COLUMNS)


class _Wordings(NamedTuple):
    """Keys by their bare wording, and the characters with which one may begin, white space before it too."""

    keys: dict[str, str]
    firsts: frozenset[str]


@cache
def _wordings(kind: str) -> _Wordings:
    """Looked up when first asked for: the catalogue is not read at import."""
    keys = [column.key for column in COLUMNS] if kind == "column" else _HEAD_KEYS
    found = {bare(say(f"form.{kind}_{key}", lang)): key for lang in languages() for key in keys}
    return _Wordings(found, first_characters(found))


def first_characters(words: Iterable[str]) -> frozenset[str]:
    """The characters with which a text that says one of the words may begin: white space and the like too."""
    spaces = (chr(code) for code in range(0x3001) if chr(code).isspace())
    return frozenset(spaces).union(UNSEEN, *((word[0], word[0].upper()) for word in words))
