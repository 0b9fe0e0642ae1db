"""Whether a person reads another figure in a cell than it holds: by its format, or by what is shown."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from workplan_xlsx.books.returned.number_formats import LONGEST_CODE, Section, is_date_section, section_for

_BRACKETED = re.compile(r"\[[^\]]*\]?")
_BLANKS = re.compile(r"_.")
_LITERAL = re.compile(r'"[^"]*"?|[\\!].', re.DOTALL)
_PLACE = re.compile(r"[0#?@]|General|通用格式", re.IGNORECASE)
_SCALING_COMMA = re.compile(r"[0#?],+(?![0#?])")
_SCALE_WORD = re.compile(r"[十百千万亿兆]|thousand|million|billion", re.IGNORECASE)
_DIGITS_OR_SCALE = re.compile(r"""["\\!]\s*(?:\d|[kKM]\s*(?:"|$))""")
"""The start of a literal that changes what is read: 0"000", 0"k"."""
_ENDS_IN_DIGIT = re.compile(r'\d\s*"?')
_POINT_OF_TEXT = re.compile(r"""[0#?](?:[\\!]\.|"\.")[0#?]""")
_DOUBT = re.compile(r"(?<!节)约|余(?!额)|‰")
_FILLED = re.compile(r"\*[\d.]")
_EXPONENT = re.compile(r"[eE][+-]")
_MINUS = "-−－"
_SIGN = re.compile(rf"[{_MINUS}(（负]")
_TRIANGLES = "△▲"
"""Below zero to accountants, a rise to others."""
_DASH = re.compile(rf"[{_MINUS}—–零无]")


def shows_otherwise(code: str, number: Decimal) -> bool:
    """Whether a reader sees another figure than this number in a cell of that format.

    12 shown as 12万, 12k, 12‰ or 约12; as 1200, by zeros that are text; as 120, all of it text; not shown at
    all; 12000 shown as 12; -5 shown as 5, by 0;0; 12 shown as 是, by [=12]"是";0.
    """
    if not code or len(code) > LONGEST_CODE:
        return False
    section = section_for(code, float(number))
    if section is None:
        return True
    if is_date_section(section.code):
        return False
    return _changes_figures(section.code) or _hides(section.code, number) or _mistakes_sign(section, number)


def tells_scale(shown: str) -> bool:
    """Whether a word like 万 stands in a format, or beside a number as it is shown."""
    return _SCALE_WORD.search(shown) is not None


@lru_cache(maxsize=500)
def _changes_figures(section: str) -> bool:
    """Whether it scales, or its text adds digits, a point, a scale or a doubt; m2 and km add none."""
    bare = _BRACKETED.sub("", section)
    without_text = _LITERAL.sub("", _BLANKS.sub("", bare))
    if _SCALING_COMMA.search(without_text) or without_text.count("%") > 1 or _FILLED.search(bare):
        return True
    if tells_scale(bare) or _DOUBT.search(bare) or _POINT_OF_TEXT.search(bare):
        return True
    return any(map(_DIGITS_OR_SCALE.match, _LITERAL.findall(bare))) or _digit_before(bare)


def _digit_before(section: str) -> bool:
    """Whether text that ends in a digit stands right before the number: "共1"0."""
    begins = _first_place(section)
    return begins > 0 and _ENDS_IN_DIGIT.search(section[:begins][-2:]) is not None


def _first_place(section: str) -> int:
    """Where the number begins; -1 where there is no place for one."""
    masked = _LITERAL.sub(lambda literal: " " * len(literal[0]), section)
    found = _PLACE.search(masked)
    return found.start() if found else -1


def _hides(section: str, number: Decimal) -> bool:
    """Whether nothing is seen of the number; a dash for zero says enough."""
    bare = _BLANKS.sub("", _BRACKETED.sub("", section))
    if not bare and section:  # a colour alone, or the kind of digits
        return False
    places = _PLACE.findall(_LITERAL.sub("", bare))
    is_zero = not number
    if is_zero and _DASH.search(bare):
        return False
    if not places or not set(places) <= {"#", "?"} or "/" in bare:
        return not places
    decimals = len(_PLACE.findall(bare.partition(".")[2]))
    return abs(number).scaleb(2 if "%" in bare else 0) < Decimal("0.5").scaleb(-decimals)


def _mistakes_sign(section: Section, number: Decimal) -> bool:
    """Whether a number below zero loses its sign, or another one is given one."""
    bare = _EXPONENT.sub("", _BLANKS.sub("", _BRACKETED.sub("", section.code)))
    if number < 0:
        return section.drops_sign and not _SIGN.search(bare)
    before = bare[: max(_first_place(bare), 0)].strip(' "\\!¥￥$')
    return number > 0 and before.endswith(tuple(_MINUS + _TRIANGLES))


_SHOWN_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?:[, '’\u00a0\u202f]\d{3})+|\d+)?(?P<part>\.\d*)?(?P<exponent>[eE][+-]?\d+)?"
)
_SCALE_BEHIND = re.compile(r"\s*[kKM](?![A-Za-z0-9])")


def is_shown_as(shown: str, number: Decimal, *, is_percent: bool) -> bool:
    """Whether the text that a cell shows is this number, rounded to the places that it shows.

    In percent 0.473 is shown as 47.3%.
    """
    text = unicodedata.normalize("NFKC", shown).strip()
    begins = re.search(r"\.?\d", text)
    if begins is None:
        return not number and _DASH.search(text) is not None
    found = _SHOWN_NUMBER.match(text, begins.start())
    if found is None or tells_scale(text) or _DOUBT.search(text):
        return False
    before, after = text[: found.start()], text[found.end() :]
    if _SCALE_BEHIND.match(after) or re.match(r"[^A-Za-z]*\d", after):  # 12k, 12 3/8; but 12 m2
        return False
    has_sign = _SIGN.search(before) is not None
    if (has_sign != (number < 0) and number) or before.endswith(tuple(_TRIANGLES)) or "%%" in after:
        return False
    return _is_rounded(found, abs(number) * (100 if is_percent else 1))


def _is_rounded(found: re.Match[str], number: Decimal) -> bool:
    """Whether the figure that is shown lies within half of its last place."""
    digits = re.sub(r"[^\d]", "", found["whole"] or "")
    exponent = int(found["exponent"][1:]) if found["exponent"] else 0
    if abs(exponent) > _LARGEST_EXPONENT:
        return False
    places = len((found["part"] or ".")[1:])
    figure = Decimal((digits or "0") + (found["part"] or "").rstrip(".")).scaleb(exponent)
    return abs(figure - number) <= Decimal("0.5000001").scaleb(exponent - places)


_LARGEST_EXPONENT = 400
