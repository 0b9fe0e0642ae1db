"""What clerks do to the sheet itself, and whether they are told what it came to, in words they understand."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest
from office import header_of
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Drawn
from PIL import Image as Picture

FILLED = {
    "1-1": 12,
    "1-2": 0.5,
    "3-1": "推进中",
    **{f"{code}:进展情况": f"按计划完成 {code}" for code in ("1-1", "1-2", "3-1")},
}


def answer(office, change, values=FILLED):
    """What the office says of the form after `change(book, sheet, at)`; at(code, header) is a cell."""
    path = office.drop("商务.xlsx", office.form("区商务局"), values)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head, columns = header_of(sheet)
    rows = {sheet.cell(row, columns["序号"]).value: row for row in range(head + 1, sheet.max_row + 1)}
    change(book, sheet, lambda code, header: sheet.cell(rows[code], columns[header]))
    book.save(path)
    (file,) = office.run("collect", "--settle", "0", "--json").data["files"]
    return file


def messages(file, code):
    return [finding["message"] for finding in file["findings"] if finding["code"] == code]


@pytest.mark.parametrize(
    ("header", "code", "typed"),
    [
        ("进展情况", "1-1", "=完成3项"),
        ("解释说明", "1-2", "=-3项未完成"),
        ("进展状态", "3-1", '=IF(1,"已完成","")'),
    ],
)
def test_a_text_that_became_a_formula_is_not_lost_without_a_word(office, header, code, typed):
    """Excel takes what begins with =, - or + for a formula; nothing can be read there."""
    file = answer(office, lambda _, __, at: setattr(at(code, header), "value", typed))

    assert file["outcome"] == "returned"
    (said,) = messages(file, "E316")
    assert f"“{header}”里是公式，读不出文字（显示“没有结果”）" in said


def test_a_formula_error_among_the_texts_is_not_answered_with_type_the_number(office):
    def change(_, __, at):
        at("1-1", "进展情况").value, at("1-1", "进展情况").data_type = "#NAME?", "e"

    file = answer(office, change)

    assert "显示“#NAME?”" in messages(file, "E316")[0]
    assert messages(file, "E304") == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [(datetime(2023, 3, 4), "2023-03-04（日期格式）"), (True, "TRUE（逻辑值）")],  # noqa: DTZ001 - a sheet's date
)
def test_a_figure_that_became_a_date_is_told_as_one(office, typed, shown):
    """3/4 is shown as 3月4日: of 2023-03-04 alone nobody would know what is wrong."""
    file = answer(office, lambda _, __, at: setattr(at("1-1", "本期累计完成"), "value", typed))

    assert f"填的是“{shown}”" in messages(file, "E301")[0]


def test_a_row_without_a_number_is_not_told_that_its_number_is_unknown(office):
    """A subtotal, or a remark below the table: “” 不在台账中 would say nothing."""

    def change(_, sheet, at):
        sheet.cell(sheet.max_row + 2, at("1-1", "进展情况").column).value = "以上数据截至 6 月 25 日"

    file = answer(office, change)

    assert file["outcome"] == "returned"
    assert messages(file, "E206") == []
    assert "没有序号，看不出是哪项指标" in messages(file, "E228")[0]
    assert "没有序号" in returned_text(office, file)


def returned_text(office, file):
    """All that stands on the first sheet of the copy that goes back."""
    book = openpyxl.load_workbook(office.root / file["marked_copy"])
    return " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)


@pytest.mark.parametrize("header", ["本期累计完成", "进展情况"])
def test_cells_merged_over_rows_are_named(office, header):
    """The clerk sees 12 in both rows, and would be told that the second is blank."""

    def change(_, sheet, at):
        one, other = at("1-1", header).coordinate, at("1-2", header).coordinate
        sheet.merge_cells(f"{one}:{other}")

    file = answer(office, change)

    assert "被合并了（" in messages(file, "N229")[0]
    assert file["outcome"] == ("returned" if header == "本期累计完成" else "accepted")


def test_a_figure_merged_with_the_cell_left_of_it_is_named(office):
    def change(_, sheet, at):
        left, figure = at("1-1", "上期累计"), at("1-1", "本期累计完成")
        left.value = figure.value
        sheet.merge_cells(f"{left.coordinate}:{figure.coordinate}")

    assert "被合并了（" in messages(answer(office, change), "N229")[0]


def test_texts_merged_to_the_right_are_nothing_to_tell(office):
    def change(_, sheet, at):
        sheet.merge_cells(f"{at('1-1', '进展情况').coordinate}:{at('1-1', '解释说明').coordinate}")

    assert messages(answer(office, change), "N229") == []


def test_another_table_on_a_hidden_sheet_is_told(office):
    """The clerk filled in 填报, hid it, and left a copy with last month's figures visible: he has to know."""

    def change(book, sheet, at):
        copy = book.copy_worksheet(sheet)
        copy.title = "填报 (2)"
        copy[at("1-1", "本期累计完成").coordinate].value = 3
        sheet.sheet_state, book.active = "hidden", book.worksheets.index(copy)

    file = answer(office, change)
    figures = office.run("figures", "--period", "2023-06", "--json").data

    assert next(each["value"] for each in figures if each["target"] == "1-1") == "3"
    assert "隐藏的工作表“填报”里也有一张填报表格，内容与“填报 (2)”不同" in messages(file, "N230")[0]


