"""Whose form it is: the marks in a returned form held against each other and the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.model import Ledger, Unit
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.returns import IdentityMark
from workplan_xlsx.domain.unseen import as_seen
from workplan_xlsx.words import Lang, say

_SEAL = re.compile(r"[（(]\s*(盖章|公章|章|seal)\s*[)）]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the marks agree on; empty where they do not say.

    Attributes:
        unit: Ledger name; "" where it could not be attributed.
        period: None where it could not be attributed.
        source: The mark that said so first ("hidden sheet", "properties", "head").
    """

    unit: str
    period: Period | None
    version: str
    source: str
    findings: tuple[Finding, ...]


def identify(
    marks: Sequence[IdentityMark],
    ledger: Ledger,
    *,
    rhythm: Rhythm,
    issued: frozenset[Period],
    sheet: str,
    lang: Lang,
) -> Identity:
    """Return whose form the marks say it is, with every contradiction between them as a finding.

    Any one mark is enough. Where two disagree the first is believed for the address only: the form goes back.
    """
    marks = [mark for mark in marks if mark.source != "title" or read_period(mark.period, rhythm)]
    telling = [mark for mark in marks if mark.unit.strip() and mark.period.strip()] or list(marks)
    if not any(mark.unit.strip() for mark in telling):
        return Identity(
            unit="", period=None, version="", source="", findings=(found(Code.NOT_OUR_FORM, sheet=sheet),)
        )
    findings = [*_other_plan(marks, ledger, sheet)]
    unit = ledger.find_unit(_without_seal(_first(marks, "unit")))
    period = read_period(_first(marks, "period"), rhythm)
    findings += _unit_findings(marks, ledger, unit is not None, sheet, lang)
    findings += _period_findings(marks, ledger, period, rhythm, issued, sheet, lang)
    return Identity(
        unit=unit.name if unit else "",
        period=period,
        version=_first(marks, "version"),
        source=next(mark.source for mark in marks if mark.unit.strip()),
        findings=tuple(findings),
    )


def _first(marks: Sequence[IdentityMark], what: str) -> str:
    return next((str(getattr(mark, what)).strip() for mark in marks if getattr(mark, what).strip()), "")


def _without_seal(written: str) -> str:
    return _SEAL.sub("", written.strip())


def _other_plan(marks: Sequence[IdentityMark], ledger: Ledger, sheet: str) -> Iterator[Finding]:
    for mark in marks:
        if mark.plan.strip() and mark.plan.strip() != ledger.head.code:
            yield found(Code.OTHER_PLAN, sheet=sheet, plan=mark.plan.strip())
            return


def _unit_findings(
    marks: Sequence[IdentityMark], ledger: Ledger, known: bool, sheet: str, lang: Lang
) -> Iterator[Finding]:
    if not known:
        written = _without_seal(_first(marks, "unit"))
        yield found(Code.UNIT_UNKNOWN, sheet=sheet, unit=written, suggestion=_suggest(written, ledger, lang))
        return

    def meaning(mark: IdentityMark) -> str:
        written = _without_seal(mark.unit)
        unit = ledger.find_unit(written) or _by_its_end(written, ledger)
        return unit.name if unit else written

    yield from _disagreements(marks, "unit", meaning, sheet, lang)


def _by_its_end(written: str, ledger: Ledger) -> Unit | None:
    """商务局 and 示范区商务局 are 区商务局 where no other unit's name ends so: enough beside another mark."""
    said = as_seen(written)
    same = [each for each in ledger.units if said.endswith(each.name) or each.name.endswith(said)]
    return same[0] if len(same) == 1 and len(said) >= _SHORTEST_NAME else None


_SHORTEST_NAME = 3


def _suggest(written: str, ledger: Ledger, lang: Lang) -> str:
    near = get_close_matches(written, list(ledger.unit_by_name), n=1, cutoff=0.5)
    return say("identity.did_you_mean", lang, name=near[0]) if near else ""


def _period_findings(
    marks: Sequence[IdentityMark],
    ledger: Ledger,
    period: Period | None,
    rhythm: Rhythm,
    issued: frozenset[Period],
    sheet: str,
    lang: Lang,
) -> Iterator[Finding]:
    def meaning(mark: IdentityMark) -> str:
        read = read_period(mark.period, rhythm)
        return str(read) if read else mark.period.strip()

    yield from _disagreements(marks, "period", meaning, sheet, lang)
    if period is None or period.year != ledger.head.year or period.rhythm is not rhythm:
        written = _first(marks, "period")
        yield found(Code.PERIOD_OUTSIDE, sheet=sheet, period=written, year=ledger.head.year)
    elif period not in issued:
        yield found(Code.PERIOD_NOT_ISSUED, sheet=sheet, period=period)


def _disagreements(
    marks: Sequence[IdentityMark],
    what: str,
    meaning: Callable[[IdentityMark], str],
    sheet: str,
    lang: Lang,
) -> Iterator[Finding]:
    saying = [mark for mark in marks if getattr(mark, what).strip()]
    for mark in saying[1:]:
        if meaning(mark) != meaning(saying[0]):
            yield found(
                Code.MARKS_DISAGREE,
                sheet=sheet,
                what=say(f"identity.{what}", lang),
                one_place=_place_words(saying[0], lang),
                one=getattr(saying[0], what).strip(),
                two_place=_place_words(mark, lang),
                two=getattr(mark, what).strip(),
            )
            return


def _place_words(mark: IdentityMark, lang: Lang) -> str:
    return say(f"identity.source_{mark.source.replace(' ', '_')}", lang)


_LONGEST_PERIOD = 30
_WRITTEN_PERIODS = (
    (Rhythm.MONTHLY, re.compile(r"(\d{4})年(\d{1,2})月")),
    (Rhythm.MONTHLY, re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./]0?1(?: 00:00:00)?)?")),
    (Rhythm.QUARTERLY, re.compile(r"(\d{4})年第?([1-4一二三四])季度")),
    (Rhythm.HALF_MONTHLY, re.compile(r"(\d{4})年(\d{1,2})月([上下])半月")),
    (Rhythm.WEEKLY, re.compile(r"(\d{4})年第(\d{1,2})周")),
)


def read_period(written: str, rhythm: Rhythm) -> Period | None:
    """Return the period that the text names (2023-06, 2023年6月, 2023Q2 ...); None when it names none."""
    text = as_seen(written)
    return _named(text, rhythm) if len(text) <= _LONGEST_PERIOD else None


@lru_cache(maxsize=256)
def _named(text: str, rhythm: Rhythm) -> Period | None:
    """Every form of a period names the same one, in each of its marks."""
    try:
        return Period.parse(text)
    except ValueError:
        return next(
            (
                period
                for kind, spelling in _WRITTEN_PERIODS
                if kind is rhythm and (period := _spelled(kind, spelling.fullmatch(text)))
            ),
            None,
        )


def _spelled(rhythm: Rhythm, found_text: re.Match[str] | None) -> Period | None:
    if found_text is None:
        return None
    year, index = int(found_text[1]), int("一二三四".find(found_text[2]) + 1 or found_text[2])
    if rhythm is Rhythm.HALF_MONTHLY:
        index = 2 * index - (found_text[3] == "上")
    try:
        return Period(year, rhythm, index)
    except ValueError:
        return None
