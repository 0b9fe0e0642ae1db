"""A form in a real office program: it calculates, keeps what is protected, and comes back exactly."""

from __future__ import annotations

import subprocess
from decimal import Decimal

import openpyxl
import pytest
from form_samples import (
    BEFORE,
    JUNE,
    LEDGER,
    PROBLEMS,
    cell,
    column,
    fill_in,
    form_plan,
    header_row,
    row_of,
    table,
)
from libreoffice import PROGRAM, LibreOffice

from workplan_xlsx.books.form.book import write_form
from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.judging.past import PastRow
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.submission import Outcome

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed here")

HEAD = {"填报人": "张三", "联系电话": "0537-1234567", "审核人": "李四", "填报日期": "2023-06-26"}
TYPED = {
    ("1-1", "本期累计完成"): 120,
    ("1-2", "本期累计完成"): "38.25%",
    ("1-2", "解释说明"): "统计口径调整。",
    ("2-1", "进展状态"): "已启动",
    ("40-1", "本期累计完成"): 0,
    ("40-2", "本期累计完成"): 1.25,
    ("40-3", "本期累计完成"): 0.1,
    ("40-5", "本期累计完成"): 0.05,
} | {(target.code, "进展情况"): f"{target.code} =SUM(1)，已完成" for _, target in LEDGER.asked_of("区科技局")}
LEFT = {("40-1", "进展情况"), ("40-3", "本期累计完成")}
"""What a clerk forgets."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The blank form, one filled in completely and one with gaps, all re-saved in three formats; made once."""
    folder = tmp_path_factory.mktemp("desk")
    blank = folder / "blank.xlsx"
    write_form(form_plan(problems=PROBLEMS), blank, "zh")
    fill_in(blank, folder / "full.xlsx", TYPED, HEAD)
    gaps = {place: value for place, value in TYPED.items() if place not in LEFT}
    fill_in(blank, folder / "gaps.xlsx", gaps | {("1-1", "本期累计完成"): "约120"}, {"填报人": "张三"})
    office = LibreOffice(folder / "profile")
    saved = {kind: folder / kind for kind in ("xlsx", "ods", "xls")}
    for kind, into in saved.items():
        office.save_as(kind, into, blank, folder / "full.xlsx", folder / "gaps.xlsx")
    office.save_as("pdf", folder / "pdf", folder / "full.xlsx")
    return folder


def calculated(desk, name):
    """What the program worked out, as stored in its own xlsx."""
    return openpyxl.load_workbook(desk / "xlsx" / f"{name}.xlsx", data_only=True)["填报"]


def checks(sheet):
    return {
        code: cell(sheet, code, "检查").value.replace("\n", " ")
        for code in (target.code for _, target in LEDGER.asked_of("区科技局"))
    }


def test_the_check_column_says_what_is_missing_and_foretells_the_light(desk):
    """Every kind of row, by the formulas alone."""
    assert checks(calculated(desk, "full")) == {
        "1-1": "√ 预计绿灯",  # 120 of 200, 100 due
        "1-2": "√ 预计黄灯",  # 38.25 of 95, 47.5 due; below last period, but explained
        "2-1": "√ 预计红灯",  # 已启动 is 25, 50 due
        "39-1": "√",
        "39-2": "√",
        "40-1": "√ 已达全年目标",  # cleared from 80 to 0
        "40-2": "√",  # no target yet: nothing to foretell
        "40-3": "√ 预计黄灯",  # 0.1 of 1 would be red; 力争 never is
        "40-4": "√ 可不填",
        "40-5": "？低于上期，请核对或说明",
    }
    assert checks(calculated(desk, "gaps")) == checks(calculated(desk, "full")) | {
        "1-1": "× 只填数字",
        "40-1": "√ 已达全年目标 ○ 请填进展情况",
        "40-3": "× 请填数字",
    }


def test_the_counter_counts_down_to_ready(desk):
    """The line at the top: blank form, gaps, nothing left but one doubt."""
    assert {name: calculated(desk, name)["A5"].value for name in ("blank", "gaps", "full")} == {
        "blank": "还有 21 处未填或待核对",
        "gaps": "还有 7 处未填或待核对",
        "full": "还有 1 处未填或待核对",
    }


def test_a_blank_form_shows_the_same_before_it_is_calculated(desk):
    """The results stored for programs that do not calculate are the calculated ones."""
    stored = openpyxl.load_workbook(desk / "blank.xlsx", data_only=True)["填报"]
    done = calculated(desk, "blank")

    assert checks(stored) == checks(done)
    assert stored["A5"].value == done["A5"].value


