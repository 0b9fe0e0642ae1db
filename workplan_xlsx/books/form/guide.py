"""填报说明: one page that answers what a clerk would otherwise ring up for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.books.form.plan import FormPlan
from workplan_xlsx.books.form.wording import deadline_words
from workplan_xlsx.domain.editions.rating import STAGE_PCT
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.model import Stage
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (14.0, 26.0, 48.0)
_FONT_SIZE = 12
_SECTIONS = (
    "changes",
    "deadline",
    "sending",
    "colours",
    "figures",
    "percent",
    "joint",
    "problems",
    "lights",
    "handling",
    "contact",
)
_MISTAKES = ("words", "about", "magnitude", "month", "blank", "date")


def write_guide(book: Workbook, form: FormPlan, lang: Lang) -> None:
    """Write the guide on one A4 page."""
    sheet = book.add_worksheet(say("form.sheet_help", lang))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    cell = {"font_name": styles.BODY_FONT, "font_size": _FONT_SIZE, "text_wrap": True, "valign": "vcenter"}
    cell |= {"border": 1, "border_color": styles.LINE}
    label = book.add_format(cell | {"font_name": styles.HEADER_FONT, "bg_color": styles.HEADER_FILL})
    body = book.add_format(cell)
    title = {"font_name": styles.TITLE_FONT, "font_size": 18, "bold": True, "align": "center"}
    sheet.set_row(0, 36)
    sheet.merge_range(
        0, 0, 0, 2, say("form.guide_title", lang), book.add_format(title | {"valign": "vcenter"})
    )
    row = _sections(sheet, form, lang, label, body)
    row = _states(sheet, row, lang, label, body)
    _mistakes(sheet, row, lang, label, body)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _sections(sheet: Worksheet, form: FormPlan, lang: Lang, label: Format, body: Format) -> int:
    facts = {
        "deadline": deadline_words(form.deadline, lang),
        "office": form.office.name or form.head.issuer,
        "contact": _contact(form, lang),
        "lights": form.lights_told,
        "changes": "\n".join(form.changes),
    }
    row = 1
    for section in _SECTIONS:
        text = say(f"form.guide_{section}", lang, **facts)
        if not text.strip():
            continue
        sheet.write_string(row, 0, say(f"form.guide_{section}_label", lang), label)
        sheet.merge_range(row, 1, row, 2, text, body)
        _height(sheet, row, text, _WIDTHS[1] + _WIDTHS[2])
        row += 1
    return row


def _contact(form: FormPlan, lang: Lang) -> str:
    """Who answers questions; empty where the workspace does not say."""
    if not form.office.contact and not form.office.phone:
        return ""
    return say("form.contact", lang, name=form.office.contact, phone=form.office.phone).strip()


def _states(sheet: Worksheet, row: int, lang: Lang, label: Format, body: Format) -> int:
    _two(sheet, row, say("form.guide_state", lang), say("form.guide_meaning", lang), label)
    _label_down(sheet, row, len(Stage), say("form.guide_states", lang), label)
    for stage in Stage:
        row += 1
        meaning = say(f"form.meaning_{stage.name.lower()}", lang, percent=STAGE_PCT[stage])
        _two(sheet, row, stage_words(stage, lang), meaning, body)
    return row + 1


def _mistakes(sheet: Worksheet, row: int, lang: Lang, label: Format, body: Format) -> None:
    _two(sheet, row, say("form.guide_wrong", lang), say("form.guide_right", lang), label)
    _label_down(sheet, row, len(_MISTAKES), say("form.guide_mistakes", lang), label)
    for mistake in _MISTAKES:
        row += 1
        wrong, right = (say(f"form.{side}_{mistake}", lang) for side in ("wrong", "right"))
        _two(sheet, row, wrong, right, body)


def _label_down(sheet: Worksheet, row: int, count: int, text: str, label: Format) -> None:
    sheet.merge_range(row, 0, row + count, 0, text, label)


def _two(sheet: Worksheet, row: int, left: str, right: str, style: Format) -> None:
    sheet.write_string(row, 1, left, style)
    sheet.write_string(row, 2, right, style)
    _height(sheet, row, right, _WIDTHS[2])


def _height(sheet: Worksheet, row: int, text: str, width: float) -> None:
    """Room to spare: fonts differ from computer to computer."""
    lines = styles.lines_needed(text, width * 11 / _FONT_SIZE)
    sheet.set_row(row, styles.row_height(lines, _FONT_SIZE))
