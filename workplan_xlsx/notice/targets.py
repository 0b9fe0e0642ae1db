"""Which quantities of an item bind somebody, what they measure, and of what nature the promise is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workplan_xlsx.domain.model import Bound, Nature
from workplan_xlsx.domain.notice import Kind, Quantity
from workplan_xlsx.notice.quantities import Phrase, find_phrases

_CLAUSE_END = "，,。；;：:"
_QUOTED = re.compile(r"[“\"「『《〈‘][^”\"」』》〉’]*[”\"」』》〉’]")
_STRETCH = re.compile(r"力争|争取|力促|争创")
_LEVEL = ("稳定在", "保持在", "保持")
_NO_TARGET_UNITS = {"", "年", "月", "日", "次"}
_BULK = re.compile(r"吨|斤|亩|公里|千米|米|瓦|公顷|头|只|台|辆|条|套|元|欧元|美元|千克")
_MONEY = re.compile(r"元$")
_LEADING = re.compile(
    r"^(?:其中|并|且|使(?!用)|全面|进一步|积极|加快|大力|努力|确保|将?我区|到?20\d\d年(?:底|末)?|年内|全年|年底前|全区|全县|全市|全省|"
    r"力争|争取|我区|辖区|预计|计划|同时|推动|实现|完成|新实施)+"
)
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text between separators, and where it begins."""

    start: int
    text: str


