"""The problem loop (问题清单): raised by a unit, answered by the office, reported done, closed out.

Followed from the forms that count and the office's answers alone: whatever the order in which they came in,
the same forms and answers give the same problems.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from workplan_xlsx.domain.decisions import ProblemAnswer
from workplan_xlsx.domain.judging.written_nothing import says_something
from workplan_xlsx.domain.model import Ledger, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Submission

_DONE = re.compile(
    r"(该|此|上期)?(问题|事项|困难)?(已|均已|已经|现已)(全部)?(得到)?(解决|办结|销号|落实|协调到位)|(resolved|solved|done)\b",
    re.IGNORECASE,
)


class ProblemState(StrEnum):
    """How far a problem has come; the value is the office's word."""

    NEW = "新增"
    COORDINATING = "协调中"
    REPORTED_DONE = "已解决"  # the unit says so
    CLOSED_OUT = "已销号"  # the office has verified it


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A difficulty that a unit raised in its form, followed from period to period.

    Attributes:
        number: Stable: the period and row in which it was raised, "2023-06/39-1"; with the unit's name
            behind it where that unit was not the row's reporting unit.
        difficulty, request, next_steps: As last told by the unit.
        source, sheet, cell: The form and cell that last told of it.
        raised_in, told_in: First and last period in which the unit told of it.
        answer: What the office says; None as long as it says nothing.
        age_days: Days since the form that raised it was received.
        overdue_days: Days past the office's own date for an answer; 0 when not overdue, or no longer open.
    """

    unit: str
    task: Task
    target: Target
    difficulty: str
    request: str
    next_steps: str
    source: Submission
    sheet: str
    cell: str
    number: str = ""
    raised_in: Period | None = None
    told_in: Period | None = None
    state: ProblemState = ProblemState.NEW
    answer: ProblemAnswer | None = None
    age_days: int = 0
    overdue_days: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it still stands: the unit has not reported it done, the office not struck it off."""
        return self.state in (ProblemState.NEW, ProblemState.COORDINATING)


@dataclass(slots=True)
class _Followed:
    """A problem while it is followed through the year."""

    problem: Problem
    raised_on: date
    done: bool = False


CountedForms = Mapping[Period, Mapping[str, Submission]]
"""The forms that count, by period and unit."""


IssuedAt = Mapping[tuple[Period, str, str], datetime]
"""When a form went out, by period, unit and form version."""


def follow(
    ledger: Ledger, counted: CountedForms, today: date, issued: IssuedAt | None = None
) -> tuple[Problem, ...]:
    """Return every problem as it stands today: overdue ones first, then open ones by age, then the rest.

    One problem a unit and row at a time. 无 or 已解决 reports it done, and so does a cleared cell where the
    form had shown the problem; a blank on a form that went out before says nothing. What is told again after
    the office closed it out is a new problem.
    """
    desk = _Follower(ledger, issued or {})
    for period in sorted(counted):
        for unit in ledger.unit_by_name:
            submission = counted[period].get(unit)
            for entry in submission.verdict.entries if submission else ():
                if submission is not None and entry.target_code in ledger.target_by_code:
                    desk.take(period, unit, submission.form_of(entry.target_code), entry)
    standing = [desk.standing(each, today) for each in desk.all]
    return tuple(sorted(standing, key=_urgency))


def _urgency(problem: Problem) -> tuple[bool, int, int]:
    return not problem.is_open, -problem.overdue_days, -problem.age_days


class _Follower:
    def __init__(self, ledger: Ledger, issued: IssuedAt) -> None:
        self._ledger = ledger
        self._issued = issued
        self._now: dict[tuple[str, str], _Followed] = {}
        self.all: list[_Followed] = []

    def take(self, period: Period, unit: str, submission: Submission, entry: Entry) -> None:
        """Let one row say what it says about its problem."""
        current = self._now.get((unit, entry.target_code))
        received_on = submission.received_at.date()
        if current is not None and self._closed_before(current, received_on):
            current = None
        done = bool(_DONE.match(entry.difficulty.strip()))
        raises = not done and (says_something(entry.difficulty) or says_something(entry.request))
        if raises:
            problem = self._told(period, unit, submission, entry)
            if current is None:
                current = _Followed(problem, received_on)
                self._now[unit, entry.target_code] = current
                self.all.append(current)
            else:
                first = current.problem
                current.problem = replace(problem, number=first.number, raised_in=first.raised_in)
            current.done = False
        elif current is not None and (
            done or entry.difficulty.strip() or self._was_shown(current, period, unit, submission)
        ):
            current.done = True
            current.problem = replace(current.problem, told_in=period)

    def _was_shown(self, current: _Followed, period: Period, unit: str, submission: Submission) -> bool:
        """Whether the problem was known when this form went out: then it stood in it already."""
        issued_at = self._issued.get((period, unit, submission.verdict.form_version))
        return issued_at is not None and current.problem.source.received_at <= issued_at

    def _told(self, period: Period, unit: str, submission: Submission, entry: Entry) -> Problem:
        return Problem(
            unit=unit,
            task=self._ledger.task_of_target[entry.target_code],
            target=self._ledger.target_by_code[entry.target_code],
            difficulty=entry.difficulty,
            request=entry.request,
            next_steps=entry.next_steps,
            source=submission,
            sheet=entry.sheet,
            cell=entry.cell,
            number=problem_number(period, unit, entry),
            raised_in=period,
            told_in=period,
        )

    def _closed_before(self, followed: _Followed, day: date) -> bool:
        answer = self._answer(followed.problem)
        return answer is not None and answer.closed_on is not None and answer.closed_on < day

    def _answer(self, problem: Problem) -> ProblemAnswer | None:
        """The last answer to the problem; a number of any period through which it ran means it."""
        mine = [each for each in self._ledger.decisions.answers if is_about(each.number, problem)]
        return mine[-1] if mine else None

    def standing(self, followed: _Followed, today: date) -> Problem:
        """The problem with its state, age and lateness."""
        answer = self._answer(followed.problem)
        problem = replace(
            followed.problem,
            answer=answer,
            state=_state(answer, done=followed.done),
            age_days=max(0, (today - followed.raised_on).days),
        )
        if answer is None or answer.due_on is None or not problem.is_open:
            return problem
        return replace(problem, overdue_days=max(0, (today - answer.due_on).days))


def problem_number(period: Period, unit: str, entry: Entry) -> str:
    """The number of a problem that the unit raises in this row and period."""
    return f"{period}/{entry.target_code}" + ("" if entry.counts else f"/{unit}")


def is_about(number: str, problem: Problem) -> bool:
    """Whether the number names the problem: as raised, or by a later period through which it ran."""
    if number == problem.number:
        return True
    period_text, _, row = number.partition("/")
    try:
        period = Period.parse(period_text)
    except ValueError:
        return False
    ran = problem.raised_in is not None and problem.told_in is not None
    _, _, own_row = problem.number.partition("/")
    return ran and row == own_row and (problem.raised_in or period) <= period <= (problem.told_in or period)


def _state(answer: ProblemAnswer | None, *, done: bool) -> ProblemState:
    if answer is not None and answer.closed_on is not None:
        return ProblemState.CLOSED_OUT
    if done:
        return ProblemState.REPORTED_DONE
    if answer is not None and (answer.answer or answer.responsible_unit or answer.due_on):
        return ProblemState.COORDINATING
    return ProblemState.NEW
