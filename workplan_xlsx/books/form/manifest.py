"""The index of a period's forms: who gets which file, whom to write to, sent or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.books.form.plan import deadline_words, period_words
from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.domain.model import PlanHead, Unit
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMNS = (
    ("number", 6),
    ("unit", 24),
    ("file_name", 46),
    ("contact", 16),
    ("email", 26),
    ("tasks", 9),
    ("targets", 9),
    ("reports", 12),
    ("sent", 12),
)
_HEADER_ROW = 2
_LAST = len(_COLUMNS) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestLine:
    """One unit's form.

    Attributes:
        file: Its name, beside the index.
        tasks, targets: How many tasks and rows it has.
        reports: In how many rows this unit reports the figure or the stage.
    """

    unit: Unit
    file: str
    tasks: int
    targets: int
    reports: int


def write_manifest(
    lines: Sequence[ManifestLine], head: PlanHead, period: Period, deadline: Deadline, path: Path, lang: Lang
) -> None:
    """Write the index workbook for the coordinator; the column 已发送 is his to fill in.

    Raises:
        OutputError: It cannot be put in place; the previous file is intact.
    """
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(say("form.manifest_sheet", lang))
        title = say("form.manifest_title", lang, plan=head.title, period=period_words(period, lang))
        _top(book, sheet, title, deadline, lang)
        _table(book, sheet, lines, lang)
        _page(sheet, len(lines), lang)
        book.set_properties(
            {"title": title[:255], "author": head.issuer[:255], "created": styles.made_on(period.starts_on)}
        )
    write_bytes_whole(path, made.getvalue(), lang)


def _top(book: Workbook, sheet: Worksheet, title: str, deadline: Deadline, lang: Lang) -> None:
    look = {"font_name": styles.TITLE_FONT, "font_size": 18, "bold": True, "valign": "vcenter"}
    sheet.set_row(0, 36)
    sheet.merge_range(0, 0, 0, _LAST, title, book.add_format(look | {"align": "center"}))
    told = say("form.manifest_deadline", lang, deadline=deadline_words(deadline, lang))
    plain = {"font_name": styles.BODY_FONT, "font_size": 11, "valign": "vcenter"}
    sheet.set_row(1, 22)
    sheet.merge_range(1, 0, 1, _LAST, told, book.add_format(plain))


def _table(book: Workbook, sheet: Worksheet, lines: Sequence[ManifestLine], lang: Lang) -> None:
    cell = {"font_name": styles.BODY_FONT, "font_size": 11, "border": 1, "border_color": styles.LINE}
    cell |= {"valign": "vcenter", "text_wrap": True}
    centre = book.add_format(cell | {"align": "center"})
    words = book.add_format(cell)
    link = book.add_format(cell | {"underline": 1, "font_color": "#1F4E79"})
    entry = book.add_format(cell | {"bg_color": styles.INPUT_FILL, "align": "center"})
    header = {"font_name": styles.HEADER_FONT, "bg_color": styles.HEADER_FILL, "align": "center"}
    sheet.set_row(_HEADER_ROW, 32)
    for column, (key, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(
            _HEADER_ROW, column, say(f"form.manifest_{key}", lang), book.add_format(cell | header)
        )
    for number, line in enumerate(lines, start=1):
        row = _HEADER_ROW + number
        sheet.write_number(row, 0, number, centre)
        sheet.write_string(row, 1, line.unit.name, words)
        sheet.write_url(row, 2, f"external:{line.file}", link, line.file)
        sheet.write_string(row, 3, line.unit.contact, words)
        sheet.write_string(row, 4, line.unit.email, words)
        for column, count in enumerate((line.tasks, line.targets, line.reports), start=5):
            sheet.write_number(row, column, count, centre)
        sheet.write_blank(row, _LAST, None, entry)
    _sums(sheet, lines, book.add_format(cell | header), lang)
    yes_or_no = [say("form.yes", lang), say("form.no", lang)]
    last = _HEADER_ROW + len(lines)
    sheet.data_validation(
        _HEADER_ROW + 1, _LAST, max(last, _HEADER_ROW + 1), _LAST, {"validate": "list", "source": yes_or_no}
    )


def _sums(sheet: Worksheet, lines: Sequence[ManifestLine], style: object, lang: Lang) -> None:
    row = _HEADER_ROW + len(lines) + 1
    for column in range(len(_COLUMNS)):
        sheet.write_blank(row, column, None, style)
    sheet.write_string(row, 1, say("form.manifest_sum", lang, units=len(lines)), style)
    sums = (sum(line.tasks for line in lines), sum(line.targets for line in lines))
    for column, total in enumerate((*sums, sum(line.reports for line in lines)), start=5):
        sheet.write_number(row, column, total, style)


def _page(sheet: Worksheet, count: int, lang: Lang) -> None:
    sheet.freeze_panes(_HEADER_ROW + 1, 3)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + count, _LAST)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&C" + say("form.page", lang))
