"""What stands in outbox/ beside the ranking workbook: CSV and JSON, the Word 通报, 督办单."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from workplan_xlsx.books.bulletin.facts import bulletin_facts
from workplan_xlsx.books.bulletin.slips import slip_facts
from workplan_xlsx.books.bulletin.template import SHIPPED, fill_template, is_installed
from workplan_xlsx.books.ranking.beside import write_beside
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import Lang, say

_WORKDAYS_TO_ANSWER = 5


def write_papers(
    office: Office, edition: Edition, workbook: Path, *, missing_only: bool = False
) -> tuple[Path, ...]:
    """Write what belongs to the edition beside its workbook; return the paths of what was written.

    `missing_only` leaves alone what is there.

    Word papers need the extra `bulletin`; without it they are left out, which the workbook does not need.

    Raises:
        OutputError: One of them cannot be put in place, or the office's own template cannot be used.
    """
    beside = write_beside(edition, workbook.parent, office.lang, missing_only=missing_only)
    words = _word_papers(office, edition, workbook, missing_only=missing_only) if is_installed() else ()
    return (*beside, *words)


def word_papers_lacking(lang: Lang) -> Iterator[str]:
    """One sentence, with the command, where the Word papers cannot be written; else nothing."""
    if not is_installed():
        yield say("bulletin.no_extra", lang)


def _word_papers(office: Office, edition: Edition, workbook: Path, *, missing_only: bool) -> list[Path]:
    answer_by = _answer_by(office, edition)
    papers: dict[str, tuple[str, Callable[[], dict[str, Any] | None]]] = {
        "bulletin": ("file_name", lambda: bulletin_facts(edition, workbook.name, answer_by, office.lang)),
        "slips": ("slips_name", lambda: slip_facts(edition, answer_by, office.lang)),
    }
    written = []
    for name, (entry, facts_of) in papers.items():
        named = {"period": edition.period, "number": edition.number}
        path = workbook.parent / say(f"bulletin.{entry}", office.lang, **named)
        facts = None if missing_only and path.exists() else facts_of()
        if facts is not None:
            fill_template(_template(office, name), facts, path, office.lang)
            written.append(path)
    return written


def _template(office: Office, name: str) -> Path:
    """The office's own template in templates/, else the one that ships."""
    own = office.folders.root / "templates" / say(f"bulletin.own_{name}", office.lang)
    return own if own.is_file() else SHIPPED / f"{name}.docx"


def _answer_by(office: Office, edition: Edition) -> date:
    day = edition.as_of.date()
    for _ in range(_WORKDAYS_TO_ANSWER):
        day = office.workdays.next_workday(day + timedelta(days=1))
    return day
