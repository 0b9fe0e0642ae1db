"""The ways to write nothing: zero, blank, not applicable and not yet due are four things, none of them 无."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from workplan_xlsx.domain.model import bare


class Nothing(StrEnum):
    """What a word in a number cell says there is instead of a figure; the value is the office's word."""

    UNCLEAR = "无"  # 无, -, /: may mean zero or not applicable
    NOT_APPLICABLE = "不适用"
    NOT_DUE = "未到期"


_WORDS = {
    Nothing.UNCLEAR: "无 没有 暂无 暂无数据 空 - -- — —— / \\ / none nil null 待定 待报 未统计",
    Nothing.NOT_APPLICABLE: "不适用 不涉及 不承担 无此项 无此项工作 n/a na #n/a notapplicable",
    Nothing.NOT_DUE: "未到期 尚未到期 未到时间 未到节点 未开始 尚未开始 未启动 notdue notyetdue",
}
_MEANING = {word: nothing for nothing, words in _WORDS.items() for word in words.split()}
_NO_MATTER = "无。 没有问题 无问题 暂无问题 no n/a 不涉及"
_SAYS_NONE = {*_WORDS[Nothing.UNCLEAR].split(), *_NO_MATTER.split()}


def nothing_of(written: str) -> Nothing | None:
    """Return what kind of nothing the text says; None where it says something (a zero is something)."""
    return _MEANING.get(_bare(written))


def says_something(text: str) -> bool:
    """Whether a text column holds more than 无, a dash or the like."""
    said = _bare(text)
    return bool(said) and said not in _SAYS_NONE


def _bare(written: str) -> str:
    return bare(unicodedata.normalize("NFKC", written))
