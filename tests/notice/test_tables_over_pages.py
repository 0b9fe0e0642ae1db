"""Tables that a page's end cuts: rows, merged cells and chapters go on where the next page begins."""

from __future__ import annotations

import docx
import pytest
from reading_notices import shown, targets

from workplan_xlsx.notice.documents.blocks import Grid
from workplan_xlsx.notice.documents.pages_joined import joined_pages
from workplan_xlsx.notice.reading import read_notice

HEADING = ("类别", "序号", "任务", "牵头单位", "配合单位")
COUNT = 28


def joined(above, below, *, merged=(), merged_below=()):
    """The rows of both pages below the heading."""
    first, second = (
        [tuple("" if cell == "-" else cell for cell in line.split()) for line in page]
        for page in (above, below)
    )
    one = Grid((HEADING, *first), frozenset(merged))
    return joined_pages(one, Grid(tuple(second), frozenset(merged_below))).rows[1:]


def test_a_chapter_that_goes_on_does_not_make_two_tasks_one():
    """The merged first cell is blank on the next page; the number says that a task begins."""
    rows = joined(["产业 1 招商 县商务局 -"], ["- 2 修路 县交通局 -"])

    assert [row[1:4] for row in rows] == [("1", "招商", "县商务局"), ("2", "修路", "县交通局")]


def test_a_row_that_the_page_cut_is_one_row():
    """Without a number it only goes on."""
    assert joined(["产业 1 新建公园， 县城管局 -"], ["- - 改造游园。 - -", "- 2 修路 县交通局 -"]) == (
        ("产业", "1", "新建公园，\n改造游园。", "县城管局", ""),
        ("", "2", "修路", "县交通局", ""),
    )


@pytest.mark.parametrize(
    ("merged", "merged_below", "leads"),
    [
        ({(2, 3)}, {(1, 3)}, ["县局", "县局", "县局", "县局"]),
        ({(2, 3)}, set(), ["县局", "县局", "县局", ""]),
        (set(), {(1, 3)}, ["县局", "县局", "县局", "县局"]),
        (set(), set(), ["县局", "县局", "", ""]),
    ],
)
def test_a_lead_merged_over_the_end_of_a_page_leads_on_the_next(merged, merged_below, leads):
    """As far as the merged cell reaches; a blank cell of its own stays blank and is told."""
    above = ["产业 1 招商 县局 -", "产业 2 引资 县局 -"]
    rows = joined(above, ["- 3 修路 - -", "- 4 修渠 - -"], merged=merged, merged_below=merged_below)

    assert [row[3] for row in rows] == leads


def test_supporters_are_carried_on_only_where_both_parts_are_merged():
    """A blank cell of supporters is nothing strange."""
    above, below = ["产业 1 招商 县局 各镇", "产业 2 引资 县局 各镇"], ["- 3 修路 县局 -", "- 4 修渠 县局 -"]

    assert [row[4] for row in joined(above, below, merged={(2, 4)})] == ["各镇", "各镇", "", ""]
    assert [row[4] for row in joined(above, below, merged={(2, 4)}, merged_below={(1, 4)})] == ["各镇"] * 4


@pytest.fixture(scope="module")
def printed(libreoffice, tmp_path_factory):
    """A Word table of 28 rows, its signs close to the lines, chapters and leads merged over the pages."""
    folder = tmp_path_factory.mktemp("pages")
    document = docx.Document()
    document.add_paragraph("河口县2024年任务分解表")
    table = document.add_table(rows=COUNT + 1, cols=len(HEADING), style="Table Grid")
    for column, name in enumerate(HEADING):
        table.cell(0, column).text = name
    for n in range(1, COUNT + 1):
        texts = ("", str(n), f"新建示范点{n}个，覆盖率达到{60 + n}%以上，并按要求开展验收评估。", "", "各镇")
        for column, text in enumerate(texts):
            table.cell(n, column).text = text
    for first, last, chapter, lead in ((1, 14, "一、产业", "县工信局"), (15, COUNT, "二、民生", "县教育局")):
        table.cell(first, 0).merge(table.cell(last, 0)).text = chapter
        table.cell(first, 3).merge(table.cell(last, 3)).text = lead
    document.save(folder / "表.docx")
    libreoffice.save_as("pdf", folder, folder / "表.docx")
    return folder / "表.pdf"


def test_no_row_of_a_printed_table_is_lost(printed):
    """All but the first page were: the first line of each next one was read twice, as text and as a row."""
    notice = read_notice(printed, "zh")

    assert [task.number for task in notice.tasks] == [str(n) for n in range(1, COUNT + 1)]
    assert [line.split(" | ")[1:] for line in shown(notice)] == [["县工信局", "各镇"]] * 14 + [
        ["县教育局", "各镇"]
    ] * 14
    assert targets(notice.tasks[-1]) == ["28个 -> = 28 个", "达到88%以上 -> >= 88 %"]
    assert [section.title for section in notice.sections] == ["产业", "民生"]
