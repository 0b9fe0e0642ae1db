"""The sheet that a unit fills in: head, one band per task, one row per target, live checks by formulas.

The same layout serves the blank form and the marked copy: there the unit's own answers stand in the input
cells and the cells to mend carry a mark and a comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workplan_xlsx.books.columns import COLUMNS, INDEX, Column, Kind, head_label
from workplan_xlsx.books.form_formats import FormFormats
from workplan_xlsx.books.form_formulas import check_formula, counter_formula, share_formula
from workplan_xlsx.books.form_plan import (
    COUNTER_ROW,
    HEAD_ROW,
    HEADER_ROW,
    HINT_ROW,
    SIGN_ROW,
    SOURCE_ROW,
    TITLE_ROW,
    FormPlan,
    FormRow,
    deadline_words,
    period_words,
)
from workplan_xlsx.domain.cell_checks import stage_words
from workplan_xlsx.domain.model import Stage, Task
from workplan_xlsx.domain.returns import Answer, CellKind, Content, SignOff
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.written_numbers import is_percent
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LAST = len(COLUMNS) - 1
_LONGEST_CELL = 32_767
_SIGN_PLACES = {
    # label column, first and last column of its input cell
    SignOff.FILLED_BY: (0, 1, 1),
    SignOff.PHONE: (2, 3, 4),
    SignOff.REVIEWED_BY: (5, 6, 7),
    SignOff.FILLED_ON: (8, 9, 10),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What the unit had filled in, and what is to be said about it; empty for a blank form.

    Attributes:
        answers: By (target code, column) the content as it was.
        marks: By (target code, column key) the comment for that cell.
    """

    answers: Mapping[tuple[str, Answer], Content] = field(default_factory=dict)
    head: Mapping[SignOff, Content] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)


def write_form_sheet(book: Workbook, sheet: Worksheet, form: FormPlan, lang: Lang, filled: Filled) -> None:
    """Lay out the sheet, protect it without a password, set it up for A4 landscape."""
    formats = FormFormats(book)
    _columns(sheet)
    _head(sheet, form, lang, formats, filled)
    _header(sheet, formats, lang)
    for row, what in form.placed():
        if isinstance(what, Task):
            _band(sheet, row, what, form.unit, formats, lang)
        else:
            _row(sheet, row, what, formats, lang, filled)
    _live_marks(sheet, form, formats, lang)
    _page(sheet, form, lang)
    _protect(sheet)


def _columns(sheet: Worksheet) -> None:
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)


def _head(sheet: Worksheet, form: FormPlan, lang: Lang, formats: FormFormats, filled: Filled) -> None:
    period = period_words(form.period, lang)
    title = say("form.title", lang, plan=form.head.title, period=period)
    sheet.set_row(TITLE_ROW, 34)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, _LAST, title, formats.title)
    source = say("form.document_line", lang, document=form.head.document_number, title=form.head.title)
    sheet.merge_range(SOURCE_ROW, 0, SOURCE_ROW, 10, source, formats.source)
    sheet.write_string(SOURCE_ROW, 11, say("form.legend_input", lang), formats.legend_input)
    sheet.write_string(SOURCE_ROW, 12, say("form.legend_locked", lang), formats.legend_locked)
    sheet.set_row(HEAD_ROW, 24)
    sheet.set_row(SIGN_ROW, 24)
    _given(sheet, HEAD_ROW, 0, (1, 1), head_label("unit", lang), form.unit, formats)
    _given(sheet, HEAD_ROW, 2, (3, 4), head_label("period", lang), period, formats)
    deadline = deadline_words(form.deadline, lang)
    _given(sheet, HEAD_ROW, 5, (6, 10), head_label("deadline", lang), deadline, formats)
    for key, (label_at, first, last) in _SIGN_PLACES.items():
        sheet.write_string(SIGN_ROW, label_at, head_label(key.value, lang), formats.label)
        _sign_off(sheet, key, (first, last), formats, filled)
    sheet.set_row(COUNTER_ROW, 22)
    first, last = HEADER_ROW + 2, form.last_row + 1
    formula = counter_formula(f"{_letter(_LAST)}{first}:{_letter(_LAST)}{last}", lang)
    count = sum(1 for row in form.rows if row.reports)
    sheet.merge_range(COUNTER_ROW, 0, COUNTER_ROW, 10, "", formats.counter)
    told = say("form.remaining", lang, count=count) if count else say("form.all_filled", lang)
    sheet.write_formula(COUNTER_ROW, 0, formula, formats.counter, told)


