"""The table of a form: chapters and tasks as bands, a row per target, carried problems below their row."""

from __future__ import annotations

from workplan_xlsx.books.columns import LAST_SHOWN
from workplan_xlsx.books.form.carried import CarriedLine, carried_text
from workplan_xlsx.books.form.paper import Paper
from workplan_xlsx.books.form.plan import Chapter, FormRow
from workplan_xlsx.books.form.row import STRUT_COLUMN, write_row
from workplan_xlsx.books.form.wording import day_words
from workplan_xlsx.domain.model import Joint, Task
from workplan_xlsx.words.listing import listed

__all__ = ["STRUT_COLUMN", "band_text", "write_table"]


def write_table(paper: Paper) -> None:
    """Write the table's lines; those below a band can be folded under it."""
    for row, what in paper.form.placed:
        if isinstance(what, FormRow):
            write_row(paper, row, what)
        elif isinstance(what, Task):
            _band(paper, row, what)
        elif isinstance(what, CarriedLine):
            _carried(paper, row, what)
        else:
            _chapter(paper, row, what)


def _chapter(paper: Paper, row: int, chapter: Chapter) -> None:
    paper.sheet.set_row(row, 24)
    key = "chapter" if chapter.ordinal else "chapter_plain"
    told = paper.say(key, ordinal=chapter.ordinal, title=chapter.title)
    paper.sheet.write_string(row, 0, told, paper.formats.of("chapter"))


def _carried(paper: Paper, row: int, line: CarriedLine) -> None:
    paper.sheet.set_row(row, 18, None, {"level": 1})
    told = carried_text(line, paper.lang)
    if told:
        paper.sheet.write_string(row, 0, told, paper.formats.of("carried"))


def _band(paper: Paper, row: int, task: Task) -> None:
    style = paper.formats.of("band")
    paper.sheet.set_row(row, 21)
    paper.sheet.write_string(row, 0, band_text(paper, task), style)
    for column in range(1, LAST_SHOWN + 1):
        paper.sheet.write_blank(row, column, None, style)


def band_text(paper: Paper, task: Task) -> str:
    """【39】title, lead units, this unit's part where there are several, and by when."""
    unit = paper.form.unit
    role = ""
    if any(target.joint is not Joint.REPORTING_UNIT for target in task.asked_targets):
        role = paper.say("band_each")
    elif len(task.lead_units) > 1 and task.reporting_unit:
        key = "band_reports" if task.reporting_unit == unit else "band_follows"
        place = task.lead_units.index(unit) + 1 if unit in task.lead_units else len(task.lead_units)
        role = paper.say(key, place=place, unit=task.reporting_unit)
    leads = listed(task.lead_units, paper.lang)
    due = paper.say("band_due", day=day_words(task.due_on, paper.lang)) if task.due_on else ""
    return paper.say("band", number=task.code, title=task.title, leads=leads, role=role, due=due)
