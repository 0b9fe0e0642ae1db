"""What a form shows before anybody types into it, and where each row of it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from workplan_xlsx.books.form.carried import CarriedLine, CarriedProblem, carried_lines
from workplan_xlsx.books.identity import FormIdentity
from workplan_xlsx.config import OfficeContact
from workplan_xlsx.domain.editions.foretelling import LightStep
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.model import PlanHead, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Deadline

TITLE_ROW, SOURCE_ROW, HEAD_ROW, SIGN_ROW, COUNTER_ROW, HEADER_ROW = range(6)
"""0-based rows above the table; the first band row follows the header row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row to fill in.

    Attributes:
        expected_pct: 序时进度 at the period's end, percent of the year's target.
        planned: 本期计划 in the target's unit; None where a share of it says nothing.
        before: 上期累计, as accepted; None where there is none.
        reports: Whether this unit is the reporting unit: then the figure or stage is asked of it.
        lights: Which light each 完成率 would get, the best first; empty where none can be foretold.
    """

    task: Task
    target: Target
    expected_pct: Fraction
    planned: Decimal | None
    before: Decimal | None
    reports: bool
    lights: tuple[LightStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A row that names the notice's chapter of the tasks below it."""

    ordinal: str
    title: str


Standing = Chapter | Task | FormRow | CarriedLine
"""What a line of the table can be."""


@dataclass(frozen=True, kw_only=True)
class FormPlan:
    """One unit's form for one period.

    Attributes:
        unit: Its ledger name.
        version: Which wording of the ledger the form was made from; comes back with it.
        rows: In the notice's order; rows of one task stand together.
        problems: What the unit raised before; each stands under its target's row.
        lights_told: The rule by which the form foretells the light, in words; "" leaves it out.
        stand_ins: The place's own words and colours of the lights.
        changes: What is different from the form that the unit was sent before, a sentence each.
    """

    head: PlanHead
    unit: str
    period: Period
    deadline: Deadline
    version: str
    office: OfficeContact
    rows: tuple[FormRow, ...]
    problems: tuple[CarriedProblem, ...] = ()
    lights_told: str = ""
    stand_ins: tuple[State, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of its rows, each once, in order."""
        return tuple({row.task.code: row.task for row in self.rows}.values())

    @property
    def identity(self) -> FormIdentity:
        """What is written into the hidden sheet and the properties."""
        return FormIdentity(
            plan=self.head.code, unit=self.unit, period=str(self.period), version=self.version
        )

    @cached_property
    def placed(self) -> tuple[tuple[int, Standing], ...]:
        """(0-based sheet row, what stands there) for every line of the table."""
        return tuple(enumerate(self._lines(), start=HEADER_ROW + 1))

    def _lines(self) -> Iterator[Standing]:
        chapter, task = Chapter("", ""), ""
        for row in self.rows:
            own = Chapter(row.task.section_ordinal, row.task.section_title)
            if row.task.code != task:
                if own != chapter and own.title:
                    yield own
                yield row.task
                chapter, task = own, row.task.code
            yield row
            for problem in self.problems_by_code.get(row.target.code, ()):
                yield from carried_lines(problem)

    @cached_property
    def problems_by_code(self) -> dict[str, tuple[CarriedProblem, ...]]:
        """The carried problems of each target that has any."""
        codes = dict.fromkeys(problem.target_code for problem in self.problems)
        return {code: tuple(each for each in self.problems if each.target_code == code) for code in codes}

    @cached_property
    def placed_rows(self) -> tuple[tuple[int, FormRow], ...]:
        """(0-based sheet row, row to fill in)."""
        return tuple((row, what) for row, what in self.placed if isinstance(what, FormRow))

    @property
    def last_row(self) -> int:
        """0-based row of the last line of the table."""
        return HEADER_ROW + len(self.placed)
