"""One target's row: what is given, what is typed, what is worked out while typing."""

from __future__ import annotations

from workplan_xlsx.books.columns import COLUMNS, INDEX, Column, Kind
from workplan_xlsx.books.form.formulas import check_formula, share_formula
from workplan_xlsx.books.form.paper import Asking, Paper, asking
from workplan_xlsx.books.form.plan import FormRow
from workplan_xlsx.books.form.source import source_link
from workplan_xlsx.books.styles import lines_needed, row_height
from workplan_xlsx.domain.editions.rating import STAGE_PCT
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.model import Stage
from workplan_xlsx.domain.returns import Answer, Content

STRUT_COLUMN = len(COLUMNS)
"""Right of the table: a blank in large type keeps the automatic height of a row above two lines."""
_LOWEST = 38.0
_DECIMALS, _DECIMALS_OF_A_PLAN = 6, 2


def write_row(paper: Paper, row: int, line: FormRow) -> None:
    """Write the row; it begins tall enough to write in and grows while its text is typed."""
    for index, column in enumerate(COLUMNS):
        if column.answer is not None:
            _input(paper, row, index, column.answer, line)
        elif column.kind is Kind.FIGURE:
            _figure(paper, row, index, column.key, line)
        elif column.kind in (Kind.SHARE, Kind.CHECK):
            _formula(paper, row, index, column.kind, line)
        elif column.kind is Kind.MARK:
            paper.sheet.write_string(row, index, paper.form.identity.in_a_row, paper.formats.of("mark"))
        else:
            _words(paper, row, index, column, line)
    paper.sheet.write_blank(row, STRUT_COLUMN, None, paper.formats.of("strut"))
    paper.sheet.set_growing_row(row, _height(paper, line), level=1)


def _height(paper: Paper, line: FormRow) -> float:
    """Room for what stands in the row already; never less than two lines."""
    target = line.target
    texts = {"task": line.task.title, "name": target.name, "words": target.words, "unit": target.unit}
    for column in COLUMNS:
        content = column.answer and paper.content_of(target.code, column.answer)
        texts |= {column.key: content.text} if content else {}
    lines = max(lines_needed(text, COLUMNS[INDEX[key]].width) for key, text in texts.items())
    return max(_LOWEST, row_height(lines, 11))


def _words(paper: Paper, row: int, index: int, column: Column, line: FormRow) -> None:
    target = line.target
    if column.key == "words":
        link = source_link(paper.form, line.task, paper.lang)
        text = target.words or paper.say("see_source")
        paper.sheet.write_url(row, index, link, paper.formats.of("link"), text, paper.say("see_source_tip"))
        return
    texts = {
        "code": target.code,
        "task": line.task.title or line.task.number,
        "name": target.name,
        "unit": target.unit or paper.say("no_number"),
    }
    looks = {"code": "code", "unit": "centred"}
    style = paper.formats.of(looks.get(column.key, "words"))
    paper.sheet.write_string(row, index, texts[column.key], style)


def _figure(paper: Paper, row: int, index: int, key: str, line: FormRow) -> None:
    """A given number, or the word that stands for it; a plan shows two decimals at most."""
    stage = line.target.is_stage
    value = {"target": None if stage else line.target.value, "planned": line.planned}.get(key, line.before)
    words = {"target": "" if stage else paper.say("undecided"), "planned": _planned_stage(paper, line)}
    if value is not None:
        most = _DECIMALS_OF_A_PLAN if key == "planned" else _DECIMALS
        paper.sheet.write_number(row, index, float(value), paper.formats.figure(value, most=most))
    elif words.get(key):
        paper.sheet.write_string(row, index, words[key], paper.formats.of("centred"))
    else:
        paper.sheet.write_blank(row, index, None, paper.formats.of("centred"))


def _planned_stage(paper: Paper, line: FormRow) -> str:
    """The stage that is due by the period's end: the first that counts as much as the plan expects."""
    if not line.target.is_stage or not line.expected_pct:
        return ""
    due = next(stage for stage in Stage if STAGE_PCT[stage] >= line.expected_pct)
    return stage_words(due, paper.lang)


def _formula(paper: Paper, row: int, index: int, kind: Kind, line: FormRow) -> None:
    if kind is Kind.CHECK:
        formula = check_formula(line, row + 1, paper.lang)
        paper.sheet.write_formula(row, index, formula, paper.formats.of("check"), _first_check(paper, line))
        return
    formula = share_formula(line, row + 1, paper.lang)
    if formula:
        paper.sheet.write_formula(row, index, formula, paper.formats.of("share"), "")
    else:
        paper.sheet.write_blank(row, index, None, paper.formats.of("share"))


def _first_check(paper: Paper, line: FormRow) -> str:
    """What the check says of a blank row; stored for programs that do not calculate.

    Of a row that is filled in nothing is stored: an empty result is worked out by every program, a stale one
    is shown by some.
    """
    if not paper.filled.is_blank:
        return ""
    account = paper.say("check_account")
    if not line.reports:
        return account
    if asking(Answer.STAGE if line.target.is_stage else Answer.ACTUAL, line) is not Asking.MUST:
        return f"{paper.say('check_need_not')}\n{account}"
    missing = paper.say("check_choose" if line.target.is_stage else "check_missing")
    return f"{missing}\n{account}"


def _input(paper: Paper, row: int, index: int, answer: Answer, line: FormRow) -> None:
    content = paper.content_of(line.target.code, answer)
    comment = paper.filled.marks.get((line.target.code, answer.value))
    style = paper.formats.of(_look(answer, line, content), marked=comment is not None)
    asked = asking(answer, line)
    if asked is Asking.NOT and (content is None or content.is_blank):
        paper.sheet.write_string(row, index, not_asked_text(paper, line), style)
    else:
        paper.put(row, index, content, style)
    if comment is not None:
        scale = {"x_scale": 2.2, "y_scale": 1 + len(comment) / 90, "font_size": 10}
        paper.sheet.write_comment(row, index, comment, scale)


def not_asked_text(paper: Paper, line: FormRow) -> str:
    """What stands in a grey cell: who reports instead, or — where there is nothing to report."""
    if line.reports or not line.task.reporting_unit:
        return paper.say("no_number")
    return paper.say("by_other", unit=line.task.reporting_unit)


def _look(answer: Answer, line: FormRow, content: Content | None) -> str:
    asked = asking(answer, line)
    if asked is Asking.NOT:
        return "not_asked"
    if answer is Answer.ACTUAL:
        return "percent_input" if content is not None and content.shown_as_percent else "figure_input"
    kind = "stage" if answer is Answer.STAGE else "text"
    return f"{kind}_{'input' if asked is Asking.MUST else 'optional'}"
