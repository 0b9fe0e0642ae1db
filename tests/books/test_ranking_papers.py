"""What stands beside the ranking workbook: CSV, JSON, Word 通报, 督办单."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from docx import Document
from ranking_samples import random_office
from ranking_sheets import records, rows_of

from workplan_xlsx.books.bulletin.facts import bulletin_facts
from workplan_xlsx.books.bulletin.slips import slip_facts
from workplan_xlsx.books.bulletin.template import SHIPPED, fill_template
from workplan_xlsx.books.ranking.beside import write_beside
from workplan_xlsx.books.ranking.book import write_ranking
from workplan_xlsx.domain.editions.praise import praised
from workplan_xlsx.domain.editions.telling import edition_json
from workplan_xlsx.errors import OutputError

EDITION = random_office(4, groups=1).edition()
ANSWER_BY = date(2023, 7, 12)


def bulletin(folder, edition=EDITION):
    path = folder / "通报.docx"
    facts = bulletin_facts(edition, "排名通报_2023-06_第1版.xlsx", ANSWER_BY, "zh")
    fill_template(SHIPPED / "bulletin.docx", facts, path, "zh")
    return path


def test_the_word_table_says_what_the_workbook_says(tmp_path):
    """Rank, unit, score and light of every unit, read back from both files."""
    write_ranking(EDITION, tmp_path / "排名.xlsx", "zh")
    sheet = records(rows_of(tmp_path / "排名.xlsx", "排名通报"), "名次")
    (table,) = Document(str(bulletin(tmp_path))).tables
    word = [[cell.text for cell in row.cells] for row in table.rows][1:]

    assert [(row[2], row[3], row[4]) for row in word] == [
        (row["单位"], "—" if row["得分"] == "—" else f"{row['得分']:.2f}", row["亮灯"]) for row in sheet
    ]


def test_where_units_are_ranked_in_groups_their_place_among_all_stands_beside_their_score(tmp_path):
    """As report --json has it; the sheet stays one A4 page, and with one group there is no such column."""
    edition = random_office(4, groups=2).edition()
    write_ranking(edition, tmp_path / "排名.xlsx", "zh")
    write_ranking(EDITION, tmp_path / "一组.xlsx", "zh")
    rows = rows_of(tmp_path / "排名.xlsx", "排名通报")
    head = next(row for row in rows if "名次" in row)
    unit, across = head.index("单位"), head.index("全部\n位次")
    shown = {row[unit]: row[across] for row in rows[rows.index(head) + 1 :] if row[across] != ""}
    page = openpyxl.load_workbook(tmp_path / "排名.xlsx")["排名通报"]

    assert head[across - 1] == "得分"
    assert shown == {
        each["unit"]: each["rank_across_groups"] or "—"
        for each in json.loads("".join(edition_json(edition)))["units"]
    }
    assert sorted(rank for rank in shown.values() if rank != "—") == list(range(1, 12))
    assert (page.page_setup.orientation, page.sheet_properties.pageSetUpPr.fitToPage) == ("portrait", True)
    assert "全部\n位次" not in str(rows_of(tmp_path / "一组.xlsx", "排名通报"))


def test_the_word_table_names_each_group_above_its_units(tmp_path):
    """Else the ranks would begin anew without a word; with one group nothing is named."""
    edition = random_office(4, groups=2).edition()
    (table,) = Document(str(bulletin(tmp_path, edition))).tables
    firsts = [row.cells[0].text for row in table.rows][1:]
    (plain,) = Document(str(bulletin(tmp_path))).tables

    assert [text for text in firsts if "组" in text] == ["第1组", "第2组"]
    assert firsts[:2] == ["第1组", "1"]
    assert firsts[firsts.index("第2组") + 1] == "1"
    assert len(plain.rows) == 1 + len(EDITION.standings)


def test_no_heading_ends_a_page_and_no_signature_is_alone(tmp_path):
    """Headings stay with what follows; what is wanted, the attachment and who signs stay together."""
    lines = Document(str(bulletin(tmp_path))).paragraphs
    kept = [line.text for line in lines if line.paragraph_format.keep_with_next]

    assert [text[:2] for text in kept[:5]] == ["一、", "二、", "三、", "四、", "五、"]
    assert kept[5:] == [line.text for line in lines[-len(kept) + 3 : -2]]
    assert lines[-2].text == "示范区人民政府办公室"


def test_it_praises_and_reminds_by_the_figures(tmp_path):
    text = "\n".join(line.text for line in Document(str(bulletin(tmp_path))).paragraphs)

    assert all(
        standing.unit in text.split("三、表扬")[1].split("四、提醒")[0] for standing in praised(EDITION)
    )
    for standing in EDITION.standings:
        red = [task.task.code for task in standing.tasks if task.light.value == "红灯"]
        assert (f"{standing.unit}：红灯 {len(red)} 项" in text) == bool(red)
    assert "2023年7月12日前" in text
    assert "{{" not in text


def test_a_slip_for_every_unit_with_a_red_light(tmp_path):
    facts = slip_facts(EDITION, ANSWER_BY, "zh")
    path = tmp_path / "督办单.docx"
    fill_template(SHIPPED / "slips.docx", facts, path, "zh")
    red = [
        standing
        for standing in EDITION.standings
        if any(task.light.value == "红灯" for task in standing.tasks)
    ]

    assert len(Document(str(path)).tables) == len(red) == len(facts["slips"])


def test_equal_editions_make_equal_word_files(tmp_path):
    assert bulletin(tmp_path).read_bytes() == bulletin(tmp_path / "again").read_bytes()


def test_signs_of_xml_and_of_templates_in_a_name_stay_text(tmp_path):
    """A unit called <b>&{{ 1 }} is called so in the table."""
    first = replace(EDITION.standings[0], unit="<b>&{{ 1 }}\x0b局")
    path = bulletin(tmp_path, replace(EDITION, standings=(first, *EDITION.standings[1:])))

    assert Document(str(path)).tables[0].cell(1, 2).text == "<b>&{{ 1 }} 局"


@pytest.mark.parametrize("place", ["{{ nobody_knows }}", "{{ unit.", "{% if %}"])
def test_an_office_template_with_a_wrong_place_is_told_and_nothing_is_lost(tmp_path, place):
    own = tmp_path / "通报模板.docx"
    document = Document()
    document.add_paragraph(place)
    document.save(str(own))
    (tmp_path / "通报.docx").write_bytes(b"before")

    with pytest.raises(OutputError, match="通报模板"):
        fill_template(own, {"title": "x"}, tmp_path / "通报.docx", "zh")
    assert (tmp_path / "通报.docx").read_bytes() == b"before"


def test_csv_and_json_tell_the_same_and_no_text_is_a_formula(tmp_path):
    first = replace(EDITION.standings[0], unit="=1+1")
    units, targets, data = write_beside(
        replace(EDITION, standings=(first, *EDITION.standings[1:])), tmp_path, "zh"
    )
    rows = list(csv.DictReader(units.read_text(encoding="utf-8-sig").splitlines()))
    told = json.loads(data.read_text(encoding="utf-8"))

    assert rows[0]["单位"] == "'=1+1"
    assert [row["得分"] for row in rows] == [each["total"] or "" for each in told["units"]]
    figures = list(csv.DictReader(targets.read_text(encoding="utf-8-sig").splitlines()))
    assert {row["序号"]: row["亮灯"] for row in figures} == {
        f"'{each['target']}": each["state"] for task in told["tasks"] for each in task["targets"]
    }


def test_no_spreadsheet_makes_dates_of_the_csv(tmp_path, libreoffice):
    """1-1 is no day in January and 49 2/3 percent no 149/3; a percent and a score are numbers."""
    standing = replace(EDITION.standings[0], progress=Fraction(149, 3))
    edition = replace(EDITION, standings=(standing, *EDITION.standings[1:]))
    units, targets, _ = write_beside(edition, tmp_path, "zh")
    opened = libreoffice.save_as("xlsx", tmp_path / "opened", units, targets)
    ranking, figures = (list(openpyxl.load_workbook(path).active.values) for path in opened)

    assert ranking[1][7] == 49.666667  # 进度分
    assert figures[1][0] == "'1-1"
    assert all(isinstance(row[0], str) for row in figures[1:])
    assert all(isinstance(row[7], (int, float)) for row in figures[1:])  # 应完成%


def test_csv_in_english_has_no_chinese_word_of_the_program(tmp_path):
    """Lights, stages and how a unit reported, too."""
    edition = random_office(5).edition(lang="en")
    units, targets, _ = write_beside(edition, tmp_path, "en")
    rows = list(csv.DictReader(units.read_text(encoding="utf-8-sig").splitlines()))
    figures = list(csv.DictReader(targets.read_text(encoding="utf-8-sig").splitlines()))

    assert {row["light"] for row in rows} <= {"Missing", "Done", "Green", "Amber", "Red"}
    assert {row["punctuality"] for row in rows} <= {"on time", "late", "returned", "missing"}
    assert all(row["light"].isascii() and row["value"].isascii() for row in figures)


def test_no_figure_is_shown_with_more_decimals_than_anybody_reads(tmp_path):
    """66.6666666666667 in 应完成% of 测算: the cell holds it all and shows two decimals."""
    write_ranking(EDITION, tmp_path / "排名.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "排名.xlsx", data_only=True)
    long = [
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, float) and cell.number_format == "General" and len(repr(cell.value)) > 8
    ]

    assert long == []
