"""The index of a period's forms: who gets which file, whom to write to, sent or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.books.form.covering_note import note_path
from workplan_xlsx.books.form.wording import deadline_words, period_words
from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.domain.model import PlanHead, Unit
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.url import Url
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
    ("changes", 40),
    ("note", 8),
    ("sent", 12),
)
_HEADER_ROW = 2
_LAST = len(_COLUMNS) - 1
_AT = {key: column for column, (key, _) in enumerate(_COLUMNS)}
_WIDTHS = dict(_COLUMNS)
_MOST_CHANGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestLine:
    """One unit's form.

    Attributes:
        file: Its name, beside the index.
        tasks, targets: How many tasks and rows it has.
        reports: In how many rows this unit reports the figure or the stage.
        changes: What differs from the form it was sent before.
        sent: What the coordinator marked; kept when the index is written anew.
    """

    unit: Unit
    file: str
    tasks: int
    targets: int
    reports: int
    changes: tuple[str, ...] = ()
    sent: str = ""


def write_manifest(
    lines: Sequence[ManifestLine],
    without: Sequence[str],
    head: PlanHead,
    period: Period,
    deadline: Deadline,
    path: Path,
    lang: Lang,
) -> None:
    """Write the index workbook for the coordinator; the column 已发送 is his to fill in.

    `without`: units of the ledger that get no form.

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
        _below(book, sheet, len(lines), without, lang)
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
    looks = _Looks(centre=centre, words=words, link=link, entry=entry)
    for number, line in enumerate(lines, start=1):
        _line(sheet, number, line, looks, lang)
    _sums(sheet, lines, book.add_format(cell | header), lang)
    yes_or_no = [say(f"form.{answer}", lang) for answer in ("yes", "no", "send_again")]
    last = _HEADER_ROW + len(lines)
    sheet.data_validation(
        _HEADER_ROW + 1, _LAST, max(last, _HEADER_ROW + 1), _LAST, {"validate": "list", "source": yes_or_no}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """The formats of a line."""

    centre: Format
    words: Format
    link: Format
    entry: Format


def _line(sheet: Worksheet, number: int, line: ManifestLine, looks: _Looks, lang: Lang) -> None:
    row = _HEADER_ROW + number
    told = "\n".join(line.changes[:_MOST_CHANGES]) + ("\n……" if len(line.changes) > _MOST_CHANGES else "")
    sheet.set_row(row, styles.row_height(max(1, styles.lines_needed(told, _WIDTHS["changes"])), 11))
    sheet.write_number(row, _AT["number"], number, looks.centre)
    sheet.write_string(row, _AT["unit"], line.unit.name, looks.words)
    sheet.write_url(row, _AT["file_name"], f"external:{line.file}", looks.link, line.file)
    sheet.write_string(row, _AT["contact"], line.unit.contact, looks.words)
    sheet.write_string(row, _AT["email"], line.unit.email, looks.words)
    for key in ("tasks", "targets", "reports"):
        sheet.write_number(row, _AT[key], getattr(line, key), looks.centre)
    sheet.write_string(row, _AT["changes"], told, looks.words)
    note = _relative_link(note_path(Path(line.file), lang), say("form.manifest_open_note", lang))
    sheet.write_url(row, _AT["note"], note, looks.link)
    sheet.write_string(row, _AT["sent"], line.sent, looks.entry)


def _relative_link(path: Path, text: str) -> Url:
    """A link to a file below; with the slash that Excel itself writes, which is not only read on Windows."""
    from xlsxwriter.url import Url

    link = Url(f"external:{path.as_posix()}")
    link._link = link._relationship_link = path.as_posix()
    link.text = text
    return link


def _below(book: Workbook, sheet: Worksheet, count: int, without: Sequence[str], lang: Lang) -> None:
    """Who gets no form, so that nobody is missed by mistake."""
    if not without:
        return
    told = say("form.manifest_without", lang, units=listed(without, lang))
    look = {"font_name": styles.BODY_FONT, "font_size": 11, "text_wrap": True, "valign": "top"}
    row = _HEADER_ROW + count + 2
    sheet.set_row(row, styles.row_height(styles.lines_needed(told, sum(_WIDTHS.values())), 11))
    sheet.merge_range(row, 0, row, _LAST, told, book.add_format(look))


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
