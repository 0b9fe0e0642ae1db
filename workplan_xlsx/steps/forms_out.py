"""One form a unit for a period, pre-filled with what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from workplan_xlsx.books.form.book import FormPlan, FormRow, form_file_name, write_form
from workplan_xlsx.books.form.manifest import ManifestLine, write_manifest
from workplan_xlsx.domain.editions.rating import planned_value
from workplan_xlsx.domain.model import Ledger, Target, Task
from workplan_xlsx.domain.pacing import expected_pct
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import IssuedForm
from workplan_xlsx.errors import OutputError, UsageError
from workplan_xlsx.steps.following import figures_of
from workplan_xlsx.steps.progress import Progress, counted
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say


@dataclass(frozen=True, kw_only=True)
class FormsOut:
    """What `templates` made; `failed` names the forms that could not be put in place, with the sentence."""

    period: Period
    paths: tuple[Path, ...]
    failed: tuple[tuple[str, str], ...]
    manifest: Path | None


def write_forms(
    office: Office, ledger: Ledger, period: Period, units: tuple[str, ...], progress: Progress
) -> FormsOut:
    """Write the forms of the units and record them as issued; one that fails stops no other."""
    version = office.store.record_ledger(ledger, office.now)[:12]
    before = accepted_before(office, ledger, period)
    made: list[IssuedForm] = []
    failed: list[tuple[str, str]] = []
    for unit in counted(units, "forms", len(units), progress):
        path = office.folders.templates(period) / form_file_name(ledger, unit, period, office.lang)
        try:
            write_form(form_plan(office, ledger, unit, period, version, before), path, office.lang)
        except OutputError as error:
            failed.append((unit, str(error)))
        else:
            made.append(
                IssuedForm(period=period, unit=unit, version=version, issued_at=office.now, path=path.name)
            )
    office.store.issue(made)
    manifest = _manifest(office, ledger, period) if made else None
    paths = tuple(office.folders.templates(period) / form.path for form in made)
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


def accepted_before(office: Office, ledger: Ledger, period: Period) -> Mapping[str, Decimal]:
    """The values accepted for the period before, by target code."""
    previous = period.previous()
    if previous is None:
        return {}
    figures = figures_of(office, ledger, previous)
    return {figure.target.code: figure.value for figure in figures if figure.value is not None}


def form_plan(
    office: Office,
    ledger: Ledger,
    unit: str,
    period: Period,
    version: str,
    before: Mapping[str, Decimal],
) -> FormPlan:
    """All that one form shows before anybody has typed into it."""
    return FormPlan(
        head=ledger.head,
        unit=unit,
        period=period,
        deadline=office.deadline(period),
        version=version,
        office=office.config.office,
        rows=tuple(
            _row(task, target, unit, period, before.get(target.code))
            for task, target in ledger.asked_of(unit)
        ),
    )


def _row(task: Task, target: Target, unit: str, period: Period, before: Decimal | None) -> FormRow:
    return FormRow(
        task=task,
        target=target,
        expected_pct=expected_pct(target, period),
        planned=planned_value(target, period),
        before=before,
        reports=task.reports(unit, target),
    )


def _manifest(office: Office, ledger: Ledger, period: Period) -> Path:
    path = office.folders.templates(period) / say("form.manifest_file", office.lang, period=period)
    files = {form.unit: form.path for form in office.store.issued(period)}
    lines = [_manifest_line(ledger, unit, files[unit]) for unit in ledger.unit_by_name if unit in files]
    write_manifest(lines, ledger.head, period, office.deadline(period), path, office.lang)
    return path


def _manifest_line(ledger: Ledger, unit: str, file: str) -> ManifestLine:
    asked = list(ledger.asked_of(unit))
    return ManifestLine(
        unit=ledger.unit_by_name[unit],
        file=file,
        tasks=len(ledger.tasks_of_unit[unit]),
        targets=len(asked),
        reports=sum(1 for task, target in asked if task.reports(unit, target)),
    )
