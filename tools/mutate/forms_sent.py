"""Real forms, filled in, with what a person reads in each: where every mutation begins."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from page import Page

from workplan_xlsx import pipeline
from workplan_xlsx.demo.data import NOTICE
from workplan_xlsx.domain.judging.judge import JudgingPlan
from workplan_xlsx.domain.model import Stage
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.steps.taking_in import judging_plan
from workplan_xlsx.steps.workspace import open_office

PERIOD = Period.parse("2023-06")
_NOW = datetime(2023, 6, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
_TEXTS = (
    "6月10日已通过区级验收3处，其余5处正在施工，完成总量的六成。",
    "本期新增部分已于6月12日通过验收（示验字〔2023〕8号）\n其余2处正在施工",
    "-1 处问题已于6月8日整改到位，其余4处按计划推进",
    "=6月15日验收2处，余下3处按计划推进",
)
"""Accounts that say something, some of them in a way that programs take for formulas."""
Truth = Mapping[str, Decimal | str]
"""Code -> the figure that a person reads, or the stage; rows that others report are left out."""


@dataclass(frozen=True)
class Sent:
    """A form as a unit filled it in.

    Attributes:
        saved_as: Format -> the same form saved by LibreOffice ("xlsx", "ods", "xls"); may be empty.
    """

    unit: str
    data: bytes
    truth: Truth
    saved_as: dict[str, bytes] = field(default_factory=dict)


def office(root: Path) -> tuple[JudgingPlan, list[Path]]:
    """A workspace on the sample notice: what forms are judged against, and every unit's blank form."""
    pipeline.found(NOTICE, root, year=2023, rhythm=Rhythm.MONTHLY, now=_NOW, lang="zh")
    with open_office(root, now=_NOW, lang="zh") as opened:
        pipeline.keep_ledger(opened, record=True)
        pipeline.send_forms(opened, PERIOD)
        plan = judging_plan(opened, opened.ledger())
    return plan, sorted((root / "templates" / str(PERIOD)).glob("*_填报表.xlsx"))


def filled(blank: Path, chance: random.Random) -> Sent:
    """Fill in every open cell; figures of many digits, percents and awkward texts included."""
    import openpyxl

    book = openpyxl.load_workbook(blank)
    sheet = book.worksheets[0]
    page = Page.of(sheet)
    truth: dict[str, Decimal | str] = {}
    for row in page.rows:
        figure, stage = (sheet.cell(row.number, page.columns[key]) for key in ("本期累计完成", "进展状态"))
        if not figure.protection.locked:
            value = _figure(chance, sheet.cell(row.number, page.columns["年度目标"]).value)
            figure.value, truth[row.code] = float(value), value
            is_percent = sheet.cell(row.number, page.columns["计量单位"]).value in ("%", "％")
            if is_percent and chance.random() < 0.5:
                figure.value, figure.number_format = float(value / 100), "0.00%"
        elif not stage.protection.locked and stage.value is None:
            stage.value = truth[row.code] = chance.choice(list(Stage)).value
        sheet.cell(row.number, page.columns["进展情况"]).value = chance.choice(_TEXTS)
    for label, text in (("填报人", "张三"), ("联系电话", "0537-3412345"), ("审核人", "李四")):
        at = page.label(label)
        sheet.cell(at.row, at.column + 1).value = text
    unit = str(sheet.cell(page.label("填报单位").row, page.label("填报单位").column + 1).value)
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value in _TEXTS and str(cell.value).startswith("="):
                cell.data_type = "s"
    made = BytesIO()
    book.save(made)
    return Sent(unit=unit, data=made.getvalue(), truth=truth)


def _figure(chance: random.Random, target: object) -> Decimal:
    """A believable part of the year's target, whole or with up to seven decimals."""
    part = Decimal(str(target or 1)) * chance.randrange(30, 97) / 100
    return round(part * Decimal("1.0123457"), chance.choice((0, 0, 1, 2, 4, 7))) if part > 5 else part


def save_with_libreoffice(forms: list[Sent], folder: Path) -> bool:
    """Let LibreOffice save every form in three formats; False where it is not installed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return False
    folder.mkdir(parents=True)
    for number, form in enumerate(forms):
        (folder / f"{number}.xlsx").write_bytes(form.data)
    for suffix in ("xlsx", "ods", "xls"):
        made = folder / suffix
        command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", suffix, "--outdir", str(made)]
        command += [str(folder / f"{number}.xlsx") for number in range(len(forms))]
        subprocess.run(command, check=True, capture_output=True, timeout=1800)
        for number, form in enumerate(forms):
            form.saved_as[suffix] = (made / f"{number}.{suffix}").read_bytes()
    return True
