"""One grammar for quantities: bound word, number, scale, measure: 不低于70万亩, 3550余场, 1-2个."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workplan_xlsx.domain.model import Bound
from workplan_xlsx.notice.figures.bounds import (
    AFTER,
    DENIED_BEFORE,
    IMPROVES,
    INCLUDING,
    NOT_PRINTED,
    bound_of,
    word_before,
)
from workplan_xlsx.notice.figures.measures import MEASURE, NEVER_A_MEASURE, SCALE, SHARE, UNLISTED
from workplan_xlsx.notice.glyphs import folded
from workplan_xlsx.notice.numerals import read_chinese_amount

_ARABIC = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.])|\d{1,3}(?:[ \u2009\u202f]\d{3})+(?![\d.])|\d+(?:\.\d+)?"
)
_CHINESE = "〇零一二三四五六七八九十百千万亿两"
_CHINESE_NUMBER = re.compile(rf"[{_CHINESE}]+(?:点[〇零一二三四五六七八九]+)?")
_PER_HUNDRED = re.compile(rf"(百|千)分之([{_CHINESE}]+(?:点[〇零一二三四五六七八九]+)?)")
_RANGE = re.compile(r"\s*(?:-|—|–|~|～|－|至|到)\s*(?=\d)")
_CHINESE_RANGE = re.compile(rf"(?:-|—|~|～|至|到)(?=[{_CHINESE}])")
_RATIO = re.compile(r"\s*[:∶：比]\s*(?=\d)")
_MORE = re.compile(r"余|多(?!个|种|元|项|家|次)|多(?=[个种元项家次])|来(?=[个家人户名])")
_OF_SOMETHING = re.compile(rf"({DENIED_BEFORE})[^，,。；;、\d]{{2,24}}的\s*$")
_FOR_EACH = re.compile(r"((?:提高|提升|增加)[到至]|达到|不低于)(?:每人)?每[人月年]每?[人月年]?$")
_TO_A_YEAR = re.compile(r"((?:提高|提升|增长|增加|扩大|上升|下降|降低|减少)[到至])20\d\d年(?:底|末)?的?\s*$")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One number of a text with what belongs to it: where it stands, as printed, and what it says.

    Attributes:
        start, end: 0-based, in the text; bound words are inside.
        before: The bound word before it, "" when there is none.
        after: The bound word behind it.
        unit: Scale and measure, e.g. 万亩; "" where only a number stands; of the ratio 1:3 it is 1:N.
        in_chinese: Written in Chinese numerals.
        is_listed: The measure is a known one.
    """

    start: int
    end: int
    text: str
    bound: Bound
    before: str
    after: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    in_chinese: bool = False
    is_listed: bool = True
    more: bool = False


def find_phrases(text: str) -> Iterator[Phrase]:
    """Yield every number of the text with what belongs to it, in order.

    Chinese numerals are yielded only with a measure behind them: 三个, 两千多家, 百分之二十.
    """
    flat = folded(text).translate(_HALF_WIDTH)
    at = 0
    while at < len(flat):
        found = _phrase_at(text, flat, at)
        if found is None:
            at += 1
        else:
            yield found
            at = found.end


def _phrase_at(text: str, flat: str, at: int) -> Phrase | None:
    if flat[at].isdecimal():
        return _arabic(text, flat, at)
    share = _PER_HUNDRED.match(flat, at)
    if share:
        value = read_chinese_amount(share[2])
        unit = "%" if share[1] == "百" else "‰"
        return (
            None if value is None else _made(text, flat, at, share.end(), value, None, unit, in_chinese=True)
        )
    if flat[at] in _CHINESE and flat[at - 1 : at] != "/":
        return _chinese(text, flat, at)
    return None


def _exact(digits: str) -> Decimal:
    """The number as printed, its thousands parted by commas or blanks."""
    return Decimal(re.sub(r"[, \u2009\u202f]", "", digits))


def _arabic(text: str, flat: str, at: int) -> Phrase:
    number = _ARABIC.match(flat, at)
    assert number
    value = _exact(number[0])
    scanner = _Tail(flat, number.end())
    low_unit = scanner.unit()
    if low_unit == "" and (ratio := _RATIO.match(flat, number.end())):
        second = _ARABIC.match(flat, ratio.end())
        assert second
        unit = f"{number[0]}:N"
        return _made(text, flat, at, second.end(), _exact(second[0]), None, unit)
    high = _high_end(flat, scanner, low_unit)
    if high is None:
        return _made(
            text, flat, at, scanner.at, value, None, low_unit, more=scanner.more, listed=scanner.listed
        )
    top, tail, unit = high
    return _made(text, flat, at, tail.at, value, top, unit, more=tail.more, listed=tail.listed)


