"""A form pasted into a new workbook: recognised by its wording, counted only once a person has said so."""

from __future__ import annotations

import openpyxl
import pytest
from office import fill

pytestmark = pytest.mark.usefixtures("pasted")

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}


@pytest.fixture
def pasted(office, tmp_path):
    """The table of 区商务局's filled form, pasted as values into a new workbook."""
    filled = tmp_path / "filled.xlsx"
    fill(office.form("区商务局"), filled, RIGHT)
    source = openpyxl.load_workbook(filled).worksheets[0]
    book = openpyxl.Workbook()
    head = next(row[0].row for row in source.iter_rows() if row[0].value == "序号")
    for row in source.iter_rows(min_row=head, max_col=17):
        book.active.append([None if str(cell.value).startswith("=") else cell.value for cell in row])
    path = office.root / "inbox" / "商务局新表.xlsx"
    book.save(path)
    return path


def collect(office, at: str = "2023-06-27T10:00"):
    return office.run("collect", "--json", "--settle", "0", "--as-of", at).data["files"]


def values(office):
    told = office.run("figures", "--period", "2023-06", "--json").data
    return {each["target"]: each["value"] for each in told if each["value"]}


def test_it_counts_once_a_person_has_said_whose_it_is(office):
    """Nothing of it counts before; the finding prints the very command; the file moves to 已收."""
    (file,) = collect(office)
    assert (file["outcome"], values(office)) == ("quarantined", {})
    assert "workplan confirm" in " ".join(each["message"] for each in file["findings"])

    told = office.run("confirm", "商务局新表.xlsx", "--unit", "区商务局", "--period", "2023-06")

    assert (told.code, "商务局新表.xlsx" in told.err) == (0, True)
    assert values(office) == {"1-1": "16", "1-2": "0.6"}
    assert [path.name for path in (office.root / "inbox" / "未识别").glob("*.xlsx")] == []
    assert len(list((office.root / "inbox" / "已收").glob("*商务局新表*.xlsx"))) == 1


def test_it_is_judged_like_any_form(office):
    """As the form of a unit that it is not, it goes back with a marked copy."""
    collect(office)
    told = office.run("confirm", "商务局新表.xlsx", "--unit", "区人社局", "--period", "2023-06", "--json")

    assert (told.code, told.data["outcome"]) == (1, "returned")
    assert values(office) == {}


def test_an_earlier_file_never_displaces_a_later_one(office):
    collect(office)
    office.drop("正式.xlsx", office.form("区商务局"), RIGHT | {"1-1": 20})
    collect(office, "2023-06-28T09:00")
    told = office.run("confirm", "商务局新表.xlsx", "--unit", "区商务局", "--period", "2023-06")

    assert (told.code, "已有更晚收到的合格表" in told.err) == (2, True)
    assert values(office)["1-1"] == "20"


@pytest.mark.parametrize(
    ("file", "unit", "said"),
    [("没有.xlsx", "区商务局", "没有待确认的文件"), ("商务局新表.xlsx", "区文旅局", "没有牵头任务的单位")],
)
def test_what_cannot_be_confirmed_is_said(office, file, unit, said):
    collect(office)
    told = office.run("confirm", file, "--unit", unit, "--period", "2023-06")

    assert (told.code, said in told.err) == (2, True)
