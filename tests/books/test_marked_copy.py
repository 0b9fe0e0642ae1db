"""The clerk's own form back: nothing of his is lost, every mistake is said once, and corrected it is accepted."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from dump import assert_golden, dump
from form_samples import BEFORE, JUNE, LEDGER, cell, column, fill_in, form_plan, header_row, row_of, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workplan_xlsx.books.form.book import write_form
from workplan_xlsx.books.marked.book import write_marked_copy
from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.findings import Severity
from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.judging.past import PastRow
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.returns import Answer, CellKind, Content, ReturnedForm, ReturnedRow
from workplan_xlsx.domain.submission import Outcome

HEAD = {"填报人": "张三", "联系电话": "0537-1234567", "审核人": "李四", "填报日期": "2023-06-26"}
RIGHT = {
    ("1-1", "本期累计完成"): 98,
    ("1-2", "本期累计完成"): "47.5%",
    ("2-1", "进展状态"): "推进中",
    ("40-1", "本期累计完成"): 40,
    ("40-2", "本期累计完成"): 1.25,
    ("40-3", "本期累计完成"): 1,
    ("40-5", "本期累计完成"): 0.2,
} | {(target.code, "进展情况"): f"{target.code} 正在推进" for _, target in LEDGER.asked_of("区科技局")}
WRONG = {
    ("1-1", "本期累计完成"): "约120家",
    ("1-2", "本期累计完成"): 30,
    ("2-1", "进展状态"): "差不多了",
    ("40-1", "本期累计完成"): None,
    ("40-2", "本期累计完成"): None,
    ("40-3", "本期累计完成"): "无",
    ("40-5", "本期累计完成"): "无",
    ("40-1", "存在问题"): "=HYPERLINK(1)",
}


@pytest.fixture
def desk(tmp_path):
    """A form sent out; what comes back is judged, and the marked copy written."""
    return Desk(tmp_path)


class Desk:
    def __init__(self, folder):
        self.folder = folder
        self.blank = folder / "blank.xlsx"
        write_form(form_plan(), self.blank, "zh")

    def filled(self, typed, head=HEAD, name="filled.xlsx"):
        fill_in(self.blank, self.folder / name, typed, head)
        return self.folder / name

    def judged(self, path, ledger: Ledger = LEDGER, lang="zh"):
        form = read_returned(path.read_bytes(), path.name, "0" * 64)
        plan = JudgingPlan(
            ledger=ledger,
            rhythm=Rhythm.MONTHLY,
            issued=frozenset({JUNE}),
            lang=lang,
            past={JUNE: {("区科技局", code): PastRow(value=value) for code, value in BEFORE.items()}},
        )
        return form, judge(form, plan)

    def marked(self, path, lang="zh", plan=None):
        form, verdict = self.judged(path, lang=lang)
        copy = self.folder / f"退回_{path.stem}.xlsx"
        write_marked_copy(plan or form_plan(), form, verdict.findings, copy, lang)
        return copy


def listed(copy):
    """退回说明 as a reader sees it: number, place, what he wrote, what is expected, what to do."""
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    return [[each.value for each in row] for row in sheet.iter_rows(min_row=5)]


def test_the_whole_marked_copy_reads_as_it_should(desk):
    """His values, the outlined cells with comments, the list on the first sheet, the rest as in the form."""
    copy = desk.marked(desk.filled(RIGHT | WRONG))
    assert_golden(dump(copy), "marked_zh.txt")


def test_in_english_too(desk):
    """The same list in English."""
    copy = desk.marked(desk.filled(RIGHT | WRONG), lang="en")
    assert_golden(dump(copy), "marked_en.txt")


def test_equal_findings_are_said_once_with_a_link_for_every_cell(desk):
    """Two blank figures, two figures that say 无: one sentence each, every cell one click away."""
    typed = RIGHT | {("40-1", "本期累计完成"): None, ("40-2", "本期累计完成"): None}
    typed |= {("40-3", "本期累计完成"): "无", ("40-5", "本期累计完成"): "无"}
    copy = desk.marked(desk.filled(typed))
    sheet = openpyxl.load_workbook(copy).worksheets[0]

    assert [row[1] for row in listed(copy)] == [
        "40-1 本期累计完成（I17）",
        "40-2 本期累计完成（I18）",
        "40-3 本期累计完成（I19）",
        "40-5 本期累计完成（I21）",
    ]
    assert [row[3] for row in listed(copy) if row[3]] == [
        "这 2 处的“本期累计完成”没有填，请逐一填写；没有进展的填 0（状态请从列表选）。",
        "这 2 处都填了“无”，看不出是 0 还是不适用。没有进展请填 0；确实不适用的，"
        "请填“不适用”并在“解释说明”栏写明原因。",
    ]
    assert [sheet.cell(row, 2).hyperlink.location for row in range(5, 9)] == [
        "'填报'!I17",
        "'填报'!I18",
        "'填报'!I19",
        "'填报'!I21",
    ]
    assert sheet["A3"].value == "必须修改 4 处"


def test_a_cell_to_mend_says_what_was_written_why_not_and_what_is_right(desk):
    """The comment in the cell is enough without the first sheet."""
    sheet = table(desk.marked(desk.filled(RIGHT | {("1-1", "本期累计完成"): "约120家"})))
    place = cell(sheet, "1-1", "本期累计完成")

    assert place.value == "约120家"
    assert place.border.left.style == "thick"
    assert (
        place.comment.text
        == "【退回说明】\n“新增创新平台”应只填数字（单位：家），填的是“约120家”。请改为数字，例如 100。"
    )


def test_a_query_also_marks_the_cell_where_its_answer_goes(desk):
    """A figure that fell may be right: then the reason is asked for, in its own cell."""
    copy = desk.marked(desk.filled(RIGHT | {("1-1", "本期累计完成"): 60}))
    answer = cell(table(copy), "1-1", "解释说明")

    assert [row[4] for row in listed(copy)] == ["请核对"]
    assert (
        answer.comment.text
        == "【退回说明】\n“本期累计完成”如果属实，请在这里写明原因；如果填错了，请改正那一格。"
    )
    assert answer.border.left.style == "thick"


def test_a_query_that_was_answered_is_not_asked_again(desk):
    """The clerk writes the reason into the marked copy; it is accepted, and the reason kept."""
    copy = desk.marked(desk.filled(RIGHT | {("1-1", "本期累计完成"): 60}))
    book = openpyxl.load_workbook(copy)
    cell(book["填报"], "1-1", "解释说明").value = "上期误将意向项目计入，已核减 20 家。"
    book.save(desk.folder / "answered.xlsx")
    _, verdict = desk.judged(desk.folder / "answered.xlsx")
    entry = next(each for each in verdict.entries if each.target_code == "1-1")

    assert verdict.outcome is Outcome.ACCEPTED
    assert (entry.value, entry.explanation) == (Decimal(60), "上期误将意向项目计入，已核减 20 家。")
    assert {finding.severity for finding in verdict.findings} == {Severity.NOTE}


def test_corrected_it_is_accepted_and_no_mark_of_the_last_round_comes_back(desk):
    """Comments, outlines and 退回说明 are not read: the findings of the second round are those of the form."""
    copy = desk.marked(desk.filled(RIGHT | WRONG))
    book = openpyxl.load_workbook(copy)
    for (code, header), value in RIGHT.items():
        cell(book["填报"], code, header).value = 0.475 if value == "47.5%" else value
    cell(book["填报"], "1-2", "本期累计完成").number_format = "0.00%"
    book.save(desk.folder / "again.xlsx")
    form, verdict = desk.judged(desk.folder / "again.xlsx")

    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.findings == ()
    assert {entry.target_code: entry.value for entry in verdict.entries if entry.value is not None} == {
        "1-1": Decimal(98),
        "1-2": Decimal("47.5"),
        "40-1": Decimal(40),
        "40-2": Decimal("1.25"),
        "40-3": Decimal(1),
        "40-5": Decimal("0.2"),
    }
    assert [mark.source for mark in form.marks] == ["hidden sheet", "properties", "head", "title"]


def test_a_second_marked_copy_holds_only_the_second_round(desk):
    """Sent again with one mistake left: one line, one outlined cell."""
    copy = desk.marked(desk.filled(RIGHT | WRONG))
    book = openpyxl.load_workbook(copy)
    for (code, header), value in RIGHT.items():
        cell(book["填报"], code, header).value = 47.5 if value == "47.5%" else value
    cell(book["填报"], "40-5", "本期累计完成").value = "很多"
    book.save(desk.folder / "again.xlsx")
    second = desk.marked(desk.folder / "again.xlsx")
    outlined = [
        each.coordinate
        for row in table(second).iter_rows()
        for each in row
        if each.border.left is not None and each.border.left.style == "thick"
    ]

    assert [row[1] for row in listed(second)] == ["40-5 本期累计完成（I21）"]
    assert outlined == ["I21"]


def _moved(sheet):
    """解释说明 to the front, two rows inserted above the table, one between rows, the sheet renamed."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(header_row(sheet) - 1, 2)
    sheet.insert_rows(row_of(sheet, "40-1"))
    sheet.insert_cols(1)
    for row in range(header_row(sheet, at=2), sheet.max_row + 1):
        sheet.cell(row, 1).value = sheet.cell(row, 18).value
        sheet.cell(row, 18).value = None
    sheet.title = "Sheet1 (2)"
    sheet.data_validations.dataValidation.clear()
    sheet.protection.sheet = False


