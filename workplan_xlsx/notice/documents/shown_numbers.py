"""What a workbook's cell shows of the number in it: 0.065 as 6.5%, 45473 as 2024年6月30日, 5 as 5家."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite

from workplan_xlsx.domain.rounding import plain, shown_of_double

_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 22, 30, 31), "yyyy-m-d"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "yyyy-m"),
}
_LONGEST_CODE = 500
_QUOTED = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.')
_SCALES = re.compile(r"[0#?.],+(?![0#?])")
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_958_465


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format.

    Attributes:
        code: As written: 0.00%, yyyy-m-d, 0"家".
        from_1904: The workbook counts its days from 1904.
    """

    code: str
    from_1904: bool = False

    def shown(self, number: float) -> str | None:
        """Return what stands in the cell, the figure exact; None where the format shows another number."""
        section = self.code.split(";")[0]
        if len(section) > _LONGEST_CODE or not isfinite(number):
            return None
        bare = re.sub(r"\[[^\]]*\]", "", _QUOTED.sub("", section))
        if re.search(r"[yYdD]|[mM](?![sS:])", bare) and not re.search(r"[0#?]", bare):
            return self._day(number, bare.lower())
        if _SCALES.search(bare) or re.search(r"!\.", section):
            return None
        value = shown_of_double(number)
        before, after = _words_around(section)
        return f"{before}{plain(value * 100)}%" if "%" in bare else f"{before}{plain(value)}{after}"

    def _day(self, serial: float, code: str) -> str | None:
        if not 1 <= serial <= _LAST_SERIAL:
            return None
        day = (_FIRST_DAY_1904 if self.from_1904 else _FIRST_DAY) + timedelta(days=int(serial))
        year = f"{day.year}年" if "y" in code else ""
        return f"{year}{day.month}月" + (f"{day.day}日" if "d" in code else "")


def number_format(number: int, own: dict[int, str], *, from_1904: bool) -> NumberFormat:
    """Return the format of an id, among the workbook's own and the built-in ones."""
    return NumberFormat(own.get(number, _BUILT_IN.get(number, "")), from_1904)


def _words_around(section: str) -> tuple[str, str]:
    """The words that a format writes before and behind the number: 0.0"亿元"."""
    digits = re.search(r"[0#?]", _QUOTED.sub(lambda each: " " * len(each[0]), section))
    if digits is None:
        return "", ""
    told = [(each.start(), each[1] or each[2] or "") for each in _QUOTED.finditer(section)]
    before = "".join(words for at, words in told if at < digits.start())
    return before, "".join(words for at, words in told if at > digits.start())


def number_of(text: str) -> float | None:
    """The number that a cell stores; None where it stores none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and Decimal(text).is_finite() else None
