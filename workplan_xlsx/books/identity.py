"""How a form says whose it is, in three places; any one of them is enough to know it again.

The hidden sheet and the document properties hold the same four texts; the third place is the form itself:
its visible head and the task codes in 序号.
"""

from __future__ import annotations

from dataclasses import dataclass

HIDDEN_SHEET = "_wp"
PROPERTY_PREFIX = "workplan_"
KEYS = ("plan", "unit", "period", "version")


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