def read_targets(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of an item's text in order: those that bind, and those that only describe."""
    phrases = [phrase for phrase in find_phrases(text) if _is_quantity(text, phrase)]
    found = [_quantity(text, phrase, phrases) for phrase in phrases]
    return tuple(_distinct(found, text, phrases))


def _is_quantity(text: str, phrase: Phrase) -> bool:
    """Years, ordinals, slogans in quotes and numbers beside Latin letters are no quantities."""
    if not phrase.unit or phrase.unit in _NO_TARGET_UNITS:
        return False
    before, after = text[: phrase.start], text[phrase.end :]
    if re.search(r"[A-Za-z+\-.]$|第$|[“\"]\d*$", before) and not before.endswith(("。", "，")):
        return False
    if re.match(r"\s*[年月日届期]|[A-Za-z+]", after):
        return False
    if after.startswith(("级", "强", "后")) or before.endswith("含"):
        return False
    return not any(
        quote.start() < phrase.start and phrase.end < quote.end() for quote in _QUOTED.finditer(text)
    )


def _quantity(text: str, phrase: Phrase, phrases: Sequence[Phrase]) -> Quantity:
    clause = _clause(text, phrase)
    kind = Kind.DESCRIPTIVE if _describes(text, phrase, clause) else Kind.TARGET
    what = _what(text, phrase, clause, phrases)
    return Quantity(
        text=phrase.text,
        what=what,
        op=phrase.bound,
        value=phrase.value,
        value_max=phrase.value_max,
        unit=phrase.unit,
        nature=_nature(phrase, what, clause),
        stretch=bool(_STRETCH.search(text[clause.start : phrase.start])),
        kind=kind,
        doubt=_doubt(phrase, what, kind),
        context=clause.text.strip(),
    )


def _clause(text: str, phrase: Phrase) -> Clause:
    start = max((text.rfind(sign, 0, phrase.start) for sign in _CLAUSE_END), default=-1) + 1
    ends = [place for sign in _CLAUSE_END if (place := text.find(sign, phrase.end)) >= 0]
    return Clause(start, text[start : min(ends, default=len(text))])


def _describes(text: str, phrase: Phrase, clause: Clause) -> bool:
    """A project's size, an investor's money, a threshold, a condition: a figure that nobody promises."""
    before, after = text[clause.start : phrase.start], text[phrase.end :]
    if re.search(r"年产|总投资|投资$|未$|注册资本|瞄准|占地", before[-6:]):
        return not (before.endswith("投资") and re.match(rf"[{_CLAUSE_END}]|$", after))
    if after.startswith(("则", "的，")):
        return True
    if _MONEY.search(phrase.unit) and re.match(r"(?:以上|以下)?的?(?:大?项目|企业)|的", after):
        return True
    if (
        _MONEY.search(phrase.unit)
        and phrase.text.endswith(("以上", "以下"))
        and re.match(r"的?(?:大?项目|企业)", after)
    ):
        return True
    return _is_size_of_a_thing(phrase, after)


def _is_size_of_a_thing(phrase: Phrase, after: str) -> bool:
    """170万吨浆纸一体化项目: an amount in bulk that goes straight on into a name."""
    if not _BULK.search(phrase.unit) or phrase.text.endswith(("以上", "以下", "左右", "以内")):
        return False
    if phrase.unit in ("条", "只", "头", "台", "辆", "套"):
        return False
    return bool(re.match(r"[\u4e00-\u9fff]", after)) and not re.match(
        r"以上|和|及|或|资金|贷款|左右|为", after
    )


def _what(text: str, phrase: Phrase, clause: Clause, phrases: Sequence[Phrase]) -> str:
    """A short name: the clause without the quantity, from the quantity before it to the one after it."""
    left = _LEADING.sub("", _left(text, phrase, clause, phrases))
    right = _right(text, phrase, clause, phrases)
    if left.endswith(("等", "等的")) and right:
        left = ""
    follows = len(left) <= 6 or left.endswith("的") or "%" in phrase.unit
    name = f"{left}{right}" if follows else left
    name = re.sub(r"^(?:推进|组织|开展|做好|抓好|将)(?=.{6,})", "", name)
    return name[-_LONGEST_NAME:].strip(" ，,、的和及")


def _left(text: str, phrase: Phrase, clause: Clause, phrases: Sequence[Phrase]) -> str:
    """From the quantity before; where that one stands before its noun, from the last 、 or 和 on."""
    before = [
        other
        for other in phrases
        if clause.start <= other.end <= phrase.start and not _describes(text, other, clause)
    ]
    if not before:
        return re.sub(r"[（(][^）)]*$", "", text[clause.start : phrase.start]).strip(" 、")
    between = text[before[-1].end : phrase.start]
    if re.match(r"\s*[\u4e00-\u9fff“]", between) and not between.startswith(("和", "及")):
        between = re.split(r"[、和及]", between)[-1]
    return between.strip(" 、和及与或")


def _right(text: str, phrase: Phrase, clause: Clause, phrases: Sequence[Phrase]) -> str:
    """What the quantity goes on into: 1家“晨星工厂”, 150项……的政策项目."""
    starts = [other.start for other in phrases if other.start >= phrase.end]
    right = text[phrase.end : min([clause.start + len(clause.text), *starts])].strip(" 的")
    if right.startswith(("和", "及", "或", "、")):
        return ""
    if "的" in right:
        right = right.rpartition("的")[2]
    return re.split(r"[、（(]|和$|及$", right)[0].strip()


def _nature(phrase: Phrase, what: str, clause: Clause) -> Nature:
    if phrase.before in _LEVEL:
        return Nature.LEVEL
    if "%" in phrase.unit or "百分点" in phrase.unit or "‰" in phrase.unit:
        return Nature.RATE
    if re.search(r"每[千百万]|人均|[率比]$", what) or "人均" in clause.text:
        return Nature.RATE
    return Nature.CUMULATIVE


def _doubt(phrase: Phrase, what: str, kind: Kind) -> str:
    if kind is Kind.DESCRIPTIVE:
        return ""
    if len(what) < 3:
        return "doubt_name"
    if phrase.bound is Bound.EXACTLY and phrase.before == "前":
        return "doubt_ordinal"
    return ""


def _distinct(found: Sequence[Quantity], text: str, phrases: Sequence[Phrase]) -> Iterator[Quantity]:
    """Names that stand twice, or say too little, get what their sentence is about in front."""
    counts = Counter(each.what for each in found if each.kind is Kind.TARGET)
    for each, phrase in zip(found, phrases, strict=True):
        if each.kind is Kind.TARGET and (counts[each.what] > 1 or len(each.what) <= 4):
            subject = _subject(text, phrase)
            if subject and subject not in each.what:
                yield replace(each, what=f"{subject}{each.what}"[-_LONGEST_NAME:])
                continue
        yield each


def _subject(text: str, phrase: Phrase) -> str:
    """What the sentence begins with: 新能源产业瞄准 ... -> 新能源产业."""
    start = max(text.rfind("。", 0, phrase.start), text.rfind("；", 0, phrase.start)) + 1
    found = re.match(r"(.{2,10}?(?:产业|行业|领域|集群|园区|企业|工程|项目))", text[start : phrase.start])
    return found[1] if found else ""
