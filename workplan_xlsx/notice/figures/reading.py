"""Every number of a text, accounted for: what binds, what describes, and what is neither, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workplan_xlsx.domain.model import Nature
from workplan_xlsx.domain.notice import Kind, NumberLeft, Quantity
from workplan_xlsx.notice.figures.bounds import HELD, ORDINAL
from workplan_xlsx.notice.figures.judging import Verdict, judge
from workplan_xlsx.notice.figures.measures import SCALE, SHARE, is_time
from workplan_xlsx.notice.figures.naming import LONGEST_NAME, name_of, subject_of, told_apart
from workplan_xlsx.notice.figures.places import CLAUSE_ENDS, NOTE, Place, place_of
from workplan_xlsx.notice.figures.quantities import Phrase, find_phrases
from workplan_xlsx.notice.figures.shared_bounds import with_shared_bounds
from workplan_xlsx.notice.figures.stages import stages_in, without_steps
from workplan_xlsx.notice.figures.taken_over import taken_over
from workplan_xlsx.notice.figures.unnumbered import Promise, promises_in
from workplan_xlsx.notice.glyphs import folded

_LONGEST_SENTENCE = 1500
_STRETCH = re.compile(r"力争|争取|力促|争创|努力实现")
_PART_OF_YEAR = re.compile(r"\s*(?:上半年|前三季度|[一二三]季度|\d{1,2}\s*[-—–~至]\s*\d{1,2}月份?)[,，]")
_MANY_YEARS = re.compile(r"(?:[2-9]|[两二三四五六七八九十])年(?:之?内|以内)|今后\S年")
# 每季度检查2次, 每个村1个: an amount of each; what all of them make is not said.
_EACH = re.compile(r"每(?:\d|个?季度|个?月|半年|周|旬|[个家所](?!人)|镇|乡|村|县|区|社区|街道|校|户)")


@dataclass(frozen=True, slots=True)
class Figures:
    """What the numbers of a text are, each list in the text's order."""

    quantities: tuple[Quantity, ...]
    left: tuple[NumberLeft, ...]


def read_figures(text: str, *, year: int | None = None) -> Figures:
    """Return every number of the text: a target, a figure that describes, or no quantity with the reason.

    `year`: the plan's; what is promised by a later one is doubtful.
    """
    quantities: list[Quantity] = []
    left: list[NumberLeft] = []
    subjects: list[str] = []
    stages = stages_in(text)
    places: list[int] = []
    start = 0
    for sentence in _sentences(text):
        for at, quantity, subject in _of_sentence(sentence, left, year):
            quantities.append(quantity)
            subjects.append(subject)
            places.append(start + at)
        start += len(sentence)
    if stages:
        quantities = list(without_steps(quantities, [stages.get(place) for place in places]))
    return Figures(tuple(told_apart(quantities, subjects)), tuple(left))


def promised_by_title(title: str, below: Figures, *, year: int | None) -> tuple[Quantity, ...]:
    """Return the targets of a title that is a sentence of promises (增长5.5%以上，突破1.2万亿元).

    Only those that the text below does not hold; 121人才梯队项目 as a heading promises nothing.
    """
    said = {(each.value, each.unit) for each in below.quantities}
    found = read_figures(title, year=year).quantities
    return tuple(each for each in found if each.is_measured_target and (each.value, each.unit) not in said)


def numbers_of_title(title: str, promised: Sequence[Quantity] = ()) -> Iterator[NumberLeft]:
    """Yield the numbers of an item's title (121人才梯队项目) but those promised."""
    taken = {each.text for each in promised}
    for phrase in find_phrases(title):
        if phrase.text not in taken:
            yield NumberLeft(text=phrase.text, reason="is_title", context=title)


def _sentences(text: str) -> Iterator[str]:
    """Sentences and lines; what is longer than any sentence is cut, so that the work stays bounded.

    A note is one whatever stops it holds: all of its figures are the note's.
    """
    for line in re.split(r"(?<=\n)", text):
        is_note = line.lstrip().startswith(NOTE)
        for sentence in [line] if is_note else re.split(r"(?<=。)", line):
            for start in range(0, len(sentence), _LONGEST_SENTENCE):
                part = sentence[start : start + _LONGEST_SENTENCE]
                yield part


