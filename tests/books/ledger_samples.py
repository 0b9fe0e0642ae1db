"""A small ledger with every nature in it, and a way to change single cells as the coordinator would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl

from workplan_xlsx.books.ledger.reader import read_ledger
from workplan_xlsx.books.ledger.writer import write_ledger
from workplan_xlsx.domain.model import Bound, Ledger, Nature, PlanCurve, PlanHead, Target, Task, Unit
from workplan_xlsx.domain.period import Period, Rhythm

MONTHS = Period.all_of(2023, Rhythm.MONTHLY)
JUNE, DECEMBER = MONTHS[5], MONTHS[11]

HEAD = PlanHead(
    code="P2023-0001",
    title="2023年重点工作任务",
    document_number="某政办字〔2023〕24号",
    issuer="某区人民政府办公室",
    issued_on=date(2023, 5, 9),
    year=2023,
)
UNITS = (
    Unit(
        name="区工业和信息化局",
        aliases=("区工信局",),
        kind="部门",
        ranking_group="甲组",
        contact="李四 0537-1",
    ),
    Unit(name="区科学技术局", kind="部门", ranking_group="甲组"),
    Unit(name="城南供电公司", kind="驻区单位", ranking_group="乙组", ranked=False, email="a@example.org"),
)
CLIMB = PlanCurve(nodes=((JUNE, Decimal("41.7")), (DECEMBER, Decimal(100))))
TARGETS = (
    Target(
        code="1-1",
        name="规上工业企业",
        words="200家以上",
        bound=Bound.AT_LEAST,
        value=Decimal(200),
        unit="家",
        plan=CLIMB,
    ),
    Target(
        code="1-2",
        name="粮食总产",
        words="6.6亿斤左右",
        bound=Bound.ABOUT,
        value=Decimal("6.6"),
        unit="亿斤",
        nature=Nature.CUMULATIVE,
        confirmed=False,
        remark="“左右”请核对",
    ),
)
MORE = (
    Target(
        code="2-1",
        name="新增平台",
        words="1-2个",
        bound=Bound.RANGE,
        value=Decimal(1),
        value_max=Decimal(2),
        unit="个",
        plan=PlanCurve(due_only_in=DECEMBER),
    ),
    Target(
        code="2-2", name="完成市定目标", nature=Nature.EXTERNAL, plan=PlanCurve(starts_on=date(2023, 6, 1))
    ),
    Target(
        code="2-3",
        name="存量问题",
        bound=Bound.EXACTLY,
        value=Decimal(0),
        unit="件",
        nature=Nature.CLEAR,
        baseline=Decimal(12),
    ),
)


def _task(code: str, title: str, leads: tuple[str, ...], targets: tuple[Target, ...]) -> Task:
    return Task(
        code=code,
        number=code,
        section_ordinal="一",
        section_title="产业发展",
        title=title,
        text=f"{title}。\n=1+1 不是公式。",
        lead_units=leads,
        support_units=("“放管服”改革专班", "各镇、街道"),
        reporting_unit=leads[0],
        due_on=date(2023, 12, 31),
        weight=Decimal("1.5"),
        targets=targets,
    )


LEDGER = Ledger(
    head=HEAD,
    units=UNITS,
    tasks=(
        _task("1", "工业强区", ("区工业和信息化局", "区科学技术局"), TARGETS),
        _task("2", "科技创新", ("区科学技术局", "城南供电公司"), MORE),
    ),
)
SURE = Ledger(
    head=HEAD,
    units=UNITS,
    tasks=(
        replace(LEDGER.tasks[0], targets=(TARGETS[0], replace(TARGETS[1], confirmed=True))),
        LEDGER.tasks[1],
    ),
)
"""The same with nothing left to be confirmed: reading it finds nothing."""


def written(path: Path, ledger: Ledger = SURE) -> Path:
    """ledger.xlsx in Chinese with a column for each month."""
    write_ledger(ledger, path, "zh", periods=MONTHS)
    return path


def change(path: Path, **cells: object) -> None:
    """Put contents into cells, named 指标_F2 for cell F2 of sheet 指标, and save as another program would."""
    book = openpyxl.load_workbook(path)
    for place, content in cells.items():
        sheet, at = place.rsplit("_", 1)
        book[sheet][at] = content
    book.save(path)


def told(path: Path) -> list[str]:
    """What reading the ledger finds, as the coordinator reads it."""
    return [f"{each.severity} {each.place()} {each.message('zh')}" for each in read_ledger(path).findings]
