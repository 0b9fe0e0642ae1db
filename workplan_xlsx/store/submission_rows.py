"""A submission as rows of the tables, and back: nothing of the verdict is lost or rounded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, update

from workplan_xlsx.domain.findings import Code, Finding, Softening
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.store import held_once
from workplan_xlsx.store.many_rows import insert_many
from workplan_xlsx.store.schema import finding, original, reported_value, submission

Row = tuple[object, ...]
"""Values in the order of their table's columns."""
_IN_ORDER = (original, submission, reported_value, finding)
_ENTRY_FROM = 2
"""An entry's fields stand in its row in their order, after the number of its submission and its position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows to be inserted, by table; originals first, since the others refer to them."""

    by_table: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Add (table name, row) pairs."""
        for table, row in rows:
            self.by_table.setdefault(table, []).append(row)

    def insert_into(self, connection: Connection) -> None:
        """Insert all of them, one statement a table."""
        for table in _IN_ORDER:
            insert_many(connection, table, self.by_table.get(table.name, ()))


def rows_of(made: Submission, number: int, data: bytes) -> Iterable[tuple[str, Row]]:
    """Yield the rows of one submission as (table name, row)."""
    verdict = made.verdict
    yield original.name, (verdict.sha256, data)
    yield submission.name, tuple(_submission_row(made, number).values())
    for position, entry in enumerate(verdict.entries):
        yield reported_value.name, (number, position, *entry)
    for position, each in enumerate(verdict.findings):
        yield finding.name, (number, position, *_finding_values(each))


def replace_rows(connection: Connection, made: Submission, number: int) -> None:
    """Put another verdict in place of the one that stands under the number; the original stays."""
    for table in (reported_value, finding):
        connection.execute(delete(table).where(table.c.submission == number))
    rows = Rows()
    rows.add(pair for pair in rows_of(made, number, b"") if pair[0] in (reported_value.name, finding.name))
    rows.insert_into(connection)
    told = _submission_row(made, number)
    connection.execute(update(submission).where(submission.c.number == number).values(told))


def _submission_row(made: Submission, number: int) -> dict[str, object]:
    """By column, in the order of the table's columns."""
    verdict = made.verdict
    return {
        "number": number,
        "sha256": verdict.sha256,
        "file": verdict.file,
        "outcome": verdict.outcome.value,
        "unit": verdict.unit or None,
        "period": verdict.period,
        "version": made.version,
        "received_at": made.received_at,
        "form_version": verdict.form_version,
        "identified_by": verdict.identified_by,
        "sign_off": _pairs_text(verdict.sign_off),
        "judged_by": made.judged_by,
    }


def _finding_values(each: Finding) -> Row:
    facts = _pairs_text(each.facts)
    return each.code.code, each.file, each.sheet, each.cell, facts, each.softened.value


def read_back(row: Any, entries: Sequence[Entry], findings: Sequence[Finding]) -> Submission:
    """Return the submission that `rows_of` took apart."""
    verdict = Verdict(
        file=row.file,
        sha256=row.sha256,
        outcome=Outcome(row.outcome),
        unit=row.unit or "",
        period=row.period,
        form_version=row.form_version,
        identified_by=row.identified_by,
        entries=tuple(entries),
        findings=tuple(findings),
        sign_off=_pairs(row.sign_off),
    )
    judged_by = held_once.text(row.judged_by)  # a period's forms have few ledgers
    return Submission(received_at=row.received_at, version=row.version, verdict=verdict, judged_by=judged_by)


def entry_of(row: Any) -> Entry:
    """Return the entry that stands in the row of `reported_value`."""
    entry = Entry._make(row[_ENTRY_FROM:])
    return entry._replace(cell=held_once.text(entry.cell))


def finding_of(row: Any) -> Finding:
    """Return the finding that stands in the row of `finding`."""
    code = Code.of(row.code)
    if code is None:
        raise ValueError(f"finding {row.code} is not one of this program's")
    return Finding(
        code=code,
        file=row.file,
        sheet=row.sheet,
        cell=row.cell,
        facts=_pairs(row.facts),
        softened=Softening(row.softened),
    )


def _pairs_text(pairs: Iterable[tuple[str, str]]) -> str:
    """ASCII only: JSON's escapes carry what a column of text would refuse."""
    return json.dumps(list(pairs))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in json.loads(text))
