"""By when, where an item says so in its text: 2023年底前, 10月底前, 到2025年."""

from __future__ import annotations

import re

_STATED = re.compile(
    r"(?:20\d\d年|今年|当年|本年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|上旬|中旬|下旬)?|年底|年末|上半年|[一二三四]季度末?|底)(?:之)?前"
    r"|到20\d\d年(?:\d{1,2}月)?(?:底|末)?"
)
_MONTH = re.compile(r"(\d{1,2})月\D*前$")


def stated_deadline(text: str) -> str | None:
    """Return the deadline that the text states, as printed; None when it states none.

    Of several the first, but of stages (3月底前…；6月底前…；11月底前…) the last: then all is to be done.
    """
    found = [each[0] for each in _STATED.finditer(text)]
    months = [match[1] if (match := _MONTH.match(each)) else "" for each in found]
    if len(found) > 1 and all(months) and sorted(months, key=int) == months:
        return found[-1]
    return found[0] if found else None
