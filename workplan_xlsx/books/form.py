"""One unit's form for one period, as a workbook; equal input gives equal bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.books.form_plan import FormPlan, deadline_words, period_words
from workplan_xlsx.books.form_sheet import Filled, write_form_sheet
from workplan_xlsx.books.identity import HIDDEN_SHEET, PROPERTY_PREFIX
from workplan_xlsx.books.whole_file import whole_file
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def write_form(form: FormPlan, path: Path, lang: Lang) -> None:
    """Write the blank form.

    Raises:
        OutputError: It cannot be put in place; the previous file is intact.
    """
    import xlsxwriter

    with whole_file(path, lang) as partial, xlsxwriter.Workbook(partial, {"in_memory": True}) as book:
        sheet = book.add_worksheet(say("form.sheet", lang))
        write_form_sheet(book, sheet, form, lang, Filled())
        add_companions(book, form, lang)


def add_companions(book: Workbook, form: FormPlan, lang: Lang) -> None:
    """Add what every form has beside its table: the guide, the identity, the document properties."""
    _guide(book, form, lang)
    _identity(book, form)
    title = say("form.title", lang, plan=form.head.title, period=period_words(form.period, lang))
    book.set_properties(
        {
            "title": title[:255],
            "author": form.office.name or form.head.issuer,
            "company": form.office.name or form.head.issuer,
            "subject": form.head.document_number,
            "created": styles.made_on(form.period.starts_on),
        }
    )


def _guide(book: Workbook, form: FormPlan, lang: Lang) -> None:
    sheet = book.add_worksheet(say("form.sheet_help", lang))
    title = book.add_format({"font_name": styles.TITLE_FONT, "font_size": 18, "align": "center"})
    body = book.add_format(
        {"font_name": styles.BODY_FONT, "font_size": 13, "text_wrap": True, "valign": "top"}
    )
    sheet.set_column(0, 0, 92)
    sheet.write_string(0, 0, say("form.guide_title", lang), title)
    facts = {"deadline": deadline_words(form.deadline, lang), "contact": _contact(form, lang)}
    for number in range(1, 8):
        sheet.set_row(number, 42)
        sheet.write_string(number, 0, say(f"form.guide_{number}", lang, **facts), body)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.protect("")


def _contact(form: FormPlan, lang: Lang) -> str:
    if not form.office.contact and not form.office.phone:
        return ""
    return say("form.guide_contact", lang, name=form.office.contact, phone=form.office.phone)


def _identity(book: Workbook, form: FormPlan) -> None:
    sheet = book.add_worksheet(HIDDEN_SHEET)
    for row, (key, text) in enumerate(form.identity.pairs()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, text)
        book.set_custom_property(PROPERTY_PREFIX + key, text, "text")
    sheet.hide()
