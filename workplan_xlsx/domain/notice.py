"""What a notice (通知) says, as read: before the coordinator has confirmed it in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.model import Bound, Nature


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
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter of the notice: ordinal as printed ("一", nested "二/一") and title."""

    ordinal: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTask:
    """A numbered item. `text` is the item's whole text without number, title and owner bracket."""

    section_ordinal: str
    number: str
    title: str
    text: str
    lead_units: tuple[str, ...]
    support_units: tuple[str, ...]
    deadline: str | None
    targets: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as read. Fields that the document does not state are empty or None."""

    title: str
    document_number: str
    issuer: str
    issued_on: date | None
    sections: tuple[Section, ...]
    tasks: tuple[NoticeTask, ...]
    findings: tuple[Finding, ...] = ()
