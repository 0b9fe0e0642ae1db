"""A returned form (报送) as it was read: what stands where, before anything is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.quick_to_pickle import quick_to_pickle


class CellKind(StrEnum):
    """What a cell holds; a blank, a zero, an error and an uncalculated formula all differ.

    SHOWN_OTHERWISE is a number whose format makes a person read another figure, or none; FORMAT_LOST is one
    among percents in a file that keeps no formats: 0.47 may have been 47 %; STRUCK_OUT is a figure with a
    line through it.
    """

    BLANK = "blank"
    NUMBER = "number"
    SHOWN_OTHERWISE = "shown otherwise"
    FORMAT_LOST = "format lost"
    STRUCK_OUT = "struck out"
    TEXT = "text"
    DATE = "date"
    TRUTH = "truth"
    ERROR = "error"
    UNCALCULATED = "uncalculated"


_BLANK, _TEXT = CellKind.BLANK, CellKind.TEXT


class Content(NamedTuple):
    """What one cell holds and where it stands; a tuple, because a form has a hundred of them.

    Attributes:
        sheet, cell: Where, e.g. 填报 and "H12".
        text: What a person reads there (numbers in their shortest exact spelling); "" when blank.
        number: The exact decimal for NUMBER and FORMAT_LOST (as stored: 0.9892 for a cell that shows 98.92%),
            else None.
        shown_as_percent: Whether the cell's number format is a percent format.
        from_formula: Whether the value is a formula's cached result.
    """

    sheet: str
    cell: str
    kind: CellKind
    text: str = ""
    number: Decimal | None = None
    shown_as_percent: bool = False
    from_formula: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands there."""
        return self.kind is _BLANK or (self.kind is _TEXT and not self.text.strip())


class Answer(StrEnum):
    """The columns of a form that a unit fills in; the value is the column's key in books/columns.py."""

    ACTUAL = "actual"  # 本期累计完成
    STAGE = "stage"  # 进展状态
    PROGRESS = "progress"  # 进展情况
    DIFFICULTY = "difficulty"  # 存在问题
    REQUEST = "request"  # 需协调事项
    NEXT_STEPS = "next_steps"  # 下步措施
    EXPLANATION = "explanation"  # 解释说明


class GivenCells(NamedTuple):
    """What came back in the cells that are filled in when a form goes out; None where one is blank."""

    name: Content | None = None  # 指标名称
    target: Content | None = None  # 年度目标
    planned: Content | None = None  # 本期计划
    before: Content | None = None  # 上期累计


NOTHING_GIVEN = GivenCells()


class SignOff(StrEnum):
    """The inputs of a form's head."""

    FILLED_BY = "filled_by"  # 填报人
    PHONE = "phone"  # 联系电话
    REVIEWED_BY = "reviewed_by"  # 审核人
    FILLED_ON = "filled_on"  # 填报日期


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityMark:
    """One of the places where a form says whose it is.

    Attributes:
        source: "hidden sheet", "properties", "head" (the visible cells), "title" or "rows".
        plan, unit, period, version: As written there; "" where that mark does not say.
    """

    source: str
    plan: str = ""
    unit: str = ""
    period: str = ""
    version: str = ""


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """One row below the header that has a code in 序号 or something in an input column.

    Attributes:
        code: What stands in 序号, white space stripped; may be unknown, foreign or "".
        answers: Content of every input column that the sheet has, blank ones included.
        name, unit: What stands in 指标名称 and 计量单位 as it came back; "" where the sheet lacks the column.
        given: What came back in the cells that rules hold against the ledger.
    """

    code: str
    code_at: Content
    row: int
    hidden: bool
    answers: Mapping[Answer, Content]
    name: str = ""
    unit: str = ""
    given: GivenCells = NOTHING_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedForm:
    """What a returned workbook says, as far as it could be read.

    Attributes:
        sheet: The name of the sheet on which the table was found.
        findings: What the reading itself found (missing sheet or columns, readings that differ, ...).
        language: Which wording its headers had.
    """

    file: str
    sha256: str
    marks: tuple[IdentityMark, ...]
    sheet: str
    head: Mapping[SignOff, Content]
    rows: tuple[ReturnedRow, ...]
    findings: tuple[Finding, ...] = ()
    language: str = "zh"


class Entry(NamedTuple):
    """One accepted row: what a unit reported for a target, and the cell it stands in; named when made.

    A tuple, because a province has tens of thousands of them a month.

    Attributes:
        value: In the target's unit, exact; None for a stage or for a co-lead's row.
        stage: The stage's word; "" when none was given.
        cell: Cell of the value, or of the stage where there is no value.
        counts: True in the reporting unit's form: this is the figure that is merged.
    """

    target_code: str
    value: Decimal | None
    stage: str
    sheet: str
    cell: str
    counts: bool
    progress: str = ""
    difficulty: str = ""
    request: str = ""
    next_steps: str = ""
    explanation: str = ""
