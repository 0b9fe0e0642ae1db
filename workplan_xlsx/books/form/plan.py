"""What a form shows before anybody types into it, and where each row of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from workplan_xlsx.books.identity import FormIdentity
from workplan_xlsx.config import OfficeContact
from workplan_xlsx.domain.editions.rating import LightRules
from workplan_xlsx.domain.model import Ledger, PlanHead, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.words import Lang, say

TITLE_ROW, SOURCE_ROW, HEAD_ROW, SIGN_ROW, COUNTER_ROW, HEADER_ROW = range(6)
"""0-based rows above the table; the first band row follows the header row."""

_FORBIDDEN_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|#%\x00-\x1f]')
_LONGEST_UNIT_IN_FILE_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row to fill in.

    Attributes:
        expected_pct: 序时进度 at the period's end, percent of the year's target.
        planned: 本期计划 in the target's unit; None where a share of it says nothing.
        before: 上期累计, as accepted; None where there is none.
        reports: Whether this unit is the reporting unit: then the figure or stage is asked of it.
    """

    task: Task
    target: Target
    expected_pct: Fraction
    planned: Decimal | None
    before: Decimal | None
    reports: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPlan:
    """One unit's form for one period.

    Attributes:
        unit: Its ledger name.
        version: Which wording of the ledger the form was made from; comes back with it.
        rows: In the notice's order; rows of one task stand together.
        lights: By which rule the form foretells the light; a preview, intake and ranking use their own.
    """

    head: PlanHead
    unit: str
    period: Period
    deadline: Deadline
    version: str
    office: OfficeContact
    rows: tuple[FormRow, ...]
    lights: LightRules = field(default_factory=LightRules)

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

    def placed(self) -> Iterator[tuple[int, FormRow | Task]]:
        """Yield (0-based sheet row, what stands there): a band row per task, then its rows."""
        row, band = HEADER_ROW + 1, ""
        for each in self.rows:
            if each.task.code != band:
                yield row, each.task
                row, band = row + 1, each.task.code
            yield row, each
            row += 1

    @property
    def last_row(self) -> int:
        """0-based row of the last line of the table."""
        return HEADER_ROW + len(self.rows) + len({row.task.code for row in self.rows})


def period_words(period: Period, lang: Lang) -> str:
    """The period as the form says it."""
    return period.words_zh if lang == "zh" else str(period)


def deadline_words(deadline: Deadline, lang: Lang) -> str:
    """The deadline with its weekday, and whether a day off moved it."""
    at = deadline.at
    day = f"{at.year}年{at.month}月{at.day}日" if lang == "zh" else f"{at:%Y-%m-%d}"
    key = "form.deadline_moved" if deadline.moved else "form.deadline"
    weekday = say(f"form.weekday_{at.weekday()}", lang)
    return say(key, lang, at=day, weekday=weekday, time=f"{at:%H:%M}")


def form_file_name(ledger: Ledger, unit: str, period: Period, lang: Lang) -> str:
    """A name that is recognised in a chat group; any other name is accepted back."""
    index = ledger.reporting_unit_names.index(unit) + 1
    return say("form.file_name", lang, index=index, unit=safe_in_file_name(unit), period=period)


def safe_in_file_name(name: str) -> str:
    """The name without what file systems forbid, cut to a length that every share takes."""
    return _FORBIDDEN_IN_FILE_NAMES.sub("_", name)[:_LONGEST_UNIT_IN_FILE_NAME].strip(" .") or "_"
