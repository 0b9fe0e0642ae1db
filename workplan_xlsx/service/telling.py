"""What the service tells, to whoever listens: the terminal, the log, the coordinator."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?(?:1[3-9]\d{9}|0\d{2,3}[-－ ]?\d{7,8})(?![0-9A-Za-z])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened.

    Attributes:
        what: A stable word for programs: "round_done", "round_failed", "inbox" ...
        sentence: The same for a person.
        failed: Whether somebody should know that something did not go well.
        key: For what goes to the coordinator, once: the same key is never told to him twice; "" stays here.
        facts: For programs.
        traceback: Of a mistake in the program itself; only the log gets it.
    """

    what: str
    at: datetime
    sentence: str
    failed: bool = False
    key: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    traceback: str = ""


Tell = Callable[[Event], None]


def without_telephones(text: str) -> str:
    """The text with every telephone number blotted out: logs are copied to people who need not know them."""
    return _TELEPHONE.sub("***", text)
