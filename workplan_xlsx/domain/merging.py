"""Which submission counts, and which figure: the latest valid one by receipt; nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.handed_over import handed_over
from workplan_xlsx.domain.joint import joint_figures
from workplan_xlsx.domain.model import Ledger, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Outcome, Submission

Placed = tuple[Submission, Entry]
"""A row and the form it stands in."""


def counting(submissions: Iterable[Submission]) -> dict[str, Submission]:
    """Return, by unit, the latest accepted submission by receipt; an invalid one never displaces a valid one.

    The order of the given submissions does not matter. All must be of one period. Where units became one,
    the latest form of each is united in the last of them.
    """
    of_unit: dict[str, list[Submission]] = {}
    for submission in latest_of_each_name(submissions):
        of_unit.setdefault(submission.verdict.unit, []).append(submission)
    return {unit: _united(sorted(forms, key=_received)) for unit, forms in of_unit.items()}


def latest_of_each_name(submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Return the latest accepted submission of each unit under each name that it has had.

    Under one name versions count the receipts: the clock may have been set back between two of them. Under
    another they begin anew.
    """
    latest: dict[tuple[str, str], Submission] = {}
    for submission in submissions:
        if submission.verdict.outcome is not Outcome.ACCEPTED:
            continue
        name = submission.verdict.unit, submission.sent_as
        if name not in latest or _sequence(submission) > _sequence(latest[name]):
            latest[name] = submission
    return tuple(latest.values())


def _sequence(submission: Submission) -> tuple[int, object, str]:
    return submission.version, submission.received_at, submission.verdict.sha256


def _received(submission: Submission) -> tuple[object, int, str]:
    return submission.received_at, submission.version, submission.verdict.sha256


def _united(forms: Sequence[Submission]) -> Submission:
    """The last form, with those rows of the others that it lacks, or that it told only for information."""
    last = forms[-1]
    if len(forms) == 1:
        return last
    rows: dict[str, Placed] = {}
    for form in forms:
        for entry in form.verdict.entries:
            known = rows.get(entry.target_code)
            if known is None or entry.counts or not known[1].counts:
                rows[entry.target_code] = form, entry
    entries = tuple(entry for _, entry in rows.values())
    lent = {code: form for code, (form, _) in rows.items() if form is not last}
    return replace(last, verdict=replace(last.verdict, entries=entries), lent=lent)


def under_current_names(ledger: Ledger, submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Return the submissions with each unit under its name of today: it may have been renamed since."""
    return tuple(_renamed(ledger, each) for each in submissions)


def _renamed(ledger: Ledger, submission: Submission) -> Submission:
    verdict = submission.verdict
    if not verdict.unit or verdict.unit in ledger.unit_by_name:
        return submission
    unit = ledger.find_unit(verdict.unit)
    if unit is None:
        return submission
    return replace(submission, verdict=replace(verdict, unit=unit.name), sent_as=verdict.unit)


def outcome_now(submission: Submission, counted: Mapping[str, Submission]) -> Outcome:
    """The outcome as it stands now: an accepted form that a later valid one displaced is superseded."""
    verdict = submission.verdict
    if verdict.outcome is not Outcome.ACCEPTED:
        return verdict.outcome
    counts = counted.get(verdict.unit)
    forms = () if counts is None else (counts, *counts.lent.values())
    has_a_say = any(form.verdict.sha256 == verdict.sha256 for form in forms)
    return Outcome.ACCEPTED if has_a_say else Outcome.SUPERSEDED


def provisional_rows(submissions: Iterable[Submission]) -> dict[str, dict[str, Placed]]:
    """Return, by unit and target code, the clean rows of returned forms that count meanwhile.

    Only units without a valid form have any; of several forms the latest clean row of each target. Judging
    keeps such rows only with `partial = "merge"`.
    """
    known = tuple(submissions)
    valid = counting(known)
    rows: dict[str, dict[str, Placed]] = {}
    for submission in sorted(known, key=_sequence):
        verdict = submission.verdict
        if verdict.outcome is Outcome.RETURNED and verdict.unit not in valid:
            of_unit = rows.setdefault(verdict.unit, {})
            of_unit.update((entry.target_code, (submission, entry)) for entry in verdict.entries)
    return rows


def merge(
    ledger: Ledger,
    period: Period,
    counted: Mapping[str, Submission],
    provisional: Mapping[str, Mapping[str, Placed]] | None = None,
) -> tuple[Figure, ...]:
    """Return the figure of every asked target of every led task, in the notice's order; missing ones too.

    One a target, by its `joint`; one for each lead where each is measured by its own figure. What the office
    decided (核定) holds instead of what was reported, and says so.
    """
    desk = _Desk(
        ledger=ledger,
        period=period,
        rows=_rows(counted),
        handed=handed_over(ledger, counted),
        provisional=provisional or {},
    )
    return tuple(
        desk.decided(figure)
        for task in ledger.tasks
        if task.lead_units
        for target in task.asked_targets
        for figure in joint_figures(task, target, desk.reported)
    )


def _rows(counted: Mapping[str, Submission]) -> dict[str, dict[str, Placed]]:
    return {
        unit: {
            entry.target_code: (submission.form_of(entry.target_code), entry)
            for entry in submission.verdict.entries
        }
        for unit, submission in counted.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """All rows at hand, by unit and target code."""

    ledger: Ledger
    period: Period
    rows: Mapping[str, Mapping[str, Placed]]
    handed: Mapping[str, Placed]
    provisional: Mapping[str, Mapping[str, Placed]] = field(default_factory=dict)

    def reported(self, task: Task, target: Target, unit: str) -> Figure:
        """What the unit reported for the target, whether it is the one that counts or not."""
        placed = self._placed(task, target, unit)
        meanwhile = None if placed else self.provisional.get(unit, {}).get(target.code)
        source, entry = placed or meanwhile or (None, None)
        return Figure(
            unit=unit,
            task=task,
            target=target,
            period=self.period,
            value=entry.value if entry else None,
            status=entry.stage if entry else "",
            source=source,
            sheet=entry.sheet if entry else "",
            cell=entry.cell if entry else "",
            provisional=meanwhile is not None,
            then=source.then.get(target.code) if source else None,
        )

    def _placed(self, task: Task, target: Target, unit: str) -> Placed | None:
        """Its own row; but one that was only for information yields to the figure of the former lead."""
        own = self.rows.get(unit, {}).get(target.code)
        handed = self.handed.get(target.code) if unit == task.reporting_unit else None
        return own if handed is None or (own is not None and own[1].counts) else handed

    def decided(self, figure: Figure) -> Figure:
        """The figure as it holds: with the office's decision in place of what was reported."""
        override = self.ledger.decisions.override(figure.target.code, self.period)
        if override is None or figure.unit != figure.task.reporting_unit:
            return figure
        return replace(
            figure,
            override=override,
            value=figure.value if override.value is None else override.value,
            status=override.stage or figure.status,
            reported=figure.value,
            reported_status=figure.status,
        )


def entries_of(counted: Mapping[str, Submission]) -> Iterator[tuple[str, Submission, Entry]]:
    """Yield (unit, form, row) of all rows that count."""
    for unit, submission in counted.items():
        for entry in submission.verdict.entries:
            yield unit, submission, entry
