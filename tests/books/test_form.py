"""The form that a unit is sent: what stands where, what it may type, and that it is whole."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from dump import assert_golden, dump
from form_samples import (
    JUNE,
    LEDGER,
    PROBLEMS,
    cell,
    column,
    form_plan,
    header_row,
    row_of,
    table,
    target,
    task,
)
from lxml import etree
from python_calamine import CalamineWorkbook

from workplan_xlsx.books.columns import COLUMNS, key_of_header, key_of_label
from workplan_xlsx.books.form.book import write_form
from workplan_xlsx.books.form.file_names import form_file_name
from workplan_xlsx.domain.model import Ledger, Nature, Target, Unit
from workplan_xlsx.errors import OutputError

CONTRACT = [
    "序号",
    "工作任务",
    "指标名称",
    "计量单位",
    "年度目标",
    "本期计划",
    "上期累计",
    "本期累计完成",
    "完成率",
    "进展状态",
    "进展情况",
    "存在问题",
    "需协调事项",
    "下步措施",
    "解释说明",
]


CHANGES = ("1-1 新增创新平台：年度目标由“150”改为“200”。", "新增 40-4 展会，请填写。")


@pytest.fixture
def made(tmp_path):
    def make(unit: str = "区科技局", lang: str = "zh", **other):
        path = tmp_path / f"{unit[:20]}-{lang}.xlsx"
        write_form(form_plan(unit, **other), path, lang)
        return path

    return make


def test_the_whole_form_reads_as_it_should(made):
    """Every cell, input, message, link and page setting of a form with every kind of row."""
    assert_golden(dump(made(problems=PROBLEMS, changes=CHANGES)), "form_zh.txt")


def test_the_english_form_is_its_twin(made):
    """The same cells in English."""
    assert_golden(dump(made(lang="en", problems=PROBLEMS)), "form_en.txt")


def test_a_second_lead_is_asked_for_progress_only(made):
    """Numbers of joint tasks are typed once, by the reporting unit."""
    sheet = table(made("区应急局"))
    assert cell(sheet, "39-1", "本期累计完成").value == "由区商务局填报"
    assert cell(sheet, "39-1", "进展状态").value == "由区商务局填报"
    assert cell(sheet, "39-1", "本期累计完成").protection.locked
    assert not cell(sheet, "39-1", "进展情况").protection.locked
    band = sheet.cell(row_of(sheet, "39-1") - 1, 1).value
    assert band == (
        "【39】促进消费　牵头：区商务局、区科技局、区应急局"
        "（口径单位：区商务局；本单位是第3牵头单位，请填进展情况）"
    )


def test_one_header_row_holds_the_contract_s_wordings(made):
    """Outside programs find the columns by these words, in one row."""
    sheet = table(made())
    headers = [each.value for each in sheet[header_row(sheet)] if each.value]
    assert set(CONTRACT) <= set(headers)
    assert len(headers) == len(set(headers)) == len(COLUMNS)
    assert [key_of_header(header) for header in headers] == [each.key for each in COLUMNS]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("填报单位", "区科技局"),
        ("填报期", "2023年6月"),
        ("报送时限", "2023年6月28日（星期三）18:00前（遇节假日顺延）"),
    ],
)
def test_a_label_s_value_stands_in_the_very_next_cell(made, label, value):
    """Label in one cell, value in the next to the right."""
    sheet = table(made())
    place = next(each for row in sheet.iter_rows(max_row=6) for each in row if each.value == label)
    assert sheet.cell(place.row, place.column + 1).value == value
    assert all(place.coordinate not in merged for merged in sheet.merged_cells.ranges)


@pytest.mark.parametrize("label", ["填报人", "联系电话", "审核人", "填报日期"])
def test_sign_off_cells_are_text_inputs_beside_their_labels(made, label):
    """A phone number keeps its leading zero."""
    sheet = table(made())
    place = next(each for row in sheet.iter_rows(max_row=6) for each in row if each.value == label)
    beside = sheet.cell(place.row, place.column + 1)
    assert (beside.value, beside.protection.locked, beside.number_format) == (None, False, "@")
    assert key_of_label(label)


def test_every_row_has_its_code_as_text_and_no_band_looks_like_one(made):
    """序号 is a third mark of identity; 1-2 must not become a date, a band must not become a row."""
    sheet = table(made())
    first = header_row(sheet) + 1
    column_a = [sheet.cell(row, 1).value for row in range(first, sheet.max_row + 1)]
    codes = [text for text in column_a if text and re.fullmatch(r"\d+-\d+", text)]
    assert codes == [asked.code for _, asked in LEDGER.asked_of("区科技局")]
    assert all(sheet.cell(row_of(sheet, code), 1).number_format == "@" for code in codes)
    others = [text for text in column_a if text and text not in codes]
    assert [text[:5] for text in others] == [
        "一、创新驱",
        "【1】搭建",
        "【2】出台",
        "【39】促",
        "【40】处",
        "填报单位（",
    ]


def test_given_figures_are_numbers_in_the_notice_s_unit(made):
    """年度目标 is the number, the notice's words stand beside it, 本期计划 is what the plan expects."""
    sheet = table(made())
    shown = {
        header: cell(sheet, "1-1", header).value
        for header in ("年度目标", "原文", "本期计划", "上期累计", "计量单位")
    }
    assert shown == {"年度目标": 200, "原文": "200家以上", "本期计划": 100, "上期累计": 80, "计量单位": "家"}
    assert cell(sheet, "40-2", "年度目标").value == "待定"
    assert cell(sheet, "40-5", "年度目标").number_format == "#,##0.00_ "


