"""A returned form written as a table, the way a clerk sees it, and what the checks say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.judging.past import PastRow
from workplan_xlsx.domain.judging.rule import Rule
from workplan_xlsx.domain.judging.settings import RuleSettings
from workplan_xlsx.domain.model import Bound, Ledger, Nature, PlanHead, Target, Task, Unit
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
from workplan_xlsx.domain.submission import Verdict

UNITS = ("区科技局", "区商务局")
JUNE = Period.parse("2023-06")
_COLUMNS = {
    "本期累计完成": Answer.ACTUAL,
    "进展状态": Answer.STAGE,
    "进展情况": Answer.PROGRESS,
    "存在问题": Answer.DIFFICULTY,
    "解释说明": Answer.EXPLANATION,
    "需协调事项": Answer.REQUEST,
    "下步措施": Answer.NEXT_STEPS,
}
_LETTER = {answer: chr(ord("H") + index) for index, answer in enumerate(_COLUMNS.values())}


def quantity(code: str, name: str, value: str, unit: str, **other) -> Target:
    return Target(
        code=code,
        name=name,
        bound=Bound.AT_LEAST,
        value=Decimal(value),
        unit=unit,
        words=f"{value}{unit}",
        **other,
    )


def task(number: str, title: str, leads: str, *targets: Target, **other) -> Task:
    units = tuple(leads.split("、"))
    return Task(
        code=number,
        number=number,
        section_ordinal="一",
        section_title="创新",
        title=title,
        text="",
        lead_units=units,
        reporting_unit=other.pop("reporting_unit", units[0]),
        targets=targets,
        **other,
    )


LEDGER = Ledger(
    head=PlanHead(
        code="P1",
        title="2023年重点工作",
        document_number="示〔2023〕1号",
        issuer="区政府办",
        issued_on=None,
        year=2023,
    ),
    units=(
        Unit(name="区科技局", aliases=("科技局",), ranking_group="部门"),
        Unit(name="区商务局", ranking_group="部门"),
    ),
    tasks=(
        task("1", "搭建平台", "区科技局、区商务局", quantity("1-1", "新增平台", "200", "家")),
        task("2", "研发投入", "区科技局", quantity("2-1", "研发占比", "95", "%", nature=Nature.RATE)),
        task("3", "出台办法", "区科技局", Target(code="3-1", name="出台办法", nature=Nature.STAGE)),
        task("4", "促进消费", "区商务局", quantity("4-1", "促消费活动", "10", "场")),
    ),
)

RIGHT = """
    | 序号 | 本期累计完成 | 进展状态 | 进展情况 |
    | 1-1  | 100          |          | 已建 100 家 |
    | 2-1  | 94.5         |          | 正常     |
    | 3-1  |              | 推进中   | 正在起草 |
"""


def sent(
    table: str = RIGHT,
    *,
    unit: str = "区科技局",
    period: str = "2023-06",
    marks: tuple[IdentityMark, ...] | None = None,
    filled_on: str = "2023-06-28",
    version: str = "v1",
) -> ReturnedForm:
    """A form as it came back: `≈0.5%` is a percent cell, `#REF!` an error, `=?` a formula without a result."""
    header, *lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]
    rows = tuple(_row(dict(zip(header, line, strict=True)), 8 + index) for index, line in enumerate(lines))
    hidden = IdentityMark(source="hidden sheet", plan="P1", unit=unit, period=period, version=version)
    signed = {key: _content(key.value, "B4") for key in SignOff}
    signed[SignOff.FILLED_ON] = _content(filled_on, "H4")._replace(kind=CellKind.TEXT, text=filled_on)
    return ReturnedForm(
        file="科技局.xlsx", sha256="ab" * 32, marks=marks or (hidden,), sheet="填报", head=signed, rows=rows
    )


def _row(cells: Mapping[str, str], row: int) -> ReturnedRow:
    answers = {
        answer: _content(cells[header], f"{_LETTER[answer]}{row}")
        for header, answer in _COLUMNS.items()
        if header in cells
    }
    return ReturnedRow(
        code=cells["序号"], code_at=_content(cells["序号"], f"A{row}"), row=row, hidden=False, answers=answers
    )


def _content(text: str, cell: str) -> Content:
    if not text:
        return Content(sheet="填报", cell=cell, kind=CellKind.BLANK)
    if text == "=?":
        return Content(sheet="填报", cell=cell, kind=CellKind.UNCALCULATED)
    if text.startswith("#"):
        return Content(sheet="填报", cell=cell, kind=CellKind.ERROR, text=text)
    percent = text.startswith("≈")
    bare = text.strip("≈%") if percent else text
    try:
        number = Decimal(bare) / 100 if percent else Decimal(bare)
    except InvalidOperation:
        return Content(sheet="填报", cell=cell, kind=CellKind.TEXT, text=text)
    if any(ord(sign) > 127 for sign in bare) or cell.startswith("A"):
        return Content(sheet="填报", cell=cell, kind=CellKind.TEXT, text=text)
    return Content(
        sheet="填报", cell=cell, kind=CellKind.NUMBER, text=bare, number=number, shown_as_percent=percent
    )


def judged(
    form: ReturnedForm,
    *,
    before: Mapping[str, str | PastRow] | None = None,
    ledger: Ledger = LEDGER,
    own: Sequence[Rule] = (),
    **more: Any,
) -> Verdict:
    """Judge the form; `before` are last period's accepted values (or whole rows) by target code."""
    past = {
        (unit, code): row if isinstance(row, PastRow) else PastRow(value=Decimal(row))
        for code, row in (before or {}).items()
        for unit in UNITS
    }
    settings = RuleSettings(**{key: more.pop(key) for key in list(more) if key in RuleSettings.__slots__})
    plan = JudgingPlan(
        ledger=ledger,
        rhythm=Rhythm.MONTHLY,
        issued=more.pop("issued", frozenset({JUNE})),
        past={JUNE: past},
        settings=settings,
        **more,
    )
    return judge(form, plan, own)


def said(verdict: Verdict) -> list[str]:
    """Everything that is found, notes too: `H8 N310 “新增平台”写的是…`."""
    return [f"{each.cell} {each.code.code} {each.message('zh')}".strip() for each in verdict.findings]


def row(actual: str = "100", stage: str = "", progress: str = "已建成平台 100 家", **texts: str) -> str:
    """The right form, but for its first row: the cells that are named hold something else."""
    more = {"存在问题": "", "需协调事项": "", "下步措施": "", "解释说明": ""} | texts
    header = "| 序号 | 本期累计完成 | 进展状态 | 进展情况 | " + " | ".join(more) + " |"
    blank = " | ".join("" for _ in more)
    return f"""
        {header}
        | 1-1 | {actual} | {stage} | {progress} | {" | ".join(more.values())} |
        | 2-1 | 94.5 | | 覆盖 94.5% | {blank} |
        | 3-1 | | 推进中 | 起草第 2 稿 | {blank} |
    """


def told(verdict: Verdict) -> list[str]:
    """What the unit is told, without the notes: `H8 “新增平台”应只填数字…`."""
    return [
        f"{finding.cell} {finding.message('zh')}".strip()
        for finding in verdict.findings
        if not finding.code.code.startswith("N4") and not finding.softened
    ]
