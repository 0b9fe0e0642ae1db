"""The sheet that a unit fills in, laid out: head, table, page, protection.

The same layout serves the blank form and the marked copy: there the unit's own answers stand in the input
cells and the cells to mend carry a mark and a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan_xlsx.books.columns import COLUMNS, INDEX, LAST_SHOWN, letter
from workplan_xlsx.books.form.formats import FormFormats
from workplan_xlsx.books.form.formulas import preview, quoted
from workplan_xlsx.books.form.head import write_head
from workplan_xlsx.books.form.help import add_help
from workplan_xlsx.books.form.paper import Filled, Paper, asking
from workplan_xlsx.books.form.plan import HEADER_ROW, FormPlan
from workplan_xlsx.books.form.table import STRUT_COLUMN, write_table
from workplan_xlsx.books.form.wording import period_words
from workplan_xlsx.books.styles import BODY_FONT
from workplan_xlsx.domain.editions.light import own_fill
from workplan_xlsx.domain.returns import Answer
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from workplan_xlsx.books.growing_rows import GrowingSheet

_LAST = LAST_SHOWN
_A4 = 9


def write_form_sheet(
    sheet: GrowingSheet, form: FormPlan, lang: Lang, filled: Filled, formats: FormFormats
) -> None:
    """Lay out the sheet, protect it without a password, set it up for A4 landscape."""
    paper = Paper(sheet=sheet, form=form, lang=lang, filled=filled, formats=formats)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width or None, None, {"hidden": not column.width})
    sheet.set_column(STRUT_COLUMN, STRUT_COLUMN, 0.6)
    sheet.outline_settings(symbols_below=False)
    write_head(paper)
    write_table(paper)
    add_help(paper)
    _live_colours(paper)
    _page(paper)
    _protect(sheet)


def _live_colours(paper: Paper) -> None:
    """Red where something is missing, and a preview of the light in 完成率, while typing."""
    first, last = HEADER_ROW + 1, paper.form.last_row
    check, share = INDEX["check"], INDEX["share"]
    for begins, look in (
        ("×", "live_missing"),
        ("？", "live_doubt"),
        ("√", "live_fine"),
        ("○", "live_doubt"),
    ):
        rule = {"type": "text", "criteria": "begins with", "value": begins}
        paper.sheet.conditional_format(first, check, last, check, rule | {"format": paper.formats.of(look)})
    cell = f"${letter('check')}{first + 1}"
    for light in (TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED, TrafficLight.DONE):
        word = next((step.word for row in paper.form.rows for step in row.lights if step.light is light), "")
        told = preview(light, word, paper.lang)
        criteria = f"=LEFT({cell}&CHAR(10),{len(told) + 1})={quoted(told)}&CHAR(10)"
        rule = {"type": "formula", "criteria": criteria}
        style = paper.formats.light(light, own_fill(light, paper.form.stand_ins))
        paper.sheet.conditional_format(first, share, last, share, rule | {"format": style})


def _page(paper: Paper) -> None:
    sheet, form = paper.sheet, paper.form
    sheet.freeze_panes(HEADER_ROW + 1, INDEX["name"] + 1)
    sheet.autofilter(HEADER_ROW, 0, form.last_row, _LAST)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(HEADER_ROW)
    seal_row = form.last_row + 1
    sheet.set_row(seal_row, 40)
    sheet.merge_range(seal_row, 0, seal_row, _LAST, paper.say("footer_seal"), paper.formats.of("footer"))
    sheet.print_area(0, 0, seal_row, _LAST)
    whose = f"{form.unit}　{period_words(form.period, paper.lang)}".replace("&", "&&")
    font = f'&"{BODY_FONT},Regular"'
    sheet.set_footer(f"&L{font}{whose[:100]}&C{font}{say('form.page', paper.lang)}")
    sheet.set_selection(*_first_input(form) * 2)


def _first_input(form: FormPlan) -> tuple[int, int]:
    """Where the clerk begins: the first yellow cell of the table."""
    answers = (Answer.ACTUAL, Answer.STAGE, Answer.PROGRESS)
    for row, what in form.placed_rows:
        asked = next(answer for answer in answers if asking(answer, what).is_asked)
        return row, INDEX[asked.value]
    return HEADER_ROW, 0


def _protect(sheet: GrowingSheet) -> None:
    """Without a password: it guards against slips, not against people."""
    allowed = ("format_columns", "format_rows", "sort", "autofilter")
    sheet.protect("", dict.fromkeys((*allowed, "select_locked_cells", "select_unlocked_cells"), True))
