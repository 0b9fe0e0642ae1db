"""Forms as our own writer makes them, filled in as a clerk would; the bytes that then come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from workplan_xlsx.books.form.book import add_form
from workplan_xlsx.books.form.paper import Filled
from workplan_xlsx.books.form.plan import FormPlan, FormRow
from workplan_xlsx.config import OfficeContact
from workplan_xlsx.domain.model import Bound, Nature, PlanHead, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Answer, CellKind, Content, SignOff
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.words import Lang

JUNE = Period.parse("2023-06")
CHINA = timezone(timedelta(hours=8))

Answers = Mapping[tuple[str, Answer], str | Decimal]


def quantity(code: str, name: str, value: str, unit: str) -> Target:
    return Target(
        code=code,
        name=name,
        bound=Bound.AT_LEAST,
        value=Decimal(value),
        unit=unit,
        words=f"{value}{unit}",
    )


def task(number: str, title: str, *targets: Target) -> Task:
    return Task(
        code=number,
        number=number,
        section_ordinal="一",
        section_title="创新",
        title=title,
        text="",
        lead_units=("甲局",),
        reporting_unit="甲局",
        targets=targets,
    )


TASKS = (
    task("1", "搭建平台", quantity("1-1", "新增平台", "200", "家"), quantity("1-2", "研发占比", "95", "%")),
    task("2", "出台办法", Target(code="2-1", name="出台办法", nature=Nature.STAGE)),
    task("13", "促进消费", quantity("13-5", "促消费活动", "10", "场")),
)
FILLED: Answers = {
    ("1-1", Answer.ACTUAL): Decimal("98.92"),
    ("1-1", Answer.PROGRESS): "已建成平台 98 家\n正在验收",
    ("1-2", Answer.ACTUAL): Decimal("47.3"),
    ("2-1", Answer.STAGE): "推进中",
    ("2-1", Answer.PROGRESS): "正在征求意见",
    ("13-5", Answer.ACTUAL): Decimal(4),
    ("13-5", Answer.EXPLANATION): "=1+1",
}
SIGNED = {SignOff.FILLED_BY: "张三", SignOff.PHONE: "010-12345678", SignOff.FILLED_ON: "2023-06-28"}


def form_plan(unit: str = "甲局", tasks: tuple[Task, ...] = TASKS) -> FormPlan:
    return FormPlan(
        head=PlanHead(
            code="P1",
            title="2023年重点工作",
            document_number="示〔2023〕1号",
            issuer="区政府办",
            issued_on=None,
            year=2023,
        ),
        unit=unit,
        period=JUNE,
        deadline=Deadline(at=datetime(2023, 6, 28, 17, 0, tzinfo=CHINA), moved=False),
        version="0123456789ab",
        office=OfficeContact(),
        rows=tuple(
            FormRow(
                task=task,
                target=target,
                expected_pct=Fraction(50),
                planned=target.value / 2 if target.value else None,
                before=None,
                reports=True,
            )
            for task in tasks
            for target in task.targets
        ),
    )


def sent(
    answers: Answers = FILLED,
    *,
    unit: str = "甲局",
    lang: Lang = "zh",
    tasks: tuple[Task, ...] = TASKS,
    signed: Mapping[SignOff, str] = SIGNED,
) -> bytes:
    """The bytes of a form that was filled in and sent back."""
    import xlsxwriter

    form = form_plan(unit, tasks)
    filled = Filled(
        answers={place: _content(value) for place, value in answers.items()},
        head={key: _content(text) for key, text in signed.items()},
    )
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        add_form(book, form, lang, filled)
    return made.getvalue()


def _content(value: str | Decimal) -> Content:
    if isinstance(value, Decimal):
        return Content(sheet="", cell="", kind=CellKind.NUMBER, text=str(value), number=value)
    return Content(sheet="", cell="", kind=CellKind.TEXT, text=value)
