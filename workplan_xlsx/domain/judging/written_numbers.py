"""Numbers as clerks write them into a cell: taken where one reading exists, never guessed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_PERCENT_UNITS = {"%", "％"}


def is_percent(unit: str) -> bool:
    """Whether figures of this 计量单位 are percents, 0-100, for which Excel may store a hundredth."""
    return unit.strip() in _PERCENT_UNITS


def read_number(written: str, unit: str) -> Decimal | None:
    """Return the number that the text can only mean, in the target's unit; None where there is none.

    Taken: full-width digits, thousands separators in their places, blanks around, a percent sign where the
    unit is percent. Not taken: words (约, 万), other units, several numbers.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    if is_percent(unit) and text.endswith("%"):
        text = text[:-1].rstrip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return Decimal(text) if _PLAIN.fullmatch(text) else None
