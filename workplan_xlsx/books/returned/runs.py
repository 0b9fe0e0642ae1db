"""A text in runs of different looks, and as what it is read: digits struck out or raised are apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

AS_USUAL = ("0", "false", "off", "baseline")
"""What a look of letters says where it is none."""
_IS_A_FIGURE = re.compile(r"\s*[+-]?[0-9０-９.,]+\S{0,20}\s*")


def as_read(runs: Sequence[str], looks_change: bool) -> str:
    """The runs joined; of a figure in which digits are struck out or raised they stay apart.

    98 struck out before 102 is no 98102, ten to the second no 102: with a blank inside it is no number.
    """
    whole_text = "".join(runs)
    apart = looks_change and len(runs) > 1 and _IS_A_FIGURE.fullmatch(whole_text)
    return " ".join(runs) if apart else whole_text


BETWEEN_RUNS = "\ufffe"
"""Parts runs while a text is read; XML knows no such character."""


def of_runs(text: str, looks_change: bool) -> str:
    """The text of runs that were parted so."""
    if BETWEEN_RUNS not in text:
        return text
    return as_read([each for each in text.split(BETWEEN_RUNS) if each], looks_change)
