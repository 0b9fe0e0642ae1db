"""What the coordinator sees first: ledger.xlsx says what was found, and what to look at."""

from __future__ import annotations

from datetime import UTC, datetime

import openpyxl
import pytest

from workplan_xlsx import pipeline
from workplan_xlsx.domain.period import Rhythm

NOTICE = """关于印发《2024年重点工作任务》的通知
2024年2月6日
一、总体目标
到2026年，全县培育领军企业10家。
二、产业
1.招商。引进项目5个，打造三个园区，居民收入增速不低于GDP增速，推进总投资8亿元的电池项目。（牵头单位：各镇街）
2.技改。改造企业8家。（牵头单位：县工信局）
4.贸易。进出口增长6%。
"""


@pytest.fixture
def front(tmp_path):
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    now = datetime(2024, 2, 7, tzinfo=UTC)
    pipeline.found(notice, tmp_path / "ws", year=None, rhythm=Rhythm("monthly"), now=now, lang="zh")
    return openpyxl.load_workbook(tmp_path / "ws" / "ledger.xlsx")


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_first_sheet_accounts_for_every_number(front):
    told = "\n".join(texts(front.worksheets[0]))

    assert "通知中共有 11 个数：目标 5 个（其中待确认 2 个）" in told
    assert "另有 1 处没有具体数值的要求" in told
    assert "总体目标（没有写明责任单位，未列入台账）：培育领军企业10家" in told
    assert "编号从“2”跳到“4”" in told
    assert "“各镇街”是一组单位" in told
    assert "以下任务没有写明责任单位，不发填报表：二/4" in told


def test_doubtful_targets_are_listed_with_the_reason_and_the_confidence(front):
    told = texts(front.worksheets[0])

    assert "由汉字数词读出，请核对是否为目标（把握约 60%）" in told
    assert "与其他指标比较，没有具体数值；有数值后请填写并改为纳入填报（把握约 50%）" in told


def test_a_group_of_units_is_listed_and_not_ranked(front):
    units = front["单位"]
    header = [cell.value for cell in units[1]]
    rows = [
        dict(zip(header, [cell.value for cell in row], strict=True)) for row in units.iter_rows(min_row=2)
    ]
    group = next(row for row in rows if row["单位名称"] == "各镇街")

    assert "单位组（待展开）" in group.values()
