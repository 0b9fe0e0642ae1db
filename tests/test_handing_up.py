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


DISTRICT = """高新区管委会
关于印发《高新区2023年重点工作任务》的通知
高新办字〔2023〕1号
2023年5月20日
一、人才
1.引进人才。引进博士30人以上。（牵头单位：人社局）
2.引进专家。引进外国专家12人以上。（牵头单位：科技局）
二、服务
3.政务服务。网上办理率达到95%以上，按时办结率达到99%以上。（牵头单位：审批局）
4.招商引资。引进亿元以上项目30个。（牵头单位：商务局）
5.园区招商。引进亿元以上项目6个。（牵头单位：园区办）
"""
ABOVE = """示范市人民政府办公室
关于印发《示范市2023年重点工作任务》的通知
示市办字〔2023〕1号
2023年5月10日
一、产业发展
1.人才引进。引进高层次人才100人以上。（牵头单位：高新区）
2.政务服务。政务服务满意率达到98%以上。（牵头单位：高新区）
3.引进博士。引进博士100人以上。（牵头单位：高新区）
4.人才强区。引进博士50人以上。（牵头单位：高新区）
5.招商引资。引进亿元以上项目120个。（牵头单位：高新区）
"""


@pytest.fixture
def district(tmp_path, capsys):
    """A district whose three offices have reported: 21 and 8 people, two rates, 16 and 3 projects."""
    made = founded(tmp_path / "district", capsys, DISTRICT)
    figures = {
        "人社局": {"1-1": 21},
        "科技局": {"2-1": 8},
        "审批局": {"3-1": 96, "3-2": 99.5},
        "商务局": {"4-1": 16},
        "园区办": {"5-1": 3},
    }
    for unit, its in figures.items():
        made.drop(f"{unit}.xlsx", made.form(unit), its)
    assert made.run("collect", "--settle", "0", "--as-of", "2023-06-27T10:00").code == 0
    return made


def drop_bare_table(district, unit: str, figures: dict[str, object]) -> None:
    """The form's table alone in a new workbook: nothing says whose it is."""
    filled = district.drop("来表.xlsx", district.form(unit), figures)
    source, book = openpyxl.load_workbook(filled).worksheets[0], openpyxl.Workbook()
    head, _ = header_of(source)
    for row in source.iter_rows(min_row=head, max_col=17):
        book.active.append([None if str(cell.value).startswith("=") else cell.value for cell in row])
    book.save(filled)


@pytest.fixture
def its_form(tmp_path, capsys):
    """What the city sent to this district."""
    return founded(tmp_path / "above", capsys, ABOVE).form("高新区")


def asked(district, its_form, *lines: str):
    """What `handup` would fill in with these lines under [handup]: by row its value, or why not."""
    config = district.root / "workplan.toml"
    told = "\n".join(("[handup]", *lines))
    config.write_text(config.read_text(encoding="utf-8").replace("[handup]", told), "utf-8")
    publish(district)
    data = district.run("handup", str(its_form), "--period", "2023-06", "--json", "--dry-run").data
    return {row["row"]: row["value"] or row["why_not"] for row in data["rows"]}


def test_a_row_may_be_the_sum_of_several_targets(district, its_form):
    """[handup] in workplan.toml names them; the sum is exact."""
    assert asked(district, its_form, '"1-1" = ["1-1", "2-1"]')["1-1"] == "29"


def test_a_target_that_is_named_twice_is_not_counted_twice(district, its_form):
    """A slip in workplan.toml: the row stays blank and says so."""
    assert "会重复计算" in asked(district, its_form, '"1-1" = ["1-1", "2-1", "1-1"]')["1-1"]


def test_rates_are_never_added(district, its_form):
    """96 % and 99.5 % are not 195.5 %; one rate alone is taken as it is."""
    assert "几个比率不能相加" in asked(district, its_form, '"2-1" = ["3-1", "3-2"]')["2-1"]


def test_one_rate_is_taken_as_it_is(district, its_form):
    assert asked(district, its_form, '"2-1" = "3-2"')["2-1"] == "99.5"


def test_a_name_that_stands_twice_is_no_answer_by_itself(district, its_form):
    """The city asks in two rows for 引进博士, and we have two targets called 引进亿元以上项目."""
    rows = asked(district, its_form)

    assert "上级表有 2 行同叫这个名称" in rows["3-1"]
    assert "上级表有 2 行同叫这个名称" in rows["4-1"]
    assert "本级有 4-1、5-1 同叫这个名称" in rows["5-1"]


def test_a_row_that_is_named_is_clear_although_its_name_stands_twice(district, its_form):
    rows = asked(district, its_form, '"4-1" = "1-1"', '"5-1" = ["4-1", "5-1"]')

    assert (rows["4-1"], rows["5-1"]) == ("21", "19")


def test_a_named_row_that_the_form_does_not_have_is_told(district, its_form):
    """A slip in the code, or the row of another form: somebody should look."""
    asked(district, its_form, '"11-1" = "1-1"')
    told = district.run("handup", str(its_form), "--period", "2023-06", "--dry-run")

    assert "[handup] 中的 11-1 不在这份表里" in told.err


def test_a_ledger_that_changed_since_does_not_change_what_was_published(district, its_form):
    """核定 and a new measure after the edition belong to the next one."""
    publish(district)
    district.write_in_ledger("2-1", "计量单位", "千人")
    assert district.run("ledger").code == 1  # in force; what was reported in 人 is to be looked at
    config = district.root / "workplan.toml"
    text = config.read_text(encoding="utf-8").replace("[handup]", '[handup]\n"1-1" = ["1-1", "2-1"]')
    config.write_text(text, "utf-8")
    told = district.run("handup", str(its_form), "--period", "2023-06", "--json", "--dry-run")

    assert {row["row"]: row["value"] for row in told.data["rows"]}["1-1"] == "29"


def test_what_the_office_decided_says_so_beside_the_figure(district, its_form):
    """核定 before the edition: the higher plan's office sees that it is not the unit's own figure."""
    district.type_in_ledger(
        核定_A2="2-1", 核定_B2="2023-06", 核定_C2=7, 核定_F2="李主任", 核定_G2="一人未到岗"
    )
    assert district.run("ledger").code == 0
    asked(district, its_form, '"1-1" = ["1-1", "2-1"]')
    told = district.run("handup", str(its_form), "--period", "2023-06", "--json").data
    sheet = openpyxl.load_workbook(district.root / told["form"]).worksheets[0]
    accounts = [str(cell.value) for row in sheet.iter_rows() for cell in row if "依据本级" in str(cell.value)]

    assert told["rows"][0]["value"] == "28"
    assert accounts[0].endswith("1-1 引进博士 21 ＋ 2-1 引进外国专家 7（核定）。")


def test_a_file_that_was_confirmed_after_the_edition_is_no_published_figure(district, its_form):
    """Its receipt was before the edition, the decision after it: publish again first."""
    drop_bare_table(district, "科技局", {"2-1": 11})
    district.run("collect", "--settle", "0", "--as-of", "2023-06-28T10:00")
    publish(district)
    district.run("confirm", "来表.xlsx", "--unit", "科技局", "--period", "2023-06")
    told = district.run("handup", str(its_form), "--period", "2023-06", "--dry-run")
    publish(district)
    again = district.run("handup", str(its_form), "--period", "2023-06", "--dry-run")

    assert (told.code, again.code) == (2, 1)
    assert "2023-06 第 1 版通报之后数字有变动" in told.err


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
