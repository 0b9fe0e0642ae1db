"""One form a unit for a period with its covering note, and the index; one that fails stops no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.books.form.manifest import ManifestLine, write_manifest
from workplan_xlsx.books.form.sent_marks import sent_marks
from workplan_xlsx.books.whole_file import bring_to_disk
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import IssuedForm
from workplan_xlsx.errors import OutputError, UsageError
from workplan_xlsx.steps.form_making import FormMaker, MadeForm, make_forms
from workplan_xlsx.steps.planning_forms import FormBasis, form_basis
from workplan_xlsx.steps.progress import Progress, counted
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say


@dataclass(frozen=True, kw_only=True)
class FormsOut:
    """What `templates` made; `failed` names what could not be put in place, with the sentence."""

    period: Period
    paths: tuple[Path, ...]
    failed: tuple[tuple[str, str], ...]
    manifest: Path | None


def write_forms(
    office: Office,
    ledger: Ledger,
    period: Period,
    units: tuple[str, ...],
    progress: Progress,
    jobs: int | None = None,
) -> FormsOut:
    """Write the forms of the units and record them as issued; `jobs` processes, as many as pay if None."""
    version = office.store.record_ledger(ledger, office.now)[:12]
    basis = form_basis(office, ledger, period, version)
    folder = office.folders.templates(period)
    maker = FormMaker(basis=basis, folder=folder)
    results = list(counted(make_forms(maker, units, jobs), "forms", len(units), progress))
    made = [result for result in results if not result.why]
    bring_to_disk(folder, [result.file for result in made], office.lang)
    failed = [(result.unit, result.why) for result in results if result.why]
    reworded = _issue(office, basis, made)
    manifest = None
    try:
        manifest = _manifest(office, basis, reworded) if made else None
    except OutputError as error:
        failed.append((say("form.manifest_sheet", office.lang), str(error)))
    paths = tuple(folder / result.file for result in made)
    return FormsOut(period=period, paths=paths, failed=tuple(failed), manifest=manifest)


def units_to_ask(office: Office, ledger: Ledger, unit: str | None) -> tuple[str, ...]:
    """The units that get a form; with `unit` only that one, by any of its names.

    Raises:
        UsageError: The unit is not in the ledger, or leads no task.
    """
    if unit is None:
        return ledger.reporting_unit_names
    found = ledger.find_unit(unit)
    if found is None or found.name not in ledger.reporting_unit_names:
        raise UsageError(say("cli.no_such_unit", office.lang, unit=unit))
    return (found.name,)


def _issue(office: Office, basis: FormBasis, made: Iterable[MadeForm]) -> frozenset[str]:
    """Record the forms, and return the units whose form of this period has a wording that they never had."""
    before = office.store.issued(basis.period)
    had = {form.unit for form in before}
    same = {form.unit for form in before if form.version == basis.version}
    forms = [
        IssuedForm(
            period=basis.period,
            unit=result.unit,
            version=basis.version,
            issued_at=office.now,
            path=result.file,
        )
        for result in made
    ]
    office.store.issue(forms)
    return frozenset(form.unit for form in forms if form.unit in had - same and basis.changes.get(form.unit))


def _manifest(office: Office, basis: FormBasis, reworded: frozenset[str]) -> Path:
    """Write the index anew; what the coordinator marked as sent stays marked."""
    period, ledger = basis.period, basis.ledger
    folder = office.folders.templates(period)
    path = folder / say("form.manifest_file", office.lang, period=period)
    files = {form.unit: form.path for form in office.store.issued(period)}
    marks = sent_marks(path)
    lines = [
        _manifest_line(basis, unit, files[unit], _sent(marks.get(unit, ""), unit in reworded, office))
        for unit in ledger.unit_by_name
        if unit in files
    ]
    without = tuple(unit for unit in ledger.unit_by_name if unit not in ledger.reporting_unit_names)
    write_manifest(lines, without, ledger.head, period, basis.deadline, path, office.lang)
    return path


def _sent(mark: str, reworded: bool, office: Office) -> str:
    """A form that was sent and has changed since has to be sent again."""
    return say("form.send_again", office.lang) if mark and reworded else mark


def _manifest_line(basis: FormBasis, unit: str, file: str, sent: str) -> ManifestLine:
    ledger = basis.ledger
    asked = list(ledger.asked_of(unit))
    return ManifestLine(
        unit=ledger.unit_by_name[unit],
        file=file,
        tasks=len(ledger.tasks_of_unit[unit]),
        targets=len(asked),
        reports=sum(task.reports(unit, target) for task, target in asked),
        changes=basis.changes.get(unit, ()),
        sent=sent,
    )