def test_what_was_done_to_the_sheet_is_healed(desk):
    """Moved columns, inserted rows, lost validations, another sheet name: a clean form with all he wrote."""
    path = desk.filled(RIGHT | {("1-1", "本期累计完成"): "约120家", ("40-5", "解释说明"): "另附说明"})
    book = openpyxl.load_workbook(path)
    _moved(book["填报"])
    book.save(desk.folder / "moved.xlsx")
    copy = desk.marked(desk.folder / "moved.xlsx")
    sheet, blank = table(copy), table(desk.blank)

    assert [each.value for each in sheet[header_row(sheet)]] == [
        each.value for each in blank[header_row(blank)]
    ]
    assert cell(sheet, "1-1", "本期累计完成").value == "约120家"
    assert cell(sheet, "1-1", "本期累计完成").comment
    assert cell(sheet, "40-5", "解释说明").value == "另附说明"
    assert cell(sheet, "1-2", "本期累计完成").number_format == "0.00##%"
    assert len(sheet.data_validations.dataValidation) == len(blank.data_validations.dataValidation)
    assert sheet.protection.sheet
    assert [row[1] for row in listed(copy) if row[4] == "必须修改"] == ["1-1 本期累计完成（I9）"]


def test_an_old_version_comes_back_as_the_current_form(desk):
    """The ledger has a new row since: the copy has it, stamped with the new version, the old values in place."""
    path = desk.filled(RIGHT)
    plan = form_plan()
    extra = replace(plan.rows[0].target, code="1-3", name="新增实验室")
    current = replace(
        plan,
        version="ffffffffffff",
        rows=(*plan.rows[:2], replace(plan.rows[0], target=extra, before=None), *plan.rows[2:]),
        changes=("新增 1-3 新增实验室，请填写。",),
    )
    tasks = tuple(
        replace(task, targets=(*task.targets, extra)) if task.code == "1" else task for task in LEDGER.tasks
    )
    ledger = Ledger(head=LEDGER.head, units=LEDGER.units, tasks=tasks)
    form, verdict = desk.judged(path, ledger)
    copy = desk.folder / "current.xlsx"
    write_marked_copy(current, form, verdict.findings, copy, "zh")
    sheet = table(copy)

    assert cell(sheet, "1-3", "本期累计完成").value is None
    assert cell(sheet, "1-1", "本期累计完成").value == 98
    assert openpyxl.load_workbook(copy)["_wp"]["B4"].value == "ffffffffffff"
    assert [row[1:4] for row in listed(copy)] == [
        ["1-3 本期累计完成（I11）", "", "发来的表缺少序号 1-3（新增实验室）这一行。本表已补上，请填写。"]
    ]


