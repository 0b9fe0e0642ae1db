"""Help while typing: dropdown lists, input messages with an example, error texts that say what to type."""

from __future__ import annotations

from collections.abc import Iterator

from workplan_xlsx.books.columns import INDEX
from workplan_xlsx.books.form.head import SIGN_PLACES
from workplan_xlsx.books.form.paper import Asking, Paper, asking
from workplan_xlsx.books.form.plan import SIGN_ROW, FormRow
from workplan_xlsx.domain.judging.cells import LONGEST_TEXT, stage_words
from workplan_xlsx.domain.judging.written_numbers import is_percent
from workplan_xlsx.domain.model import Stage
from workplan_xlsx.domain.returns import Answer
from workplan_xlsx.domain.rounding import plain

_LONGEST_MESSAGE = 255
_LONGEST_UNIT = 20
_FAR = 1e15

Rows = tuple[int, int]


def add_help(paper: Paper) -> None:
    """Attach a validation to every input; cells of one column that need the same share one."""
    for row, what in paper.form.placed_rows:
        if asking(Answer.ACTUAL, what) is not Asking.NOT:
            column = INDEX[Answer.ACTUAL.value]
            paper.sheet.data_validation(row, column, row, column, _for_figure(paper, what))
    for answer in Answer:
        if answer is not Answer.ACTUAL:
            rule = _for_stage(paper) if answer is Answer.STAGE else _for_text(paper, answer)
            _over(paper, INDEX[answer.value], list(_open_stretches(paper, answer)), rule)
    for key, (_, first, last) in SIGN_PLACES.items():
        message = {"input_title": paper.say("help_title"), "input_message": paper.say(f"help_{key.value}")}
        paper.sheet.data_validation(SIGN_ROW, first, SIGN_ROW, last, {"validate": "any"} | message)


def _open_stretches(paper: Paper, answer: Answer) -> Iterator[Rows]:
    """First and last row of each stretch of rows in which the answer is asked."""
    begun, last = -1, -1
    for row, what in paper.form.placed_rows:
        if asking(answer, what) is Asking.NOT:
            continue
        if row != last + 1:
            if begun >= 0:
                yield begun, last
            begun = row
        last = row
    if begun >= 0:
        yield begun, last


def _over(paper: Paper, column: int, stretches: list[Rows], rule: dict[str, object]) -> None:
    if not stretches:
        return
    (first, last), *others = stretches
    more = {"other_cells": [[begin, column, end, column] for begin, end in others]} if others else {}
    paper.sheet.data_validation(first, column, last, column, rule | more)


def _for_figure(paper: Paper, line: FormRow) -> dict[str, object]:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_FAR,
        "maximum": _FAR,
        "input_title": paper.say("help_title"),
        "input_message": _figure_message(paper, line),
        "error_title": paper.say("error_title"),
        "error_message": paper.say("error_actual"),
    }


def _figure_message(paper: Paper, line: FormRow) -> str:
    hoped = line.planned if line.planned else line.target.value
    example = plain(hoped) if hoped is not None else "12"
    unit = line.target.unit
    key = "help_actual_percent" if is_percent(unit) else "help_actual"
    return paper.say(key, unit=unit[:_LONGEST_UNIT], example=example)[:_LONGEST_MESSAGE]


def _for_stage(paper: Paper) -> dict[str, object]:
    return {
        "validate": "list",
        "source": [stage_words(stage, paper.lang) for stage in Stage],
        "input_title": paper.say("help_title"),
        "input_message": paper.say("help_stage"),
        "error_title": paper.say("error_title"),
        "error_message": paper.say("error_stage"),
    }


def _for_text(paper: Paper, answer: Answer) -> dict[str, object]:
    """Any text; one that is far too long is warned of, not refused."""
    return {
        "validate": "length",
        "criteria": "<=",
        "value": LONGEST_TEXT,
        "error_type": "warning",
        "input_title": paper.say("help_title"),
        "input_message": paper.say(f"help_{answer.value}"),
        "error_title": paper.say("error_title"),
        "error_message": paper.say("error_long", limit=LONGEST_TEXT),
    }
