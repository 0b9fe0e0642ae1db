"""机构改革 in mid-year: units are renamed, or become one, after they have reported; by commands."""

from __future__ import annotations

import openpyxl
import pytest

COMMERCE = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
SCIENCE = {"1-1": 12, "1-2": 0.2, "2-1": 20, "2-2": 20}


def collect(office, when: str):
    told = office.run("collect", "--json", "--settle", "0", "--as-of", when).data["files"]
    return {each["file"]: each["outcome"] for each in told}


def figures(office, period="2023-06"):
    told = office.run("figures", "--period", period, "--json").data
    return {each["target"]: (each["unit"], each["value"] or each["status"]) for each in told}


def rename(office, old: str, new: str, *aliases: str) -> None:
    """As the coordinator does: another name in every sheet, the old ones in 别名; put in force."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    for sheet in ("任务", "单位"):
        for row in book[sheet].iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace(old, new)
    units = book["单位"]
    heads = {cell.value: cell.column for cell in units[1]}
    first, *others = [row[0].row for row in units.iter_rows(max_col=1) if row[0].value == new]
    units.cell(first, heads["别名"]).value = "、".join(aliases)
    for row in reversed(others):
        units.delete_rows(row)
    book.save(path)
    assert office.run("ledger").code == 0


@pytest.fixture
def reported(office):
    """Commerce and Science have reported for June; Commerce at the second attempt."""
    office.drop("商务.xlsx", office.form("区商务局"), COMMERCE | {"1-1": "约16个"})
    assert collect(office, "2023-06-26T09:00") == {"商务.xlsx": "returned"}
    office.drop("商务2.xlsx", office.form("区商务局"), COMMERCE)
    office.drop("科技.xlsx", office.form("区科技局"), SCIENCE)
    assert collect(office, "2023-06-26T10:00") == {"商务2.xlsx": "accepted", "科技.xlsx": "accepted"}
    return office


def test_a_correction_under_the_new_name_counts_and_not_the_form_under_the_old_one(reported):
    """Its versions begin anew: the second form of the old name is no newer than the first of the new one."""
    rename(reported, "区商务局", "区商贸局", "区商务局")
    reported.run("templates", "--period", "2023-06", "--as-of", "2023-06-26T11:00")
    reported.drop("商贸.xlsx", reported.form("区商贸局"), COMMERCE | {"1-1": 14, "1-1:解释说明": "更正"})

    assert collect(reported, "2023-06-27T10:00") == {"商贸.xlsx": "accepted"}
    assert figures(reported)["1-1"] == ("区商贸局", "14")


def test_two_units_that_became_one_keep_the_figures_of_both(reported):
    """Each figure is the one that counted before: what Science told of Commerce's target stays information."""
    rename(reported, "区科技局", "区商务局", "区科技局")

    assert figures(reported) == {
        "1-1": ("区商务局", "16"),
        "1-2": ("区商务局", "0.6"),
        "2-1": ("区商务局", "20"),
        "2-2": ("区商务局", "20"),
        "3-1": ("区商务局", "推进中"),
        "4-1": ("区人社局", None),
    }
    traced = reported.run("trace", "--period", "2023-06", "2-1")
    assert "科技.xlsx!" in traced.out


def test_the_next_form_of_two_units_that_became_one_shows_the_last_figures_of_both(reported):
    """Each fall is asked about, whichever unit had told the figure before."""
    rename(reported, "区科技局", "区商务局", "区科技局")
    reported.run("templates", "--period", "2023-07", "--as-of", "2023-07-03")
    less = {"1-1": 15, "1-2": 0.6, "2-1": 19, "2-2": 20, "3-1": "推进中"}
    reported.drop("七月.xlsx", reported.form("区商务局", "2023-07"), less)

    told = reported.run("collect", "--json", "--settle", "0", "--as-of", "2023-07-27T10:00").data["files"][0]
    fell = [each["message"] for each in told["findings"] if each["code"] == "Q401"]
    assert [("16" in each, "20" in each) for each in fell] == [(True, False), (False, True)]


