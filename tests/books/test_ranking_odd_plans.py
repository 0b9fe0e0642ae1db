"""Plans at the edge of what there is: one unit, all tied, nobody reported, names of 80 characters, odd targets.

Read back as a leader sees them: no wrong rank, no error value, the whole name; and English without Chinese labels.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from provinces import edition, ledger, returned
from ranking_samples import random_office
from ranking_sheets import error_values, records, rows_of

from workplan_xlsx.books.ranking.book import write_ranking
from workplan_xlsx.domain.model import Bound
from workplan_xlsx.errors import OutputError

CHINESE = re.compile("[\u4e00-\u9fff]+")
LONG = "一二三四五六七八" * 10


def half(*_):
    return "50"


def ranking(folder, plan, value=half):
    """The lines of 排名通报; every sheet is looked through for error values on the way."""
    path = folder / "排名.xlsx"
    write_ranking(edition(plan, returned(plan, value) if value else []), path, "zh")
    assert error_values(path) == []
    return list(records(rows_of(path, "排名通报"), "名次"))


def test_a_single_unit_is_first(tmp_path):
    (line,) = ranking(tmp_path, ledger(1))

    assert (line["名次"], line["较上期"], line["得分"], line["亮灯"]) == (1, "—", 100, "● 绿灯")


def test_in_the_years_first_ranking_nobody_is_called_new(tmp_path):
    """There is nothing before it: a column of 新 would say that all units had joined since."""
    lines = ranking(tmp_path, ledger(3))

    assert {line["较上期"] for line in lines} == {"—"}
    assert not any(
        "新参加" in str(cell) for row in rows_of(tmp_path / "排名.xlsx", "排名通报") for cell in row
    )


def test_a_plan_without_document_number_rests_on_nothing_unnamed(tmp_path):
    ranking(tmp_path, ledger(1))

    assert rows_of(tmp_path / "排名.xlsx", "排名通报")[1][0].endswith("数据截止 2023-07-05 00:00")


def test_all_units_tied_are_all_first_and_it_is_said_under_the_table(tmp_path):
    lines = ranking(tmp_path, ledger(12))
    book = openpyxl.load_workbook(tmp_path / "排名.xlsx")["排名通报"]

    assert {line["名次"] for line in lines} == {1}
    assert {book.cell(row, 1).number_format for row in range(5, 17)} == {'0"（并列）"'}
    assert any(
        "并列" in str(cell) for row in rows_of(tmp_path / "排名.xlsx", "排名通报")[17:] for cell in row
    )


def test_nobody_reported_nobody_is_ranked(tmp_path):
    lines = ranking(tmp_path, ledger(8), value=None)

    assert {(line["名次"], line["得分"], line["亮灯"]) for line in lines} == {("未报", "—", "□ 未报")}
    assert "没有收到任何合格报表" in str(rows_of(tmp_path / "排名.xlsx", "排名通报"))


def test_names_of_80_characters_stand_whole_and_their_rows_are_high_enough(tmp_path):
    plan = ledger(2)
    units = tuple(replace(each, name=f"{LONG}{at}") for at, each in enumerate(plan.units))
    renamed = {old.name: new.name for old, new in zip(plan.units, units, strict=True)}
    tasks = tuple(
        replace(
            each,
            title=LONG,
            lead_units=tuple(renamed[name] for name in each.lead_units),
            reporting_unit=renamed[each.reporting_unit],
            targets=tuple(replace(target, name=LONG) for target in each.targets),
        )
        for each in plan.tasks
    )
    lines = ranking(tmp_path, replace(plan, units=units, tasks=tasks))
    book = openpyxl.load_workbook(tmp_path / "排名.xlsx")

    assert [line["单位"] for line in lines] == [f"{LONG}0", f"{LONG}1"]
    assert book["排名通报"].row_dimensions[5].height > 8 * 13  # 162 half widths in a column of 23
    assert book["任务总表"].row_dimensions[4].height > 7 * 13
    assert book["任务总表"]["F4"].value == LONG
    assert book["排名通报"]["C5"].hyperlink is None  # LibreOffice shows one line of a linked name


def test_targets_of_zero_and_ranges_turned_round_are_undecided_and_the_rest_is_ranked(tmp_path):
    plan = ledger(2)
    zero, turned, good = plan.tasks[0].targets
    odd = replace(zero, value=Decimal(0)), replace(turned, bound=Bound.RANGE, value_max=Decimal(2)), good
    lines = ranking(tmp_path, replace(plan, tasks=(replace(plan.tasks[0], targets=odd), *plan.tasks[1:])))
    tasks = list(records(rows_of(tmp_path / "排名.xlsx", "任务总表"), "序号"))

    assert [(line["名次"], line["得分"]) for line in lines] == [(1, 100), (1, 100)]
    assert [(each["亮灯"], each["指标分"]) for each in tasks[:2]] == [("？ 待定", "—")] * 2
    assert ["目标值为 0" in tasks[0]["亮灯理由"], "上下限写反" in tasks[1]["亮灯理由"]] == [True, True]


def test_in_english_only_the_data_are_chinese(tmp_path):
    """Whatever is left of a cell without units, names, words and accounts of the plan has no Chinese sign."""
    office = random_office(4)
    made = office.edition(lang="en")
    path = tmp_path / "ranking.xlsx"
    write_ranking(made, path, "en")
    book = openpyxl.load_workbook(path)
    data = sorted(data_of(office), key=len, reverse=True)
    left = {
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and CHINESE.search(without(cell.value, data))
    }

    assert left == set()
    assert not [sheet.title for sheet in book if CHINESE.search(sheet.title)]
    assert not [sheet.title for sheet in book if CHINESE.search(sheet.oddFooter.left.text or "")]


def data_of(office):
    """Every text of the plan and of what was sent, but the stages, which have English words."""
    head = office.ledger.head
    yield from (head.title, head.document_number, head.issuer)
    for unit in office.ledger.units:
        yield from (unit.name, unit.ranking_group)
    for task in office.ledger.tasks:
        yield from (task.title, task.section_ordinal, task.section_title)
        for target in task.targets:
            yield from (target.name, target.words, target.unit)
    for form in office.submissions:
        yield from (form.verdict.file, *(told for _, told in form.verdict.sign_off))
        for entry in form.verdict.entries:
            yield from (entry.sheet, entry.progress, entry.difficulty)


def without(text, data):
    for each in data:
        text = text.replace(each, "") if each else text
    return text


def test_a_workbook_that_cannot_be_put_in_place_leaves_the_earlier_one(tmp_path):
    """As where Excel holds it open: one sentence that says what to do."""
    path = tmp_path / "排名.xlsx"
    path.mkdir()
    plan = ledger(1)

    with pytest.raises(OutputError, match=r"排名\.xlsx"):
        write_ranking(edition(plan, returned(plan, half)), path, "zh")
    assert path.is_dir()