def _given(
    sheet: Worksheet,
    row: int,
    label_at: int,
    place: tuple[int, int],
    label: str,
    text: str,
    formats: FormFormats,
) -> None:
    sheet.write_string(row, label_at, label, formats.label)
    _span(sheet, row, place, formats.given)
    sheet.write_string(row, place[0], text, formats.given)


def _span(sheet: Worksheet, row: int, place: tuple[int, int], style: Any) -> None:
    if place[0] != place[1]:
        sheet.merge_range(row, place[0], row, place[1], "", style)


def _sign_off(
    sheet: Worksheet, key: SignOff, place: tuple[int, int], formats: FormFormats, filled: Filled
) -> None:
    _span(sheet, SIGN_ROW, place, formats.sign_off)
    content = filled.head.get(key)
    if content is None or content.is_blank:
        sheet.write_blank(SIGN_ROW, place[0], None, formats.sign_off)
    else:
        sheet.write_string(SIGN_ROW, place[0], content.text[:_LONGEST_CELL], formats.sign_off)


def _header(sheet: Worksheet, formats: FormFormats, lang: Lang) -> None:
    sheet.set_row(HEADER_ROW, 32)
    for index, column in enumerate(COLUMNS):
        if column.answer is not None:
            sheet.write_string(HINT_ROW, index, say("form.input_above", lang), formats.hint)
        style = formats.header_input if column.answer else formats.header
        sheet.write_string(HEADER_ROW, index, column.header(lang), style)


def _band(sheet: Worksheet, row: int, task: Task, unit: str, formats: FormFormats, lang: Lang) -> None:
    leads = "、".join(task.lead_units)
    role = ""
    if len(task.lead_units) > 1:
        place = task.lead_units.index(unit) + 1
        key = "form.band_reports" if task.reporting_unit == unit else "form.band_follows"
        role = say(key, lang, place=place, unit=task.reporting_unit)
    text = say("form.band", lang, number=task.code, title=task.title, leads=leads, role=role)
    sheet.set_row(row, 22)
    sheet.write_string(row, 0, text, formats.band)
    for column in range(1, _LAST + 1):
        sheet.write_blank(row, column, None, formats.band)


def _row(sheet: Worksheet, row: int, line: FormRow, formats: FormFormats, lang: Lang, filled: Filled) -> None:
    sheet.set_row(row, 40)
    shown = _shown(line, lang)
    for index, column in enumerate(COLUMNS):
        if column.answer is not None:
            _input(sheet, row, index, column, line, formats, lang, filled)
        elif column.kind in (Kind.SHARE, Kind.CHECK):
            share = column.kind is Kind.SHARE
            formula = share_formula(line, row + 1) if share else check_formula(line, row + 1, lang)
            style = formats.share if share else formats.check
            sheet.write_formula(row, index, formula, style, "" if share else _first_check(line, lang))
        elif column.kind is Kind.FIGURE:
            _figure(sheet, row, index, shown[column.key], formats)
        else:
            style = formats.code if column.kind is Kind.CODE else formats.words
            sheet.write_string(row, index, str(shown[column.key] or ""), style)


def _shown(line: FormRow, lang: Lang) -> dict[str, object]:
    """What stands in the columns that are only shown."""
    target = line.target
    none = say("form.no_number", lang)
    return {
        "code": target.code,
        "task": line.task.title,
        "name": target.name,
        "unit": target.unit or none,
        "words": target.words or none,
        "target": target.value if not target.is_stage else None,
        "planned": line.planned,
        "before": line.before,
    }


def _figure(sheet: Worksheet, row: int, index: int, value: object, formats: FormFormats) -> None:
    if value is None:
        sheet.write_blank(row, index, None, formats.figure)
    else:
        sheet.write_number(row, index, float(str(value)), formats.figure)


def _first_check(line: FormRow, lang: Lang) -> str:
    return say("form.check_missing" if line.reports else "form.check_account", lang)


def _is_open(column: Column, line: FormRow) -> bool:
    """Whether this unit is to write here: figures and stages only where it is the reporting unit."""
    if column.answer is Answer.ACTUAL:
        return line.reports and not line.target.is_stage
    return column.answer is not Answer.STAGE or line.reports


