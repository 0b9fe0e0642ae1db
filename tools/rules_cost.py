"""Print how much CPU judging a form of 12 right rows takes: `python tools/rules_cost.py`."""

from __future__ import annotations

import time
from decimal import Decimal

from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.judging.past import PastRow
from workplan_xlsx.domain.model import Bound, Ledger, PlanHead, Target, Task, Unit
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.returns import (
    Answer,
    CellKind,
    Content,
    IdentityMark,
    ReturnedForm,
    ReturnedRow,
    SignOff,
)

JUNE, UNIT, ROWS = Period.parse("2023-06"), "甲局", 12


def milliseconds_a_form(*, rounds: int = 7, forms: int = 200) -> float:
    """Return the CPU time of one form, the best of several rounds."""
    form, plan = _form(), _plan()
    assert judge(form, plan).findings == ()
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(forms):
            judge(form, plan)
        best = min(best, (time.process_time() - began) / forms)
    return best * 1000


def _plan() -> JudgingPlan:
    tasks = tuple(
        Task(
            code=str(number),
            number=str(number),
            section_ordinal="一",
            section_title="创新",
            title=f"任务{number}",
            text="",
            lead_units=(UNIT,),
            reporting_unit=UNIT,
            targets=(
                Target(
                    code=f"{number}-1",
                    name=f"指标{number}",
                    bound=Bound.AT_LEAST,
                    value=Decimal(200),
                    unit="家",
                ),
            ),
        )
        for number in range(1, ROWS + 1)
    )
    head = PlanHead(code="P1", title="计划", document_number="", issuer="", issued_on=None, year=2023)
    past = {(UNIT, task.targets[0].code): PastRow(value=Decimal(90), progress="上期") for task in tasks}
    ledger = Ledger(head=head, units=(Unit(name=UNIT),), tasks=tasks)
    return JudgingPlan(ledger=ledger, rhythm=Rhythm.MONTHLY, issued=frozenset({JUNE}), past={JUNE: past})


def _form() -> ReturnedForm:
    rows = tuple(_row(number) for number in range(1, ROWS + 1))
    mark = IdentityMark(source="hidden sheet", plan="P1", unit=UNIT, period="2023-06", version="v1")
    head = {key: _text("B4", "2023-06-28" if key is SignOff.FILLED_ON else "张三") for key in SignOff}
    return ReturnedForm(file="甲局.xlsx", sha256="0" * 64, marks=(mark,), sheet="填报", head=head, rows=rows)


def _row(number: int) -> ReturnedRow:
    answers = {answer: Content(sheet="填报", cell=f"Z{number}", kind=CellKind.BLANK) for answer in Answer}
    figure = Decimal(100 + number)
    answers[Answer.ACTUAL] = Content(
        sheet="填报", cell=f"I{number}", kind=CellKind.NUMBER, text=str(figure), number=figure
    )
    answers[Answer.PROGRESS] = _text(f"M{number}", f"已建成平台 {number} 家，正在验收")
    return ReturnedRow(
        code=f"{number}-1",
        code_at=_text(f"A{number}", f"{number}-1"),
        row=number,
        hidden=False,
        answers=answers,
    )


def _text(cell: str, text: str) -> Content:
    return Content(sheet="填报", cell=cell, kind=CellKind.TEXT, text=text)


if __name__ == "__main__":
    print(f"{milliseconds_a_form():.3f} ms CPU a form of {ROWS} rows (bound: 0.3)")
