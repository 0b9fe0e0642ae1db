"""The first sheet of ledger.xlsx: which plan, what was found, how to use it, what wants a look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from workplan_xlsx.books.ledger.columns import (
    FRONT,
    HEAD_KEYS,
    SHEETS,
    TARGETS,
    Holds,
    sheet_name,
)
from workplan_xlsx.books.ledger.formats import LedgerFormats
from workplan_xlsx.books.ledger.rows import Row
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (16, 34, 22, 60)
_SIGNS_A_LINE = 58
_HOW_LINES = 9
_SHOWN = ("code", "name", "words")


def write_front(
    book: Workbook,
    ledger: Ledger,
    target_rows: Sequence[Row],
    found: Sequence[str],
    formats: LedgerFormats,
    lang: Lang,
) -> None:
    """Add the sheet, first in the book; the head block is read back, everything else is for the eye."""
    tab = book.add_worksheet(sheet_name(FRONT, lang))
    for index, width in enumerate(_WIDTHS):
        tab.set_column(index, index, width)
    tab.set_row(0, 34)
    tab.write_string(0, 0, say("ledger.front_title", lang), formats.title)
    row = _head(tab, 1, ledger, formats, lang)
    lines = (_counts(ledger, lang), *found)
    row = _chapter(tab, row + 1, say("ledger.front_found", lang), lines, formats)
    how = [say(f"ledger.front_how_{number}", lang) for number in range(1, _HOW_LINES + 1)]
    row = _chapter(tab, row + 1, say("ledger.front_how", lang), how, formats)
    last = _doubtful(tab, row + 1, ledger, target_rows, formats, lang)
    tab.set_paper(9)
    tab.fit_to_pages(1, 0)
    tab.print_area(0, 0, last, len(_WIDTHS) - 1)
    tab.set_footer("&C" + say("ledger.page", lang))


def _head(tab: Worksheet, row: int, ledger: Ledger, formats: LedgerFormats, lang: Lang) -> int:
    """The plan's head, label beside value; returns the next free row."""
    tab.write_string(row, 0, say("ledger.front_head", lang), formats.chapter)
    for offset, key in enumerate(HEAD_KEYS, start=1):
        value = getattr(ledger.head, key)
        tab.set_row(row + offset, 22)
        tab.write_string(row + offset, 0, say(f"ledger.head_{key}", lang), formats.label)
        tab.merge_range(row + offset, 1, row + offset, 3, "", formats.given_text)
        if key == "year":
            tab.write_number(row + offset, 1, value, formats.given)
        elif key == "issued_on" and value is not None:
            tab.write_datetime(row + offset, 1, datetime.combine(value, time()), formats.given_day)
        elif value:
            tab.write_string(row + offset, 1, value, formats.given_text)
    return row + len(HEAD_KEYS) + 1


def _counts(ledger: Ledger, lang: Lang) -> str:
    targets = ledger.target_by_code.values()
    return say(
        "ledger.front_counts",
        lang,
        tasks=len(ledger.tasks),
        units=len(ledger.reporting_unit_names),
        targets=len(targets),
        on_form=sum(1 for target in targets if target.on_form),
        doubtful=sum(1 for target in targets if not target.confirmed),
    )


def _chapter(tab: Worksheet, row: int, title: str, lines: Sequence[str], formats: LedgerFormats) -> int:
    tab.set_row(row, 24)
    tab.write_string(row, 0, title, formats.chapter)
    for offset, line in enumerate(lines, start=1):
        tab.set_row(row + offset, 4 + 16 * (1 + len(line) // _SIGNS_A_LINE))
        tab.merge_range(row + offset, 0, row + offset, 3, "", formats.line)
        tab.write_string(row + offset, 0, line, formats.line)
    return row + len(lines) + 1


def _doubtful(
    tab: Worksheet,
    row: int,
    ledger: Ledger,
    target_rows: Sequence[Row],
    formats: LedgerFormats,
    lang: Lang,
) -> int:
    """Every doubtful target with a link to its row; returns the last row used."""
    doubtful = {code for code, target in ledger.target_by_code.items() if not target.confirmed}
    title = say("ledger.front_doubtful", lang, count=len(doubtful))
    row = _chapter(tab, row, title, () if doubtful else (say("ledger.front_no_doubt", lang),), formats)
    if not doubtful:
        return row
    headers = {column.key: column.header(lang) for column in SHEETS[TARGETS]}
    for index, text in enumerate([*(headers[key] for key in _SHOWN), say("ledger.front_why", lang)]):
        tab.write_string(row, index, text, formats.header)
    place = sheet_name(TARGETS, lang)
    for number, target in enumerate(target_rows, start=2):
        if target["code"] not in doubtful:
            continue
        row += 1
        tab.write_url(row, 0, f"internal:'{place}'!A{number}", formats.link, str(target["code"]))
        for index, key in enumerate((*_SHOWN[1:], "remark"), start=1):
            tab.write_string(row, index, str(target[key] or "")[:2000], formats.of(Holds.TEXT))
    return row
