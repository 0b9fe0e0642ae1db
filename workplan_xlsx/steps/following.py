"""What the store says together over the periods: merged figures, problems, restatements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.joint import across_units, joint_rows
from workplan_xlsx.domain.measures_of_today import Shifts, in_measures_of, shifts_between
from workplan_xlsx.domain.merging import counting, merge, provisional_rows, under_current_names
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem, follow
from workplan_xlsx.domain.restating import Restatement, restatements
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import Lang

_MOST_COMPARED = 4
_COMPARED: list[tuple[Ledger, Ledger, Shifts]] = []
"""The ledgers compared last, and what changed its meaning between them."""


def known_forms(
    office: Office, ledger: Ledger, period: Period, as_of: datetime | None = None
) -> tuple[Submission, ...]:
    """The period's judged forms, received by `as_of`: units, measures as the ledger has them."""
    forms = in_terms_of(office, ledger, office.store.submissions(period))
    return forms if as_of is None else tuple(each for each in forms if each.received_at <= as_of)


def in_terms_of(office: Office, ledger: Ledger, submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """The forms as the ledger understands them: each unit under its name, each figure in its measure."""
    forms = under_current_names(ledger, submissions)
    digests = {each.judged_by for each in forms} - {""}
    known = {digest: office.store.ledger_by_digest(digest) for digest in digests}
    return in_measures_of(forms, {digest: _shifts(then, ledger) for digest, then in known.items() if then})


def _shifts(then: Ledger, ledger: Ledger) -> Shifts:
    """What changed its meaning between the two; the periods of a run ask for the same ones again."""
    for old, new, shifts in _COMPARED:
        if old is then and new is ledger:
            return shifts
    _COMPARED.append((then, ledger, shifts_between(then, ledger)))
    del _COMPARED[:-_MOST_COMPARED]
    return _COMPARED[-1][2]


def figures_of(
    office: Office, ledger: Ledger, period: Period, as_of: datetime | None = None
) -> tuple[Figure, ...]:
    """The merged figures as they stand, or stood at `as_of`."""
    known = known_forms(office, ledger, period, as_of)
    return merge(ledger, period, counting(known), provisional_rows(known))


def disagreements_among(
    ledger: Ledger, period: Period, counted: Mapping[str, Submission], lang: Lang
) -> tuple[tuple[str, Finding], ...]:
    """(unit, finding) for every joint target on which the leads do not agree, by the forms that count."""
    return tuple(across_units(joint_rows(merge(ledger, period, counted), counted), lang))


def problems_of(
    office: Office, ledger: Ledger, as_of: datetime, *, until: Period | None = None
) -> tuple[Problem, ...]:
    """Every problem as it stands at the moment, from the forms of all periods (up to `until`)."""
    periods = [each for each in office.store.issued_periods() if until is None or each <= until]
    nobody_renamed = office.store.units_heard_of() <= ledger.unit_by_name.keys()
    forms = _troubled_forms if nobody_renamed else known_forms
    counted = {period: counting(forms(office, ledger, period, as_of)) for period in periods}
    issued = {
        (form.period, form.unit, form.version): form.issued_at
        for period in periods
        for form in office.store.issued(period)
    }
    return follow(ledger, counted, as_of.date(), issued)


def _troubled_forms(
    office: Office, ledger: Ledger, period: Period, as_of: datetime
) -> tuple[Submission, ...]:
    """Of `known_forms` those of units that ever told a problem; the others say nothing about any."""
    told = in_terms_of(office, ledger, office.store.submissions_of_troubled(period))
    return tuple(each for each in told if each.received_at <= as_of)


@dataclass(frozen=True, slots=True)
class _Told:
    """When a period's figures were told last, by its own edition or a later one that restated them."""

    edition: int
    at: datetime


def restatements_of(office: Office, ledger: Ledger, as_of: datetime) -> tuple[Restatement, ...]:
    """Figures of published periods that changed since they were last told, as known at `as_of`."""
    return tuple(
        each
        for period, told in _last_told(office, as_of).items()
        for each in restatements(
            figures_of(office, _ledger_at(office, ledger, told.at), period, told.at),
            figures_of(office, ledger, period, as_of),
            edition=told.edition,
            since=told.at,
            decisions=ledger.decisions,
        )
    )


def _last_told(office: Office, as_of: datetime) -> Mapping[Period, _Told]:
    published = {period: office.store.editions(period) for period in office.store.issued_periods()}
    moments = [each.as_of for editions in published.values() for each in editions if each.as_of < as_of]
    told = {}
    for period, editions in published.items():
        own = [each for each in editions if each.as_of < as_of]
        if own:
            told[period] = _Told(own[-1].number, max(moments))
    return told


def _ledger_at(office: Office, ledger: Ledger, moment: datetime) -> Ledger:
    """The ledger in force at the moment; the present one where none was recorded by then."""
    versions = [each for each in office.store.ledger_versions() if each.recorded_at <= moment]
    then = office.store.ledger_by_digest(versions[-1].digest) if versions else None
    return then or ledger
