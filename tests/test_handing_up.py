"""A county's published result goes up: into the form that the city sent it, and into the city's figures."""

from __future__ import annotations

import openpyxl
import pytest
from office import SmallOffice, header_of, run

CITY = """示范市人民政府办公室
关于印发《示范市2023年重点工作任务》的通知
示市办字〔2023〕1号
2023年5月10日
一、产业发展
1.招商引资。引进亿元以上项目120个，实际利用外资突破4亿美元。（牵头单位：示范区、高新区）
2.人才引进。引进博士100人以上。（牵头单位：示范区）
3.新增就业。新增城镇就业9000人以上。（牵头单位：示范区）
"""
PROVINCE = """示范省人民政府办公室
关于印发《示范省2023年重点工作任务》的通知
示省办字〔2023〕1号
2023年5月5日
一、产业发展
1.招商引资。引进亿元以上项目900个，实际利用外资突破30亿美元。（牵头单位：示范市）
2.新增就业。新增城镇就业50000人以上。（牵头单位：示范市）
"""
FIGURES = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}


def founded(folder, capsys, notice: str) -> SmallOffice:
    """The office of a higher plan, its forms out."""
    folder.mkdir()
    (folder / "通知.txt").write_text(notice, encoding="utf-8")
    made = SmallOffice(folder / "ws", capsys)
    assert made.run("init", str(folder / "通知.txt"), str(made.root)).code == 0
    assert made.run("templates", "--period", "2023-06", "--as-of", "2023-06-01").code == 0
    return made


@pytest.fixture
def city(tmp_path, capsys):
    return founded(tmp_path / "city", capsys, CITY)


@pytest.fixture
def province(tmp_path, capsys):
    return founded(tmp_path / "province", capsys, PROVINCE)


@pytest.fixture
def form(city):
    """What the city sent to the district."""
    return city.form("示范区")


def collect_all(office) -> None:
    office.drop("商务.xlsx", office.form("区商务局"), FIGURES)
    office.drop("人社.xlsx", office.form("区人社局"), {"4-1": 2100})
    assert office.run("collect", "--settle", "0", "--as-of", "2023-06-27T10:00").code == 0


def publish(office) -> None:
    office.run("report", "--period", "2023-06", "--as-of", "2023-06-30")


def test_published_figures_arrive_in_the_citys_figures_exactly(office, city, form):
    """Same name and unit need no mapping; what has no counterpart is told and stays blank for a person."""
    collect_all(office)
    publish(office)
    told = office.run("handup", str(form), "--period", "2023-06", "--json")
    filled = office.root / told.data["form"]
    rows = {row["row"]: row for row in told.data["rows"]}

    assert told.code == 1  # a person has to look at 2-1
    assert [(code, rows[code]["value"]) for code in ("1-1", "1-2", "3-1")] == [
        ("1-1", "16"),
        ("1-2", "0.6"),
        ("3-1", "2100"),
    ]
    assert "没有同名的指标" in rows["2-1"]["why_not"]
    (city.root / "inbox" / "示范区上报.xlsx").write_bytes(filled.read_bytes())
    back = city.run("collect", "--json", "--settle", "0", "--as-of", "2023-06-27T10:00").data["files"][0]
    assert back["outcome"] == "returned"  # 2-1 is blank: the city asks, it does not guess

    city.drop("示范区上报2.xlsx", filled, {"2-1": 41})
    city.run("collect", "--settle", "0", "--as-of", "2023-06-27T11:00")
    merged = city.run("figures", "--period", "2023-06", "--json").data
    assert {each["target"]: each["value"] for each in merged} == {
        "1-1": "16",
        "1-2": "0.6",
        "2-1": "41",
        "3-1": "2100",
    }


def test_the_account_beside_a_figure_names_the_edition(office, form):
    """Which targets were added, in which edition they were published, up to when."""
    collect_all(office)
    publish(office)
    told = office.run("handup", str(form), "--period", "2023-06", "--json").data
    sheet = openpyxl.load_workbook(office.root / told["form"]).worksheets[0]
    head, columns = header_of(sheet)
    accounts = [sheet.cell(row, columns["进展情况"]).value for row in range(head + 1, sheet.max_row + 1)]

    assert any(
        text and text.startswith("依据本级2023-06第1版通报（数据截止 2023-06-30 23:59") and "4-1" in text
        for text in accounts
    )


