"""合并方式 相加 and 取最小: every cell that a figure is made of is named, and nobody is named for another's."""

from __future__ import annotations

import csv

import openpyxl
import pytest
from office import fill
from ranking_sheets import records, rows_of


@pytest.fixture
def merged(office, request):
    """1-1 of two leads, merged as the test says; 区商务局 has 16 and 区科技局 3 of the 30."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["指标"][1]}
    row = next(row[0].row for row in book["指标"].iter_rows(max_col=1) if row[0].value == "1-1")
    book["指标"].cell(row, heads["合并方式"]).value = request.param
    book.save(path)
    assert office.run("ledger").code == 0
    assert office.run("templates", "--period", "2023-06", "--as-of", "2023-06-02").code == 0
    fill(
        office.form("区商务局"),
        office.root / "inbox" / "商务.xlsx",
        {"1-1": 16, "1-2": 0.6, "3-1": "推进中"},
    )
    fill(office.form("区科技局"), office.root / "inbox" / "科技.xlsx", {"1-1": 3, "2-1": 20, "2-2": 20})
    assert office.run("collect", "--settle", "0", "--as-of", "2023-06-27T10:00").code == 0
    return office


def report(office):
    data = office.run("report", "--period", "2023-06", "--as-of", "2023-06-28T20:00", "--json").data
    return data["tasks"][0]["targets"][0]


def line(office, sheet: str):
    book = next((office.root / "outbox" / "2023-06").glob("排名通报*.xlsx"))
    return next(each for each in records(rows_of(book, sheet), "序号") if each["序号"] == "1-1")


@pytest.mark.parametrize("merged", ["相加"], indirect=True)
def test_a_sum_names_the_cells_of_all_its_parts(merged):
    """19 stands in no cell: 16 and 3 do, in sentence, 溯源, CSV, JSON and trace."""
    target = report(merged)
    trace, joint = line(merged, "溯源"), line(merged, "多牵头核对")
    table = next((merged.root / "outbox" / "2023-06").glob("指标_*.csv")).read_text(encoding="utf-8-sig")
    row = next(each for each in csv.DictReader(table.splitlines()) if each["序号"] == "'1-1")

    assert target["reason"].endswith(
        "各牵头单位相加：区商务局 16、区科技局 3；来源 区商务局 填报!I9、区科技局 填报!I9"
    )
    assert [(each["unit"], each["value"], each["source"]["file"]) for each in target["parts"]] == [
        ("区商务局", "16", "商务.xlsx"),
        ("区科技局", "3", "科技.xlsx"),
    ]
    assert (trace["来源文件"], trace["单元格"]) == ("商务.xlsx\n科技.xlsx", "I9\nI9")
    assert (row["来源文件"], row["单元格"]) == ("商务.xlsx; 科技.xlsx", "I9; I9")
    assert joint["其他牵头单位填报（并列对照，不平均）"] == "区商务局：16\n区科技局：3"
    told = merged.run("trace", "--period", "2023-06", "1-1").out
    assert "商务.xlsx!I9 + 科技.xlsx!I9" in told
    assert told.count("sha256") == 2


@pytest.mark.parametrize("merged", ["取最小"], indirect=True)
def test_the_least_names_the_lead_and_the_cell_that_it_was_read_from(merged):
    """3 is 区科技局's, though 区商务局 is the reporting unit."""
    target = report(merged)

    assert target["reason"].endswith("各牵头单位取最小：区商务局 16、区科技局 3；来源 区科技局 填报!I9")
    assert (target["source"]["file"], target["source"]["cell"]) == ("科技.xlsx", "I9")
    assert line(merged, "溯源")["来源文件"] == "科技.xlsx"
