"""The sheet 问题清单 kept up to date in the coordinator's own book: new problems added, states renewed.

Only the number and the grey columns are ours; what the coordinator writes, and every other cell of the book,
stays as it is. Nothing is written into a book that was changed since it was read, or that is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.books.ledger.columns import LANGUAGES, PROBLEMS, sheet_name
from workplan_xlsx.books.ledger.lines import Findings, Table
from workplan_xlsx.books.ledger.opening import open_tables
from workplan_xlsx.books.ledger.patching import with_texts
from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.problems import Problem, is_about
from workplan_xlsx.errors import OutputError
from workplan_xlsx.words import Lang, say

_LOCKS = ("~${name}", ".~lock.{name}#")  # Excel and WPS, LibreOffice


@dataclass(frozen=True, slots=True)
class SheetWritten:
    """How many rows were added or renewed; or the finding that says why they could not be."""

    rows: int = 0
    finding: Finding | None = None


def write_problems(problems: Iterable[Problem], path: Path, lang: Lang) -> SheetWritten:
    """Bring the sheet up to date; a book without that sheet, or that cannot be read, is left alone."""
    names = {sheet_name(PROBLEMS, each): each for each in LANGUAGES}
    before = _digest(path)
    tables = open_tables(path, names)
    if isinstance(tables, Finding) or not tables or before is None:
        return SheetWritten()
    name, rows = next(iter(tables.items()))
    table = Table(PROBLEMS, name, names[name], rows, Findings(path.name))
    if "number" not in table.column_of:
        return SheetWritten()
    texts = _texts(table, max(row.number for row in rows), problems)
    if not texts:
        return SheetWritten()
    count = len({row for row, _ in texts})
    return _put(path, before, name, texts, count, lang)


def _put(
    path: Path, before: str, sheet: str, texts: Mapping[tuple[int, int], str], count: int, lang: Lang
) -> SheetWritten:
    data = path.read_bytes()
    untouched = hashlib.sha256(data).hexdigest() == before
    if not untouched or any((path.parent / lock.format(name=path.name)).exists() for lock in _LOCKS):
        return SheetWritten(finding=found(Code.LEDGER_CHANGED_MEANWHILE, file=path.name, count=count))
    patched = with_texts(data, sheet, texts)
    if _digest(path) != before:
        return SheetWritten(finding=found(Code.LEDGER_CHANGED_MEANWHILE, file=path.name, count=count))
    try:
        write_bytes_whole(path, patched, lang)
    except OutputError:
        return SheetWritten(finding=found(Code.LEDGER_CHANGED_MEANWHILE, file=path.name, count=count))
    return SheetWritten(rows=count)


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _texts(table: Table, last_row: int, problems: Iterable[Problem]) -> dict[tuple[int, int], str]:
    """What has to be written, by row and column; nothing where the sheet says it already."""
    lines = {line.code("number"): line for line in table.lines()}
    texts: dict[tuple[int, int], str] = {}
    free = last_row + 1
    for problem in sorted(problems, key=lambda each: (str(each.raised_in), each.number)):
        line = next((line for number, line in lines.items() if is_about(number, problem)), None)
        shown = shown_texts(problem, table.lang)
        if line is None:
            row, free = free, free + 1
            shown = {"number": problem.number} | shown
        else:
            row = line.row
        for key, text in shown.items():
            if key in table.column_of and (line is None or line.shown(key) != text):
                texts[row, table.column_of[key]] = text
    return texts


def shown_texts(problem: Problem, lang: Lang) -> dict[str, str]:
    """What the grey columns say of the problem."""
    state = say(f"ledger.problem_{problem.state.name.lower()}", lang)
    return {
        "shown_unit": problem.unit,
        "shown_target": problem.target.name,
        "shown_difficulty": problem.difficulty,
        "shown_request": problem.request,
        "shown_state": say("ledger.problem_overdue", lang, state=state) if problem.overdue_days else state,
        "shown_told": str(problem.told_in or ""),
    }
