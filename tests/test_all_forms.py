"""Every form of a notice: filled with known values, renamed, some re-saved; every value comes back exactly."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from office import SmallOffice, header_of

from workplan_xlsx.demo.data import NOTICE

STAGES = ("未启动", "已启动", "推进中", "基本完成", "已完成")


@pytest.fixture(params=["sample", "real"])
def all_units(request, tmp_path, capsys):
    """A workspace on a whole notice, with June's 34 forms."""
    notice = NOTICE
    if request.param == "real":
        notice = request.getfixturevalue("shared") / "notices" / "00_yanzhou_2023_24.txt"
    made = SmallOffice(tmp_path / "ws", capsys)
    assert made.run("init", str(notice), str(made.root), "--year", "2023").code == 0
    assert made.run("templates", "--period", "2023-06").code == 0
    return made


def forms_of(office: SmallOffice) -> list[Path]:
    return sorted((office.root / "templates" / "2023-06").glob("[0-9][0-9]_*_2023-06_填报表.xlsx"))


def open_cells(sheet) -> Iterator[tuple[str, str, object]]:
    """(code, "number" or "stage", cell) for what this form asks its unit to report."""
    head, columns = header_of(sheet)
    for row in range(head + 1, sheet.max_row + 1):
        code = sheet.cell(row, columns["序号"]).value
        number, stage = sheet.cell(row, columns["本期累计完成"]), sheet.cell(row, columns["进展状态"])
        if not number.protection.locked:
            yield code, "number", number
        elif not stage.protection.locked and sheet.cell(row, columns["年度目标"]).value in (None, "", "—"):
            yield code, "stage", stage


def fill_known(form: Path, returned: Path, start: int) -> dict[str, tuple[str, str]]:
    """Fill in every open cell with a value of its own; return code -> (value as text, cell)."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    known = {}
    for place, (code, kind, cell) in enumerate(open_cells(sheet), start=start):
        if kind == "stage":
            cell.value = STAGES[place % 5]
            known[code] = (cell.value, cell.coordinate)
        else:
            percent = "%" in cell.number_format
            exact = Decimal(place % 90) + Decimal("0.37")
            cell.value = float(exact / 100) if percent else float(exact)
            known[code] = (f"{exact}", cell.coordinate)
    book.save(returned)
    return known


def test_all_34_forms_come_back_exactly_with_file_sheet_and_cell(all_units):
    """No value is rounded, lost or put to another row; every figure names where it stands."""
    known, cells = {}, {}
    for number, form in enumerate(forms_of(all_units), start=1):
        name = f"最终版({number}).xlsx"
        for code, (value, cell) in fill_known(form, all_units.root / "inbox" / name, number * 7).items():
            known[code], cells[code] = value, (name, cell)
    told = all_units.run("collect", "--json", "--settle", "0", "--as-of", "2023-06-27T10:00")
    outcomes = {file["file"]: file["outcome"] for file in told.data["files"]}
    figures = all_units.run("figures", "--period", "2023-06", "--json").data

    assert len(outcomes) == 34
    assert set(outcomes.values()) == {"accepted"}, [
        f for f in told.data["files"] if f["outcome"] != "accepted"
    ]
    assert {each["target"]: each["value"] or each["status"] for each in figures} == known
    assert {each["target"]: (each["source"]["file"], each["source"]["cell"]) for each in figures} == cells
    assert {each["source"]["sheet"] for each in figures} == {"填报"}


def test_forms_saved_again_by_libreoffice_come_back_exactly(all_units, libreoffice, tmp_path):
    """As .xlsx, .ods and .xls: a clerk without Excel is not asked twice."""
    largest = sorted(forms_of(all_units), key=lambda path: path.stat().st_size)[-6:]
    known = {}
    filled = []
    for number, form in enumerate(largest):
        filled.append(tmp_path / f"已填{number}.xlsx")
        known |= fill_known(form, filled[-1], number * 11)
    for kind, files in (("xlsx", filled[:2]), ("ods", filled[2:4]), ("xls", filled[4:])):
        for made in libreoffice.save_as(kind, tmp_path / "lo", *files):
            shutil.copy(made, all_units.root / "inbox" / made.name)
    told = all_units.run("collect", "--json", "--settle", "0", "--as-of", "2023-06-27T10:00")
    figures = all_units.run("figures", "--period", "2023-06", "--json").data

    assert [file["outcome"] for file in told.data["files"]] == ["accepted"] * 6
    assert {each["target"]: each["value"] or each["status"] for each in figures if each["source"]} == {
        code: value for code, (value, _) in known.items()
    }


def test_each_form_holds_exactly_its_units_tasks(all_units):
    """149 (task, unit) pairs over 34 forms; 81-83 are in none; the number is asked once, of the reporting unit."""
    pairs, asked = set(), []
    for form in forms_of(all_units):
        sheet = openpyxl.load_workbook(form).worksheets[0]
        head, columns = header_of(sheet)
        codes = {sheet.cell(row, columns["序号"]).value for row in range(head + 1, sheet.max_row + 1)}
        pairs |= {(form.name, str(code).split("-")[0]) for code in codes if code and "-" in str(code)}
        asked += [code for code, _, _ in open_cells(sheet)]
    figures = all_units.run("figures", "--period", "2023-06", "--json").data

    assert (len(forms_of(all_units)), len(pairs)) == (34, 149)
    assert not {task for _, task in pairs} & {"81", "82", "83"}
    assert sorted(asked) == sorted({each["target"] for each in figures})
