"""A short name (指标名称) of what a quantity measures, from the words around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workplan_xlsx.domain.notice import Kind, Quantity
from workplan_xlsx.notice.figures.places import Place
from workplan_xlsx.notice.figures.quantities import Phrase

LONGEST_NAME = 40
_LEADING = re.compile(
    r"^(?:[（(）)、]|其中|并|且|使(?!用)|全面|进一步|积极|加快|大力|努力|确保|将?我[区县市省]|到?20\d\d年(?:底|末)?|年内|全年|年底前|全[区县市省]|"
    r"力争|争取|我[区县市省]|辖区|预计|计划|同时|推动|实现|完成|新实施|\d年内|每年|重点)+"
)
_FOR_WHOM = re.compile(r"(?:为|给|向|对)(?:[全我][省市县区州旗镇乡]|辖区)?")
_LIST_MARK = re.compile(r"^(?:[（(]?\d{1,2}[)）.．、]+|[①-⑳][.．]?)\s*")


def name_of(place: Place, before: Phrase | None, following: Phrase | None) -> str:
    """The clause without the quantity, from the target before it to the quantity after it."""
    phrase = place.phrase
    left = _LEADING.sub("", _LIST_MARK.sub("", _left(place, before)))
    right = _right(place, following)
    left = re.sub(r"(?<=..)(?:[由从][^由从]*\d.*|[由从]|(?:增|达|扩大|提高)[至到]?原来(?:的)?)$", "", left)
    if _FOR_WHOM.fullmatch(left):  # 为6000名特困、高龄老人提供服务: the whole clause says it
        right = re.split(r"、(?=[为给向对])", place.after.strip())[0]
    if not left and not right:
        left = _before_colon(place)
    if left.endswith(("等", "等的")) and right:
        left = ""
    follows = len(left) <= 6 or left.endswith("的") or "%" in phrase.unit
    name = f"{left}{right}" if follows else left
    name = re.sub(r"^(?:推进|组织|开展|做好|抓好|将)(?=.{6,})", "", name)
    name = re.sub(r"(?:压缩|缩短|缩减)(?:到|至)$|(?:分别|各|再)$", "", name)
    return re.sub(r"(?<![惠普涉以])及$", "", name[-LONGEST_NAME:].strip(" ，,、的和（()）\t\u3000"))


def _left(place: Place, before: Phrase | None) -> str:
    """From the target before; where that one stands before its noun, from the last 、 or 和 on."""
    if before is None or before.end < place.clause_start:
        return re.sub(r"[（(][^）)]*$", "", place.before).strip(" 、")
    between = place.text[before.end : place.phrase.start]
    if re.match(r"\s*[\u4e00-\u9fff“\d]", between) and not between.startswith(("和", "及")):
        between = re.split(r"[、和及]", between)[-1]
    return between.strip(" 、和及与或")


def _before_colon(place: Place) -> str:
    """人均地区生产总值：增长6%: the name stands before the colon."""
    before = place.text[: place.clause_start]
    named = re.search(r"(?:^|[，,。；;！!？?\n])([^，,。；;：:！!？?\n]{2,24})[：:]$", before)
    return _LIST_MARK.sub("", named[1].strip()) if named else ""


def _right(place: Place, following: Phrase | None) -> str:
    """What the quantity goes on into: 1家“晨星工厂”, 150项……的政策项目."""
    phrase = place.phrase
    end = phrase.end + len(place.after)
    right = place.text[phrase.end : min(end, following.start) if following else end].strip(" 的")
    if right.startswith(("和", "及", "或", "、")):
        return ""
    if "的" in right:
        right = right.rpartition("的")[2]
    return re.split(r"[、（(]|和$|及$", right)[0].strip()


def told_apart(found: Sequence[Quantity], subjects: Sequence[str]) -> Iterator[Quantity]:
    """Names that stand twice, or say too little, get what their sentence is about in front."""
    counts = Counter(each.what for each in found if each.kind is Kind.TARGET)
    units: dict[str, str] = {}
    for each, subject in zip(found, subjects, strict=True):
        vague = counts[each.what] > 1 or len(each.what) <= 4
        if each.kind is not Kind.TARGET:
            yield each
        elif vague and subject and subject not in each.what:
            doubt = "" if each.doubt == "doubt_name" else each.doubt
            yield replace(each, what=f"{subject}{each.what}"[-LONGEST_NAME:], doubt=doubt)
        else:
            again = each.what in units
            difference = _difference(each, units.setdefault(each.what, each.unit), counts[each.what])
            doubt = "doubt_name" if again and not difference and not each.doubt else each.doubt
            yield replace(each, what=each.what + difference, doubt=doubt)


def _difference(each: Quantity, first_unit: str, count: int) -> str:
    """What tells it from the same name before: 力争达到7%, 600个、12.5万户."""
    if count < 2 or not each.what:
        return ""
    if each.stretch:
        return "（力争）"
    return f"（{each.unit}）" if each.unit and each.unit != first_unit else ""


def subject_of(text: str, phrase: Phrase) -> str:
    """What the sentence begins with: 新能源产业瞄准 ... -> 新能源产业; not what it counts itself."""
    start = max(text.rfind(sign, 0, phrase.start) for sign in "。；;") + 1
    found = re.match(
        r"([^\d，,、]{2,10}?(?:产业|行业|领域|集群|园区|企业|工程|项目))(?!\s*\d)", text[start : phrase.end]
    )
    return found[1] if found else ""
