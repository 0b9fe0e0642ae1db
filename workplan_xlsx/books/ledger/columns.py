"""The sheets and columns of ledger.xlsx, and the words of its lists: one table for writer and reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TypeVar

from workplan_xlsx.domain.model import Bound, Joint, Mark, Nature, Stage
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say

Choice = TypeVar("Choice", bound=Enum)
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
FRONT, TASKS, TARGETS, UNITS, PLAN = "front", "tasks", "targets", "units", "plan"
REVIEWS, PROBLEMS, WAIVERS, REOPENINGS = "reviews", "problems", "waivers", "reopenings"
DECISIONS = (REVIEWS, PROBLEMS, WAIVERS, REOPENINGS)
"""Sheets that a ledger may do without: nothing is decided then."""
HEAD_KEYS = ("code", "title", "document_number", "issuer", "issued_on", "year")


class Holds(Enum):
    """What a column holds; decides its format and how it is read."""

    CODE = "code"
    TEXT = "text"
    NAMES = "names"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    PERIOD = "period"
    CHOICE = "choice"
    SHOWN = "shown"  # for the reader's eye; never read back


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column; its header is entry `<sheet>_<key>` of ledger.toml. `width` in characters.

    A ledger made before an optional column was thought of is read without it.
    """

    sheet: str
    key: str
    width: float
    holds: Holds
    optional: bool = False

    def header(self, lang: Lang) -> str:
        """The header's wording."""
        return say(f"ledger.{self.sheet}_{self.key}", lang)


def _columns(
    sheet: str, *told: tuple[str, float, Holds] | tuple[str, float, Holds, bool]
) -> tuple[LedgerColumn, ...]:
    return tuple(LedgerColumn(sheet, *each) for each in told)


SHEETS: Mapping[str, tuple[LedgerColumn, ...]] = {
    TASKS: _columns(
        TASKS,
        ("code", 9, Holds.CODE),
        ("section_ordinal", 6, Holds.CODE),
        ("section_title", 16, Holds.TEXT),
        ("number", 7, Holds.CODE),
        ("title", 20, Holds.TEXT),
        ("text", 60, Holds.TEXT),
        ("lead_units", 22, Holds.NAMES),
        ("support_units", 18, Holds.NAMES),
        ("reporting_unit", 16, Holds.CODE),
        ("due_on", 12, Holds.DATE),
        ("weight", 7, Holds.NUMBER),
        ("remark", 20, Holds.TEXT),
    ),
    TARGETS: _columns(
        TARGETS,
        ("code", 9, Holds.CODE),
        ("task_code", 9, Holds.CODE),
        ("name", 22, Holds.TEXT),
        ("words", 16, Holds.TEXT),
        ("bound", 8, Holds.CHOICE),
        ("value", 11, Holds.NUMBER),
        ("value_max", 11, Holds.NUMBER),
        ("unit", 9, Holds.CODE),
        ("nature", 9, Holds.CHOICE),
        ("stretch", 6, Holds.CHOICE),
        ("baseline", 9, Holds.NUMBER),
        ("weight", 7, Holds.NUMBER),
        ("mark", 8, Holds.CHOICE),
        ("on_form", 9, Holds.CHOICE),
        ("confirmed", 9, Holds.CHOICE),
        ("context", 40, Holds.TEXT),
        ("remark", 26, Holds.TEXT),
        ("joint", 12, Holds.CHOICE, True),
    ),
    UNITS: _columns(
        UNITS,
        ("name", 24, Holds.CODE),
        ("aliases", 24, Holds.NAMES),
        ("kind", 10, Holds.CODE),
        ("ranking_group", 12, Holds.CODE),
        ("ranked", 9, Holds.CHOICE),
        ("contact", 22, Holds.TEXT),
        ("email", 26, Holds.TEXT),
    ),
    # followed by one column for each period, headed by its spelling
    PLAN: _columns(
        PLAN,
        ("code", 9, Holds.CODE),
        ("shown_name", 24, Holds.SHOWN),
        ("starts_on", 10, Holds.MONTH),
        ("due_only_in", 11, Holds.PERIOD),
    ),
    REVIEWS: _columns(
        REVIEWS,
        ("code", 11, Holds.CODE),
        ("period", 11, Holds.PERIOD),
        ("value", 12, Holds.NUMBER),
        ("stage", 12, Holds.CHOICE),
        ("light", 12, Holds.CHOICE),
        ("who", 16, Holds.TEXT),
        ("why", 46, Holds.TEXT),
        ("decided_on", 13, Holds.DATE),
    ),
    PROBLEMS: _columns(
        PROBLEMS,
        ("number", 17, Holds.CODE),
        ("shown_unit", 18, Holds.SHOWN),
        ("shown_target", 22, Holds.SHOWN),
        ("shown_difficulty", 36, Holds.SHOWN),
        ("shown_request", 28, Holds.SHOWN),
        ("shown_state", 17, Holds.SHOWN),
        ("shown_told", 20, Holds.SHOWN),
        ("answer", 40, Holds.TEXT),
        ("responsible_unit", 18, Holds.CODE),
        ("due_on", 13, Holds.DATE),
        ("closed_on", 13, Holds.DATE),
        ("who", 12, Holds.TEXT),
    ),
    WAIVERS: _columns(
        WAIVERS,
        ("rule", 16, Holds.CODE),
        ("unit", 22, Holds.CODE),
        ("target", 11, Holds.CODE),
        ("until", 13, Holds.DATE),
        ("who", 16, Holds.TEXT),
        ("why", 50, Holds.TEXT),
    ),
    REOPENINGS: _columns(
        REOPENINGS,
        ("period", 11, Holds.PERIOD),
        ("unit", 22, Holds.CODE),
        ("who", 16, Holds.TEXT),
        ("why", 50, Holds.TEXT),
        ("decided_on", 13, Holds.DATE),
    ),
}


