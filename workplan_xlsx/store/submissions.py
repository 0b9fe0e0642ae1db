"""What came back: every judged file once, its bytes and what was read from them in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, select

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.store.door import Door, in_parts, next_number
from workplan_xlsx.store.inbox_files import TakenName, take_names
from workplan_xlsx.store.intake_decisions import Decision, add_decision
from workplan_xlsx.store.ledgers import newest_digest
from workplan_xlsx.store.many_rows import found_among
from workplan_xlsx.store.schema import NO_VERSION, QUARANTINED, finding, original, reported_value, submission
from workplan_xlsx.store.submission_rows import Rows, entry_of, finding_of, read_back, replace_rows, rows_of

# Asked once a batch: to put a question together takes longer than to answer it.
_HIGHEST_VERSIONS = (
    select(submission.c.unit, submission.c.period, func.max(submission.c.version).label("highest"))
    .where(submission.c.unit.in_(bindparam("units", expanding=True)))
    .where(submission.c.version > NO_VERSION)
    .group_by(submission.c.unit, submission.c.period)
)
_NEVER_KEPT = {Outcome.IGNORED, Outcome.WAITING, Outcome.DUPLICATE}

Item = TypeVar("Item")
Received = tuple[Verdict, bytes]


class Submissions(Door):
    """The judged files and their originals."""

    def keep(
        self,
        batch: Sequence[Received],
        received_at: datetime,
        names: Sequence[TakenName] = (),
        decisions: Sequence[Decision] = (),
    ) -> tuple[Submission, ...]:
        """Keep the files with their verdicts, all in one commit; return them as kept, in the batch's order.

        Bytes that are kept already, or stand twice in the batch, are not kept again: the first verdict on
        them is what is returned. Versions count the judged forms of a unit and period in order of receipt.
        `names` are all the names under which files of the inbox were met, repetitions included; `decisions`
        are what these files change about others.

        Raises:
            ValueError: A verdict is not about its bytes, or is one that is never kept (ignored, waiting).
        """
        with self.writing() as connection:
            kept = _by_hash(connection, {verdict.sha256 for verdict, _ in batch})
            new = _first_of_each(batch, kept)
            rows = Rows()
            number = next_number(connection, submission)
            versions = _versions(connection, [verdict for verdict, _ in new])
            judged_by = newest_digest(connection) or ""
            for verdict, data in new:
                made = Submission(
                    received_at=received_at,
                    version=_next_version(versions, verdict),
                    verdict=verdict,
                    judged_by=judged_by,
                )
                rows.add(rows_of(made, number, data))
                kept[verdict.sha256] = made
                number += 1
            rows.insert_into(connection)
            take_names(connection, names)
            for decision in decisions:
                add_decision(connection, decision)
        return tuple(kept[verdict.sha256] for verdict, _ in batch)

    def rejudge(self, verdict: Verdict, decision: Decision) -> Submission:
        """Replace what was said about a kept file, in the transaction that keeps the decision; return it.

        The moment of receipt stays; among the forms of its unit and period it comes last.

        Raises:
            ValueError: The file was never kept.
        """
        with self.writing() as connection:
            wanted = select(submission).where(submission.c.sha256 == verdict.sha256)
            row = connection.execute(wanted).first()
            if row is None:
                raise ValueError(f"{verdict.file}: never kept")
            version = _next_version(_versions(connection, [verdict]), verdict)
            made = Submission(
                received_at=row.received_at,
                version=version,
                verdict=verdict,
                judged_by=newest_digest(connection) or "",
            )
            replace_rows(connection, made, row.number)
            add_decision(connection, decision)
        return made

    def knows(self, sha256: str) -> Submission | None:
        """Return the submission with these bytes; None when they were never kept."""
        return self.known({sha256}).get(sha256)

    def known(self, hashes: Collection[str]) -> dict[str, Submission]:
        """Return, by hash, those of the files that were kept before."""
        with self.reading() as connection:
            return _by_hash(connection, hashes)

    def submissions(self, period: Period) -> tuple[Submission, ...]:
        """Return all judged files of the period in order of receipt, returned ones included."""
        with self.reading() as connection:
            return _load(connection, submission.c.period == period)

    def submissions_of_troubled(self, period: Period) -> tuple[Submission, ...]:
        """Return the same, but only of units that told a problem or a request in any period: cheap."""
        tells = (reported_value.c.difficulty != "") | (reported_value.c.request != "")
        troubled = (
            select(submission.c.unit)
            .join(reported_value, submission.c.number == reported_value.c.submission)
            .where(tells)
        )
        with self.reading() as connection:
            return _load(connection, (submission.c.period == period) & submission.c.unit.in_(troubled))

    def units_heard_of(self) -> frozenset[str]:
        """Return the names, of then, of all units of which a file was ever judged."""
        with self.reading() as connection:
            names = connection.execute(select(submission.c.unit).distinct()).scalars()
            return frozenset(name for name in names if name)

    def receipts(self, period: Period) -> tuple[Submission, ...]:
        """Return the period's judged files as `submissions`, but without figures and findings: cheap."""
        wanted = select(submission).where(submission.c.period == period).order_by(submission.c.number)
        with self.reading() as connection:
            return tuple(read_back(row, (), ()) for row in connection.execute(wanted))

    def newest_versions(self, period: Period) -> dict[str, int]:
        """Return, by unit, the version of the last of its forms that was judged in the period."""
        highest = func.max(submission.c.version).label("highest")
        of_period = select(submission.c.unit, highest).where(submission.c.period == period)
        with self.reading() as connection:
            rows = connection.execute(of_period.group_by(submission.c.unit))
            return {row.unit: row.highest for row in rows if row.unit}

    def kept_among(self, hashes: Collection[str]) -> frozenset[str]:
        """Return those of the hashes whose bytes were kept."""
        kept: set[str] = set()
        with self.reading() as connection:
            for part in in_parts(hashes):
                if numbers := found_among(connection, submission.c.sha256, part):
                    wanted = select(submission.c.sha256).where(submission.c.number.in_(numbers))
                    kept.update(connection.execute(wanted).scalars())
        return frozenset(kept)

    def quarantined_under(self, files: Collection[str]) -> tuple[Submission, ...]:
        """Return the files of these names that could not be read or attributed, the first one first."""
        with self.reading() as connection:
            numbers = found_among(connection, submission.c.file, files, only=f"outcome = {QUARANTINED}")
            return _load(connection, submission.c.number.in_(numbers)) if numbers else ()

    def last_received_at(self) -> datetime | None:
        """When the last file was received, by the clock of then; None where none was."""
        wanted = select(submission.c.received_at).order_by(submission.c.number.desc()).limit(1)
        with self.reading() as connection:
            return connection.execute(wanted).scalar()

    def all_submissions(self) -> tuple[Submission, ...]:
        """Return every judged file in order of receipt, also those that could not be attributed."""
        with self.reading() as connection:
            return _load(connection, submission.c.number > 0)

    def original(self, sha256: str) -> bytes | None:
        """Return the bytes as received; None when they were never kept."""
        wanted = select(original.c.content).where(original.c.sha256 == sha256)
        with self.reading() as connection:
            content = connection.execute(wanted).scalar()
        return None if content is None else bytes(content)