def test_a_renamed_unit_keeps_its_rank_and_its_forms_of_before(reported):
    """较上期 is worked out from the rank under the old name; trace lists the forms under it."""
    assert reported.run("report", "--period", "2023-06", "--as-of", "2023-07-03").code in (0, 1)
    rename(reported, "区商务局", "区商贸局", "区商务局")
    reported.run("templates", "--period", "2023-07", "--as-of", "2023-07-04")
    later = {"1-1": 18, "1-2": 0.7, "3-1": "推进中"}
    reported.drop("七月.xlsx", reported.form("区商贸局", "2023-07"), later)
    collect(reported, "2023-07-27T10:00")

    july = reported.run("report", "--period", "2023-07", "--as-of", "2023-08-03", "--json").data
    assert {each["unit"]: each["rank_before"] for each in july["units"]}["区商贸局"] == 2
    traced = reported.run("trace", "--period", "2023-06", "1-1").out
    assert [name in traced for name in ("商务.xlsx", "商务2.xlsx")] == [True, True]


def hand_over(office, task: str, unit: str):
    """Another lead and reporting unit for a task, put in force; what the command said."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    tasks = book["任务"]
    heads = {cell.value: cell.column for cell in tasks[1]}
    row = next(row[0].row for row in tasks.iter_rows(max_col=1) if row[0].value == task)
    for column in ("牵头单位", "口径单位"):
        tasks.cell(row, heads[column]).value = unit
    book.save(path)
    return office.run("ledger")


def test_a_task_that_went_to_another_unit_keeps_its_figure_and_whoever_leads_it_goes_on_from_it(reported):
    """Nothing that was reported is lost, and no fall goes unasked."""
    told = hand_over(reported, "2", "区人社局")

    assert told.code == 0
    assert "照样计入，单位或计量单位按现台账，共 2 项：2-1 (2023-06)、2-2 (2023-06)" in told.err
    assert figures(reported)["2-1"] == ("区人社局", "20")
    assert "科技.xlsx" in reported.run("trace", "--period", "2023-06", "2-1").out
    reported.run("templates", "--period", "2023-07", "--as-of", "2023-07-04")
    less = {"2-1": 11, "2-2": 21, "4-1": 2500}
    reported.drop("七月.xlsx", reported.form("区人社局", "2023-07"), less)
    assert collect(reported, "2023-07-27T10:00") == {"七月.xlsx": "returned"}


def test_what_the_new_lead_reports_itself_comes_before_what_it_was_handed(reported):
    """A form of June that asked it for the task is newer than what the former lead had told."""
    hand_over(reported, "2", "区人社局")
    reported.run("templates", "--period", "2023-06", "--as-of", "2023-06-26T12:00")
    reported.drop("人社.xlsx", reported.form("区人社局"), {"2-1": 22, "2-2": 21, "4-1": 2500})
    collect(reported, "2023-06-27T10:00")

    assert figures(reported)["2-1"] == ("区人社局", "22")


def test_a_part_of_a_sum_is_not_handed_over_as_the_whole(office):
    """Two leads told their parts; the one that leads the task alone now has told no whole."""
    office.write_in_ledger("1-1", "合并方式", "相加")
    assert office.run("ledger").code == 0
    office.run("templates", "--period", "2023-06", "--as-of", "2023-06-02")
    office.drop("商务.xlsx", office.form("区商务局"), COMMERCE)
    office.drop("科技.xlsx", office.form("区科技局"), SCIENCE)
    collect(office, "2023-06-26T10:00")
    assert figures(office)["1-1"] == ("区商务局", "28")

    for unit in ("区人社局", "区商务局"):  # somebody else; one of the two alone
        hand_over(office, "1", unit)
        assert figures(office)["1-1"] == (unit, None)
