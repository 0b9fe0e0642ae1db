"""Plans by stages: 3月底前2家；6月底前4家；9月底前完成7家. Only the last step is what the year promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workplan_xlsx.domain.notice import Kind, Quantity
from workplan_xlsx.notice.figures.quantities import Phrase, find_phrases

_WHEN = re.compile(
    r"(?:到|至|于)?(?:20\d\d年)?(?:(?:\d{1,2}月?\s*[-—–~～至到]\s*)?(?P<month>1[0-2]|[1-9])月(?:\d{1,2}日|底|末|份|上旬|中旬|下旬)?"
    r"|第?(?P<quarter>[一二三四])季度末?|(?P<half>上半年)|(?P<year>年底|年末|全年|下半年))(?:之?前)?[,，:：]?"
)
_OPENS = re.compile(r"(?:^|[；;。\n,，:：]|\d[.．、）)])\s*$")
_LISTED = re.compile(r"(?:^|(?<=[\s。；;]))\d{1,2}[.．、](?!\d)(?!\s*(?:20\d\d年)?\d{1,2}月)|\n")
# What is done to anything: two steps that say no more are steps of the same thing.
_ANYHOW = re.compile(
    r"完成|建成|新建|新增|新开|建设|改造|开工|开展|实施|推进|达到|累计|全部|全面|基本|力争|确保|争取|任务|目标"
    r"|工作|项目|工程|总量|进度|投资|以上|以内|左右|以下|不少于|不低于|超过"
    r"|交付|竣工|完工|动工|验收|启动|投用|投入使用|主体|装修|运营|落实"
)
_LONGEST_PLAN = 6000


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage that a number stands in.

    Attributes:
        list_item: Which of the numbered points of its text it belongs to.
        month: By which month of the year it is due.
        thing: What it counts, without what is done to anything.
        is_passed: All of it is to be done by a later time: 年底前全部完成.
    """

    list_item: int
    month: int
    thing: str
    is_passed: bool = False


def stages_in(text: str) -> Mapping[int, Stage]:
    """Return the stage of each number, by its place, that stands behind a time: 6月底前新建2家."""
    if len(text) > _LONGEST_PLAN:
        return {}
    openings = [
        each for each in _WHEN.finditer(text) if _OPENS.search(text[max(each.start() - 4, 0) : each.start()])
    ]
    if len(openings) < 2:
        return {}
    phrases = list(find_phrases(text))
    points = [each.start() for each in _LISTED.finditer(text)]
    found: dict[int, Stage] = {}
    for opening, following in pairwise([*openings, None]):
        assert opening
        end = _end_of(text, opening.end(), following)
        for phrase in phrases:
            if opening.end() <= phrase.start < end and phrase.unit:
                item = sum(point <= phrase.start for point in points)
                thing, month = _thing(text, phrase), _month(opening)
                found[phrase.start] = Stage(item, month, thing, _is_passed(text, openings, month, thing))
    return found


_ALL = re.compile(r"[^；;，,。\n]{0,10}(?:全部|全面)(?:完成|建成|竣工|完工|投用|投入使用)([^；;，,。\n]*)")


def _is_passed(text: str, openings: Sequence[re.Match[str]], month: int, thing: str) -> bool:
    for opening in openings:
        rest = _ALL.match(text, opening.end())
        if (
            rest
            and _month(opening) > month
            and not re.search(r"\d", rest[0])
            and _same(thing, _bare(rest[1]))
        ):
            return True
    return False


def _end_of(text: str, start: int, following: re.Match[str] | None) -> int:
    ends = [at for sign in "；;。\n" if (at := text.find(sign, start)) >= 0]
    return min([*ends, following.start() if following else len(text)])


def _month(when: re.Match[str]) -> int:
    if when["month"]:
        return int(when["month"])
    if when["quarter"]:
        return 3 * ("一二三四".index(when["quarter"]) + 1)
    return 6 if when["half"] else 12


def _thing(text: str, phrase: Phrase) -> str:
    start = max(text.rfind(sign, 0, phrase.start) for sign in "，,、；;。\n：:") + 1
    ends = [at for sign in "，,、；;。\n" if (at := text.find(sign, phrase.end)) >= 0]
    return _bare(text[start : phrase.start] + text[phrase.end : min(ends, default=len(text))])


def _bare(words: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", _ANYHOW.sub("", _WHEN.sub("", words)))


def without_steps(found: Sequence[Quantity], stages: Sequence[Stage | None]) -> Iterator[Quantity]:
    """Yield the quantities; a step on the way to a target only describes.

    It is one if a total of the same thing is promised without a time, or by a later stage. The last of
    several stages is doubtful where no total is stated: whether it includes the others is not said.
    """
    told = list(zip(found, stages, strict=True))
    totals = [each for each, stage in told if stage is None and each.is_measured_target]
    staged = [(each, stage) for each, stage in told if stage and each.is_measured_target]
    for each, stage in told:
        if stage is None or not each.is_measured_target:
            yield each
            continue
        others = [
            other
            for quantity, other in staged
            if quantity.unit == each.unit
            and other.list_item == stage.list_item
            and _same(other.thing, stage.thing)
        ]
        is_later = stage.is_passed or any(other.month > stage.month for other in others)
        if is_later or any(_is_part_of(each, stage, total) for total in totals):
            yield replace(each, kind=Kind.DESCRIPTIVE, doubt="", reason="is_stage")
        elif any(other.month < stage.month for other in others):
            yield replace(each, doubt=each.doubt or "doubt_stage")
        else:
            yield each


def _is_part_of(step: Quantity, stage: Stage, total: Quantity) -> bool:
    if total.unit != step.unit or total.value is None or step.value is None:
        return False
    return step.value <= total.value and _same(stage.thing, _bare(total.what))


def _same(one: str, other: str) -> bool:
    """Whether both may be the same thing: one says nothing, or they have two signs in common."""
    if not one or not other:
        return True
    return one in other or any(one[at : at + 2] in other for at in range(len(one) - 1))
