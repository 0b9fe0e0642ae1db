"""One cell at a time: what a number cell, a stage cell and a text cell may hold (group "type")."""

from __future__ import annotations

import re
from decimal import Decimal

from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.judging.row import finding_at
from workplan_xlsx.domain.judging.written_nothing import Nothing, nothing_of
from workplan_xlsx.domain.judging.written_numbers import is_percent, read_number
from workplan_xlsx.domain.model import MOST_DIGITS, Bound, Stage, Target, bare
from workplan_xlsx.domain.returns import CellKind, Content
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import Lang, say

LONGEST_TEXT = 5000
"""Characters that a text column takes; far above any account, far below what Excel cuts silently."""

_MAY_BE_NEGATIVE = re.compile(
    r"增长|增速|增幅|提高|提升|上升|下降|降低|growth|increase|decrease", re.IGNORECASE
)
_DOUBTFUL_PERCENT_UP_TO = Decimal("1.5")
_THINKABLE_TIMES = 3
_TOO_MANY_TIMES = 10
_SHOWN_OF_A_LARGE_ONE = 30

_NUMBER_KIND = CellKind.NUMBER
_NO_TEXT = (CellKind.ERROR, CellKind.UNCALCULATED)

Found = tuple[Finding, ...]
FigureRead = tuple[Decimal | None, str, Found]
"""The figure; 不适用 or 未到期 in place of one; what is to be said of the cell."""


def read_figure(content: Content, target: Target, lang: Lang) -> FigureRead:
    """Return the exact figure in the target's unit, or the word for its absence, and what is to be said.

    Neither figure nor word exactly where one of the findings is an error.
    """
    if content.kind is _NUMBER_KIND and content.number is not None:
        return _number(content, content.number, target)
    if content.kind is CellKind.FORMAT_LOST and content.number is not None:
        return _number_without_format(content, content.number, target)
    if content.is_blank:
        return None, "", (_blank(content, target, lang),)
    if content.kind is CellKind.TEXT:
        return _text_in_number_cell(content, target, lang)
    code = {
        CellKind.ERROR: Code.ERROR_CELL,
        CellKind.UNCALCULATED: Code.FORMULA_WITHOUT_RESULT,
        CellKind.SHOWN_OTHERWISE: Code.SHOWN_OTHERWISE,
        CellKind.STRUCK_OUT: Code.STRUCK_OUT,
    }.get(content.kind, Code.NUMBER_IS_TEXT)
    said = _OF_KIND.get(content.kind)
    got = say(said, lang, got=content.text) if said else content.text
    return None, "", (finding_at(code, content, target, got=got),)


_OF_KIND = {CellKind.DATE: "checks.got_day", CellKind.TRUTH: "checks.got_truth"}
"""The cell's own format hides from the clerk what is wrong with it: a date is shown as 3月4日."""


def _blank(content: Content, target: Target, lang: Lang) -> Finding:
    expected = say("checks.expected_number", lang, unit=target.unit)
    column = say("checks.column_actual", lang)
    return finding_at(Code.REQUIRED_BLANK, content, target, column=column, expected=expected)


def _number(content: Content, stored: Decimal, target: Target) -> FigureRead:
    percent = is_percent(target.unit)
    if content.shown_as_percent and not percent:
        got = f"{plain(stored * 100)}%"
        return None, "", (finding_at(Code.NUMBER_IS_TEXT, content, target, got=got),)
    value = stored * 100 if content.shown_as_percent else stored
    impossible = _impossible(content, value, target)
    if impossible:
        return None, "", impossible
    if not percent:
        return _tidy(value), "", ()
    doubt = () if content.shown_as_percent else _doubtful_percent(content, value, target)
    return _tidy(value), "", doubt or _hundredfold(content, value, target)


def _number_without_format(content: Content, value: Decimal, target: Target) -> FigureRead:
    """A figure among percents in a .csv; asked about wherever a hundred times as much is thinkable too."""
    impossible = _impossible(content, value, target)
    if impossible:
        return None, "", impossible
    aim = target.value_max or target.value
    if not value or (aim and abs(value) * 100 > abs(aim) * _THINKABLE_TIMES):
        return _tidy(value), "", ()
    facts = {"got": plain(value), "as_is": plain(value), "as_percent": plain(value * 100)}
    return _tidy(value), "", (finding_at(Code.PERCENT_UNCLEAR, content, target, **facts),)


def _impossible(content: Content, value: Decimal, target: Target) -> Found:
    """Below zero where nothing can be, or so large that no cell holds it exactly."""
    if value and value.adjusted() >= MOST_DIGITS:
        got = content.text.strip()[:_SHOWN_OF_A_LARGE_ONE]
        return (finding_at(Code.NUMBER_TOO_LARGE, content, target, got=got, digits=MOST_DIGITS),)
    if value < 0 and not may_be_negative(target):
        return (finding_at(Code.NUMBER_NEGATIVE, content, target, got=plain(value)),)
    return ()


def may_be_negative(target: Target) -> bool:
    """Whether its figure can be below zero: growth, or a change."""
    return bool(_MAY_BE_NEGATIVE.search(target.name + target.words + target.context))