def _first_of_each(batch: Sequence[Received], kept: dict[str, Submission]) -> list[Received]:
    first: dict[str, Received] = {}
    for verdict, data in batch:
        if verdict.sha256 in kept or verdict.outcome in _NEVER_KEPT:
            continue
        if hashlib.sha256(data).hexdigest() != verdict.sha256:
            raise ValueError(f"{verdict.file}: the verdict is about other bytes")
        first.setdefault(verdict.sha256, (verdict, data))
    for verdict, _ in batch:
        if verdict.sha256 not in first and verdict.sha256 not in kept:
            raise ValueError(f"{verdict.file}: {verdict.outcome} files are not kept")
    return list(first.values())


def _by_hash(connection: Connection, hashes: Collection[str]) -> dict[str, Submission]:
    found: dict[str, Submission] = {}
    for part in in_parts(hashes):
        kept = found_among(connection, submission.c.sha256, part)
        loaded = _load(connection, submission.c.number.in_(kept)) if kept else ()  # nearly always none
        found.update((each.verdict.sha256, each) for each in loaded)
    return found


Versions = dict[tuple[str, Period | None], int]


def _versions(connection: Connection, verdicts: Sequence[Verdict]) -> Versions:
    """The highest version so far of each of their units, by period."""
    versions: Versions = {}
    for units in in_parts({verdict.unit for verdict in verdicts if verdict.unit}):
        counted = connection.execute(_HIGHEST_VERSIONS, {"units": units})
        versions |= {(row.unit, row.period): row.highest for row in counted}
    return versions


def _next_version(versions: Versions, verdict: Verdict) -> int:
    if not verdict.unit or verdict.period is None:
        return 0
    whose = verdict.unit, verdict.period
    versions[whose] = versions.get(whose, 0) + 1
    return versions[whose]


def _load(connection: Connection, which: ColumnElement[bool]) -> tuple[Submission, ...]:
    rows = connection.execute(select(submission).where(which).order_by(submission.c.number)).all()
    if not rows:
        return ()
    entries = _grouped(connection, reported_value, which, entry_of)
    findings = _grouped(connection, finding, which, finding_of)
    return tuple(read_back(row, entries.get(row.number, ()), findings.get(row.number, ())) for row in rows)


def _grouped(
    connection: Connection, table: Table, which: ColumnElement[bool], read: Callable[[Any], Item]
) -> dict[int, list[Item]]:
    """What stands in the table's rows by submission number, in their order; no row is held."""
    wanted = (
        select(table)
        .join(submission, submission.c.number == table.c.submission)
        .where(which)
        .order_by(table.c.submission, table.c.position)
    )
    grouped: dict[int, list[Item]] = {}
    for row in connection.execute(wanted):
        grouped.setdefault(row.submission, []).append(read(row))
    return grouped
