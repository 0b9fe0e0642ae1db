"""How returned spreadsheets go wrong, each in a real workbook; docs/failure_modes.md says which test covers which."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from sent_forms import FILLED, JUNE, TASKS, form_plan, quantity, sent, task

from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.findings import Code, Severity
from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.model import Ledger, Task, Unit
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.returns import Answer
from workplan_xlsx.domain.submission import Outcome, Verdict

RIGHT = FILLED | {("1-1", Answer.ACTUAL): Decimal("98"), ("13-5", Answer.EXPLANATION): "已核对"}


def came_back(data: bytes, tasks: tuple[Task, ...] = TASKS) -> Verdict:
    ledger = Ledger(head=form_plan().head, units=(Unit(name="甲局"),), tasks=tasks)
    plan = JudgingPlan(ledger=ledger, rhythm=Rhythm.MONTHLY, issued=frozenset({JUNE}))
    return judge(read_returned(data, "甲局.xlsx", "0" * 64), plan)


def changed(change, data: bytes | None = None) -> bytes:
    """The right form after `change(sheet, cells)`; `cells[code, header]` are cells of the table."""
    book = openpyxl.load_workbook(BytesIO(data or sent(RIGHT)))
    sheet = book["填报"]
    header = next(
        row for row in sheet.iter_rows() if {"序号", "本期累计完成"} <= {cell.value for cell in row}
    )
    columns = {cell.value: cell.column for cell in header}
    cells = {
        (str(row[columns["序号"] - 1].value), name): row[column - 1]
        for row in sheet.iter_rows(min_row=header[0].row + 1)
        for name, column in columns.items()
    } | {("", name): header[column - 1] for name, column in columns.items()}
    change(sheet, cells)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def told(verdict: Verdict, *codes: str) -> list[str]:
    return [f"{each.cell} {each.message('zh')}" for each in verdict.findings if each.code.code in codes]


def values(verdict: Verdict) -> dict[str, object]:
    return {entry.target_code: entry.value or entry.stage for entry in verdict.entries}


ASKED = [code for code in Code if code.severity is not Severity.NOTE and code.group != "notice"]
GIVEN = {"1-1": Decimal(98), "1-2": Decimal("47.3"), "2-1": "推进中", "13-5": Decimal(4)}


def test_mode_01_text_or_a_unit_in_a_number_cell():
    """“98 家” has one reading; “约98家” is asked about; neither is ever 0."""

    def write(text):
        return came_back(changed(lambda _, cells: setattr(cells["1-1", "本期累计完成"], "value", text)))

    taken, asked = write("98 家"), write("约98家")

    assert (taken.outcome, values(taken)) == (Outcome.ACCEPTED, GIVEN)
    assert told(taken, "N310")[0].endswith("“新增平台”写的是“98 家”，已按 98 计。")
    assert (asked.outcome, asked.entries) == (Outcome.RETURNED, ())


def test_mode_02_free_text_where_a_list_value_is_expected():
    """The list is gone or was pasted over: the words are checked again."""
    verdict = came_back(changed(lambda _, cells: setattr(cells["2-1", "进展状态"], "value", "快好了")))

    (line,) = told(verdict, "E303")
    assert line.endswith("应从“未启动/已启动/推进中/基本完成/已完成”中选择，填的是“快好了”。请重新选择。")


def test_mode_04_copy_and_paste_destroyed_lists_formats_and_formulas():
    """No list, no protection, no format, no formula left: what counts is checked by us, not by the sheet."""

    def paste_over(sheet, cells):
        sheet.data_validations.dataValidation.clear()
        sheet.conditional_formatting = type(sheet.conditional_formatting)()
        sheet.protection.sheet = False
        for cell in cells.values():
            cell.number_format = "General"
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = "贴过来的"

    assert values(came_back(changed(paste_over))) == GIVEN


def test_mode_06_empty_formatted_rows_and_a_stray_character_far_below():
    """A million formatted rows are no rows; a stray character is named and not used."""

    def litter(sheet, _):
        for row in range(200, 900):
            sheet.cell(row, 3).fill = PatternFill("solid", fgColor="FFFF00")
        sheet.cell(1048570, 40).value = "."

    verdict = came_back(changed(litter))

    assert (verdict.outcome, values(verdict)) == (Outcome.ACCEPTED, GIVEN)
    assert any("AN1048570" in line for line in told(verdict, "N214"))


def test_mode_07_a_renamed_header_is_named():
    """Columns are found by their headers: one that was renamed is missing, and told by its right name."""
    verdict = came_back(changed(lambda _, cells: setattr(cells["", "本期累计完成"], "value", "完成数")))

    assert verdict.outcome is Outcome.RETURNED
    assert told(verdict, "E202") == [" 缺少“本期累计完成”列。请不要删除或改动表头，用收到的填报表重新填写。"]


def test_mode_09_percent_in_its_four_spellings():
    """47.3, “47.3%”, “47.3％” and a percent cell that stores 0.473 are one figure."""

    def as_percent(cell):
        cell.value, cell.number_format = 0.473, "0.0%"

    for write in (
        lambda _, cells: setattr(cells["1-2", "本期累计完成"], "value", 47.3),
        lambda _, cells: setattr(cells["1-2", "本期累计完成"], "value", "47.3%"),
        lambda _, cells: setattr(cells["1-2", "本期累计完成"], "value", "47.3％"),
        lambda _, cells: as_percent(cells["1-2", "本期累计完成"]),
    ):
        assert values(came_back(changed(write)))["1-2"] == Decimal("47.3")


def test_mode_10_last_period_s_form_with_this_period_s_title_is_not_taken_for_last_period():
    """He typed July into the title of June's form and July's figures below: June's figures stay what they were."""

    def use_again(sheet, cells):
        sheet["A1"].value = sheet["A1"].value.replace("2023年6月", "2023 年 7 月")
        cells["1-1", "本期累计完成"].value = 120

    verdict = came_back(changed(use_again))

    assert (verdict.outcome, verdict.entries) == (Outcome.RETURNED, ())
    assert told(verdict, "E102") == [
        " 表内的填报期前后不一致：表内标识写的是“2023-06”，标题写的是“2023年7月”。请用本单位、本期的填报表重新填写。"
    ]


