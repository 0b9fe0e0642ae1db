"""What was reported, in the measures of the ledger of now: no figure is read in a measure that came later.

A figure in another scale of the same measure (人, 万人) is converted exactly, if the target was. Any other
that means something else now does not count: it is kept, told, and asked for anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from operator import attrgetter

from workplan_xlsx.domain.judging.written_numbers import split_unit
from workplan_xlsx.domain.ledger_changes import MeaningChange, is_same_name, told_value
from workplan_xlsx.domain.model import Joint, Ledger, Nature, Target, bare
from workplan_xlsx.domain.reported_then import ReportedThen
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Submission

_MANY_DIGITS = 60
_SAME_TARGET_WITHIN = 10
"""A target restated in another scale is about what it was; one left as it was is another target by 10,000."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A target before and after, and what makes its figures mean something else."""

    old: Target
    new: Target
    change: MeaningChange


_ONE_FIGURE = (Joint.REPORTING_UNIT, Joint.LEAST)
_meant = attrgetter("unit", "value", "name", "nature", "words", "joint")
"""What a figure's meaning hangs on: most targets keep all of it, and there are tens of thousands."""
Shifts = Mapping[str, Shift]


def in_measures_of(
    submissions: Iterable[Submission], shifts_since: Mapping[str, Shifts]
) -> tuple[Submission, ...]:
    """Return the submissions as the ledger understands them; the shifts by digest of the ledger of then."""
    return tuple(_restated(each, shifts_since.get(each.judged_by) or {}) for each in submissions)


def shifts_between(old: Ledger, new: Ledger) -> Shifts:
    """Return by code the targets whose figures of then do not mean now what they meant."""
    if old is new:
        return {}  # nearly always
    shifts = {}
    for code, before in old.target_by_code.items():
        after = new.target_by_code.get(code)
        if after is None or (_meant(before) == _meant(after) and before.joint in _ONE_FIGURE):
            continue
        change = _change(before, after) or _joint_change(old, new, code)
        if change is not None:
            shifts[code] = Shift(before, after, change)
    return shifts


def _change(old: Target, new: Target) -> MeaningChange | None:
    if old.is_stage != new.is_stage or (old.nature is Nature.CLEAR) != (new.nature is Nature.CLEAR):
        return MeaningChange("nature", told_value(old.nature), told_value(new.nature))
    if (old.words, old.value) != (new.words, new.value) and not is_same_name(old.name, new.name):
        return MeaningChange("name", old.name, new.name)
    if bare(old.unit) != bare(new.unit) and not new.is_stage:
        return MeaningChange("unit", old.unit, new.unit)
    return None


def _joint_change(old: Ledger, new: Ledger, code: str) -> MeaningChange | None:
    """A part of a sum is not the whole; where there is one lead, or one figure for all, it is."""
    before, after = _figure_is(old, code), _figure_is(new, code)
    return None if before is after else MeaningChange("joint", told_value(before), told_value(after))


def _figure_is(ledger: Ledger, code: str) -> Joint:
    joint = ledger.target_by_code[code].joint
    whole = len(ledger.task_of_target[code].lead_units) < 2 or joint is Joint.LEAST
    return Joint.REPORTING_UNIT if whole else joint


def _restated(submission: Submission, shifts: Shifts) -> Submission:
    verdict = submission.verdict
    then = {
        entry.target_code: _told(entry, shifts[entry.target_code])
        for entry in verdict.entries
        if entry.target_code in shifts and (entry.value is not None or entry.stage)
    }
    if not then:
        return submission
    entries = tuple(
        _entry_now(entry, shifts[entry.target_code]) if entry.target_code in then else entry
        for entry in verdict.entries
    )
    return replace(submission, verdict=replace(verdict, entries=entries), then=then)


def _told(entry: Entry, shift: Shift) -> ReportedThen:
    change = shift.change
    return ReportedThen(
        value=entry.value,
        stage=entry.stage,
        measure=shift.old.unit,
        what=change.what,
        before=change.before,
        after=change.after,
        converted=entry.value is not None and _factor(shift) is not None,
    )


def _entry_now(entry: Entry, shift: Shift) -> Entry:
    factor = _factor(shift)
    if factor is None or entry.value is None:
        return entry._replace(value=None, stage="")
    with localcontext() as exact:
        exact.prec = _MANY_DIGITS
        above, below = factor
        return entry._replace(value=entry.value * above / below)


def _factor(shift: Shift) -> tuple[int, int] | None:
    """How many of the new measure one of the old is, as a fraction; None where nobody can be sure."""
    old, new = shift.old, shift.new
    (many_then, of_then), (many_now, of_now) = split_unit(old.unit), split_unit(new.unit)
    if shift.change.what != "unit" or of_then != of_now or not old.value or not new.value:
        return None
    ratio = (new.value * many_now) / (old.value * many_then)
    sure = Decimal(1) / _SAME_TARGET_WITHIN < ratio < _SAME_TARGET_WITHIN
    return (many_then, many_now) if sure else None