def _doubtful_percent(content: Content, value: Decimal, target: Target) -> Found:
    """0.95 may have been meant as 95 %: small, and a hundred times as much is near the target."""
    if not 0 < value <= _DOUBTFUL_PERCENT_UP_TO or target.value is None:
        return ()
    if target.bound in (Bound.AT_MOST, Bound.LESS_THAN) or value * 100 > target.value * Decimal("1.5"):
        return ()
    facts = {"got": plain(value), "as_is": plain(value), "as_percent": plain(value * 100)}
    return (finding_at(Code.PERCENT_UNCLEAR, content, target, **facts),)


def _hundredfold(content: Content, value: Decimal, target: Target) -> Found:
    """9500 % where 95 % is the target: 95 stands in a percent cell, or the point was lost."""
    aim = target.value
    if aim is None or aim <= 0 or target.bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return ()
    if value <= 100 or value < aim * _TOO_MANY_TIMES or not aim / 20 <= value / 100 <= aim * Decimal("1.5"):
        return ()
    facts = {"got": f"{plain(value)}%", "as_is": plain(value), "as_percent": plain(value / 100)}
    return (finding_at(Code.PERCENT_UNCLEAR, content, target, **facts),)


def _text_in_number_cell(content: Content, target: Target, lang: Lang) -> FigureRead:
    got = content.text.strip()
    value = read_number(got, target.unit)
    if value is None:
        return _no_number(content, got, target, lang)
    impossible = _impossible(content, value, target)
    if impossible:
        return None, "", impossible
    note = finding_at(Code.NUMBER_CONVERTED, content, target, got=got, taken=plain(value))
    signed = "%" in got or "％" in got
    doubt: Found = ()
    if is_percent(target.unit):
        doubt = () if signed else _doubtful_percent(content, value, target)
        doubt = doubt or _hundredfold(content, value, target)
    return _tidy(value), "", (note, *doubt)


def _no_number(content: Content, got: str, target: Target, lang: Lang) -> FigureRead:
    """A word for nothing, or something that is no exact figure: 约120家, 三五家."""
    nothing = nothing_of(got)
    if nothing is Nothing.UNCLEAR:
        return None, "", (finding_at(Code.NOTHING_UNCLEAR, content, target, got=got),)
    if nothing is not None:
        meaning = say(f"checks.{nothing.name.lower()}", lang)
        told = finding_at(Code.NOT_OWED_CLAIMED, content, target, got=got, meaning=meaning)
        return None, nothing.value, (told,)
    return None, "", (finding_at(Code.NUMBER_IS_TEXT, content, target, got=got),)


def _tidy(value: Decimal) -> Decimal:
    """Without needless zeros; most figures have none."""
    return value if value.as_tuple().exponent == 0 else Decimal(plain(value))


def read_stage(content: Content, target: Target, lang: Lang, *, required: bool) -> tuple[str, Found]:
    """Return the stage's word, "" where none was chosen, and what is to be said of the cell."""
    if content.is_blank:
        if not required:
            return "", ()
        facts = {
            "column": say("checks.column_stage", lang),
            "expected": say("checks.expected_stage", lang, choices=_choices(lang)),
        }
        return "", (finding_at(Code.REQUIRED_BLANK, content, target, **facts),)
    if content.kind in _NO_TEXT:
        return "", (_formula(content, target, "stage", lang),)
    stage = stage_of(content.text)
    if stage is None:
        facts = {"got": content.text, "choices": _choices(lang)}
        return "", (finding_at(Code.STAGE_UNKNOWN, content, target, **facts),)
    return stage.value, ()


_STAGE_BY_WORD: dict[str, Stage] = {}


def stage_of(written: str) -> Stage | None:
    """Return the stage that the word names, in either language; None when it names none."""
    if not _STAGE_BY_WORD:
        _STAGE_BY_WORD.update((word, stage) for stage in Stage for word in _spellings(stage))
    return _STAGE_BY_WORD.get(bare(written))


def _spellings(stage: Stage) -> set[str]:
    return {bare(stage_words(stage, lang)) for lang in ("zh", "en")}


def stage_words(stage: Stage, lang: Lang) -> str:
    """The stage as the form says it."""
    return say(f"checks.{stage.name.lower()}", lang)


def _choices(lang: Lang) -> str:
    return say("checks.between", lang).join(stage_words(stage, lang) for stage in Stage)


def read_text(content: Content, target: Target, column_key: str, lang: Lang) -> tuple[str, Found]:
    """Return the text as the unit wrote it, outer blanks off, and what is to be said of the cell."""
    if content.kind in _NO_TEXT:
        return "", (_formula(content, target, column_key, lang),)
    text = content.text.strip()
    if len(text) > LONGEST_TEXT:
        column = say(f"checks.column_{column_key}", lang)
        facts = {"column": column, "length": len(text), "limit": LONGEST_TEXT}
        return "", (finding_at(Code.TEXT_TOO_LONG, content, target, **facts),)
    return text, ()


def _formula(content: Content, target: Target, column_key: str, lang: Lang) -> Finding:
    """An error, or a formula without a result, where words should stand: -3 项未完 becomes one by itself."""
    column = say(f"checks.column_{column_key}", lang)
    got = content.text or say("checks.got_nothing", lang)
    return finding_at(Code.TEXT_IS_FORMULA, content, target, column=column, got=got)
