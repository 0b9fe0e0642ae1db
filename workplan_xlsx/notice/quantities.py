"""One grammar for quantities: bound words, number, scale, unit: 不低于70万亩, 3550余场, 1-2个, 91%以上."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workplan_xlsx.domain.model import Bound

_BEFORE = {
    "不少于": Bound.AT_LEAST, "不低于": Bound.AT_LEAST, "不小于": Bound.AT_LEAST, "至少": Bound.AT_LEAST,
    "达到": Bound.AT_LEAST, "达": Bound.AT_LEAST, "稳定在": Bound.AT_LEAST, "保持在": Bound.AT_LEAST,
    "保持": Bound.EXACTLY, "突破": Bound.MORE_THAN, "超过": Bound.MORE_THAN, "再超": Bound.MORE_THAN,
    "超": Bound.MORE_THAN, "高于": Bound.MORE_THAN, "多于": Bound.MORE_THAN,
    "不超过": Bound.AT_MOST, "不高于": Bound.AT_MOST, "不多于": Bound.AT_MOST, "不大于": Bound.AT_MOST,
    "控制在": Bound.AT_MOST, "低于": Bound.LESS_THAN, "少于": Bound.LESS_THAN,
    "约": Bound.ABOUT, "近": Bound.ABOUT,
    "增长": Bound.EXACTLY, "提高": Bound.EXACTLY, "提升": Bound.EXACTLY, "下降": Bound.EXACTLY,
    "降低": Bound.EXACTLY, "提高到": Bound.AT_LEAST, "提升到": Bound.AT_LEAST, "提高至": Bound.AT_LEAST,
    "提升至": Bound.AT_LEAST, "增长到": Bound.AT_LEAST, "达到了": Bound.AT_LEAST, "增加到": Bound.AT_LEAST,
    "前": Bound.EXACTLY,
}  # fmt: skip
_AFTER = {
    "以上": Bound.AT_LEAST, "及以上": Bound.AT_LEAST, "以下": Bound.AT_MOST, "以内": Bound.AT_MOST,
    "之内": Bound.AT_MOST, "之间": Bound.RANGE, "左右": Bound.ABOUT, "上下": Bound.ABOUT,
}  # fmt: skip
_SCALES = "千万亿|百万|十万|万亿|万|亿|千|百"
_MEASURES = (
    "个百分点|百分点|平方公里|平方千米|平方米|立方米|人次|户次|车次|公里|千米|公顷|公斤|千克|千瓦时|千瓦|兆瓦|"
    "标准煤|标煤|元|美元|欧元|人民币|吨|亩|斤|头|只|匹|株|棵|家|个|项|人|名|位|场|条|处|所|张|户|台|辆|套|座|件|"
    "款|批|支|部|篇|册|次|期|起|笔|例|种|类|门|间|栋|幢|片|块|段|米|孔|口|眼|架|艘|班|对|组|村|镇|企业|项目|％|%|‰"
)
_SIGN = r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?P<before>{'|'.join(sorted(_BEFORE, key=len, reverse=True))})?\s*"
    rf"(?P<low>(?<![\d.]){_SIGN})\s*"
    rf"(?P<unit_low>%|％)?(?:\s*(?:-|—|–|~|～|至|到)\s*(?P<high>\d+(?:\.\d+)?))?\s*"
    rf"(?P<more>余|多|来)?\s*(?P<scale>{_SCALES})?(?P<more2>余|多)?\s*(?P<measure>{_MEASURES})?"
    rf"(?P<after>{'|'.join(sorted(_AFTER, key=len, reverse=True))})?(?P<including>[（(]含[^）)]*[)）])?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One quantity of a text: where it stands, as printed, and what it says.

    Attributes:
        start, end: 0-based, in the text; bound words are inside.
        unit: Scale and measure, e.g. 万亩; "" where only a number stands.
    """

    start: int
    end: int
    text: str
    bound: Bound
    before: str
    value: Decimal
    value_max: Decimal | None
    unit: str


def find_phrases(text: str) -> Iterator[Phrase]:
    """Yield every number of the text with what belongs to it, in order."""
    flat = "".join(_half_width(sign) for sign in text)
    for found in _QUANTITY.finditer(flat):
        yield _phrase(text, found)


def _half_width(sign: str) -> str:
    """Full-width digits and signs as plain ones, one for one, so that places stay the same."""
    return unicodedata.normalize("NFKC", sign) if sign in "０１２３４５６７８９．％－＋～" else sign


def _phrase(text: str, found: re.Match[str]) -> Phrase:
    high = Decimal(found["high"]) if found["high"] else None
    measure = found["measure"] or found["unit_low"] or ""
    before = found["before"] or ""
    return Phrase(
        start=found.start() if before else found.start("low"),
        end=found.end(),
        text=text[found.start() if before else found.start("low") : found.end()].strip(),
        bound=_bound(found, high),
        before=before,
        value=Decimal(found["low"].replace(",", "")),
        value_max=high,
        unit=(found["scale"] or "") + measure.replace("％", "%"),
    )


def _bound(found: re.Match[str], high: Decimal | None) -> Bound:
    """The word behind the quantity says more than the one before it: 控制在 ... 以内, 稳定在 ... 以上."""
    if high is not None:
        return Bound.RANGE
    before, after = _BEFORE.get(found["before"] or ""), _AFTER.get(found["after"] or "")
    if before in (Bound.MORE_THAN, Bound.AT_MOST, Bound.LESS_THAN):
        return before
    if after is not None and after is not Bound.RANGE:
        return after
    if found["more"] or found["more2"]:
        return Bound.MORE_THAN
    return before or Bound.EXACTLY