def test_a_table_copied_into_another_workbook_is_known_by_its_rows(desk):
    """No hidden sheet, no properties, no head: the hidden column came along, and says whose it is."""
    source = table(desk.filled(RIGHT))
    book = openpyxl.Workbook()
    for row in source.iter_rows(min_row=header_row(source)):
        book.active.append([each.value for each in row])
    book.active["I5"].number_format = "0.00%"
    book.save(desk.folder / "copied.xlsx")
    form, verdict = desk.judged(desk.folder / "copied.xlsx")

    assert [mark.source for mark in form.marks] == ["rows"]
    assert (verdict.unit, str(verdict.period), verdict.identified_by) == ("区科技局", "2023-06", "rows")
    assert verdict.form_version == "0a1b2c3d4e5f"


def test_a_row_that_stood_there_twice_is_told_once(desk):
    """What is wrong inside the doubled rows follows from their being double."""
    path = desk.filled(RIGHT)
    book = openpyxl.load_workbook(path)
    sheet = book["填报"]
    last = sheet.max_row + 1
    for index in range(1, column(sheet, "解释说明") + 1):
        sheet.cell(last, index).value = sheet.cell(row_of(sheet, "1-1"), index).value
    sheet.cell(last, column(sheet, "本期累计完成")).value = "约3家"
    book.save(desk.folder / "double.xlsx")
    copy = desk.marked(desk.folder / "double.xlsx")

    assert [row[1] for row in listed(copy)] == ["1-1 本期累计完成（I9）"]
    assert "第9行：本期累计完成：98" in listed(copy)[0][2]
    assert cell(table(copy), "1-1", "本期累计完成").value is None
    assert cell(table(copy), "1-1", "进展情况").value == "1-1 正在推进"


