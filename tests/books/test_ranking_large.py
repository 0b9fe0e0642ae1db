"""A large office's workbook: little more work than the writing library alone, split where rows do not suffice."""

from __future__ import annotations

import re
import statistics
import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
import xlsxwriter
from published_rule_sets import ZAOZHUANG
from ranking_samples import random_office
from ranking_sheets import links_of, rows_of

from workplan_xlsx.books.ranking import book
from workplan_xlsx.books.ranking.book import write_ranking
from workplan_xlsx.books.ranking.places import Limits
from workplan_xlsx.config_file import load_rules
from workplan_xlsx.domain.editions.digest import digest_of
from workplan_xlsx.domain.rounding import round_half_up

ROWS = re.compile(r"<dimension[^>]*>|<sheetData>.*</sheetData>", re.DOTALL)
ERRORS = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")


def test_beyond_the_rows_of_a_sheet_the_detail_is_split_by_group_and_says_so(tmp_path):
    """70 rows stand for Excel's 1,048,576: a group's targets on a sheet of their own."""
    edition = random_office(5, units=12, groups=3, plain=True).edition()
    limits = Limits(rows=70, in_memory_targets=10)
    write_ranking(edition, tmp_path / "a.xlsx", "zh", limits=limits)
    titles = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    tasks = [title for title in titles if title.startswith("任务总表")]
    codes = [row[0] for title in tasks for row in rows_of(tmp_path / "a.xlsx", title)[3:]]

    assert tasks == ["任务总表", "任务总表2", "任务总表3"]
    assert sorted(codes) == sorted(figure.target.code for figure in edition.figures)
    assert "第2组" in rows_of(tmp_path / "a.xlsx", "任务总表2")[1][2]
    assert any("按排名组分为" in str(cell) for row in rows_of(tmp_path / "a.xlsx", "说明") for cell in row)
    for sheet, _, place in links_of(tmp_path / "a.xlsx"):
        target, cell = place.rsplit("!", 1)
        assert target.strip("'") in titles, (sheet, place)
        assert int(cell[1:]) <= limits.rows


@pytest.mark.parametrize("rules", ["[rules]\n", ZAOZHUANG])
def test_row_by_row_and_in_memory_say_the_same(tmp_path, rules):
    """Leads measured apart, the place's own words and colours, too."""
    file = tmp_path / "rules.toml"
    file.write_text(rules, encoding="utf-8")
    edition = random_office(6, apart=rules is ZAOZHUANG).edition(load_rules(file))
    write_ranking(edition, tmp_path / "memory.xlsx", "zh")
    write_ranking(edition, tmp_path / "disk.xlsx", "zh", limits=Limits(in_memory_targets=0))

    titles = openpyxl.load_workbook(tmp_path / "disk.xlsx").sheetnames
    assert titles == openpyxl.load_workbook(tmp_path / "memory.xlsx").sheetnames[:-1]  # 测算 is left out
    for title in titles:
        if title == "说明":
            continue  # which says so
        assert rows_of(tmp_path / "memory.xlsx", title) == rows_of(tmp_path / "disk.xlsx", title)


def test_a_row_written_as_text_is_what_xlsxwriter_writes(tmp_path, monkeypatch):
    """Signs of XML, control characters, blanks at the ends, long texts, half characters; every sheet's rows."""
    odd = [" <b>&\"甲' ", "甲\n乙\x0b_x000D_", "\ud800", "<r>粗</r>", "很" * 40_000, "\u3000甲", "=1+1"]
    edition = random_office(6).edition()
    tasks = [
        replace(each, task=replace(each.task, title=text))
        for each, text in zip(edition.tasks, odd, strict=False)
    ]
    edition = replace(edition, tasks=(*tasks, *edition.tasks[len(odd) :]))
    on_disk = Limits(in_memory_targets=0)
    write_ranking(edition, tmp_path / "text.xlsx", "zh", limits=on_disk, digest="0")
    monkeypatch.setattr(book._Desk, "_new_sheet", lambda desk, title: (desk._book.add_worksheet(title), None))
    write_ranking(edition, tmp_path / "cells.xlsx", "zh", limits=on_disk, digest="0")

    assert sheets_of(tmp_path / "text.xlsx") == sheets_of(tmp_path / "cells.xlsx")


def sheets_of(path):
    """Each sheet as its dimension and rows stand in the file."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return {name: ROWS.findall(package.read(name).decode()) for name in names}


def test_equal_input_equal_bytes_and_no_error_value(tmp_path):
    edition = random_office(6).edition()
    write_ranking(edition, tmp_path / "a.xlsx", "zh")
    write_ranking(edition, tmp_path / "b.xlsx", "zh")

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    for title in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames:
        assert not [
            cell for row in rows_of(tmp_path / "a.xlsx", title) for cell in row if ERRORS.match(str(cell))
        ]


def test_the_work_grows_with_the_rows_and_no_faster(tmp_path):
    """Four times the units take about four times the processor's time (twice that is allowed)."""
    spent = []
    for units in (100, 400):
        edition = random_office(1, units=units, tasks=4, groups=4, plain=True).edition()
        began = time.process_time()
        write_ranking(
            edition, tmp_path / "big.xlsx", "zh", limits=Limits(in_memory_targets=0, what_if_targets=0)
        )
        digest_of(edition)
        spent.append(time.process_time() - began)

    assert spent[1] < 8 * spent[0]


def test_a_large_workbook_costs_no_more_than_the_same_cells_by_xlsxwriter(tmp_path):
    """CPU, in turn, medians; formats, links, heights and charts included. 0.7 to 0.8 when this was written."""
    edition = random_office(1, units=120, tasks=4, groups=4, plain=True).edition()
    on_disk = Limits(in_memory_targets=0)
    write_ranking(edition, tmp_path / "ours.xlsx", "zh", limits=on_disk, digest="0")
    titles = openpyxl.load_workbook(tmp_path / "ours.xlsx", read_only=True).sheetnames
    cells = {title: rows_of(tmp_path / "ours.xlsx", title) for title in titles}
    ours, theirs = [], []
    for _ in range(3):
        began = time.process_time()
        write_ranking(edition, tmp_path / "ours.xlsx", "zh", limits=on_disk, digest="0")
        ours.append(time.process_time() - began)
        began = time.process_time()
        write_plainly(cells, tmp_path / "theirs.xlsx")
        theirs.append(time.process_time() - began)

    assert statistics.median(ours) < 1.3 * statistics.median(theirs)


def write_plainly(cells, path):
    """Every cell by XlsxWriter in its default mode, without any format."""
    with xlsxwriter.Workbook(path) as plain_book:
        for title, rows in cells.items():
            sheet = plain_book.add_worksheet(title)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if value != "":
                        sheet.write(row, column, value)


@pytest.mark.parametrize(
    ("exact", "decimals", "rounded"),
    [
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(-5, 1000), 2, "-0.01"),
        (Fraction(-4, 1000), 2, "0.00"),
        (Decimal("85.345"), 2, "85.35"),
        (Fraction(1, 3), 0, "0"),
        (Decimal(10) ** 40 + Decimal("0.5"), 0, str(10**40)),
    ],
)
def test_half_is_rounded_away_from_zero_and_nothing_is_minus_zero(exact, decimals, rounded):
    assert str(round_half_up(exact, decimals)) == rounded
