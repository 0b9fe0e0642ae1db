"""A message names the cell in the file as it came back, whatever was moved, sorted, hidden or inserted."""

from __future__ import annotations

import random
from decimal import Decimal
from io import BytesIO

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from sent_forms import JUNE, TASKS, form_plan, sent

from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.judging.settings import Partial, RuleSettings
from workplan_xlsx.domain.model import Ledger, Unit
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.returns import Answer, SignOff

LEDGER = Ledger(head=form_plan().head, units=(Unit(name="甲局"),), tasks=TASKS)
MERGE = RuleSettings(partial=Partial.MERGE)
NUMBERS = ("1-1", "1-2", "13-5")
FIGURES = dict(zip(NUMBERS, (Decimal(98), Decimal("47.3"), Decimal(4)), strict=True))


def edited(data: bytes, chance: random.Random) -> bytes:
    """The form after somebody has sorted, hidden, filtered, inserted and moved things in it."""
    book = openpyxl.load_workbook(BytesIO(data))
    old = book["填报"]
    cells = [[cell.value for cell in row] for row in old.iter_rows()]
    header = next(index for index, row in enumerate(cells) if "序号" in row and "本期累计完成" in row)
    head, body = cells[:header], cells[header + 1 :]
    order = list(range(len(cells[header])))
    if chance.random() < 0.6:
        chance.shuffle(order)
    if chance.random() < 0.6:
        chance.shuffle(body)
    table = [[row[index] for index in order] for row in (cells[header], *body)]
    if chance.random() < 0.5:
        table.insert(chance.randrange(1, len(table)), [None] * len(order))
    right, down = chance.randrange(3), chance.randrange(4)
    place = book.index(old)
    book.remove(old)
    sheet = book.create_sheet("填报", place)
    for row in head:
        sheet.append(row)
    for _ in range(down):
        sheet.append([None])
    for row in table:
        sheet.append([None] * right + row)
    first = len(head) + down + 1
    for number in range(first + 1, sheet.max_row + 1):
        if chance.random() < 0.3:
            sheet.row_dimensions[number].hidden = True
    if chance.random() < 0.5:
        sheet.auto_filter.ref = f"A{first}:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def where(data: bytes, text: str) -> str:
    """The cell in which the text stands, found without our reader."""
    sheet = openpyxl.load_workbook(BytesIO(data))["填报"]
    (found,) = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == text]
    return found


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10**9),
    wrong=st.sets(st.sampled_from(NUMBERS)),
    thin=st.sets(st.sampled_from([*NUMBERS, "2-1"])),
)
def test_after_any_edits_each_message_names_the_cell_where_the_mistake_stands(seed, wrong, thin):
    """Wrong figures and thin accounts in any rows; the right figures come through with their own cells."""
    answers = {
        (code, Answer.ACTUAL): f"约{index}7家" if code in wrong else FIGURES[code]
        for index, code in enumerate(NUMBERS, 1)
    }
    answers |= {
        (code, Answer.PROGRESS): f"正在推进{'。' * index}" for index, code in enumerate(sorted(thin), 1)
    }
    answers[("2-1", Answer.STAGE)] = "推进中"
    came_back = edited(sent(answers, signed={SignOff.FILLED_BY: "张三"}), random.Random(seed))
    form = read_returned(came_back, "甲局.xlsx", "0" * 64)
    verdict = judge(
        form, JudgingPlan(ledger=LEDGER, rhythm=Rhythm.MONTHLY, issued=frozenset({JUNE}), settings=MERGE)
    )

    told = {(each.code.code, each.cell) for each in verdict.findings if each.code.code in ("E301", "N407")}
    assert told == {("E301", where(came_back, answers[code, Answer.ACTUAL])) for code in wrong} | {
        ("N407", where(came_back, answers[code, Answer.PROGRESS])) for code in thin
    }
    sheet = openpyxl.load_workbook(BytesIO(came_back))["填报"]
    for entry in verdict.entries:
        if entry.value is not None:
            assert (entry.value, Decimal(str(sheet[entry.cell].value))) == (FIGURES[entry.target_code],) * 2
    assert {entry.target_code for entry in verdict.entries} == {*NUMBERS, "2-1"} - wrong
