"""One thing that was looked at, and how it is."""

from __future__ import annotations

from dataclasses import dataclass

FINE, BAD, LOOK = "√", "×", "！"


@dataclass(frozen=True, slots=True)
class Health:
    """One thing that was looked at: √ fine, × must be mended, ！ worth a look."""

    state: str
    what: str
    told: str
