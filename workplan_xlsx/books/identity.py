"""How a form says whose it is, in three places; any one of them is enough to know it again.

The hidden sheet and the document properties hold the same four texts; the third place is the table itself: a
hidden column repeats them in every row. What people read is the visible head.
"""

from __future__ import annotations

from dataclasses import dataclass

HIDDEN_SHEET = "_wp"
PROPERTY_PREFIX = "workplan_"
KEYS = ("plan", "unit", "period", "version")
_BETWEEN = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIdentity:
    """Whose form it is, all texts: plan code, the unit's ledger name, `2023-06`, the ledger's version."""

    plan: str
    unit: str
    period: str
    version: str

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(key, text) in the order in which they are written."""
        return tuple((key, getattr(self, key)) for key in KEYS)

    @property
    def in_a_row(self) -> str:
        """The four texts as the hidden column of the table holds them."""
        return _BETWEEN.join(text.replace(_BETWEEN, " ") for _, text in self.pairs())


def identity_from_row(written: str) -> FormIdentity | None:
    """Read the hidden column's text back; None where it is none."""
    parts = written.split(_BETWEEN)
    return FormIdentity(**dict(zip(KEYS, parts, strict=True))) if len(parts) == len(KEYS) else None
