"""What nobody sees in a cell (zero width, a byte order mark, from a web page or a chat) changes nothing."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

ZERO_WIDTH = "\u200b"
FILLED = {"4-1": "1200", "4-1:进展情况": "新增就业 1200 人"}


def with_it_behind(path, *texts):
    """Every cell that says one of the texts says it with a character of no width behind."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value in texts]
    assert len(cells) >= len(texts)
    for cell in cells:
        cell.value += ZERO_WIDTH
    book.save(path)


@pytest.mark.parametrize(
    "texts", [["1200"], ["4-1"], ["本期累计完成"], ["序号"], ["区人社局"], ["填报单位"], ["人"]]
)
def test_a_form_with_a_character_of_no_width_is_taken_as_it_looks(office, texts):
    path = office.drop("就业.xlsx", office.form("区人社局"), FILLED)
    with_it_behind(path, *texts)

    (file,) = office.run("collect", "--settle", "0", "--json").data["files"]
    figures = office.run("figures", "--period", "2023-06", "--json").data

    assert file["outcome"] == "accepted", file["findings"]
    assert Decimal(next(each["value"] for each in figures if each["target"] == "4-1")) == 1200


def test_a_stage_with_one_is_known(office):
    stages = {"3-1": "推进中", "1-1": 1, "1-2": 1}
    path = office.drop("商务.xlsx", office.form("区商务局"), stages)
    with_it_behind(path, "推进中")

    (file,) = office.run("collect", "--settle", "0", "--json").data["files"]

    assert "E303" not in {finding["code"] for finding in file["findings"]}