def _high_end(flat: str, scanner: _Tail, low_unit: str) -> tuple[Decimal, _Tail, str] | None:
    """The upper end of a range, if one follows and is counted in the same: 1-2个, 5%-8%, 10万—20万元."""
    parting = _RANGE.match(flat, scanner.at)
    number = _ARABIC.match(flat, parting.end()) if parting else None
    if number is None:
        return None
    tail = _Tail(flat, number.end())
    unit = tail.unit()
    if low_unit and not (unit == low_unit or unit.startswith(low_unit)):
        return None
    return _exact(number[0]), tail, unit


def _chinese(text: str, flat: str, at: int) -> Phrase | None:
    number = _CHINESE_NUMBER.match(flat, at)
    assert number
    end = number.end()
    if end - at > 1 and number[0][-1] in "万亿" and not re.search("[万亿]", number[0][:-1]):
        end -= 1  # 三千五百万元: the scale stays in the unit, as after digits
    value, top = read_chinese_amount(flat[at:end]), None
    parting = _CHINESE_RANGE.match(flat, end)
    if parting and (second := _CHINESE_NUMBER.match(flat, parting.end())):
        top = read_chinese_amount(second[0])
        end = second.end()
    tail = _Tail(flat, end)
    unit = tail.unit(listed_only=True)
    if value is None or not unit:
        return None
    return _made(text, flat, at, tail.at, value, top, unit, in_chinese=True, more=tail.more)


class _Tail:
    """Reads what stands behind a number: 余, scale, measure."""

    def __init__(self, flat: str, at: int) -> None:
        self.at = at
        self.more = False
        self.listed = True
        self._flat = flat

    def unit(self, *, listed_only: bool = False) -> str:
        """Return scale and measure, "" for none; `at` then stands behind them."""
        start = self._skip_blanks()
        self._skip_more()
        measure = MEASURE.match(self._flat, self.at)
        scale = None if measure and len(measure[0]) > 1 else SCALE.match(self._flat, self.at)
        if scale:
            self.at = scale.end()
            self._skip_more()
            measure = MEASURE.match(self._flat, self._skip_blanks())
        told = (scale[0] if scale else "") + self._measure(measure, listed_only=listed_only)
        if not told:
            self.at = start
            self.more = False
        return told

    def _measure(self, measure: re.Match[str] | None, *, listed_only: bool) -> str:
        if measure:
            self.at = measure.end()
            return measure[0]
        unlisted = UNLISTED.match(self._flat, self.at)
        if listed_only or unlisted is None or unlisted[0] in NEVER_A_MEASURE:
            return ""
        self.at, self.listed = unlisted.end(), False
        return unlisted[0]

    def _skip_more(self) -> None:
        more = _MORE.match(self._flat, self.at)
        if more:
            self.at, self.more = more.end(), True

    def _skip_blanks(self) -> int:
        """One blank may stand between number and measure: 4560 个."""
        if (
            self._flat[self.at : self.at + 1] in (" ", "\u3000")
            and not self._flat[self.at + 1 : self.at + 2].isdecimal()
        ):
            self.at += 1
        return self.at


def _times_of(before: str, unit: str) -> str:
    """The bound word of 不低于当地标准的1.6倍: it stands before what the number is a share of."""
    dated = _TO_A_YEAR.search(before[-16:])
    if dated:
        return dated[1]
    rises = _FOR_EACH.search(before[-16:])
    if rises:
        return rises[1]
    found = _OF_SOMETHING.search(before[-30:]) if unit in ("倍", "%", "％") else None
    return found[1] if found else ""


def _made(
    text: str,
    flat: str,
    at: int,
    end: int,
    value: Decimal,
    top: Decimal | None,
    unit: str,
    *,
    in_chinese: bool = False,
    more: bool = False,
    listed: bool = True,
) -> Phrase:
    """Put the phrase together with the bound words on both sides."""
    while end > at and text[end - 1].isspace():
        end -= 1
    before = word_before(flat[max(at - 8, 0) : at])
    included = INCLUDING.match(text, end)  # 30人（含）以下
    after = AFTER.match(flat, included.end() if included else end)
    stop = after.end() if after else included.end() if included else end
    including = INCLUDING.match(text, stop)
    stop = including.end() if including else stop
    improves = before.strip() in IMPROVES and not SHARE.search(unit)
    printed = bool(before) and before.strip() not in NOT_PRINTED and not improves
    start = at - len(before) if printed else at
    return Phrase(
        start=start,
        end=stop,
        text=text[start:stop].strip(),
        bound=bound_of(
            before or _times_of(flat[:at], unit),
            after[0] if after else "",
            more=more,
            ranged=top is not None,
        ),
        before=before.strip(),
        after=after[0] if after else "",
        value=value,
        value_max=top,
        unit=unit,
        in_chinese=in_chinese,
        is_listed=listed,
        more=more,
    )