def test_a_number_cell_is_general_so_that_both_ways_of_writing_a_percent_stay(made):
    """98.92 stays 98.92; 98.92% becomes a percent cell of its own."""
    sheet = table(made())
    assert cell(sheet, "1-2", "本期累计完成").number_format == "General"


def test_a_stage_row_takes_a_status_from_a_list_and_no_number(made):
    """Targets without a number are asked for their stage."""
    path = made()
    sheet = table(path)
    assert cell(sheet, "2-1", "本期累计完成").value == "—"
    assert cell(sheet, "2-1", "本期累计完成").protection.locked
    stage = cell(sheet, "2-1", "进展状态")
    rule = next(each for each in sheet.data_validations.dataValidation if stage.coordinate in each.sqref)
    assert rule.formula1 == '"未启动,已启动,推进中,基本完成,已完成"'
    assert rule.showErrorMessage
    assert "请从下拉列表" in rule.error


def test_the_sheet_is_protected_without_a_password_and_still_usable(made):
    """Nobody phones for a password; columns, rows and filters stay in the clerk's hands."""
    sheet = table(made())
    guard = sheet.protection
    assert guard.sheet
    assert guard.password is None
    assert not any((guard.formatColumns, guard.formatRows, guard.autoFilter, guard.sort))
    assert guard.insertRows
    assert guard.deleteRows


def test_rows_grow_while_text_is_typed(made):
    """A row has a height to begin with, but not a fixed one."""
    with zipfile.ZipFile(made()) as package:
        rows = etree.fromstring(package.read("xl/worksheets/sheet1.xml")).findall(".//{*}row")
    targets = [row for row in rows if re.match(r"^\d+$", row.get("r")) and int(row.get("r")) > 6]
    growing = [row for row in targets if row.get("ht") and not row.get("customHeight")]
    assert len(growing) == len(list(LEDGER.asked_of("区科技局")))
    assert all(float(row.get("ht")) >= 38 for row in growing)


def test_identity_stands_in_the_hidden_sheet_and_in_the_properties(made):
    """Any one of the places is enough to know the form again."""
    book = openpyxl.load_workbook(made())
    hidden = book["_wp"]
    expected = {"plan": "P2023-aa", "unit": "区科技局", "period": "2023-06", "version": "0a1b2c3d4e5f"}
    assert hidden.sheet_state == "hidden"
    assert {row[0].value: row[1].value for row in hidden.iter_rows()} == expected
    assert {each.name: each.value for each in book.custom_doc_props.props} == {
        f"workplan_{key}": value for key, value in expected.items()
    }
    assert book.properties.creator == "示范区政府办公室"


def test_equal_input_gives_equal_bytes(tmp_path):
    """The form of a unit is the same file whenever it is made."""
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_form(form_plan(), one, "zh")
    write_form(form_plan(), two, "zh")
    assert one.read_bytes() == two.read_bytes()


def _plan_of(*tasks, unit="区科技局"):
    return form_plan(unit, ledger=Ledger(head=LEDGER.head, units=(Unit(name=unit),), tasks=tasks))


def test_a_text_of_the_notice_is_never_a_formula(tmp_path):
    """What begins with = + - @ stays the text that it is."""
    evil = task("1", "=1+1", "区科技局", target("1-1", '=HYPERLINK("http://x")', "@SUM(1)", "5", "+家"))
    path = tmp_path / "form.xlsx"
    write_form(_plan_of(evil), path, "zh")
    sheet = table(path)
    shown = [cell(sheet, "1-1", header) for header in ("工作任务", "指标名称", "原文", "计量单位")]
    assert [each.value for each in shown] == ["=1+1", '=HYPERLINK("http://x")', "@SUM(1)", "+家"]
    assert {each.data_type for each in shown} == {"s"}


def test_long_and_odd_names_still_make_a_form(tmp_path):
    """A unit of 80 characters with signs that a sheet or a file name forbids, a text of 2,000 characters."""
    unit = "区<&>'\"/\\*?[]:科技局" + "长" * 70
    long = task(
        "1", "任" * 300, unit, target("1-1", "指标" * 100, "原文" * 100, "5", "家" * 60), text="字" * 2000
    )
    path = tmp_path / "form.xlsx"
    write_form(_plan_of(long, unit=unit), path, "zh")
    book = openpyxl.load_workbook(path)
    assert book["填报"]["B3"].value == unit
    assert "字" * 2000 in book["任务原文"]["C3"].value
    name = form_file_name(Ledger(head=LEDGER.head, units=(Unit(name=unit),), tasks=(long,)), unit, JUNE, "zh")
    assert re.fullmatch(r"01_区[^/\\*?:<>|\"]+科技局长+_2023-06_填报表\.xlsx", name)
    assert len(name.encode()) < 200