def test_completion_is_a_share_of_the_year_s_target_whatever_the_kind(desk):
    """38.25% typed as a percent is the same figure as 38.25."""
    sheet = calculated(desk, "full")
    shown = {
        code: round(Decimal(str(cell(sheet, code, "完成率").value)), 4)
        for code in ("1-1", "1-2", "2-1", "40-1", "40-3")
    }
    assert shown == {
        "1-1": Decimal("0.6"),
        "1-2": Decimal("0.4026"),
        "2-1": Decimal("0.25"),
        "40-1": Decimal(1),
        "40-3": Decimal("0.1"),
    }


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_values_come_back_exactly_from_every_format(desk, kind):
    """Saved again as xlsx, ods and xls: figures, percent, texts that look like formulas, head, identity."""
    path = desk / kind / f"full.{kind}"
    form = read_returned(path.read_bytes(), path.name, "0" * 64)
    plan = JudgingPlan(
        ledger=LEDGER,
        rhythm=Rhythm.MONTHLY,
        issued=frozenset({JUNE}),
        past={JUNE: {("区科技局", code): PastRow(value=value) for code, value in BEFORE.items()}},
    )
    verdict = judge(form, plan)
    values = {entry.target_code: entry.value for entry in verdict.entries if entry.value is not None}

    assert verdict.outcome is Outcome.RETURNED  # 40-5 fell without a reason: that alone is asked
    assert [finding.code.code for finding in verdict.findings if finding.severity.value != "note"] == ["Q401"]
    assert "N226" not in {finding.code.code for finding in verdict.findings}  # no grey cell was changed
    rows = {row.code: row for row in form.rows}
    read = {code: row.answers for code, row in rows.items()}
    assert {
        code: str(answers["actual"].number)
        for code, answers in read.items()
        if answers["actual"].number is not None
    } == {
        "1-1": "120",
        "1-2": "0.3825",
        "40-1": "0",
        "40-2": "1.25",
        "40-3": "0.1",
        "40-5": "0.05",
    }
    assert read["1-2"]["actual"].shown_as_percent
    assert read["2-1"]["stage"].text == "已启动"
    assert read["1-1"]["difficulty"].text == "部分项目用地手续办理较慢。"
    assert {answers["progress"].text for answers in read.values()} == {
        f"{code} =SUM(1)，已完成" for code in read
    }
    assert {key.value: content.text for key, content in form.head.items()} == {
        "filled_by": "张三",
        "phone": "0537-1234567",
        "reviewed_by": "李四",
        "filled_on": "2023-06-26",
    }
    assert verdict.identified_by == "hidden sheet"
    assert {mark.source for mark in form.marks} >= {"hidden sheet", "head"}
    assert (verdict.unit, str(verdict.period), verdict.form_version) == (
        "区科技局",
        "2023-06",
        "0a1b2c3d4e5f",
    )
    assert values == {}


def test_protection_lists_messages_and_folding_survive(desk):
    """A clerk who works in LibreOffice passes on the same form."""
    before, after = table(desk / "full.xlsx"), openpyxl.load_workbook(desk / "xlsx" / "full.xlsx")["填报"]

    assert after.protection.sheet
    assert cell(after, "1-1", "年度目标").protection.locked
    assert not cell(after, "1-1", "本期累计完成").protection.locked
    rules = [rule for rule in after.data_validations.dataValidation if rule.type == "list"]
    assert [rule.formula1 for rule in rules] == ['"未启动,已启动,推进中,基本完成,已完成"']
    stage = cell(after, "2-1", "进展状态").coordinate
    assert any(stage in rule.sqref for rule in rules)
    prompts = {rule.prompt for rule in after.data_validations.dataValidation}
    assert "填年初至今的累计数，只填数字，单位是“家”。例如：100。没有进展请填 0。" in prompts
    assert after.auto_filter.ref == before.auto_filter.ref
    folded = {after.row_dimensions[row_of(after, code)].outlineLevel for code in ("1-1", "40-5")}
    assert folded == {1}
    assert after.row_dimensions[row_of(after, "1-1") - 1].outlineLevel == 0
    assert after.column_dimensions["R"].hidden


def test_the_light_is_seen_while_typing(desk, tmp_path):
    """Rendered: the fills of all three lights are on the page, laid there by the conditions."""
    picture = tmp_path / "page"
    subprocess.run(
        ["pdftoppm", "-r", "60", "-f", "1", "-l", "1", str(desk / "pdf" / "full.pdf"), str(picture)],
        check=True,
        timeout=120,
    )
    (page,) = tmp_path.glob("page*.ppm")
    pixels = page.read_bytes()

    for light in ("DDEFE3", "FFD34D", "B3261E"):
        assert bytes.fromhex(light) * 4 in pixels, light


def test_sorted_rows_come_back_as_they_were(desk):
    """Unprotected, the rows turned round, bands at the end: read by their codes, as if nothing had happened."""
    path = desk / "turned.xlsx"
    book = openpyxl.load_workbook(desk / "full.xlsx")
    sheet = book["填报"]
    first, last = header_row(sheet) + 1, sheet.max_row - 1
    width = column(sheet, "解释说明")
    lines = [
        [sheet.cell(row, index).value for index in range(1, width + 1)] for row in range(first, last + 1)
    ]
    formats = [sheet.cell(row, column(sheet, "本期累计完成")).number_format for row in range(first, last + 1)]
    turned = sorted(zip(lines, formats, strict=True), key=lambda each: str(each[0][0]), reverse=True)
    for row, (values, shown) in enumerate(turned, start=first):
        for index, value in enumerate(values, start=1):
            sheet.cell(row, index).value = value
        sheet.cell(row, column(sheet, "本期累计完成")).number_format = shown
    book.save(path)
    one = read_returned((desk / "full.xlsx").read_bytes(), "a.xlsx", "0" * 64)
    two = read_returned(path.read_bytes(), "b.xlsx", "0" * 64)

    assert [row.code for row in two.rows] != [row.code for row in one.rows]
    assert _said(two) == _said(one)


def _said(form):
    return {
        row.code: {
            answer: (content.text, content.number, content.shown_as_percent)
            for answer, content in row.answers.items()
        }
        for row in form.rows
    }