def test_a_form_without_a_table_gets_a_fresh_one_and_one_line(desk):
    """The head alone came back: nothing is said of columns, rows or cells that nobody could fill in."""
    path = desk.filled({})
    book = openpyxl.load_workbook(path)
    book["填报"].delete_rows(6, 40)
    book.save(desk.folder / "empty.xlsx")
    copy = desk.marked(desk.folder / "empty.xlsx")

    assert [row[3] for row in listed(copy)] == [
        "发来的文件里没有找到填报表格。本表已为您重新生成，请直接在本表填写。"
    ]
    assert cell(table(copy), "1-1", "本期累计完成").value is None


def test_no_code_word_and_no_blame_is_in_it(desk):
    """Polite and in plain words: no finding codes, no 错误."""
    copy = desk.marked(desk.filled(RIGHT | WRONG))
    told = "".join(str(value) for row in listed(copy) for value in row)

    assert not any(f"{letter}{number}" in told for letter in "EQN" for number in (301, 302, 303, 401, 312))
    assert "错误" not in told
    assert "请" in told


CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=40).filter(str.strip),
    st.sampled_from(
        ["=1+1", "+5", "-", "@x", "'3", "_x0041_", "2023-06-28", "0537-1", "1e5", "TRUE", "<&>\"'"]
    ),
    st.decimals(-(10**9), 10**9, places=4),
)


@given(values=st.lists(CELLS, min_size=4, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_clerk_wrote_stands_in_the_copy_exactly(tmp_path_factory, values):
    """Texts that look like formulas, escapes, signs of every script, numbers: as they were."""
    places = [
        ("1-1", Answer.ACTUAL),
        ("1-1", Answer.PROGRESS),
        ("2-1", Answer.EXPLANATION),
        ("40-1", Answer.REQUEST),
    ]
    typed = dict(zip(places, values, strict=True))
    path = tmp_path_factory.mktemp("copy") / "copy.xlsx"
    write_marked_copy(form_plan(), _returned(typed), (), path, "zh")
    read = read_returned(path.read_bytes(), "copy.xlsx", "0" * 64)
    rows = {row.code: row for row in read.rows}

    for (code, answer), value in typed.items():
        content = rows[code].answers[answer]
        assert content.number == value if isinstance(value, Decimal) else content.text == value


def _returned(typed) -> ReturnedForm:
    def content(value) -> Content:
        if isinstance(value, Decimal):
            return Content(sheet="s", cell="A1", kind=CellKind.NUMBER, text=str(value), number=value)
        return Content(sheet="s", cell="A1", kind=CellKind.TEXT, text=value)

    rows = [
        ReturnedRow(
            code=code,
            code_at=content(code),
            row=1,
            hidden=False,
            answers={answer: content(value) for (of, answer), value in typed.items() if of == code},
        )
        for code in dict.fromkeys(code for code, _ in typed)
    ]
    return ReturnedForm(file="f", sha256="0", marks=(), sheet="s", head={}, rows=tuple(rows))


def test_equal_input_gives_equal_bytes(desk):
    """The copy of a form is the same file whenever it is made."""
    path = desk.filled(RIGHT | WRONG)
    assert desk.marked(path).read_bytes() == desk.marked(path).read_bytes()


def test_the_order_of_the_findings_does_not_matter(desk):
    """What must be changed first, then by rows."""
    form, verdict = desk.judged(desk.filled(RIGHT | WRONG))
    shuffled = list(verdict.findings)
    random.Random(3).shuffle(shuffled)
    one, two = desk.folder / "one.xlsx", desk.folder / "two.xlsx"
    write_marked_copy(form_plan(), form, verdict.findings, one, "zh")
    write_marked_copy(form_plan(), form, shuffled, two, "zh")
    assert listed(one) == listed(two)
