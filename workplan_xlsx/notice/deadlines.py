"""By when, where an item says so in its text: 2023年底前, 10月底前, 到2025年."""

from __future__ import annotations

import re

_STATED = re.compile(
    r"(?:20\d\d年|今年|当年|本年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|上旬|中旬|下旬)?|年底|年末|上半年|[一二三四]季度末?|底)(?:之)?前"
    r"|到20\d\d年(?:\d{1,2}月)?(?:底|末)?"
)


def stated_deadline(text: str) -> str | None:
    """Return the first deadline that the text states, as printed; None when it states none."""
    found = _STATED.search(text)
    return found[0] if found else None
