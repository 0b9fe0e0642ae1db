"""Promises without a number of their own: 不低于GDP增速, 完成市定目标, 动态清零."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workplan_xlsx.domain.model import Bound, Nature
from workplan_xlsx.notice.glyphs import folded

_AGAINST = re.compile(
    r"(?P<bound>不低于|不高于|高于|低于|快于|不慢于|优于|好于|超过|领先)(?P<other>[^，,。；;、\d]{1,24}?"
    r"(?:增速|增幅|增长率|平均水平|水平|均值|平均值?|同期|上年度?|去年|进度))"
)
_SET_ELSEWHERE = re.compile(
    r"(?:完成|达到|实现)[^，,。；;\d]{0,8}?(?:国家|上级|[省市区县州])(?:定|级?(?:政府)?(?:分解)?下达|级要求|考核|交办)(?:的|我[区县市])?[^，,。；;\d]{0,18}?"
    r"(?:任务目标|目标任务|目标|任务|指标|计划|要求)"
)
_CLEARED = re.compile(r"(?:动态)?[“\"]?清零[”\"]?|销号清零|[“\"]?零(?:新增|增长|事故|发生)[”\"]?")
# How much more it becomes, not how much it is: 翻一番, 两位数增长.
_MULTIPLIED = re.compile(
    r"(?:实现)?(?:翻(?:[一两二三]|\d+)?番|倍增(?!计划|行动|工程|项目|培育)|[一两三]位数(?:以上)?(?:的?(?:正?增长|增速|增幅))?)"
)
_KEEPS_UP = re.compile(
    r"(?:与|同|和)[^，,。；;、\d]{2,16}?(?:增长|增速|发展|增幅)?(?:基本|保持)?同步(?:增长)?(?=[，,。；;、）)]|$)"
)
_QUOTED = re.compile(r"“[^”]{1,14}”")
_OTHER_WAY = {
    "不低于": Bound.AT_LEAST,
    "不慢于": Bound.AT_LEAST,
    "不高于": Bound.AT_MOST,
    "低于": Bound.LESS_THAN,
}


@dataclass(frozen=True, slots=True)
class Promise:
    """Where such a promise stands and what it is."""

    start: int
    end: int
    text: str
    bound: Bound
    nature: Nature
    doubt: str


def promises_in(text: str) -> Iterator[Promise]:
    """Yield the promises of a text in order, none of which holds a number."""
    flat = folded(text)
    found = [
        *(
            _made(text, each, _OTHER_WAY.get(each["bound"], Bound.MORE_THAN), Nature.RELATIVE)
            for each in _AGAINST.finditer(flat)
        ),
        *(_made(text, each, Bound.EXACTLY, Nature.EXTERNAL) for each in _SET_ELSEWHERE.finditer(flat)),
        *(_made(text, each, Bound.AT_LEAST, Nature.RELATIVE) for each in _KEEPS_UP.finditer(flat)),
        *(_made(text, each, Bound.EXACTLY, Nature.RELATIVE) for each in _MULTIPLIED.finditer(flat)),
        *(_made(text, each, Bound.AT_MOST, Nature.CLEAR) for each in _CLEARED.finditer(flat)),
    ]
    end = 0
    for promise in sorted(found, key=lambda each: each.start):
        if promise.start >= end and not _in_slogan(text, promise):
            yield promise
            end = promise.end


def _in_slogan(text: str, promise: Promise) -> bool:
    """“两清零一提标” promises nothing by itself; “清零” does."""
    return text[promise.start - 1 : promise.start] not in ("", "“") and any(
        quote.start() < promise.start and promise.end < quote.end() for quote in _QUOTED.finditer(text)
    )


def _made(text: str, found: re.Match[str], bound: Bound, nature: Nature) -> Promise:
    return Promise(
        found.start(), found.end(), text[found.start() : found.end()], bound, nature, f"doubt_{nature.value}"
    )