def test_a_row_may_be_the_sum_of_several_targets(office, form):
    """[handup] in workplan.toml names them; the sum is exact."""
    collect_all(office)
    config = office.root / "workplan.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("[handup]", '[handup]\n"2-1" = ["4-1", "4-1"]'), "utf-8"
    )
    publish(office)
    rows = office.run("handup", str(form), "--period", "2023-06", "--json", "--dry-run").data["rows"]

    assert [(row["value"], row["targets"]) for row in rows if row["row"] == "2-1"] == [
        ("4200", ["4-1", "4-1"])
    ]


def test_what_came_in_after_the_edition_waits_for_the_next_one(office, form):
    """Only what was published is handed up."""
    collect_all(office)
    publish(office)
    office.drop("更正.xlsx", office.form("区人社局"), {"4-1": 2500})
    office.run("collect", "--settle", "0", "--as-of", "2023-07-02T10:00")
    rows = office.run("handup", str(form), "--period", "2023-06", "--json", "--dry-run").data["rows"]

    assert [row["value"] for row in rows if row["row"] == "3-1"] == ["2100"]


def test_what_cannot_be_handed_up_is_said_in_a_sentence(office, form, tmp_path, capsys):
    """Nothing published, a missing file, our own form, a text; other units are never converted."""
    collect_all(office)
    before = office.run("handup", str(form), "--period", "2023-06")
    publish(office)
    (tmp_path / "不是表.xlsx").write_text("你好", encoding="utf-8")
    own = office.run("handup", str(office.form("区商务局")), "--period", "2023-06")
    text = office.run("handup", str(tmp_path / "不是表.xlsx"), "--period", "2023-06")
    gone = office.run("handup", str(tmp_path / "没有.xlsx"), "--period", "2023-06")
    july = run(capsys, "-C", str(office.root), "handup", str(form), "--period", "2023-07")

    assert [told.code for told in (before, own, text, gone, july)] == [2] * 5
    assert "还没有通报" in before.err
    assert "不能上报给自己" in own.err
    assert "不是上级的填报表" in text.err
    assert "找不到文件" in gone.err
    assert "2023-07 还没有通报" in july.err
    assert not [told for told in (before, own, text, gone, july) if "Traceback" in told.err]


def test_another_unit_is_never_converted(office, form):
    """亿元 is not 万元: the row stays blank and says so."""
    collect_all(office)
    config = office.root / "workplan.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("[handup]", '[handup]\n"2-1" = "1-1"'), "utf-8"
    )
    publish(office)
    rows = office.run("handup", str(form), "--period", "2023-06", "--json", "--dry-run").data["rows"]

    assert "不作换算" in next(row["why_not"] for row in rows if row["row"] == "2-1")


def handed_up(below: SmallOffice, above: SmallOffice, unit: str, more: dict[str, object]) -> None:
    """Publish, fill the higher plan's form, add by hand what has no counterpart, and take it in above."""
    publish(below)
    told = below.run("handup", str(above.form(unit)), "--period", "2023-06", "--json").data
    above.drop(f"{unit}上报.xlsx", below.root / told["form"], more)
    taken = above.run("collect", "--json", "--settle", "0", "--as-of", "2023-06-27T10:00").data["files"]
    assert [each["outcome"] for each in taken] == ["accepted"]


def test_what_was_handed_up_can_be_handed_up_again(office, city, province):
    """Departments -> county -> city -> province: each level merges with the same care, every figure exact."""
    collect_all(office)
    handed_up(office, city, "示范区", {"2-1": 41})
    handed_up(city, province, "示范市", {})
    merged = province.run("figures", "--period", "2023-06", "--json").data

    assert {each["name"]: (each["unit"], each["value"]) for each in merged} == {
        "引进亿元以上项目": ("示范市", "16"),
        "实际利用外资": ("示范市", "0.6"),
        "新增城镇就业": ("示范市", "2100"),
    }
