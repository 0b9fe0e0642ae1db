"""A made-up plan with every kind of row, the forms for it, and what a clerk types into them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from workplan_xlsx.books.form.carried import CarriedProblem
from workplan_xlsx.books.form.plan import FormPlan, FormRow
from workplan_xlsx.config import OfficeContact
from workplan_xlsx.domain.editions.foretelling import light_steps
from workplan_xlsx.domain.editions.rules import LightRules
from workplan_xlsx.domain.model import Bound, Ledger, Mark, Nature, PlanHead, Target, Task, Unit
from workplan_xlsx.domain.pacing import expected_pct, planned_value
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Deadline

JUNE = Period.parse("2023-06")
OFFICE = OfficeContact(
    name="示范区政府办公室", contact="王明", phone="0100-3412345", marking="内部资料，请勿外传"
)


def target(code: str, name: str, words: str, value: str | None, unit: str, **other) -> Target:
    number = None if value is None else Decimal(value)
    return Target(
        code=code, name=name, words=words, value=number, unit=unit, **({"bound": Bound.AT_LEAST} | other)
    )


def task(number: str, title: str, leads: str, *targets: Target, text: str = "", **other) -> Task:
    units = tuple(leads.split("、"))
    return Task(
        code=number,
        number=number,
        section_ordinal="一",
        section_title="创新驱动",
        title=title,
        text=text,
        lead_units=units,
        reporting_unit=other.pop("reporting_unit", units[0]),
        targets=targets,
        **other,
    )


LEDGER = Ledger(
    head=PlanHead(
        code="P2023-aa",
        title="示范区2023年重点工作任务",
        document_number="示政办字〔2023〕24号",
        issuer="示范区政府办公室",
        issued_on=date(2023, 5, 23),
        year=2023,
    ),
    units=(Unit(name="区科技局"), Unit(name="区商务局", contact="韩梅"), Unit(name="区应急局")),
    tasks=(
        task(
            "1",
            "搭建创新平台",
            "区科技局、区商务局",
            target("1-1", "新增创新平台", "200家以上", "200", "家"),
            target("1-2", "研发投入占比", "达到95%", "95", "%", nature=Nature.RATE),
            text="新增创新平台200家以上，研发投入占比达到95%。",
            support_units=("区财政局",),
        ),
        task("2", "出台扶持办法", "区科技局", Target(code="2-1", name="出台扶持办法", nature=Nature.STAGE)),
        task(
            "39",
            "促进消费",
            "区商务局、区科技局、区应急局",
            target("39-1", "促消费活动", "10场左右", "10", "场", bound=Bound.ABOUT),
            target("39-2", "投诉率", "控制在3%以内", "3", "%", bound=Bound.AT_MOST, nature=Nature.RATE),
        ),
        task(
            "40",
            "处置隐患",
            "区科技局",
            target("40-1", "隐患点", "清零", "0", "个", nature=Nature.CLEAR, baseline=Decimal(80)),
            target("40-2", "市定任务", "完成市定目标", None, "亿元", nature=Nature.EXTERNAL),
            target("40-3", "引进项目", "力争1-2个", "1", "个", value_max=Decimal(2), stretch=True),
            target("40-4", "展会", "2场", "2", "场", mark=Mark.NOT_APPLICABLE),
            target("40-5", "贸易额", "突破0.38万元", "0.38", "万元", bound=Bound.MORE_THAN),
        ),
    ),
)
BEFORE = {"1-1": Decimal(80), "1-2": Decimal("40.5"), "40-5": Decimal("0.1")}


PROBLEMS = (
    CarriedProblem(
        target_code="1-1",
        raised_in=Period.parse("2023-05"),
        difficulty="部分项目用地手续办理较慢。",
        request="请协调区自然资源局加快办理。",
        number="W-3",
        state="协调中",
        answer="已召开协调会，手续在办。",
        responsible_unit="区自然资源局",
        due_on=date(2023, 6, 30),
    ),
    CarriedProblem(
        target_code="40-1",
        raised_in=Period.parse("2023-04"),
        difficulty="缺少检测设备。",
        state="已解决",
        is_open=False,
        answer="设备已到位。",
    ),
)


def form_plan(
    unit: str = "区科技局",
    *,
    ledger: Ledger = LEDGER,
    period: Period = JUNE,
    problems: tuple[CarriedProblem, ...] = (),
    changes: tuple[str, ...] = (),
) -> FormPlan:
    """The unit's form as the office would plan it."""
    return FormPlan(
        head=ledger.head,
        unit=unit,
        period=period,
        deadline=Deadline(at=datetime(2023, 6, 28, 18, tzinfo=ZoneInfo("Asia/Shanghai")), moved=True),
        version="0a1b2c3d4e5f",
        office=OFFICE,
        rows=tuple(
            FormRow(
                task=each,
                target=asked,
                expected_pct=expected_pct(asked, period),
                planned=planned_value(asked, period),
                before=BEFORE.get(asked.code),
                reports=each.reports(unit, asked),
                lights=light_steps(asked, period, LightRules()),
            )
            for each, asked in ledger.asked_of(unit)
        ),
        problems=problems,
        changes=changes,
        lights_told="完成率达到本期计划 100% 及以上为绿灯，70% 及以上为黄灯，不足 70% 为红灯，未报为灰色。",
    )


def table(path: Path) -> Worksheet:
    """The sheet of the form."""
    return openpyxl.load_workbook(path)["填报"]


def header_row(sheet: Worksheet, at: int = 1) -> int:
    return next(row for row in range(1, 20) if sheet.cell(row, at).value in ("序号", "No."))


def column(sheet: Worksheet, header: str) -> int:
    row = sheet[header_row(sheet)]
    return next(cell.column for cell in row if cell.value == header)


def row_of(sheet: Worksheet, code: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def cell(sheet: Worksheet, code: str, header: str):
    return sheet.cell(row_of(sheet, code), column(sheet, header))


def fill_in(source: Path, to: Path, typed: Mapping[tuple[str, str], object], head: Mapping[str, str]) -> None:
    """Type into the form as a clerk does; a text like 98.92% becomes a percent cell, as Excel makes it."""
    book = openpyxl.load_workbook(source)
    sheet = book["填报"]
    for (code, header), value in typed.items():
        place = cell(sheet, code, header)
        if isinstance(value, str) and value.endswith("%"):
            place.value, place.number_format = float(value[:-1]) / 100, "0.00%"
        else:
            place.value = value
    for label, value in head.items():
        place = next(each for row in sheet.iter_rows(max_row=6) for each in row if each.value == label)
        sheet.cell(place.row, place.column + 1).value = value
    book.save(to)
