"""What is kept: the store and its version, the ledger in force and ledger.xlsx, the forms that are out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workplan_xlsx.config import Config
from workplan_xlsx.doctor.folders import share_of
from workplan_xlsx.doctor.health import BAD, FINE, LOOK, Health
from workplan_xlsx.domain.findings import Severity, gravest
from workplan_xlsx.domain.form_changes import form_changes
from workplan_xlsx.domain.model import Ledger, Unit
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.steps import ledger_keeping, standing
from workplan_xlsx.steps.workspace import Office, open_office
from workplan_xlsx.store.version import StoreVersion, version_of
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store told.

    Attributes:
        latest: When the last thing happened that it knows of; None for nothing yet.
        units: Those of the ledger in force; empty where it could not be read.
    """

    told: tuple[Health, ...]
    latest: datetime | None = None
    units: tuple[Unit, ...] = ()


def gather(root: Path, config: Config, now: datetime, lang: Lang) -> Kept:
    """Look at the store without bringing it to another version, and open it only when it is of this one."""
    what = say("doctor.store", lang)
    if isinstance(config.store, Path) and share_of(config.store.parent):
        return Kept((Health(BAD, what, say("doctor.on_a_share", lang, file=config.store)),))
    try:
        version = version_of(config.store, lang)
        if version is StoreVersion.ABSENT:
            return Kept((Health(BAD, what, say("doctor.no_store", lang, file=config.store)),))
        if version is StoreVersion.OLDER:
            return Kept((Health(LOOK, what, say("doctor.older", lang)),))
        with open_office(root, now=now, lang=lang, config=config) as office:
            return _opened(office, what)
    except OperatorError as error:
        return Kept((Health(BAD, what, str(error)),))


def _opened(office: Office, what: str) -> Kept:
    ledger = office.store.ledger_in_force()
    if ledger is None:
        return Kept((Health(BAD, what, say("cli.no_ledger", office.lang)),))
    facts = {"tasks": len(ledger.tasks), "units": len(ledger.units)}
    told = (
        Health(FINE, what, say("doctor.ledger", office.lang, **facts)),
        _workbook(office),
        *_open_elsewhere(office),
        *_forms(office, ledger),
    )
    return Kept(told, _latest(office), ledger.units)


def _latest(office: Office) -> datetime | None:
    moments = [run.claimed_at for run in office.store.runs()]
    moments += [each.recorded_at for each in office.store.ledger_versions()]
    received = office.store.last_received_at()
    return max([*moments, *([received] if received else [])], default=None)


def _workbook(office: Office) -> Health:
    """Whether ledger.xlsx says what is in force; a mistake in it stops forms and reports."""
    what = office.folders.ledger.name
    if not office.folders.ledger.exists():
        return Health(LOOK, what, say("doctor.no_workbook", office.lang))
    review = ledger_keeping.review(office, record=False)
    mistakes = [each for each in review.findings if each.severity is Severity.ERROR]
    if review.ledger is None or gravest(review.findings) is Severity.ERROR:
        first = f"{mistakes[0].place()}  {mistakes[0].message(office.lang)}" if mistakes else ""
        facts = {"count": len(mistakes), "first": first}
        return Health(BAD, what, say("doctor.workbook_mistakes", office.lang, **facts))
    if review.changes:
        return Health(LOOK, what, say("doctor.workbook_differs", office.lang, count=len(review.changes)))
    return Health(FINE, what, say("cli.ledger_same", office.lang))


def _open_elsewhere(office: Office) -> Iterator[Health]:
    told = ledger_keeping.book_told(office)
    if told and office.folders.ledger.exists():
        yield Health(LOOK, office.folders.ledger.name, told)


def _forms(office: Office, ledger: Ledger) -> Iterator[Health]:
    """The last forms that went out: still there, and still what the ledger asks."""
    period = standing.last_issued(office)
    what = say("doctor.forms", office.lang)
    if period is None:
        yield Health(FINE, what, say("service.nothing_issued", office.lang))
        return
    issued = {form.unit: form for form in office.store.issued(period)}
    facts: dict[str, object] = {"period": period, "count": len(issued)}
    old = {each: office.store.ledger_by_digest(each) for each in {form.version for form in issued.values()}}
    changed = [
        unit
        for unit, form in issued.items()
        if (was := old[form.version]) is not None and any(form_changes(was, ledger, unit))
    ]
    without = [unit for unit in ledger.reporting_unit_names if unit not in issued]
    gone = [u for u, form in issued.items() if not (office.folders.templates(period) / form.path).exists()]
    for key, units in (("changed", changed), ("without_form", without), ("gone", gone)):
        if units:
            named = {"units": listed(units[:5], office.lang), "number": len(units)}
            yield Health(LOOK, what, say(f"doctor.forms_{key}", office.lang, **facts, **named))
    if not (changed or without or gone):
        yield Health(FINE, what, say("doctor.forms_match", office.lang, **facts))