def _of_sentence(text: str, left: list[NumberLeft], year: int | None) -> Iterator[tuple[int, Quantity, str]]:
    """Yield place, quantity and what the sentence is about, in order; adds to `left` what is no quantity."""
    flat = folded(text)
    phrases = with_shared_bounds(text, list(find_phrases(text)))
    found: list[tuple[int, Quantity, str]] = []
    before: Phrase | None = None
    named = ""
    for at, phrase in enumerate(phrases):
        place = place_of(text, phrase)
        verdict = judge(place if flat == text else place_of(flat, phrase))
        if verdict.kind is None:
            left.append(NumberLeft(text=phrase.text, reason=verdict.reason, context=place.clause.strip()))
            continue
        following = next((each for each in phrases[at + 1 : at + 9] if _goes_before(each, phrase)), None)
        what = taken_over(name_of(place, before, following), named, bound_word=phrase.before)
        found.append((phrase.start, _quantity(place, verdict, what, year), subject_of(text, phrase)))
        if verdict.kind is Kind.TARGET:
            before, named = phrase, what
    found += ((promise.start, _promised(text, promise), "") for promise in promises_in(text))
    yield from sorted(found, key=lambda each: each[0])


def _goes_before(following: Phrase, phrase: Phrase) -> bool:
    """Whether a name ends before that number; in 7万名35-64岁妇女, 30个50户以上村寨 it is of the name."""
    return following.unit not in ("", "岁") and following.start > phrase.end


def _quantity(place: Place, verdict: Verdict, what: str, year: int | None) -> Quantity:
    phrase = place.phrase
    kind = verdict.kind
    assert kind
    return Quantity(
        text=phrase.text,
        what=what,
        op=phrase.bound,
        value=phrase.value,
        value_max=phrase.value_max,
        unit=phrase.unit.replace("％", "%"),
        nature=_nature(place, what),
        stretch=bool(_STRETCH.search(place.before)),
        kind=kind,
        doubt=next(_doubts(place, what, year), "") if kind is Kind.TARGET else "",
        reason=verdict.reason,
        context=place.clause.strip(),
    )


def _nature(place: Place, what: str) -> Nature:
    phrase = place.phrase
    if phrase.before in HELD:
        return Nature.LEVEL
    if SHARE.search(phrase.unit) or phrase.unit.endswith(":N") or is_time(phrase.unit):
        return Nature.RATE
    if (
        phrase.unit == "倍"
        or re.search(r"[/每]", phrase.unit)
        or re.search(r"每[千百万]|人均|[率比]$", what)
        or "人均" in place.clause
    ):
        return Nature.RATE
    return Nature.CUMULATIVE


def _doubts(place: Place, what: str, year: int | None) -> Iterator[str]:
    """Why a person should look at the target, the gravest first."""
    phrase = place.phrase
    if phrase.in_chinese and phrase.unit not in ("%", "‰"):
        yield "doubt_chinese"
    if phrase.before == ORDINAL:
        yield "doubt_ordinal"
    if not phrase.unit or SCALE.fullmatch(phrase.unit):
        yield "doubt_no_unit"
    if _PART_OF_YEAR.match(place.text):
        yield "doubt_part_of_year"
    if not phrase.is_listed:
        yield "doubt_measure"
    if is_time(phrase.unit):
        yield "doubt_duration"
    if _EACH.search(place.before) and _nature(place, what) is Nature.CUMULATIVE:
        yield "doubt_each"
    if len(what) < 3:
        yield "doubt_name"
    if _MANY_YEARS.search(place.sentence) or _is_later(place, year):
        yield "doubt_many_years"


def _is_later(place: Place, year: int | None) -> bool:
    """到2027年: promised by a year after the plan's; without a plan's year any such promise."""
    stated = re.search(r"到(20\d\d)年", place.sentence)
    return stated is not None and (year is None or int(stated[1]) > year)


def _promised(text: str, promise: Promise) -> Quantity:
    start = max((text.rfind(sign, 0, promise.start) for sign in CLAUSE_ENDS), default=-1) + 1
    ends = [at for sign in CLAUSE_ENDS if (at := text.find(sign, promise.end)) >= 0]
    clause = text[start : min(ends, default=len(text))].strip()
    what = re.sub(r"^在?(?:确保|推动|实现|加快|全面)+", "", text[start : promise.start].strip())
    what = what if len(what) > 2 else promise.text
    return Quantity(
        text=promise.text,
        what=what[-LONGEST_NAME:],
        op=promise.bound,
        value=None,
        value_max=None,
        unit="",
        nature=promise.nature,
        stretch=bool(_STRETCH.search(text[start : promise.start])),
        kind=Kind.TARGET,
        doubt=promise.doubt,
        context=clause,
    )