def _input(
    sheet: Worksheet,
    row: int,
    index: int,
    column: Column,
    line: FormRow,
    formats: FormFormats,
    lang: Lang,
    filled: Filled,
) -> None:
    assert column.answer is not None
    content = filled.answers.get((line.target.code, column.answer))
    mark = filled.marks.get((line.target.code, column.key))
    open_here = _is_open(column, line)
    style = formats.input_of(column.answer, marked=mark is not None, is_open=open_here)
    if open_here:
        _put(sheet, row, index, content, style, formats, marked=mark is not None)
        sheet.data_validation(row, index, row, index, _validation(column.answer, line, lang))
    else:
        told = say("form.no_number", lang)
        if line.task.reporting_unit and not line.reports:
            told = say("form.by_other", lang, unit=line.task.reporting_unit)
        sheet.write_string(row, index, told, style)
    if mark is not None:
        sheet.write_comment(row, index, mark, {"x_scale": 2.2, "y_scale": 1.4, "font_size": 10})


def _put(
    sheet: Worksheet,
    row: int,
    index: int,
    content: Content | None,
    style: Any,
    formats: FormFormats,
    *,
    marked: bool,
) -> None:
    """The unit's own content, exactly: a number as a number, everything else as text, never a formula."""
    if content is None or content.is_blank:
        sheet.write_blank(row, index, None, style)
    elif content.kind is CellKind.NUMBER and content.number is not None:
        style = formats.percent_input(marked=marked) if content.shown_as_percent else style
        sheet.write_number(row, index, float(content.number), style)
    else:
        sheet.write_string(row, index, content.text[:_LONGEST_CELL], style)


def _validation(answer: Answer, line: FormRow, lang: Lang) -> dict[str, object]:
    title = say("form.help_title", lang)
    if answer is Answer.STAGE:
        return {
            "validate": "list",
            "source": [stage_words(stage, lang) for stage in Stage],
            "input_title": title,
            "input_message": say("form.help_stage", lang),
            "error_title": say("form.error_title", lang),
            "error_message": say("form.error_stage", lang),
        }
    if answer is Answer.ACTUAL:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e15,
            "maximum": 1e15,
            "input_title": title,
            "input_message": _help_actual(line, lang),
            "error_title": say("form.error_title", lang),
            "error_message": say("form.error_actual", lang),
        }
    help_text = say(f"form.help_{answer.value}", lang)
    return {"validate": "any", "input_title": title, "input_message": help_text}


def _help_actual(line: FormRow, lang: Lang) -> str:
    planned = line.planned if line.planned is not None else line.target.value
    example = plain(planned) if planned is not None else "12"
    key = "form.help_actual_percent" if is_percent(line.target.unit) else "form.help_actual"
    return say(key, lang, unit=line.target.unit[:20], example=example)[:255]


def _live_marks(sheet: Worksheet, form: FormPlan, formats: FormFormats, lang: Lang) -> None:
    """Red where something is missing, and a preview of the light in 完成率, while typing."""
    first, last = HEADER_ROW + 1, form.last_row
    check, share = INDEX["check"], INDEX["share"]
    for begins, style in (("×", formats.live_missing), ("？", formats.live_doubt), ("√", formats.live_fine)):
        rule = {"type": "text", "criteria": "begins with", "value": begins, "format": style}
        sheet.conditional_format(first, check, last, check, rule)
    cell = f"${_letter(check)}{first + 1}"
    for light, style in (
        ("green", formats.live_green),
        ("amber", formats.live_amber),
        ("red", formats.live_red),
    ):
        told = say(f"form.preview_{light}", lang)
        rule = {"type": "formula", "criteria": f'={cell}="{told}"', "format": style}
        sheet.conditional_format(first, share, last, share, rule)


def _page(sheet: Worksheet, form: FormPlan, lang: Lang) -> None:
    sheet.freeze_panes(HEADER_ROW + 1, INDEX["name"] + 1)
    sheet.autofilter(HEADER_ROW, 0, form.last_row, _LAST)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, form.last_row + 1, _LAST)
    sheet.write_string(form.last_row + 1, 0, say("form.footer_seal", lang))
    sheet.set_footer("&C" + say("form.page", lang))
    first_input = next((row for row, what in form.placed() if isinstance(what, FormRow)), HEADER_ROW)
    sheet.set_selection(first_input, INDEX["actual"], first_input, INDEX["actual"])


def _protect(sheet: Worksheet) -> None:
    """Without a password: it guards against slips, not against people."""
    allowed = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells")
    sheet.protect("", dict.fromkeys((*allowed, "select_unlocked_cells"), True))


def _letter(index: int) -> str:
    """Column letter of a 0-based index; a form has fewer than 26 columns."""
    return chr(ord("A") + index)