@pytest.mark.parametrize("keeps", [True, False])
def test_a_hidden_copy_that_says_the_same_or_nothing_is_no_rival(office, keeps):
    def change(book, sheet, at):
        copy = book.copy_worksheet(sheet)
        copy.title, copy.sheet_state = "底稿", "hidden"
        for code in () if keeps else ("1-1", "1-2", "3-1"):
            for header in ("本期累计完成", "进展状态", "进展情况"):
                cell = copy[at(code, header).coordinate]
                cell.value = None

    assert messages(answer(office, change), "N230") == []


@pytest.mark.parametrize("written", ["商务局", "示范区商务局", "示范区 商务局（盖章）"])
def test_the_units_own_name_shortened_or_in_full_is_no_contradiction(office, written):
    """The clerk retypes his unit's name over ours; the other marks say whose form it is."""
    file = answer(office, lambda _, sheet, __: setattr(sheet["B3"], "value", written))

    assert (file["outcome"], file["unit"]) == ("accepted", "区商务局")


@pytest.mark.parametrize("written", ["区科技局", "局", "区人社局、区商务局工会", "市场监管局"])
def test_another_units_name_in_the_head_still_is_one(office, written):
    file = answer(office, lambda _, sheet, __: setattr(sheet["B3"], "value", written))

    assert len(messages(file, "E102")) == 1


def test_of_a_thread_of_comments_the_words_of_its_writer_are_told(office):
    """Older programs are shown a notice of three lines before them; it would fill all the room."""
    notice = (
        "[线程批注]\n\n你的 Excel 版本可读取此线程批注; 但如果在更新版本的 Excel 中打开文件，则对批注所作的任何编辑"
        "都将被删除。了解详细信息: https://go.microsoft.com/fwlink/?linkid=870924\n\n注释:\n    "
    )

    def change(_, __, at):
        at("1-1", "本期累计完成").comment = Comment(f"{notice}应为 15，统计局尚未反馈", "李四")

    (said,) = messages(answer(office, change), "N227")

    assert "应为 15，统计局尚未反馈" in said
    assert "线程批注" not in said


def test_a_picture_laid_over_the_form_is_told(office, tmp_path):
    """The picture of a seal, or a box with a figure in it: nothing of it is read."""
    seal = tmp_path / "章.png"
    Picture.new("RGB", (9, 9), "red").save(seal)
    file = answer(office, lambda _, sheet, __: sheet.add_image(Drawn(seal), "I9"))

    assert file["outcome"] == "accepted"
    assert "文本框、图片或图表" in messages(file, "N217")[0]
