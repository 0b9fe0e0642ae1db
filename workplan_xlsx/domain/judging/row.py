"""One row of a returned form as the rules see it: its cells, what they say, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.judging.past import PastRow
from workplan_xlsx.domain.judging.settings import RuleSettings
from workplan_xlsx.domain.model import Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Answer, CellKind, Content, Entry, ReturnedRow
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import Lang, say

_ACTUAL, _STAGE = Answer.ACTUAL, Answer.STAGE


@dataclass(slots=True, kw_only=True)
class RowInHand:
    """A row while it is judged.

    Attributes:
        owes: Whether this unit's figure or stage counts for the target.
        value: The figure in the target's unit; None where there is none, or none that can be used.
        stage: The stage's word, or 不适用/未到期 in place of a figure; "" when none.
        past: The row as it was accepted last; None the first time.
        planned: 本期计划; None where a share of the target says nothing.
        explained: Whether 解释说明 says something: that answers every query of the row.
        given_holds: Whether the ledger still says what the form showed when it went out, and the row's
            words are not told to contradict its code.
    """

    returned: ReturnedRow
    task: Task
    target: Target
    unit: str
    period: Period | None
    lang: Lang
    settings: RuleSettings
    past: PastRow | None
    owes: bool
    value: Decimal | None = None
    stage: str = ""
    progress: str = ""
    difficulty: str = ""
    request: str = ""
    next_steps: str = ""
    explanation: str = ""
    explained: bool = False
    given_holds: bool = True
    planned: Decimal | None = None

    def cell(self, answer: Answer) -> Content:
        """The cell of an input; where the sheet lacks that column, a blank at the row's code."""
        found = self.returned.answers.get(answer)
        if found is not None:
            return found
        at = self.returned.code_at
        return Content(sheet=at.sheet, cell=at.cell, kind=CellKind.BLANK)

    def finding(self, code: Code, answer: Answer, /, **facts: object) -> Finding:
        """A finding at one of the row's cells."""
        return finding_at(code, self.cell(answer), self.target, **facts)

    def finding_given(self, code: Code, key: str, content: Content, expected: str) -> Finding:
        """A finding at one of the cells that we had filled in; `key` is its column's."""
        column = say(f"checks.column_{key}", self.lang)
        got = " ".join(shown(content).split())[:_LONGEST_SHOWN]
        return finding_at(code, content, self.target, column=column, got=got, expected=expected)

    def column(self, answer: Answer) -> str:
        """What the column is called in a sentence."""
        return say(f"checks.column_{answer.value}", self.lang)

    def entry(self) -> Entry:
        """The row as it is kept."""
        at = self.cell(_STAGE if self.target.is_stage else _ACTUAL)
        return Entry(
            target_code=self.target.code,
            value=self.value,
            stage=self.stage,
            sheet=at.sheet,
            cell=at.cell,
            counts=self.owes,
            progress=self.progress,
            difficulty=self.difficulty,
            request=self.request,
            next_steps=self.next_steps,
            explanation=self.explanation,
        )


def shown(content: Content) -> str:
    """What a person reads in the cell."""
    if content.shown_as_percent and content.number is not None:
        return f"{plain(content.number * 100)}%"
    return content.text


_LONGEST_SHOWN = 60


def finding_at(code: Code, content: Content, target: Target, /, **facts: object) -> Finding:
    """A finding at a cell; every sentence about a cell may name the target, its unit and an example."""
    example = plain(target.value / 2) if target.value else "12"
    known: Mapping[str, object] = {"name": target.name, "unit": target.unit or "—", "example": example}
    told = tuple(sorted((name, str(value)) for name, value in {**known, **facts}.items()))
    return Finding(code=code, sheet=content.sheet, cell=content.cell, facts=told)
