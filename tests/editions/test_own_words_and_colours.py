"""A place's own words and colours of lights, as the workbook and the Word paper show them."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from provinces import edition, ledger, returned
from published_rule_sets import DAZU, GUANGYUAN, ZAOZHUANG
from ranking_sheets import records, rows_of

from workplan_xlsx.config_file import load_rules

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
