"""What a notice (通知) says, as read: before the coordinator has confirmed it in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.model import Bound, Nature

# How sure the reading is of a target, by what it doubts.
_CONFIDENCE_PCT = {
    "": 95,
    "doubt_many_years": 80,
    "doubt_name": 75,
    "doubt_measure": 70,
    "doubt_owner": 60,
    "doubt_note": 50,
    "doubt_duration": 70,
    "doubt_each": 60,
    "doubt_stage": 60,
    "doubt_part_of_year": 50,
    "doubt_chinese": 60,
    "doubt_ordinal": 50,
    "doubt_no_unit": 50,
    "doubt_relative": 50,
    "doubt_external": 50,
    "doubt_clear": 50,
}


class Kind(StrEnum):
    """Whether a quantity in the text binds somebody."""

    TARGET = "target"
    DESCRIPTIVE = "descriptive"  # a project's size, a policy threshold, a subsidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One quantity of an item's text.

    Attributes:
        text: As printed, with its bound words: "不低于70万亩".
        what: A short name of what is measured.
        value: As written; 万/亿 stay in `unit`. None for a relative or externally set one.
        doubt: Why a person should look at it, in the catalogue's words (key of notice.toml); empty: sure.
        reason: Why it only describes, as a key of notice.toml; empty for a target.
        context: The clause around it, as printed.
    """

    text: str
    what: str
    op: Bound | None
    value: Decimal | None
    value_max: Decimal | None
    unit: str
    nature: Nature
    stretch: bool
    kind: Kind
    doubt: str = ""
    reason: str = ""
    context: str = ""

    @property
    def is_measured_target(self) -> bool:
        """Whether it binds somebody and states a value."""
        return self.kind is Kind.TARGET and self.value is not None

    @property
    def confidence_pct(self) -> int:
        """How sure the reading is, 0-100: a measure for where to look first, not a probability."""
        return _CONFIDENCE_PCT.get(self.doubt, 60) if self.kind is Kind.TARGET else 90


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLeft:
    """A number of the text that is no quantity: a year, a code, a slogan.

    Attributes:
        text: As printed.
        reason: Why, as a key of notice.toml.
        context: The clause around it, as printed.
    """

    text: str
    reason: str
    context: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter of the notice: ordinal as printed ("一", nested "二/一") and title."""

    ordinal: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTask:
    """A numbered item. `text` is the item's whole text without number, title and owner bracket.

    Attributes:
        targets: Its quantities in the text's order, those that only describe included.
        left: Its other numbers, each with the reason why it is no quantity.
        quarters: What a table plans for each quarter (1-4), where it has columns of quarters.
    """

    section_ordinal: str
    number: str
    title: str
    text: str
    lead_units: tuple[str, ...]
    support_units: tuple[str, ...]
    deadline: str | None
    targets: tuple[Quantity, ...]
    left: tuple[NumberLeft, ...] = ()
    quarters: tuple[tuple[int, tuple[Quantity, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as read. Fields that the document does not state are empty or None.

    Attributes:
        general: Quantities outside of all items: goals of the whole plan, which no unit is named for.
        left: Numbers outside of all items that are no quantities.
    """

    title: str
    document_number: str
    issuer: str
    issued_on: date | None
    sections: tuple[Section, ...]
    tasks: tuple[NoticeTask, ...]
    general: tuple[Quantity, ...] = ()
    left: tuple[NumberLeft, ...] = ()
    findings: tuple[Finding, ...] = ()
