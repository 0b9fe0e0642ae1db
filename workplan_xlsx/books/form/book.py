"""One unit's form for one period, as a workbook; equal input gives equal bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.books.form.formats import FormFormats
from workplan_xlsx.books.form.guide import write_guide
from workplan_xlsx.books.form.paper import Filled
from workplan_xlsx.books.form.plan import FormPlan, FormRow
from workplan_xlsx.books.form.sheet import write_form_sheet
from workplan_xlsx.books.form.source import write_source_sheet
from workplan_xlsx.books.form.wording import period_words
from workplan_xlsx.books.identity import HIDDEN_SHEET, PROPERTY_PREFIX
from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook

__all__ = ["FormPlan", "FormRow", "add_form", "write_form"]

_LONGEST_PROPERTY = 255


def write_form(form: FormPlan, path: Path, lang: Lang, *, flush: bool = True) -> None:
    """Write the blank form; `flush` as `whole_file`.

    Raises:
        OutputError: It cannot be put in place; the previous file is intact.
    """
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        add_form(book, form, lang, Filled())
    write_bytes_whole(path, made.getvalue(), lang, flush=flush)


def add_form(book: Workbook, form: FormPlan, lang: Lang, filled: Filled) -> None:
    """Add all that makes a workbook this unit's form: table, guide, notice text, identity, properties."""
    from workplan_xlsx.books.growing_rows import GrowingSheet

    sheet = book.add_worksheet(say("form.sheet", lang), GrowingSheet)
    write_form_sheet(sheet, form, lang, filled, FormFormats(book))
    write_guide(book, form, lang)
    write_source_sheet(book, form, lang)
    _identity(book, form)
    title = say("form.title", lang, plan=form.head.title, period=period_words(form.period, lang))
    office = form.office.name or form.head.issuer
    book.set_properties(
        {
            "title": title[:_LONGEST_PROPERTY],
            "author": office[:_LONGEST_PROPERTY],
            "company": office[:_LONGEST_PROPERTY],
            "subject": form.head.document_number[:_LONGEST_PROPERTY],
            "created": styles.made_on(form.period.starts_on),
        }
    )


def _identity(book: Workbook, form: FormPlan) -> None:
    """The hidden sheet and the properties; both are texts, which survive every program that re-saves."""
    sheet = book.add_worksheet(HIDDEN_SHEET)
    for row, (key, text) in enumerate(form.identity.pairs()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, text)
        book.set_custom_property(PROPERTY_PREFIX + key, text[:_LONGEST_PROPERTY], "text")
    sheet.hide()