def sheet_name(sheet: str, lang: Lang) -> str:
    """The name on the sheet's tab."""
    return say(f"ledger.sheet_{sheet}", lang)


def bare(written: str) -> str:
    """What a header or a list value says, white space and case ignored."""
    return "".join(written.split()).casefold()


@cache
def key_by_header(sheet: str) -> dict[str, str]:
    """Column keys by their bare wording in either language."""
    return {bare(column.header(lang)): column.key for lang in LANGUAGES for column in SHEETS[sheet]}


@cache
def head_key_by_label() -> dict[str, str]:
    """Keys of the plan's head by their bare label in either language."""
    return {bare(say(f"ledger.head_{key}", lang)): key for lang in LANGUAGES for key in HEAD_KEYS}


def choice_word(chosen: Enum, lang: Lang) -> str:
    """The list word of a bound, nature or mark; "" for no mark."""
    kind = type(chosen).__name__.lower()
    return "" if chosen is Mark.NONE else say(f"ledger.{kind}_{chosen.name.lower()}", lang)


def choice_words(kind: type[Enum], lang: Lang) -> tuple[str, ...]:
    """All list words of the kind, in order."""
    return tuple(word for each in kind if (word := choice_word(each, lang)))


@cache
def _by_word(kind: type[Choice]) -> dict[str, Choice]:
    return {
        bare(choice_word(each, lang)): each for each in kind for lang in LANGUAGES if choice_word(each, lang)
    }


def chosen_by_word(kind: type[Choice], written: str) -> Choice | None:
    """What a list word means, in either language; a bound also by its sign (>=). None if it is none."""
    found = _by_word(kind).get(bare(written))
    if found is None and kind is Bound:
        return next((each for each in kind if each.value == bare(written)), None)
    return found


YES_OR_NO = ("yes", "no")
CONFIRMED_OR_NOT = ("confirmed_yes", "confirmed_no")


def pair_words(pair: tuple[str, str], lang: Lang) -> tuple[str, str]:
    """The words for yes and for no of such a column."""
    return say(f"ledger.{pair[0]}", lang), say(f"ledger.{pair[1]}", lang)


def truth_by_word(pair: tuple[str, str], written: str) -> bool | None:
    """Whether the word says yes, in either language; None if it says neither."""
    for lang in LANGUAGES:
        yes, no = pair_words(pair, lang)
        if bare(written) in (bare(yes), bare(no)):
            return bare(written) == bare(yes)
    return None


# Columns with a list: an enumeration, or a pair of words.
LISTS: Mapping[tuple[str, str], type[Enum] | tuple[str, str]] = {
    (TARGETS, "bound"): Bound,
    (TARGETS, "nature"): Nature,
    (TARGETS, "mark"): Mark,
    (TARGETS, "joint"): Joint,
    (REVIEWS, "stage"): Stage,
    (REVIEWS, "light"): TrafficLight,
    (TARGETS, "stretch"): YES_OR_NO,
    (TARGETS, "on_form"): YES_OR_NO,
    (TARGETS, "confirmed"): CONFIRMED_OR_NOT,
    (UNITS, "ranked"): YES_OR_NO,
}


def list_words(column: LedgerColumn, lang: Lang) -> tuple[str, ...]:
    """The words that the column's dropdown offers; empty where it has none."""
    kind = LISTS.get((column.sheet, column.key))
    if kind is None:
        return ()
    return pair_words(kind, lang) if isinstance(kind, tuple) else choice_words(kind, lang)
