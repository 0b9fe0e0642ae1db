"""ledger.xlsx, the coordinator's working sheet: readable, filterable, with dropdowns, not protected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.books.ledger.columns import (
    PLAN,
    PROBLEMS,
    REOPENINGS,
    REVIEWS,
    SHEETS,
    TARGETS,
    TASKS,
    UNITS,
    WAIVERS,
    Holds,
    LedgerColumn,
    sheet_name,
)
from workplan_xlsx.books.ledger.dropdowns import SPARE_ROWS, add_dropdowns, name_the_lists
from workplan_xlsx.books.ledger.formats import LedgerFormats, row_height
from workplan_xlsx.books.ledger.front import write_front
from workplan_xlsx.books.ledger.rows import Row, Value, plan_periods, rows_of
from workplan_xlsx.books.whole_file import whole_file
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST_CELL = 32_767
_FROZEN = {
    TASKS: 1,
    TARGETS: 3,
    UNITS: 1,
    PLAN: 2,
    REVIEWS: 2,
    PROBLEMS: 1,
    WAIVERS: 1,
    REOPENINGS: 2,
}  # columns that stay in sight


def write_ledger(
    ledger: Ledger, path: Path, lang: Lang, *, periods: Sequence[Period], found: Sequence[str] = ()
) -> None:
    """Write the ledger, equal bytes for equal input.

    `periods` get a column each in 计划节点; `found` are lines for the first sheet.

    Raises:
        OutputError: It cannot be put in place; the previous file is intact.
    """
    import xlsxwriter

    with whole_file(path, lang) as partial, xlsxwriter.Workbook(partial, {"in_memory": True}) as book:
        formats = LedgerFormats(book)
        rows = {sheet: rows_of(ledger, sheet, lang) for sheet in SHEETS}
        write_front(book, ledger, rows[TARGETS], found, formats, lang)
        for sheet, columns in SHEETS.items():
            if sheet == PLAN:
                columns += tuple(_period_column(period) for period in plan_periods(ledger, periods))
            _write_sheet(book, sheet, columns, rows[sheet], formats, lang)
        name_the_lists(book, rows, lang)
        _properties(book, ledger)


def _period_column(period: Period) -> LedgerColumn:
    return LedgerColumn(PLAN, str(period), 9, Holds.NUMBER)


def _write_sheet(
    book: Workbook,
    sheet: str,
    columns: tuple[LedgerColumn, ...],
    rows: Sequence[Row],
    formats: LedgerFormats,
    lang: Lang,
) -> None:
    tab = book.add_worksheet(sheet_name(sheet, lang))
    fixed = len(SHEETS[sheet])
    for index, column in enumerate(columns):
        header = column.header(lang) if index < fixed else column.key
        tab.set_column(index, index, column.width, formats.below(column.holds))
        tab.write_string(0, index, header, formats.header)
    tab.set_row(0, 30)
    for number, row in enumerate(rows, start=1):
        tab.set_row(number, row_height(row, columns))
        for index, column in enumerate(columns):
            _write_cell(tab, number, index, row.get(column.key), column.holds, formats, lang)
    if sheet == TARGETS:
        _mark_rows(tab, columns, len(rows), formats, lang)
    add_dropdowns(tab, sheet, columns, len(rows), lang)
    _page(tab, sheet, columns, len(rows), lang)


def _write_cell(
    tab: Worksheet, row: int, index: int, value: Value, holds: Holds, formats: LedgerFormats, lang: Lang
) -> None:
    style = formats.of(holds)
    if value is None or value == "":
        tab.write_blank(row, index, None, style)
    elif isinstance(value, Decimal):
        write_figure(tab, row, index, value, style)
    elif isinstance(value, date):
        is_month = holds is Holds.MONTH and value.day == 1
        tab.write_datetime(row, index, value, style if is_month else formats.of(Holds.DATE))
    else:
        tab.write_string(row, index, fitting(value, lang), style)


def write_figure(tab: Worksheet, row: int, index: int, value: Decimal, style: object) -> None:
    """As a number where Excel can hold it to the last digit, else as text: never a number that is not it."""
    number = float(value)
    if Decimal(repr(number)) == value:
        tab.write_number(row, index, number, style)
    else:
        tab.write_string(row, index, format(value, "f"), style)


def fitting(text: str, lang: Lang) -> str:
    """The text as a cell can hold it; one that is too long says that it was cut."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) <= _LONGEST_CELL:
        return text
    told = say("ledger.cut_here", lang)
    return text[: _LONGEST_CELL - len(told)] + told


def _mark_rows(
    tab: Worksheet, columns: tuple[LedgerColumn, ...], count: int, formats: LedgerFormats, lang: Lang
) -> None:
    """A row that wants a look is yellow until the coordinator says 已确认; what is not asked is grey."""
    keys = [column.key for column in columns]
    for key, word, style in (
        ("confirmed", say("ledger.confirmed_no", lang), formats.doubtful),
        ("on_form", say("ledger.no", lang), formats.not_asked),
    ):
        letter = chr(ord("A") + keys.index(key))
        rule = {"type": "formula", "criteria": f'=${letter}2="{word}"', "format": style}
        tab.conditional_format(1, 0, count + SPARE_ROWS, len(columns) - 1, rule)


def _page(tab: Worksheet, sheet: str, columns: tuple[LedgerColumn, ...], count: int, lang: Lang) -> None:
    last = len(columns) - 1
    tab.freeze_panes(1, _FROZEN[sheet])
    tab.autofilter(0, 0, max(count, 1), last)
    tab.set_landscape()
    tab.set_paper(8 if sheet in (TASKS, TARGETS, PROBLEMS) else 9)  # A3 for the wide ones, else A4
    tab.fit_to_pages(1, 0)
    tab.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    tab.repeat_rows(0)
    tab.print_area(0, 0, max(count, 1), last)
    tab.set_footer("&C" + say("ledger.page", lang))


def _properties(book: Workbook, ledger: Ledger) -> None:
    head = ledger.head
    book.set_properties(
        {
            "title": head.title[:255],
            "author": head.issuer[:255],
            "subject": head.document_number[:255],
            "created": styles.made_on(head.issued_on or date(head.year, 1, 1)),
        }
    )
