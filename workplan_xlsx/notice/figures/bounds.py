"""The words that bind a quantity, before it (不少于, 突破, 控制在) and behind it (以上, 以内, 左右)."""

from __future__ import annotations

import re

from workplan_xlsx.domain.model import Bound

_BEFORE = {
    Bound.AT_LEAST: (
        "至少 最低 最少 达到了 达到 达 稳定在 保持在 维持在 "
        "提高到 提升到 提高至 提升至 增长到 增长至 增加到 增加至 上升到 扩大到 扩大至 发展到 升至 增至 ≥ ≧"
    ),
    Bound.MORE_THAN: "＞ > 突破 超过 再超 超 逾 高于 多于 大于 超出",
    Bound.AT_MOST: (
        "最多 最高 至多 控制在 控制到 下降到 下降至 "
        "降低到 降低至 降至 降到 减少到 减少至 压降至 压减至 压缩到 压缩至 缩小到 缩小至 "
        "缩短到 缩短至 缩减到 缩减至 ≤ ≦"
    ),
    Bound.LESS_THAN: "＜ < 低于 少于 小于 不足 不到",
    Bound.ABOUT: "约 近 将近 接近 大约",
    Bound.EXACTLY: "保持 增长 提高 提升 下降 降低 减少 增加 上升 压减 压降 削减 前",
}
_AFTER = {
    Bound.AT_LEAST: "以上 及以上",
    Bound.AT_MOST: "以下 及以下 以内 之内",
    Bound.ABOUT: "左右 上下",
    Bound.RANGE: "之间",
}
# These say what is done, not how much: they decide the bound and stay outside of the printed quantity.
NOT_PRINTED = ("压缩到", "压缩至", "缩短到", "缩短至", "缩减到", "缩减至")
# 改造提升2万亩: before an amount they are part of what is done; before a percentage they say how much.
IMPROVES = ("提升", "提高")
HELD = ("稳定在", "保持在", "维持在", "保持")
ORDINAL = "前"

# 不得突破8起: what is denied binds the other way. Spelled out, so that no 不 is overlooked.
_DENIED = {
    Bound.AT_LEAST: "低于 少于 小于",
    Bound.AT_MOST: "超过 超出 突破 高于 多于 大于 超",
}
_DENIES = "不 不得 不能 不可 不应 不许 不再 不会 不准 不宜 不允许 严禁 禁止 未 没有 没"

_bound_before = {word: bound for bound, words in _BEFORE.items() for word in words.split()} | {
    denial + word: bound
    for bound, words in _DENIED.items()
    for denial in _DENIES.split()
    for word in words.split()
}
_bound_after = {word: bound for bound, words in _AFTER.items() for word in words.split()}
DENIED_BEFORE = rf"(?:{'|'.join(_DENIES.split())})(?:{'|'.join(' '.join(_DENIED.values()).split())})"
_LONGEST_WORD = 7  # a blank behind it included
_longest_first = sorted(_bound_before, key=len, reverse=True)
_BEFORE_END = re.compile(rf"(?:{'|'.join(_longest_first)})\s*$")
# Signs before a short bound word that make another word of the two: 签约, 下达, 附近, 目前, 年底前.
_OTHER_WORD = {
    "约": "签节预履违公制解合集续特契邀",
    "达": "下送传直发通抵转表",
    "近": "附就靠临邻最",
    "前": "目提当之以先此年月日底末度午",
    "超": "反赶高",
}
AFTER = re.compile("|".join(sorted(_bound_after, key=len, reverse=True)).replace("上下", "上下(?!游|级|联)"))
INCLUDING = re.compile(r"[（(]含(?:\d[^）)]{0,11})?[)）]")


def word_before(text: str) -> str:
    """Return the bound word that the text ends with, blanks behind it included; "" when there is none."""
    longest = ""
    for length in range(1, _LONGEST_WORD + 1):
        found = _BEFORE_END.search(text, max(len(text) - length, 0))
        if found and found.start() == max(len(text) - length, 0):
            longest = found[0]
    return "" if _is_of_another_word(text, longest) else longest


def _is_of_another_word(text: str, word: str) -> bool:
    """Whether the word is only the end of a longer one: 新签约50个 says neither 约 nor about."""
    before = text[: len(text) - len(word)][-1:]
    return bool(before) and before in _OTHER_WORD.get(word.strip(), "")


def bound_of(before: str, after: str, *, more: bool, ranged: bool) -> Bound:
    """Return what the words make of the quantity.

    The word behind says more than 达到 or 控制在 before it; 突破, 不超过 and 不足 before it say more
    than 以上.
    `more`: 余 or 多 stands in it. `ranged`: it has two ends.
    """
    if ranged:
        return Bound.RANGE
    first, last = _bound_before.get(before.strip()), _bound_after.get(after)
    if first in (Bound.MORE_THAN, Bound.LESS_THAN) or (first is Bound.AT_MOST and last is not Bound.ABOUT):
        return first
    if last is not None and last is not Bound.RANGE:
        return last
    if more:
        return Bound.MORE_THAN
    return first or Bound.EXACTLY
