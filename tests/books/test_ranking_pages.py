"""单位明细 on paper: a unit's block begins at the top of a page rather than be torn by its end."""

from __future__ import annotations

from itertools import pairwise

import openpyxl
import pytest
from ranking_samples import random_office

from workplan_xlsx.books.ranking.book import write_ranking
from workplan_xlsx.books.ranking.pages import Pages
from workplan_xlsx.books.ranking.places import Limits

PAGE_POINTS = 562
"""What A4 landscape holds below each other of these columns, fitted to its width, as Excel measures them."""


def printed(path) -> list[list[tuple[str, float]]]:
    """The pages of 单位明细: on each, the first cell of every row and how high it is."""
    sheet = openpyxl.load_workbook(path)["单位明细"]
    breaks = {each.id + 1 for each in sheet.row_breaks.brk}
    pages: list[list[tuple[str, float]]] = [[]]
    for row in range(1, sheet.max_row + 1):
        if row in breaks:
            pages.append([])
        height = sheet.row_dimensions[row].height or 15
        pages[-1].append((str(sheet.cell(row, 1).value or ""), height))
    return pages


@pytest.mark.parametrize("limits", [Limits(), Limits(in_memory_targets=0)])
def test_every_page_begins_with_a_units_name_and_holds_whole_blocks(tmp_path, limits):
    """Twenty units of about eight targets; in memory and row by row alike."""
    edition = random_office(3, units=20, tasks=3).edition()
    write_ranking(edition, tmp_path / "a.xlsx", "zh", limits=limits)
    units = {standing.unit for standing in edition.standings}

    charts, *pages = printed(tmp_path / "a.xlsx")

    assert charts[0][0] == "单位明细"
    assert len(pages) > 4
    for page in pages:
        assert page[0][0].split("（")[0] in units
        assert sum(height for _, height in page) - 15 <= PAGE_POINTS


def test_a_page_is_filled_before_the_next_one_begins(tmp_path):
    """No page could have taken the first block of the next one, too."""
    write_ranking(random_office(3, units=20, tasks=3).edition(), tmp_path / "a.xlsx", "zh")

    _, *pages = printed(tmp_path / "a.xlsx")

    for page, following in pairwise(pages):
        first_block = following[: next(i for i, (cell, _) in enumerate(following) if not cell) + 1]
        assert sum(height for _, height in (*page, *first_block)) > 530


def test_a_block_longer_than_a_page_begins_where_half_a_page_is_left():
    """It is torn anyway; a page of which less is left stays empty below."""
    pages = Pages(room=100)
    pages.begin(10)
    pages.block(10, 30, gap=5)
    pages.block(20, 150, gap=5)  # 65 are left: it begins here and ends with 85 of the next page taken
    pages.block(50, 20, gap=5)
    pages.block(60, 130, gap=5)

    assert pages.breaks == [10, 50]


@pytest.mark.parametrize("units", [5, 34, 60])
def test_charts_and_their_figures_stand_on_the_first_page(tmp_path, units):
    """However many units, nothing of the charts reaches into the blocks, and all of it fits on one page."""
    write_ranking(random_office(3, units=units, groups=1).edition(), tmp_path / "a.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book["单位明细"]
    first_block = min(each.id for each in sheet.row_breaks.brk)
    last_figures = max(row for row in range(1, first_block + 1) if sheet.cell(row, 15).value)

    assert sum(height for _, height in printed(tmp_path / "a.xlsx")[0]) <= PAGE_POINTS
    assert last_figures == 3 + units
    assert all(sheet.cell(row, 15).value is None for row in range(first_block + 1, sheet.max_row + 1))


def test_a_unit_that_sent_nothing_has_no_bar_of_completion(tmp_path):
    """As on 排名通报: what another lead reported of a joint task is not its own achievement."""
    edition = random_office(3, units=20, groups=1).edition()
    write_ranking(edition, tmp_path / "a.xlsx", "zh")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["单位明细"]
    bars = {sheet.cell(row, 15).value: sheet.cell(row, 21).value for row in range(4, 24)}
    missing = [each.unit for each in edition.standings if each.state.name == "MISSING"]

    assert missing
    assert [bars[unit] for unit in missing] == [None] * len(missing)
    assert all(bars[each.unit] is not None for each in edition.standings if each.unit not in missing)
