"""The sheet with the notice's own text of every task on the form: nothing has to be looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.books.form.plan import FormPlan
from workplan_xlsx.domain.model import Task
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FIRST_ROW = 2
_WIDTHS = (9, 24, 78, 30)
_LONGEST_CELL = 32_767


def source_link(form: FormPlan, task: Task, lang: Lang) -> str:
    """The link from a row of the form to its task's text."""
    row = next(index for index, each in enumerate(form.tasks) if each.code == task.code)
    return f"internal:'{say('form.sheet_source', lang)}'!A{_FIRST_ROW + row + 1}"


def write_source_sheet(book: Workbook, form: FormPlan, lang: Lang) -> None:
    """One row per task: number, title, text as printed, units."""
    cell = {"font_name": styles.BODY_FONT, "font_size": 12, "text_wrap": True, "valign": "top", "border": 1}
    cell |= {"border_color": styles.LINE}
    body = book.add_format(cell)
    header = book.add_format(
        cell | {"font_name": styles.HEADER_FONT, "bg_color": styles.HEADER_FILL, "align": "center"}
    )
    title = book.add_format(
        {"font_name": styles.TITLE_FONT, "font_size": 16, "bold": True, "valign": "vcenter"}
    )
    sheet = book.add_worksheet(say("form.sheet_source", lang))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{form.head.document_number}《{form.head.title}》", title)
    for column, key in enumerate(("number", "title", "text", "units")):
        sheet.write_string(1, column, say(f"form.source_{key}", lang), header)
    for row, task in enumerate(form.tasks, start=_FIRST_ROW):
        texts = _texts(task, lang)
        lines = max(map(styles.lines_needed, texts, _WIDTHS))
        sheet.set_row(row, styles.row_height(lines, 12))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text[:_LONGEST_CELL], body)
    sheet.freeze_panes(_FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_footer("&C" + say("form.page", lang))
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _texts(task: Task, lang: Lang) -> tuple[str, str, str, str]:
    units = say("form.source_leads", lang, units=listed(task.lead_units, lang))
    if task.support_units:
        units += "\n" + say("form.source_supports", lang, units=listed(task.support_units, lang))
    chapter = f"{task.section_ordinal}、{task.section_title}" if task.section_ordinal else task.section_title
    return f"【{task.code}】", task.title, "\n".join(filter(None, (chapter, task.text))), units
