"""The head of a form: title, whose it is, by when, who signs, what is still to do."""

from __future__ import annotations

from workplan_xlsx.books.columns import COLUMNS, INDEX, LAST_SHOWN, head_label, letter
from workplan_xlsx.books.form.formulas import counter_formula
from workplan_xlsx.books.form.paper import Asking, Paper, asking
from workplan_xlsx.books.form.plan import (
    COUNTER_ROW,
    HEAD_ROW,
    HEADER_ROW,
    SIGN_ROW,
    SOURCE_ROW,
    TITLE_ROW,
)
from workplan_xlsx.books.form.wording import deadline_words, period_words
from workplan_xlsx.books.styles import lines_needed, row_height
from workplan_xlsx.domain.returns import Answer, SignOff

_LAST = LAST_SHOWN
_LAST_BESIDE = INDEX["check"]
"""Last column of what stands on the left; legend and hint stand over the text columns."""

# label's column, first and last column of the value beside it
_GIVEN_PLACES = {"unit": (0, 1, 2), "period": (3, 4, 6), "deadline": (7, 8, 11)}
SIGN_PLACES = {
    SignOff.FILLED_BY: (0, 1, 2),
    SignOff.PHONE: (3, 4, 6),
    SignOff.REVIEWED_BY: (7, 8, 9),
    SignOff.FILLED_ON: (10, 11, 11),
}


_UNIT_WIDTH = sum(column.width for column in COLUMNS[1:3])


def write_head(paper: Paper) -> None:
    """Write the rows above the table and its header row."""
    _title(paper)
    _given(paper)
    _sign_off(paper)
    _counter(paper)
    _header(paper)


def _title(paper: Paper) -> None:
    sheet, head = paper.sheet, paper.form.head
    title = paper.say("title", plan=head.title, period=period_words(paper.form.period, paper.lang))
    sheet.set_row(TITLE_ROW, 36)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, _LAST, title, paper.formats.of("title"))
    sheet.set_row(SOURCE_ROW, 18)
    if head.document_number:
        source = paper.say(
            "document_line", issuer=head.issuer, document=head.document_number, title=head.title
        )
        style = paper.formats.of("source")
        sheet.merge_range(SOURCE_ROW, 0, SOURCE_ROW, _LAST_BESIDE, source, style)
    for offset, look in enumerate(("legend_input", "legend_optional", "legend_locked"), start=1):
        sheet.write_string(SOURCE_ROW, _LAST_BESIDE + offset, paper.say(look), paper.formats.of(look))
    if paper.form.office.marking:
        marking = paper.form.office.marking
        sheet.merge_range(SOURCE_ROW, _LAST - 1, SOURCE_ROW, _LAST, marking, paper.formats.of("marking"))


def _given(paper: Paper) -> None:
    form = paper.form
    texts = {
        "unit": form.unit,
        "period": period_words(form.period, paper.lang),
        "deadline": deadline_words(form.deadline, paper.lang),
    }
    paper.sheet.set_row(HEAD_ROW, max(25, row_height(lines_needed(form.unit, _UNIT_WIDTH), 11)))
    for key, (label_at, first, last) in _GIVEN_PLACES.items():
        paper.sheet.write_string(HEAD_ROW, label_at, head_label(key, paper.lang), paper.formats.of("label"))
        paper.sheet.merge_range(HEAD_ROW, first, HEAD_ROW, last, texts[key], paper.formats.of("given"))


def _sign_off(paper: Paper) -> None:
    sheet, style = paper.sheet, paper.formats.of("sign_off")
    sheet.set_row(SIGN_ROW, 25)
    for key, (label_at, first, last) in SIGN_PLACES.items():
        sheet.write_string(SIGN_ROW, label_at, head_label(key.value, paper.lang), paper.formats.of("label"))
        if last > first:
            sheet.merge_range(SIGN_ROW, first, SIGN_ROW, last, "", style)
        paper.put(SIGN_ROW, first, paper.filled.head.get(key), style)


def _counter(paper: Paper) -> None:
    """还有 N 处未填或待核对; the stored result is right for a blank form, also where nothing calculates."""
    sheet, formats = paper.sheet, paper.formats
    column = letter("check")
    checks = f"${column}${HEADER_ROW + 2}:${column}${paper.form.last_row + 1}"
    cells = tuple(f"${chr(ord('A') + first)}${SIGN_ROW + 1}" for _, first, _ in SIGN_PLACES.values())
    formula = counter_formula(checks, cells, paper.lang)
    sheet.set_row(COUNTER_ROW, 22)
    sheet.merge_range(COUNTER_ROW, 0, COUNTER_ROW, _LAST_BESIDE, "", formats.of("counter"))
    told = paper.say("remaining", count=_asked(paper) + len(SIGN_PLACES)) if paper.filled.is_blank else ""
    sheet.write_formula(COUNTER_ROW, 0, formula, formats.of("counter"), told)
    rule = {"type": "text", "criteria": "begins with", "value": paper.say("all_filled")}
    sheet.conditional_format(
        COUNTER_ROW, 0, COUNTER_ROW, _LAST_BESIDE, rule | {"format": formats.of("live_fine")}
    )
    key, look = ("changed_hint", "changed") if paper.form.changes else ("filter_hint", "source")
    sheet.merge_range(COUNTER_ROW, _LAST_BESIDE + 1, COUNTER_ROW, _LAST, paper.say(key), formats.of(look))


def _asked(paper: Paper) -> int:
    answers = (Answer.ACTUAL, Answer.STAGE, Answer.PROGRESS)
    return sum(asking(answer, row) is Asking.MUST for row in paper.form.rows for answer in answers)


def _header(paper: Paper) -> None:
    paper.sheet.set_row(HEADER_ROW, 34)
    for index, column in enumerate(COLUMNS):
        style = paper.formats.of("header_input" if column.answer else "header")
        paper.sheet.write_string(HEADER_ROW, index, column.header(paper.lang), style)
