"""退回说明: the first sheet of a marked copy; every line links to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workplan_xlsx.books import styles
from workplan_xlsx.books.form.plan import FormPlan
from workplan_xlsx.books.form.wording import deadline_words, period_words
from workplan_xlsx.books.marked.groups import ToldGroup
from workplan_xlsx.books.marked.lines import Action
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (6.0, 30.0, 30.0, 62.0, 14.0)
_FONT_SIZE = 11
_HEADER_ROW = 3
_LAST = len(_WIDTHS) - 1
_INKS: dict[Action, dict[str, Any]] = {
    Action.MUST_CHANGE: {"font_color": styles.FAULT, "bold": True},
    Action.PLEASE_CHECK: {"font_color": styles.DOUBT, "bold": True},
    Action.MENDED: {"font_color": styles.FINE},
    Action.FOR_INFORMATION: {"font_color": styles.QUIET_INK},
}


def write_list(book: Workbook, form: FormPlan, groups: Sequence[ToldGroup], lang: Lang) -> None:
    """Write all that is to be said, numbered, with what to do and whom to ask."""
    sheet = book.add_worksheet(say("form.sheet_returned", lang))
    cell: dict[str, Any] = {"font_name": styles.BODY_FONT, "font_size": _FONT_SIZE, "text_wrap": True}
    cell |= {"valign": "vcenter", "border": 1, "border_color": styles.LINE}
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _head(book, sheet, form, groups, lang)
    _header(book, sheet, cell, lang)
    looks = _Looks(book, cell)
    row = _HEADER_ROW + 1
    for number, group in enumerate(groups, start=1):
        row = _group(sheet, row, number, group, looks, lang)
    _page(sheet, lang)


class _Looks:
    """The formats of the lines."""

    def __init__(self, book: Workbook, cell: dict[str, Any]) -> None:
        self.number: Format = book.add_format(cell | {"align": "center"})
        self.words: Format = book.add_format(cell)
        self.link: Format = book.add_format(cell | {"underline": 1, "font_color": "#1F4E79"})
        self.actions: dict[Action, Format] = {
            action: book.add_format(cell | {"align": "center"} | ink) for action, ink in _INKS.items()
        }


def _head(book: Workbook, sheet: Worksheet, form: FormPlan, groups: Sequence[ToldGroup], lang: Lang) -> None:
    title = {"font_name": styles.TITLE_FONT, "font_size": 18, "bold": True, "valign": "vcenter"}
    plain = {"font_name": styles.BODY_FONT, "font_size": 12, "text_wrap": True, "valign": "vcenter"}
    period = period_words(form.period, lang)
    told = say("form.returned_title", lang, unit=form.unit, period=period)
    sheet.set_row(0, 36)
    sheet.merge_range(0, 0, 0, _LAST, told, book.add_format(title))
    deadline = deadline_words(form.deadline, lang)
    intro = say("form.returned_intro", lang, deadline=deadline) + _whom_to_ask(form, lang)
    sheet.set_row(1, styles.row_height(styles.lines_needed(intro, sum(_WIDTHS)), 12) + 6)
    sheet.merge_range(1, 0, 1, _LAST, intro, book.add_format(plain))
    sheet.set_row(2, 24)
    style = book.add_format(plain | {"font_name": styles.HEADER_FONT})
    sheet.merge_range(2, 0, 2, _LAST, _counts(groups, lang), style)


def _whom_to_ask(form: FormPlan, lang: Lang) -> str:
    if not form.office.contact and not form.office.phone:
        return ""
    return say("form.returned_contact", lang, name=form.office.contact, phone=form.office.phone)


def _counts(groups: Sequence[ToldGroup], lang: Lang) -> str:
    """必须修改 3 处，请核对 1 处: how much there is to do, at a glance."""
    counts: Counter[Action] = Counter()
    for group in groups:
        counts[group.action] += max(1, len(group.places))
    told = [
        say(
            "form.returned_count", lang, action=say(f"form.action_{action.value}", lang), count=counts[action]
        )
        for action in Action
        if counts[action]
    ]
    return say("form.comma", lang).join(told)


def _header(book: Workbook, sheet: Worksheet, cell: dict[str, Any], lang: Lang) -> None:
    look = cell | {"font_name": styles.HEADER_FONT, "bg_color": styles.HEADER_FILL, "align": "center"}
    style = book.add_format(look)
    sheet.set_row(_HEADER_ROW, 28)
    for column, key in enumerate(("number", "place", "found", "expected", "must")):
        sheet.write_string(_HEADER_ROW, column, say(f"form.returned_{key}", lang), style)


def _group(sheet: Worksheet, row: int, number: int, group: ToldGroup, looks: _Looks, lang: Lang) -> int:
    """One line a cell, each with its link; what is said of all stands beside once. Return the next row."""
    last = row + max(1, len(group.places)) - 1
    texts = (str(number), "", group.found, group.expected)
    needed = max(24.0, styles.row_height(max(map(styles.lines_needed, texts, _WIDTHS)), _FONT_SIZE))
    for place_row in range(row, last + 1):
        sheet.set_row(place_row, max(24.0, needed / (last - row + 1)))
    if not group.places:
        sheet.write_string(row, 1, say("form.returned_general", lang), looks.words)
    for offset, place in enumerate(group.places):
        link = f"internal:'{say('form.sheet', lang)}'!{place.cell}"
        sheet.write_url(row + offset, 1, link, looks.link, place.told, say("form.returned_go", lang))
    action = say(f"form.action_{group.action.value}", lang)
    _over(sheet, row, last, 0, number, looks.number)
    _over(sheet, row, last, 2, group.found, looks.words)
    _over(sheet, row, last, 3, group.expected, looks.words)
    _over(sheet, row, last, 4, action, looks.actions[group.action])
    return last + 1


def _over(sheet: Worksheet, first: int, last: int, column: int, value: str | int, style: Format) -> None:
    """Write a cell, over all lines of its group; text stays text."""
    if last > first:
        sheet.merge_range(first, column, last, column, "", style)
    if isinstance(value, int):
        sheet.write_number(first, column, value, style)
    else:
        sheet.write_string(first, column, value, style)


def _page(sheet: Worksheet, lang: Lang) -> None:
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&C" + say("form.page", lang))
    sheet.set_tab_color(styles.FAULT)
    sheet.protect("", {"format_columns": True, "format_rows": True})
