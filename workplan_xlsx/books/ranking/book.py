"""The ranking workbook, sheet by sheet; values only, equal input gives equal bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.books import styles
from workplan_xlsx.books.ranking.first import write_first
from workplan_xlsx.books.ranking.lists import (
    write_changes,
    write_joint,
    write_lights,
    write_problems,
    write_reporting,
)
from workplan_xlsx.books.ranking.paper import FIRST_ROW, HEADER_ROW, Paper
from workplan_xlsx.books.ranking.table import Column, Looks, text, write_header, write_rows
from workplan_xlsx.books.ranking.tasks import write_tasks, write_trace
from workplan_xlsx.books.ranking.units import write_units
from workplan_xlsx.books.whole_file import whole_file
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def write_ranking(edition: Edition, path: Path, lang: Lang) -> None:
    """Write the workbook of an edition.

    Raises:
        OutputError: It cannot be put in place (open in Excel, disk full); the previous file is intact.
    """
    import xlsxwriter

    with whole_file(path, lang) as partial, xlsxwriter.Workbook(partial, {"in_memory": True}) as book:
        paper = Paper(book, edition, Looks(book, lang), lang)
        _properties(book, edition, lang)
        write_first(paper)
        write_lights(paper)
        write_tasks(paper)
        write_units(paper)
        write_reporting(paper)
        write_problems(paper)
        write_joint(paper)
        write_changes(paper)
        _notes(paper)
        write_trace(paper)


def _properties(book: Workbook, edition: Edition, lang: Lang) -> None:
    head = edition.ledger.head
    book.set_properties(
        {
            "title": say("ranking.title_first", lang, plan=head.title)[:255],
            "author": head.issuer,
            "company": head.issuer,
            "subject": head.document_number,
            "created": styles.made_on(edition.as_of.date()),
        }
    )


def _notes(paper: Paper) -> None:
    """说明: the rules in force, and what a reader must know before using the figures."""
    edition, lang = paper.edition, paper.lang
    columns = [Column(say("ranking.notes_1", lang), 8, "center"), Column(say("ranking.notes_2", lang), 120)]
    sheet = paper.open("notes", len(columns))
    write_header(sheet, HEADER_ROW, columns, paper.looks)
    deadline = say(
        "ranking.note_period",
        lang,
        deadline=f"{edition.deadline:%Y-%m-%d %H:%M}",
        as_of=f"{edition.as_of:%Y-%m-%d %H:%M}",
    )
    lines = [deadline, *edition.warnings, *edition.rules, *_accepted_with_notes(paper)]
    rows = [[text(index), text(line)] for index, line in enumerate(lines, start=1)]
    write_rows(sheet, FIRST_ROW, columns, rows, paper.looks)


def _accepted_with_notes(paper: Paper) -> list[str]:
    """Conversions and gaps of the forms that count: told, so that nothing was taken silently."""
    shown = [(unit, finding) for unit, finding in paper.edition.findings if finding.cell]
    return [f"{unit} {finding.place()}：{finding.message(paper.lang)}" for unit, finding in shown]
