"""The clerk's own form, written afresh and marked: what is to mend stands first, with a link to each cell.

Nothing is written into the file that came back: our form is laid out again and the unit's contents are put
into it, which also heals moved columns, lost rows and broken validations. The identity is the form's, so
that the corrected copy is taken in like any form; comments and outlines are never read.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from workplan_xlsx.books.form.book import add_form
from workplan_xlsx.books.form.plan import FormPlan
from workplan_xlsx.books.marked.comments import comments
from workplan_xlsx.books.marked.contents import contents_of
from workplan_xlsx.books.marked.groups import groups_of
from workplan_xlsx.books.marked.lines import told_lines
from workplan_xlsx.books.marked.listing import write_list
from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.returns import ReturnedForm
from workplan_xlsx.words import Lang


def write_marked_copy(
    form: FormPlan, returned: ReturnedForm, findings: Sequence[Finding], path: Path, lang: Lang
) -> None:
    """Write the marked copy: all findings at once on its first sheet, the unit's values exactly as they were.

    Raises:
        OutputError: It cannot be put in place; the previous file is intact.
    """
    import xlsxwriter

    lines = told_lines(form, returned, findings, lang)
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        write_list(book, form, groups_of(lines, lang), lang)
        add_form(book, form, lang, contents_of(form, returned, lang, comments(lines, lang)))
    write_bytes_whole(path, made.getvalue(), lang)
