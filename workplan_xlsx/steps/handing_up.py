"""Handing up (上报): our published figures into the form that the higher plan sent us."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.books.form.filling import CellText, fill_form
from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.editions.digest import digest_of_figures
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.findings import Severity
from workplan_xlsx.domain.handing_up import HandedRow, account_of, hand_up
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import ReturnedForm
from workplan_xlsx.errors import UsageError
from workplan_xlsx.steps.following import figures_of
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.editions import RecordedEdition
from workplan_xlsx.words import say
from workplan_xlsx.words.listing import listed


@dataclass(frozen=True, kw_only=True)
class HandedUp:
    """What `handup` came to; `path` is None in a dry run.

    Attributes:
        elsewhere: Rows that [handup] names and that this form does not have.
    """

    rows: tuple[HandedRow, ...]
    path: Path | None
    elsewhere: tuple[str, ...] = ()

    @property
    def blank(self) -> tuple[HandedRow, ...]:
        """The rows that a person has to fill in."""
        return tuple(row for row in self.rows if row.why_not)


def hand_up_form(office: Office, form: Path, period: Period, *, dry_run: bool) -> HandedUp:
    """Fill the higher plan's form from the period's last edition and put it into outbox/.

    Only what was published is handed up: a form that came in after the edition, or a change in the ledger,
    waits for the next one.

    Raises:
        UsageError: Nothing was published for the period, what was published does not hold any more, or the
            file is no form of another plan.
    """
    edition = _published(office, period)
    asked, data = _form(office, form, period)
    figures = _figures_of(office, period, edition)
    mapping = office.config.handup
    rows = tuple(hand_up(asked.rows, figures, mapping, office.lang))
    elsewhere = tuple(sorted(mapping.keys() - {row.code for row in asked.rows}))
    if dry_run:
        return HandedUp(rows=rows, path=None, elsewhere=elsewhere)
    path = office.folders.outbox(period) / say("handup.file_name", office.lang, name=form.name)
    fill_form(data, asked.sheet, list(_cells(office, rows, edition)), path, office.lang)
    return HandedUp(rows=rows, path=path, elsewhere=elsewhere)


def _published(office: Office, period: Period) -> RecordedEdition:
    recorded = office.store.editions(period)
    if not recorded:
        raise UsageError(say("handup.not_published", office.lang, period=period))
    return recorded[-1]


def _figures_of(office: Office, period: Period, edition: RecordedEdition) -> tuple[Figure, ...]:
    """The figures as the edition told them, worked out once more and held against what it recorded."""
    ledger = office.store.ledger_by_digest(edition.ledger_digest) if edition.ledger_digest else None
    figures = figures_of(office, ledger or office.ledger(), period, edition.as_of)
    if edition.figures_digest not in ("", digest_of_figures(figures)):
        # e.g. a file that was confirmed since: it counts from the moment of its receipt
        raise UsageError(say("handup.changed_since", office.lang, period=period, number=edition.number))
    return figures


_SEEN = ("head", "title")
"""Marks that a person reads and may spell as he likes."""


def _form(office: Office, form: Path, period: Period) -> tuple[ReturnedForm, bytes]:
    try:
        data = form.read_bytes()
    except OSError:
        raise UsageError(say("handup.no_such_file", office.lang, file=form)) from None
    read = read_returned(data, form.name, hashlib.sha256(data).hexdigest(), office.lang)
    _refuse_what_is_no_form(office, read)
    if any(mark.plan == office.config.plan_code for mark in read.marks):
        raise UsageError(say("handup.same_plan", office.lang, file=form.name))
    periods = {mark.period for mark in read.marks if mark.source not in _SEEN and mark.period}
    if periods and str(period) not in periods:
        facts = {"file": form.name, "theirs": listed(sorted(periods), office.lang), "period": period}
        raise UsageError(say("handup.other_period", office.lang, **facts))
    return read, data


def _refuse_what_is_no_form(office: Office, read: ReturnedForm) -> None:
    errors = [each for each in read.findings if each.severity is Severity.ERROR]
    if errors or not read.rows:
        why = errors[0].message(office.lang) if errors else say("handup.no_table", office.lang)
        raise UsageError(say("handup.not_a_form", office.lang, file=read.file, why=why))


def _cells(office: Office, rows: Sequence[HandedRow], edition: RecordedEdition) -> list[CellText]:
    told = say(
        "handup.edition",
        office.lang,
        period=edition.period,
        number=edition.number,
        as_of=f"{edition.as_of:%Y-%m-%d %H:%M}",
        digest=edition.digest[:12],
    )
    cells: list[CellText] = []
    for row in rows:
        if row.value is None:
            continue
        cells.append(CellText(row.cell, row.value))
        if row.account_cell:
            cells.append(CellText(row.account_cell, account_of(row, told, office.lang)))
    return cells
