"""From a returned row to what it says: the texts, the figure, the stage, each held against what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.judging.cells import read_figure, read_stage, read_text
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.written_nothing import says_something
from workplan_xlsx.domain.judging.written_numbers import read_number
from workplan_xlsx.domain.model import Mark
from workplan_xlsx.domain.returns import Answer, CellKind, Content
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import say

_TEXTS = tuple(
    (answer, answer.value)
    for answer in (
        Answer.PROGRESS,
        Answer.DIFFICULTY,
        Answer.REQUEST,
        Answer.NEXT_STEPS,
        Answer.EXPLANATION,
    )
)
_ACTUAL, _STAGE = Answer.ACTUAL, Answer.STAGE
_BLANK, _NUMBER, _TEXT = CellKind.BLANK, CellKind.NUMBER, CellKind.TEXT
_NEED_NO_FIGURE = (Mark.NOT_APPLICABLE, Mark.UNDECIDED)
_NEED_A_STAGE = (Mark.NONE, Mark.UNDER_REVIEW)


def read_row(row: RowInHand) -> Iterator[Finding]:
    """Fill in what the row says; yield what is to be said of its cells."""
    answers = row.returned.answers
    for answer, key in _TEXTS:
        content = answers.get(answer)
        if content is None or content.kind is _BLANK:
            continue  # nearly always
        text, said = read_text(content, row.target, key, row.lang)
        if text:
            setattr(row, key, text)
        yield from said
    row.explained = bool(row.explanation) and says_something(row.explanation)
    yield from _figure(row)
    yield from _stage(row)


def _figure(row: RowInHand) -> Iterator[Finding]:
    content = row.cell(_ACTUAL)
    if row.owes and not row.target.is_stage:
        if not (row.target.mark in _NEED_NO_FIGURE and content.is_blank):
            row.value, row.stage, said = read_figure(content, row.target, row.lang)
            yield from said
    elif content.kind in (_NUMBER, _TEXT):
        yield from _kept_beside(row, content)


def _kept_beside(row: RowInHand, content: Content) -> Iterator[Finding]:
    """A co-lead's number, or one beside a stage: kept and told, not counted."""
    number = content.number if content.kind is _NUMBER else read_number(content.text, row.target.unit)
    if number is None:
        return
    if content.shown_as_percent:
        number *= 100
    by = row.task.reporting_unit if not row.target.is_stage else say("checks.nobody", row.lang)
    yield row.finding(Code.NOT_COUNTED, _ACTUAL, unit=by, got=plain(number))
    row.value = None if row.target.is_stage else number


def _stage(row: RowInHand) -> Iterator[Finding]:
    """The stage is owed where there is no number to report, and is checked wherever one was chosen."""
    content = row.cell(_STAGE)
    if content.kind is _BLANK and not row.target.is_stage:
        return
    if not row.owes and content.kind is _TEXT and _is_our_hint(content.text):
        return
    required = row.owes and row.target.is_stage and row.target.mark in _NEED_A_STAGE
    stage, said = read_stage(content, row.target, row.lang, required=required)
    row.stage = row.stage or stage
    yield from said


def _is_our_hint(text: str) -> bool:
    """Whether the cell still holds what the form printed there for a co-lead (由区科技局填报, —)."""
    text = text.strip()
    return text in {"—", "-"} or (text.startswith("由") and text.endswith("填报")) or "eported by" in text