def test_sixty_tasks_stay_one_page_wide_with_the_header_repeated(tmp_path):
    """The largest forms print as the smallest."""
    tasks = [
        task(str(n), f"任务{n}", "区科技局", target(f"{n}-1", "指标", "5家", "5", "家")) for n in range(1, 61)
    ]
    path = tmp_path / "form.xlsx"
    write_form(_plan_of(*tasks), path, "zh")
    sheet = table(path)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$6:$6"
    assert (
        sheet.oddFooter.center.text.endswith("第 &P 页 共 &N 页")
        or "第 &[Page] 页" in sheet.oddFooter.center.text
    )


def test_the_package_is_whole(made):
    """What can be checked without Excel: every part is XML, every link has an end, nothing foreign is in it."""
    path = made()
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        parts = {
            name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))
        }
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    for name, root in parts.items():
        if name.endswith(".rels"):
            base = name.replace("_rels/", "").removesuffix(".rels").rpartition("/")[0]
            for link in root:
                assert link.get("TargetMode") != "External"
                assert (
                    f"{base}/{link.get('Target')}".lstrip("/") in names
                    or link.get("Target").lstrip("/") in names
                )
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).sheet_names) == 4


def test_no_limit_of_excel_is_passed(made):
    """Messages up to 255 characters, titles up to 32, lists up to 255, rules that do not overlap."""
    sheet = table(made("区科技局", "zh"))
    seen = set()
    for rule in sheet.data_validations.dataValidation:
        assert len(rule.prompt or "") <= 255
        assert len(rule.error or "") <= 255
        assert len(rule.promptTitle or "") <= 32
        assert len(rule.formula1 or "") <= 255
        cells = {each for area in rule.sqref.ranges for each in area.cells}
        assert not cells & seen
        seen |= cells


def test_every_input_says_what_to_type(made):
    """Each yellow cell of the table has a message with the unit and an example."""
    sheet = table(made())
    first = header_row(sheet) + 1
    helped = [
        (area.min_row, area.max_row, area.min_col, area.max_col)
        for rule in sheet.data_validations.dataValidation
        if rule.prompt
        for area in rule.sqref.ranges
    ]
    for row in sheet.iter_rows(min_row=first):
        for each in row:
            if not each.protection.locked:
                assert any(a <= each.row <= b and c <= each.column <= d for a, b, c, d in helped), each
    rule = next(
        rule
        for rule in sheet.data_validations.dataValidation
        if cell(sheet, "1-1", "本期累计完成").coordinate in rule.sqref
    )
    assert rule.prompt == "填年初至今的累计数，只填数字，单位是“家”。例如：100。没有进展请填 0。"


def test_a_unit_without_rows_still_gets_a_file_that_opens(tmp_path):
    """No rows is a plan without work, not a broken file."""
    path = tmp_path / "form.xlsx"
    write_form(replace(form_plan(), rows=()), path, "zh")
    assert column(table(path), "解释说明")


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    """The sentence names the file and what to do; no half file is left."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="请关闭后重试"):
        write_form(form_plan(), tmp_path / "file" / "form.xlsx", "zh")


def test_the_notice_s_text_of_every_task_comes_with_the_form(made):
    """Nothing has to be looked up: a click on 原文 goes to the task's whole text."""
    book = openpyxl.load_workbook(made())
    words = cell(book["填报"], "1-2", "原文")
    sheet, place = words.hyperlink.location.replace("'", "").split("!")
    row = book[sheet][place].row
    assert [each.value for each in book[sheet][row]] == [
        "【1】",
        "搭建创新平台",
        "一、创新驱动\n新增创新平台200家以上，研发投入占比达到95%。",
        "牵头：区科技局、区商务局\n配合：区财政局",
    ]


def test_what_the_coordinator_excused_is_not_counted_as_missing(made):
    """A target marked 不适用 may stay blank."""
    sheet = table(made())
    assert cell(sheet, "40-4", "检查").value.startswith("=IF($I")
    assert '"√ 可不填"' in cell(sheet, "40-4", "检查").value


def test_a_stage_without_anything_else_is_the_smallest_form(tmp_path):
    """One task, one row."""
    only = task("7", "出台办法", "区科技局", Target(code="7-1", name="出台办法", nature=Nature.STAGE))
    path = tmp_path / "form.xlsx"
    write_form(_plan_of(only), path, "zh")
    sheet = table(path)
    assert sheet.cell(header_row(sheet) + 3, 1).value == "7-1"
    assert sheet.sheet_view.selection[-1].activeCell == cell(sheet, "7-1", "进展状态").coordinate
