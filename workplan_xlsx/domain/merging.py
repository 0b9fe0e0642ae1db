"""Which submission counts, and which figure: the latest valid one by receipt; nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from workplan_xlsx.domain.editions.edition import Figure, JointRow
from workplan_xlsx.domain.model import Ledger, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Outcome, Submission


def counting(submissions: Iterable[Submission]) -> dict[str, Submission]:
    """Return, by unit, the latest accepted submission by receipt; an invalid one never displaces a valid one.

    The order of the given submissions does not matter. All must be of one period.
    """
    latest: dict[str, Submission] = {}
    for submission in submissions:
        if submission.verdict.outcome is not Outcome.ACCEPTED:
            continue
        unit = submission.verdict.unit
        if unit not in latest or _sequence(submission) > _sequence(latest[unit]):
            latest[unit] = submission
    return latest


def _sequence(submission: Submission) -> tuple[object, int, str]:
    return submission.received_at, submission.version, submission.verdict.sha256


def under_current_names(ledger: Ledger, submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Return the submissions with each unit under its name of today: it may have been renamed since."""
    return tuple(_renamed(ledger, each) for each in submissions)


def _renamed(ledger: Ledger, submission: Submission) -> Submission:
    verdict = submission.verdict
    if not verdict.unit or verdict.unit in ledger.unit_by_name:
        return submission
    unit = ledger.find_unit(verdict.unit)
    return submission if unit is None else replace(submission, verdict=replace(verdict, unit=unit.name))


def outcome_now(submission: Submission, counted: Mapping[str, Submission]) -> Outcome:
    """The outcome as it stands now: an accepted form that a later valid one displaced is superseded."""
    verdict = submission.verdict
    if verdict.outcome is Outcome.ACCEPTED and counted.get(verdict.unit) != submission:
        return Outcome.SUPERSEDED
    return verdict.outcome


def merge(ledger: Ledger, period: Period, counted: Mapping[str, Submission]) -> tuple[Figure, ...]:
    """Return one figure per asked target of every led task, in the notice's order; missing ones included."""
    entries = {unit: _by_code(submission) for unit, submission in counted.items()}
    return tuple(
        _figure(task, target, period, counted.get(task.reporting_unit), entries.get(task.reporting_unit, {}))
        for task in ledger.tasks
        if task.lead_units
        for target in task.asked_targets
    )


def _by_code(submission: Submission) -> dict[str, Entry]:
    return {entry.target_code: entry for entry in submission.verdict.entries}


def _figure(
    task: Task, target: Target, period: Period, source: Submission | None, entries: Mapping[str, Entry]
) -> Figure:
    entry = entries.get(target.code)
    counts = entry is not None and entry.counts
    return Figure(
        unit=task.reporting_unit,
        task=task,
        target=target,
        period=period,
        value=entry.value if entry and counts else None,
        status=entry.stage if entry and counts else "",
        source=source if counts else None,
        sheet=entry.sheet if entry and counts else "",
        cell=entry.cell if entry and counts else "",
    )


def problems(ledger: Ledger, counted: Mapping[str, Submission]) -> tuple[Problem, ...]:
    """Return every difficulty or request that a counted form raises (问题清单), in the roster's order."""
    return tuple(
        Problem(
            unit=unit,
            task=ledger.task_of_target[entry.target_code],
            target=ledger.target_by_code[entry.target_code],
            difficulty=entry.difficulty,
            request=entry.request,
            next_steps=entry.next_steps,
            source=counted[unit],
            sheet=entry.sheet,
            cell=entry.cell,
        )
        for unit in ledger.unit_by_name
        if unit in counted
        for entry in counted[unit].verdict.entries
        if entry.target_code in ledger.target_by_code and (_says(entry.difficulty) or _says(entry.request))
    )


def _says(text: str) -> bool:
    return text.strip() not in {"", "无", "暂无", "没有", "-", "—", "/", "none", "None", "No", "no"}


def joint_rows(figures: Iterable[Figure], counted: Mapping[str, Submission]) -> Iterator[JointRow]:
    """Yield every target with several leads: what counts, and what the other leads wrote."""
    entries = {unit: _by_code(submission) for unit, submission in counted.items()}
    for figure in figures:
        others = [unit for unit in figure.task.lead_units if unit != figure.unit]
        if not others:
            continue
        told = tuple((unit, _account(entries.get(unit, {}).get(figure.target.code))) for unit in others)
        yield JointRow(
            task=figure.task,
            target=figure.target,
            reporting_unit=figure.unit,
            figure=figure,
            others=told,
        )


def _account(entry: Entry | None) -> str:
    if entry is None:
        return ""
    given = [str(entry.value)] if entry.value is not None else []
    return "；".join([*given, *(text for text in (entry.stage, entry.progress) if text)])
