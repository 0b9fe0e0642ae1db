"""A place's own words and colours of lights, as the workbook and the Word paper show them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from provinces import edition, ledger, returned
from published_rule_sets import DAZU, GUANGYUAN, YINCHUAN, ZAOZHUANG
from ranking_sheets import records, rows_of

from workplan_xlsx.config_file import load_rules
from workplan_xlsx.domain.period import Period
from workplan_xlsx.pages.status import status_page
from workplan_xlsx.steps.overview import overview
from workplan_xlsx.steps.workspace import open_office

PLACES = {
    "区商务局": {"1-1": 16, "1-2": 0.2, "3-1": "推进中"},
    "区科技局": {"2-1": 20, "2-2": 14},
    "区人社局": {"4-1": 3000},
}


@pytest.fixture
def reported(office):
    """The workbook of June under these rules: 1-2 is far behind, 2-2 a little, the rest on plan."""

    def work(rules: str):
        path = office.root / "workplan.toml"
        before, _, rest = path.read_text(encoding="utf-8").partition("[rules]")
        path.write_text(before + rules + "[checks]" + rest.partition("[checks]")[2], encoding="utf-8")
        for unit, values in PLACES.items():
            office.drop(f"{unit}.xlsx", office.form(unit), values)
        assert office.run("collect", "--settle", "0", "--as-of", "2023-06-27T10:00").code == 0
        assert office.run("report", "--period", "2023-06", "--as-of", "2023-06-28T20:00").code == 0
        return next((office.root / "outbox" / "2023-06").glob("排名通报*.xlsx"))

    return work


def fills(path, sheet: str) -> dict[str, str]:
    """By what stands in a cell: its fill."""
    return {
        str(cell.value): cell.fill.fgColor.rgb[2:]
        for row in openpyxl.load_workbook(path)[sheet].iter_rows()
        for cell in row
        if cell.value is not None and cell.fill.fill_type
    }


def test_zaozhuang_gives_blue_plates_for_praise_everywhere(reported):
    """Targets, tasks, units, the legend and the chart call the lights as the place does."""
    path = reported(ZAOZHUANG)
    tasks = {each["序号"]: each for each in records(rows_of(path, "任务总表"), "序号")}
    first = {str(row[2]): row[4] for row in rows_of(path, "排名通报") if len(row) > 4}
    shown = fills(path, "任务总表")
    words = "".join(str(cell) for row in rows_of(path, "排名通报") for cell in row)

    assert (tasks["1-1"]["亮灯"], tasks["1-1"]["任务灯"]) == ("● 蓝牌表扬", "■ 红牌警示")
    assert (first["区科技局"], first["区人社局"]) == ("■ 红牌警示", "● 蓝牌表扬")
    assert shown["● 蓝牌表扬"] == "2F5597"
    assert shown["■ 红牌警示"] == "B3261E"
    assert "● 蓝牌表扬 √ 已完成 ▲ 黄牌提醒 ■ 红牌警示" in words
    assert "绿灯" not in words
    assert "亮灯规则 枣庄 2023：G-1 蓝牌表扬：进度比>=1；" in words
    assert "4 项任务中已完成 0 项，蓝牌表扬 2 项，黄牌提醒 1 项，红牌警示 1 项" in words
    assert "红牌警示任务（1 项）" in words


def test_a_stretch_target_is_held_at_the_places_own_word_for_amber(tmp_path):
    """力争: never below 黄牌提醒, in the cell and in the sentence."""
    file = tmp_path / "rules.toml"
    file.write_text(ZAOZHUANG, encoding="utf-8")
    plan = ledger(1, tasks_each=1, targets_each=1)
    (target,) = plan.tasks[0].targets
    stretch = replace(target, stretch=True)
    plan = replace(plan, tasks=(replace(plan.tasks[0], targets=(stretch,)),))
    made = edition(plan, returned(plan, lambda *_: "5"), load_rules(file))

    assert made.tasks[0].ratings[0].reason.startswith("黄牌提醒：累计 5/100家")


def test_dazu_keeps_two_colours_apart_that_count_as_the_same_light(reported):
    """橙色 and 黄色 are both amber: the target says which, a task of several says amber."""
    path = reported(DAZU)
    tasks = {each["序号"]: each for each in records(rows_of(path, "任务总表"), "序号")}
    shown = fills(path, "任务总表")

    assert (tasks["1-1"]["亮灯"], tasks["4-1"]["亮灯"]) == ("▲ 橙色", "▲ 黄色")
    assert tasks["4-1"]["任务灯"] == "▲ 黄灯"
    assert (shown["▲ 橙色"], shown["▲ 黄色"]) == ("F4B183", "FFD34D")


def test_a_light_without_a_state_of_the_place_keeps_its_own_word(reported):
    """广元 words its normal state only."""
    path = reported(GUANGYUAN)

    assert {each["亮灯"] for each in records(rows_of(path, "任务总表"), "序号")} == {"● 蓝色提示"}
    assert "▲ 黄灯 ■ 红灯" in "".join(str(cell) for row in rows_of(path, "排名通报") for cell in row)


BLUE_PLATES = """
[rules]
state = [
  { key = "green", light = "green", word = "蓝牌", colour = "blue" },
  { key = "amber", light = "amber", word = "橙牌", colour = "orange" },
  { key = "red", light = "red", word = "黑牌", colour = "black" },
  { key = "done", light = "done", word = "销号", colour = "#1F7A1F" },
]
"""
USUAL = re.compile("(?<!黄)绿灯|(?<!红)黄灯|红灯|√ 已完成")
"""But for 红黄绿灯 and 红黄灯清单, which are the names of the whole."""


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(where it stands, text) of all that an edition's folder says to a reader: sheets, Word, CSV."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            cells = ((sheet, cell) for sheet in book for row in sheet.iter_rows() for cell in row)
            yield from (
                (f"{path.name} {sheet.title}!{cell.coordinate}", str(cell.value)) for sheet, cell in cells
            )
        elif path.suffix == ".docx":
            yield path.name, whole_text(path)
        elif path.suffix == ".csv":
            yield path.name, path.read_text(encoding="utf-8-sig")


def whole_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return re.sub("<[^>]*>", "", package.read("word/document.xml").decode())


def page_of(root: Path) -> str:
    """The status page as it would be shown after the report."""
    now = datetime(2023, 6, 28, 21, tzinfo=ZoneInfo("Asia/Shanghai"))
    with open_office(root, now=now, lang="zh") as opened:
        return status_page(overview(opened, opened.ledger(), Period.parse("2023-06")), "zh")


def test_where_a_place_has_words_for_all_lights_no_paper_says_the_usual_ones(reported, office):
    """Workbook (测算 and lists, too), CSV, Word 通报 and 督办单, status page, form: one language."""
    found = list(texts(reported(BLUE_PLATES).parent))
    page = page_of(office.root)
    assert office.run("templates", "--period", "2023-07").code == 0
    form = openpyxl.load_workbook(office.form("区商务局", "2023-07"))
    cells = [str(cell.value) for sheet in form for row in sheet.iter_rows() for cell in row]
    told = [*found, ("状态.html", page), *(("form", cell) for cell in cells)]

    assert {place.split("_")[0].split(" ")[0] for place, _ in found} >= {"排名通报", "督办单", "通报", "指标"}
    assert any(" 测算!" in place and "黑牌" in text for place, text in found)
    assert [(place, text) for place, text in told if USUAL.search(text)] == []
    for word in ("蓝牌", "黑牌"):
        assert f"预计{word}" in "".join(cells)
        assert f"{word} 1" in page
    assert 'style="background:#262626;color:#FFFFFF"' in page
    assert ".mark { background: #fff !important; color: #000 !important; }" in page  # on paper
    assert "蓝牌" in next(cell for cell in cells if "本期计划 100% 及以上为" in cell)


def test_charts_and_live_colours_are_the_places_own(reported, office):
    """A black plate is black in the chart, too, beside a lighter tone that keeps its pattern."""
    with zipfile.ZipFile(reported(BLUE_PLATES)) as package:
        charts = "".join(package.read(name).decode() for name in package.namelist() if "charts/" in name)
    assert office.run("templates", "--period", "2023-07").code == 0
    sheet = openpyxl.load_workbook(office.form("区商务局", "2023-07"))["填报"]
    live = {
        rule.formula[0]: rule.dxf.fill.bgColor.rgb[2:]
        for each in sheet.conditional_formatting
        for rule in each.rules
        if rule.type == "expression"
    }

    assert '<a:fgClr><a:srgbClr val="262626"/></a:fgClr><a:bgClr><a:srgbClr val="6E6E6E"/>' in charts
    assert "B3261E" not in charts
    assert [colour for formula, colour in live.items() if "黑牌" in formula] == ["262626"]


def test_words_that_formulas_cannot_tell_apart_are_not_used_in_the_what_if_sheet(reported):
    """Two lights of one word would be one to a formula that looks lights up by their words."""
    path = reported(BLUE_PLATES.replace("橙牌", "黑牌"))

    assert [row[5] for row in rows_of(path, "测算")[9:12]] == ["绿灯", "黄灯", "红灯"]
    assert rows_of(path, "测算")[2][1] == "各单位名次与本版一致"


def test_where_a_place_has_conditions_of_its_own_thresholds_cannot_be_tried(reported):
    """测算 shows no threshold that is not in force, and keeps every light as it is."""
    settings = rows_of(reported(YINCHUAN), "测算")[4:6]

    assert [row[1:3] for row in settings] == [["—", "—"], ["—", "—"]]
