"""How strictly a workspace judges: which rules are off, on trial or in force, and where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Partial(StrEnum):
    """What becomes of the clean rows of a form that has to go back."""

    HOLD = "hold"  # nothing of it counts until it is right
    MERGE = "merge"  # they count meanwhile, marked provisional


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSettings:
    """What workplan.toml says in [checks].

    Attributes:
        off: Codes (or names of own rules) that are not asked at all.
        trial: Those that only make notes.
        in_force: Those that we ship on trial and that count here.
        unchanged_periods: From how many equal periods on UNCHANGED asks.
        jump_factor: From which multiple on TENFOLD asks.
        own: File of the workspace's own rules; "" for none.
    """

    off: frozenset[str] = frozenset()
    trial: frozenset[str] = frozenset()
    in_force: frozenset[str] = frozenset()
    partial: Partial = Partial.HOLD
    unchanged_periods: int = 3
    jump_factor: int = 10
    own: str = ""
