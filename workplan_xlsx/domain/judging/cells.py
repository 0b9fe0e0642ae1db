"""One cell at a time: what a number cell, a stage cell and a text cell may hold (group "type")."""

from __future__ import annotations

import re
from decimal import Decimal

from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.judging.written_numbers import is_percent, read_number
from workplan_xlsx.domain.model import Bound, Stage, Target
from workplan_xlsx.domain.returns import CellKind, Content
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import Lang, say

LONGEST_TEXT = 5000
"""Characters that a text column takes; far above any account, far below what Excel cuts silently."""

_MAY_BE_NEGATIVE = re.compile(
    r"增长|增速|增幅|提高|提升|上升|下降|降低|growth|increase|decrease", re.IGNORECASE
)
_DOUBTFUL_PERCENT_UP_TO = Decimal("1.5")

NumberRead = tuple[Decimal | None, tuple[Finding, ...]]


def read_figure(content: Content, target: Target, lang: Lang, *, explained: bool) -> NumberRead:
    """Return the exact figure in the target's unit, and what is to be said of the cell.

    The figure is None exactly where one of the findings is an error. `explained`: the unit wrote something
    in 解释说明 of this row, which answers a query.
    """
    if content.is_blank:
        return None, (_blank(content, target, lang),)
    if content.kind is CellKind.NUMBER and content.number is not None:
        return _number(content, content.number, target, explained=explained)
    if content.kind is CellKind.TEXT:
        return _number_as_text(content, target)
    code = {
        CellKind.ERROR: Code.ERROR_CELL,
        CellKind.UNCALCULATED: Code.FORMULA_WITHOUT_RESULT,
    }.get(content.kind, Code.NUMBER_IS_TEXT)
    return None, (_at(code, content, target, got=content.text),)


def _blank(content: Content, target: Target, lang: Lang) -> Finding:
    expected = say("checks.expected_number", lang, unit=target.unit)
    return _at(
        Code.REQUIRED_BLANK, content, target, column=say("checks.column_actual", lang), expected=expected
    )


def _number(content: Content, stored: Decimal, target: Target, *, explained: bool) -> NumberRead:
    percent = is_percent(target.unit)
    if content.shown_as_percent and not percent:
        return None, (_at(Code.NUMBER_IS_TEXT, content, target, got=f"{plain(stored * 100)}%"),)
    value = stored * 100 if content.shown_as_percent else stored
    if percent and not content.shown_as_percent and not explained and _is_doubtful_percent(value, target):
        facts = {"got": plain(value), "as_is": plain(value), "as_percent": plain(value * 100)}
        return value, (_at(Code.PERCENT_UNCLEAR, content, target, **facts),)
    if value < 0 and not _MAY_BE_NEGATIVE.search(target.name + target.words + target.context):
        return None, (_at(Code.NUMBER_NEGATIVE, content, target, got=plain(value)),)
    return _tidy(value), ()


def _is_doubtful_percent(value: Decimal, target: Target) -> bool:
    """Whether 0.95 may have been meant as 95 %: small, and a hundred times as much is near the target."""
    if not 0 < value <= _DOUBTFUL_PERCENT_UP_TO or target.value is None:
        return False
    if target.bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return False
    return value * 100 <= target.value * Decimal("1.5")


def _number_as_text(content: Content, target: Target) -> NumberRead:
    value = read_number(content.text, target.unit)
    if value is None or (value < 0 and not _MAY_BE_NEGATIVE.search(target.name)):
        return None, (_at(Code.NUMBER_IS_TEXT, content, target, got=content.text.strip()),)
    note = _at(Code.NUMBER_CONVERTED, content, target, got=content.text.strip(), taken=plain(value))
    return _tidy(value), (note,)


def _tidy(value: Decimal) -> Decimal:
    return Decimal(plain(value))


def read_stage(
    content: Content, target: Target, lang: Lang, *, required: bool
) -> tuple[str, tuple[Finding, ...]]:
    """Return the stage's word, "" where none was chosen, and what is to be said of the cell."""
    if content.is_blank:
        if not required:
            return "", ()
        facts = {
            "column": say("checks.column_stage", lang),
            "expected": say("checks.expected_stage", lang, choices=_choices(lang)),
        }
        return "", (_at(Code.REQUIRED_BLANK, content, target, **facts),)
    stage = stage_of(content.text)
    if stage is None:
        return "", (_at(Code.STAGE_UNKNOWN, content, target, got=content.text, choices=_choices(lang)),)
    return stage.value, ()


def stage_of(written: str) -> Stage | None:
    """Return the stage that the word names, in either language; None when it names none."""
    word = "".join(written.split()).casefold()
    return next((stage for stage in Stage if word in _spellings(stage)), None)


def _spellings(stage: Stage) -> set[str]:
    return {"".join(stage_words(stage, lang).split()).casefold() for lang in ("zh", "en")}


def stage_words(stage: Stage, lang: Lang) -> str:
    """The stage as the form says it."""
    return say(f"checks.{stage.name.lower()}", lang)


def _choices(lang: Lang) -> str:
    return say("checks.between", lang).join(stage_words(stage, lang) for stage in Stage)


def read_text(content: Content | None, target: Target, column: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text as the unit wrote it, outer blanks off, and what is to be said of the cell."""
    if content is None or content.is_blank:
        return "", ()
    if content.kind is CellKind.ERROR:
        return "", (_at(Code.ERROR_CELL, content, target, got=content.text),)
    text = content.text.strip()
    if len(text) > LONGEST_TEXT:
        facts = {"column": column, "length": len(text), "limit": LONGEST_TEXT}
        return "", (_at(Code.TEXT_TOO_LONG, content, target, **facts),)
    return text, ()


def _at(code: Code, content: Content, target: Target, **facts: object) -> Finding:
    """A finding at this cell; every sentence about a cell may name the target, its unit and an example."""
    known = {"name": target.name, "unit": target.unit or "—", "example": _example(target)}
    needed = known | facts
    told = tuple(sorted((name, str(value)) for name, value in needed.items()))
    return Finding(code=code, sheet=content.sheet, cell=content.cell, facts=told)


def _example(target: Target) -> str:
    return plain(target.value / 2) if target.value else "12"