def test_mode_12_a_formula_without_a_result_is_no_zero():
    """Written by a library, never calculated: the unit is asked, nothing is taken."""
    verdict = came_back(changed(lambda _, cells: setattr(cells["1-1", "本期累计完成"], "value", "=90+8")))

    assert verdict.outcome is Outcome.RETURNED
    assert len(told(verdict, "E305")) == 1


def test_mode_13_a_file_that_says_it_holds_one_cell_is_read_whole():
    """WPS and others write the dimension A1:A1."""
    data = sent(RIGHT)
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as book, zipfile.ZipFile(made, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', content)
            copy.writestr(name, content)

    assert values(came_back(made.getvalue())) == GIVEN


def test_mode_15_hidden_filtered_and_merged_rows_and_text_like_a_formula():
    """All rows are read and the hidden ones said; text that begins with = or - stays text."""

    def hide(sheet, cells):
        sheet.row_dimensions[cells["1-1", "序号"].row].hidden = True
        sheet.auto_filter.ref = sheet.dimensions
        cells["13-5", "进展情况"].value = "-已办 4 场"
        cells["13-5", "进展情况"].data_type = "s"
        row = cells["2-1", "进展情况"].row
        sheet.merge_cells(
            start_row=row,
            end_row=row,
            start_column=cells["2-1", "存在问题"].column,
            end_column=cells["2-1", "存在问题"].column + 1,
        )

    verdict = came_back(changed(hide))

    assert values(verdict) == GIVEN
    assert len(told(verdict, "N207")) == 1
    assert {entry.progress for entry in verdict.entries if entry.target_code == "13-5"} == {"-已办 4 场"}


def test_complaint_the_list_of_mistakes_is_never_cut_off():
    """Four hundred wrong rows are four hundred findings, all at once, each with its cell."""
    tasks = tuple(
        task(str(number), f"任务{number}", quantity(f"{number}-1", f"指标{number}", "10", "个"))
        for number in range(1, 401)
    )
    data = sent({(f"{number}-1", Answer.ACTUAL): f"约{number}个" for number in range(1, 401)}, tasks=tasks)
    verdict = came_back(data, tasks)
    found = [each for each in verdict.findings if each.code is Code.NUMBER_IS_TEXT]

    assert len({each.cell for each in found}) == 400


@pytest.mark.parametrize("code", ASKED, ids=lambda code: code.code)
def test_complaint_a_message_without_reason_or_remedy(code):
    """Whatever is asked of anybody says what to do about it, in both languages."""
    from workplan_xlsx.cli.lines import explanation

    # {expected}, {text}, or a command to type
    remedy_is_a_fact = code in (Code.REQUIRED_BLANK, Code.OWN_ERROR) or code.name == "RECOGNISED"
    assert "请" in " ".join(explanation(code.code, "zh")) or remedy_is_a_fact
    assert "lease" in " ".join(explanation(code.code, "en")) or remedy_is_a_fact or code is Code.OWN_QUERY


def test_what_was_added_hidden_or_left_behind_is_said_and_not_used():
    """Columns and sheets of one's own, a hidden column, a deleted optional one, a code that became a date."""

    def meddle(sheet, cells):
        sheet.column_dimensions[cells["", "本期累计完成"].column_letter].hidden = True
        sheet.cell(cells["", "序号"].row, 30).value = "我的批注"
        sheet.parent.create_sheet("草稿")["A1"] = "草稿"
        cells["", "下步措施"].value = None
        cells["1-1", "序号"].value = date(2023, 1, 1)
        cells["1-1", "序号"].number_format = "m-d"

    verdict = came_back(changed(meddle))

    assert (verdict.outcome, values(verdict)) == (Outcome.ACCEPTED, GIVEN)
    codes = {each.code.code for each in verdict.findings}
    assert {"N210", "N211", "N212", "N213", "N216"} <= codes


def test_macros_are_left_behind_and_said():
    """A file with a macro part: read without it."""
    made = BytesIO(sent(RIGHT))
    with zipfile.ZipFile(made, "a") as book:
        book.writestr("xl/vbaProject.bin", b"macro")
    verdict = came_back(made.getvalue())

    assert values(verdict) == GIVEN
    assert told(verdict, "N217") == [" 文件带有宏，未取用，也不会出现在任何输出中。"]


def test_a_form_without_its_table_is_told_so():
    """The sheet was emptied; whose form it is is still known."""

    def empty(sheet, _):
        sheet.delete_rows(1, sheet.max_row)

    verdict = came_back(changed(empty))

    assert (verdict.outcome, verdict.unit) == (Outcome.RETURNED, "甲局")
    assert len(told(verdict, "E201")) == 1


def test_mode_14_a_file_under_a_password_is_told_so():
    """Encrypted by Excel: nothing is taken, the unit is told how to take the password off."""
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = BytesIO()
    OOXMLFile(BytesIO(sent(RIGHT))).encrypt("secret", locked)
    verdict = came_back(locked.getvalue())

    assert verdict.outcome is Outcome.QUARANTINED
    assert told(verdict, "F103")[0].startswith(" 文件设有打开密码。请")


def test_a_cell_that_two_readers_see_differently_is_not_used():
    """The same address twice in one row: no reader is believed."""
    data = sent(RIGHT)
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as book, zipfile.ZipFile(made, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(
                    rb'(<c r="(I\d+)" s="\d+"><v>98</v></c>)', rb'\1<c r="\2"><v>980</v></c>', content
                )
                assert b"980" in content
            copy.writestr(name, content)
    verdict = came_back(made.getvalue())

    assert verdict.outcome is not Outcome.ACCEPTED
    assert {each.code.code for each in verdict.findings} & {"F108", "F104"}
