"""A task that went to another unit in mid-year (任务移交): what its former lead reported stays its figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workplan_xlsx.domain.model import Joint, Ledger
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Submission


def handed_over(ledger: Ledger, counted: Mapping[str, Submission]) -> dict[str, tuple[Submission, Entry]]:
    """Return by target code the form and row of the unit that led the task when it reported.

    Only where one figure stands for the task, and one unit told it that leads it no more: a part, or one of
    two figures, would be a wrong number. `counted` holds the forms that count in one period.
    """
    found: dict[str, list[tuple[Submission, Entry]]] = {}
    for unit, submission in counted.items():
        for entry in _of_others(ledger, unit, submission):
            found.setdefault(entry.target_code, []).append((submission.form_of(entry.target_code), entry))
    return {code: told[0] for code, told in found.items() if len(told) == 1}


def _of_others(ledger: Ledger, unit: str, submission: Submission) -> Iterator[Entry]:
    """The rows in which the unit told the figure that counted, of tasks that others lead now."""
    for entry in submission.verdict.entries:
        task = ledger.task_of_target.get(entry.target_code)
        if task is None or not entry.counts or not task.lead_units or unit in task.lead_units:
            continue
        is_one = len(task.lead_units) < 2 or _joint(ledger, entry) is Joint.REPORTING_UNIT
        if is_one:
            yield entry


def _joint(ledger: Ledger, entry: Entry) -> Joint:
    return ledger.target_by_code[entry.target_code].joint
