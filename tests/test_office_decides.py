"""What the office decides in ledger.xlsx, and what then happens to forms, figures and problems; by commands."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from office import fill

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
JUNE_27 = ("--settle", "0", "--as-of", "2023-06-27T10:00")


def collect(office, *when: str):
    told = office.run("collect", "--json", *(when or JUNE_27))
    return [
        (each["outcome"], [finding["code"] for finding in each["findings"]]) for each in told.data["files"]
    ]


def figures(office, period="2023-06"):
    told = office.run("figures", "--period", period, "--json").data
    return {each["target"]: each for each in told}


def write(office, **cells: object) -> None:
    """Type into ledger.xlsx as the coordinator would: 核定_A2="1-1"."""
    office.type_in_ledger(**cells)


def column(office, sheet: str, header: str) -> str:
    """The letter of a column of ledger.xlsx."""
    cells = next(openpyxl.load_workbook(office.root / "ledger.xlsx")[sheet].iter_rows(max_row=1))
    return next(cell.column_letter for cell in cells if cell.value == header)


def row_of(office, sheet: str, code: str) -> int:
    """The row of ledger.xlsx whose first cell is the code."""
    rows = openpyxl.load_workbook(office.root / "ledger.xlsx")[sheet].iter_rows(max_col=1)
    return next(row[0].row for row in rows if row[0].value == code)


def ledger(office):
    told = office.run("ledger", "--json")
    return told.code, [finding["code"] for finding in told.data["findings"] if finding["code"] != "L150"]


def problems(office):
    """Number, difficulty, state and answer of every row of 问题清单."""
    sheet = openpyxl.load_workbook(office.root / "ledger.xlsx")["问题清单"]
    return [
        (row[0], row[3], row[5], row[7]) for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]
    ]


def test_a_problem_from_the_form_to_its_closing(office):
    """Raised in June, answered, reported done in July, struck off by the office; then an answer too many."""
    office.drop(
        "商务.xlsx",
        office.form("区商务局"),
        RIGHT | {"1-1:存在问题": "用地不足", "1-1:需协调事项": "请安排指标"},
    )
    assert collect(office)[0][0] == "accepted"
    assert problems(office) == [("2023-06/1-1", "用地不足", "新增", None)]

    write(
        office,
        问题清单_H2="已列入供地计划",
        问题清单_I2="自然资源局",
        问题清单_J2=date(2023, 7, 20),
        问题清单_L2="王科",
    )
    assert ledger(office) == (0, [])
    assert problems(office)[0][2:] == (
        "协调中·逾期",
        "已列入供地计划",
    )  # by the clock of today it is long due

    office.run("templates", "--period", "2023-07", "--as-of", "2023-07-03")
    done = RIGHT | {"1-1": 17, "1-1:存在问题": "已解决", "1-1:需协调事项": None}
    office.drop("商务7.xlsx", office.form("区商务局", "2023-07"), done)
    assert collect(office, "--settle", "0", "--as-of", "2023-07-27T10:00")[0][0] == "accepted"
    assert problems(office)[0][2] == "已解决"

    write(office, 问题清单_K2=date(2023, 8, 1))
    assert ledger(office) == (0, [])
    assert problems(office)[0][2] == "已销号"
    write(office, 问题清单_H2="再研究")
    assert ledger(office) == (0, ["L161"])


def test_an_answer_to_a_problem_that_does_not_exist_stops_the_ledger(office):
    """A number that was mistyped."""
    write(office, 问题清单_A2="2023-06/9-9", 问题清单_H2="研究")

    assert ledger(office) == (1, ["L160"])


def test_a_review_holds_in_place_of_the_figure_and_is_shown_with_it(office):
    """核定: value, who, why and what was reported, wherever the figure is told; history by the ledger."""
    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    collect(office)
    write(
        office,
        核定_A2="1-1",
        核定_B2="2023-06",
        核定_C2=14,
        核定_F2="李主任",
        核定_G2="两个未开工",
        核定_H2=date(2023, 7, 2),
    )
    told = office.run("ledger")

    assert "核定 1-1" in told.err
    reviewed = figures(office)["1-1"]
    assert (reviewed["value"], reviewed["source"]["file"]) == ("14", "商务.xlsx")
    assert reviewed["reviewed"] == {
        "who": "李主任", "why": "两个未开工", "on": "2023-07-02", "light": None, "reported": "16", "reported_status": None,
    }  # fmt: skip
    report = office.run("report", "--period", "2023-06", "--as-of", "2023-07-03", "--json").data
    (target,) = [each for task in report["tasks"] for each in task["targets"] if each["target"] == "1-1"]
    assert target["value"] == "14"
    assert target["reason"].endswith("核定：李主任 2023-07-02，两个未开工（原为 16个）")


def test_a_light_that_was_decided_is_shown_with_who_and_why(office):
    """核定灯 of a target, and of a task as a whole."""
    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    collect(office)
    signed = {"核定_F2": "李主任", "核定_G2": "督查发现", "核定_F3": "李主任", "核定_G3": "会议决定"}
    write(
        office,
        核定_A2="1-1",
        核定_B2="2023-06",
        核定_E2="红灯",
        核定_A3="3",
        核定_B3="2023-06",
        核定_E3="黄灯",
        **signed,
    )
    report = office.run("report", "--period", "2023-06", "--as-of", "2023-07-03", "--json").data
    tasks = {each["task"]: each for each in report["tasks"]}

    assert (tasks["1"]["state"], tasks["3"]["state"]) == ("红灯", "黄灯")
    assert "督查发现（原为 绿灯）" in tasks["1"]["targets"][0]["reason"]


def test_a_waived_rule_lets_the_form_in_with_a_note(office):
    """Q401 waived for one unit."""
    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    collect(office)
    office.run("templates", "--period", "2023-07", "--as-of", "2023-07-03")
    write(office, 规则豁免_A2="q401", 规则豁免_B2="区商务局", 规则豁免_E2="李主任", 规则豁免_F2="口径调整")
    assert ledger(office) == (0, [])
    office.drop("少了.xlsx", office.form("区商务局", "2023-07"), RIGHT | {"1-1": 15})

    assert collect(office, "--settle", "0", "--as-of", "2023-07-27T10:00") == [
        ("accepted", ["Q401", "N402", "N403"])
    ]


def test_a_published_period_is_closed_restated_and_can_be_reopened_for_one_unit(office):
    """What comes later changes nothing published; the next edition says what changed and why."""
    from workplan_xlsx.steps.following import restatements_of
    from workplan_xlsx.steps.workspace import open_office

    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    collect(office)
    office.run("report", "--period", "2023-06", "--as-of", "2023-07-03")
    published = next((office.root / "outbox" / "2023-06").glob("排名通报*第1版.xlsx")).read_bytes()
    office.drop("更正.xlsx", office.form("区商务局"), RIGHT | {"1-1": 15})
    late = collect(office, "--settle", "0", "--as-of", "2023-07-04T09:00")
    status = office.run("status", "--period", "2023-06", "--json").data["units"]
    with open_office(office.root, now=None, lang="zh") as opened:
        told = restatements_of(opened, opened.ledger(), opened.now)

    assert late == [("accepted", ["N402", "N403", "N416"])]
    assert {each["unit"]: each["period_state"] for each in status}["区商务局"] == "closed"
    assert [(each.target.code, str(each.published), str(each.value), each.edition) for each in told] == [
        ("1-1", "16", "15", 1)
    ]
    assert next((office.root / "outbox" / "2023-06").glob("排名通报*第1版.xlsx")).read_bytes() == published

    write(office, 期次重开_A2="2023-06", 期次重开_B2="区商务局", 期次重开_C2="李主任", 期次重开_D2="更正笔误")
    assert ledger(office) == (0, [])
    office.drop("再更正.xlsx", office.form("区商务局"), RIGHT | {"1-1": 14})
    assert collect(office, "--settle", "0", "--as-of", "2023-07-05T09:00") == [("accepted", ["N402", "N403"])]
    status = office.run("status", "--period", "2023-06", "--json").data["units"]
    assert {each["unit"]: each["period_state"] for each in status}["区商务局"] == "reopened"


def test_own_rules_are_asked_and_a_mistake_in_them_stops_nothing(office):
    """rules.py of the workspace, named by workplan.toml."""
    toml = office.root / "workplan.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('own = ""', 'own = "rules.py"'), encoding="utf-8"
    )
    (office.root / "rules.py").write_text(
        "from workplan_xlsx.rules import rule\n\n"
        "@rule('至少20个', severity='error')\n"
        "def twenty(row):\n"
        "    if row.target.code == '1-1' and row.value < 20:\n"
        "        yield f'只有 {row.value} 个，要求不少于 20 个。'\n\n"
        "@rule('坏了')\n"
        "def broken(row):\n"
        "    return row.nonsense\n",
        encoding="utf-8",
    )
    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    told = office.run("collect", "--json", *JUNE_27).data["files"][0]
    messages = {each["code"]: each["message"] for each in told["findings"]}

    assert told["outcome"] == "returned"
    assert messages["E901"] == "只有 16 个，要求不少于 20 个。（本单位规则“至少20个”）"
    assert "rules.py:10" in messages["N904"]
    (office.root / "rules.py").write_text("def broken(:\n", encoding="utf-8")
    office.drop("商务2.xlsx", office.form("区商务局"), RIGHT | {"1-1": 17})
    again = office.run("collect", "--json", *JUNE_27).data["files"][0]
    assert again["outcome"] == "accepted"
    assert "rules.py:1：SyntaxError" in next(
        each["message"] for each in again["findings"] if each["code"] == "N904"
    )


OWN_RULE = """from workplan_xlsx.rules import rule

@rule({name})
def thirty(row):
    if row.target.code == "1-1" and row.value < 30:
        yield "请核对。"
"""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("不得少于30家", []),
        ("Q401", []),
        ("不少于30家", ["没有规则“不少于30家”，是不是“不得少于30家”？请改正，或删除这一行。"]),
        ("同比下降", ["没有规则“同比下降”。请写规则代码（例如 Q401；运行 workplan explain 查看全部），自定规则写它的名称。"]),
        ("Q4111", ["没有规则“Q4111”，是不是“Q411”？请改正，或删除这一行。"]),
        ("N310", ["规则“N310”本来就不会使报表退回，豁免它没有作用。请核对规则代码，或删除这一行。"]),
    ],
)  # fmt: skip
def test_a_waiver_of_a_rule_that_is_not_there_is_told_with_the_one_that_was_meant(office, written, told):
    """A slip would spare nobody, in silence, while the ranking says that it does."""
    toml = office.root / "workplan.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('own = ""', 'own = "rules.py"'), encoding="utf-8"
    )
    (office.root / "rules.py").write_text(OWN_RULE.format(name='"不得少于30家"'), encoding="utf-8")
    write(office, 规则豁免_A2=written, 规则豁免_E2="李主任", 规则豁免_F2="试点")
    said = office.run("ledger", "--json")

    assert [each["message"] for each in said.data["findings"] if each["sheet"] == "规则豁免"] == told


def test_without_own_rules_a_waived_name_is_told_and_where_only_running_tells_it_is_taken(office):
    """rules.py puts its names together: whether that is one of them is not known here."""
    write(office, 规则豁免_A2="不得少于30家", 规则豁免_E2="李主任", 规则豁免_F2="试点")
    assert ledger(office) == (1, ["L158"])
    toml = office.root / "workplan.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('own = ""', 'own = "rules.py"'), encoding="utf-8"
    )
    (office.root / "rules.py").write_text(OWN_RULE.format(name='f"不得少于{30}家"'), encoding="utf-8")
    assert ledger(office) == (0, [])


def test_a_form_that_goes_back_counts_in_part_only_where_that_was_asked_for(office):
    """partial = "merge": its clean rows count meanwhile, marked; by default nothing does."""
    wrong = RIGHT | {"1-1": "约16个"}
    office.drop("商务.xlsx", office.form("区商务局"), wrong)
    assert collect(office)[0][0] == "returned"
    assert figures(office)["1-2"]["value"] is None

    toml = office.root / "workplan.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('partial = "hold"', 'partial = "merge"'), encoding="utf-8"
    )
    office.drop("商务2.xlsx", office.form("区商务局"), wrong | {"1-2": 0.7})
    assert collect(office)[0][0] == "returned"
    merged = figures(office)
    assert (merged["1-2"]["value"], merged["1-2"]["provisional"], merged["1-1"]["value"]) == (
        "0.7",
        True,
        None,
    )
    office.drop("商务3.xlsx", office.form("区商务局"), RIGHT)
    collect(office)
    assert (figures(office)["1-2"]["value"], figures(office)["1-2"]["provisional"]) == ("0.6", False)


def test_an_old_form_is_merged_where_its_meaning_is_unchanged(office):
    """The target was raised and reworded in mid-year: a figure to date means the same; it is told and dated."""
    old = office.form("区商务局")
    row = row_of(office, "指标", "1-1")
    write(office, **{f"指标_{column(office, '指标', '目标值')}{row}": 40})
    told = office.run("ledger")
    assert "30 → 40" in told.err
    office.drop("旧表.xlsx", old, RIGHT)

    assert collect(office) == [("accepted", ["N218", "N402", "N403"])]
    assert figures(office)["1-1"]["value"] == "16"


def test_an_old_form_is_asked_about_where_its_meaning_changed(office):
    """Another unit of measure: the row is asked about; an explanation answers."""
    old = office.form("区商务局")
    row = row_of(office, "指标", "1-1")
    write(office, **{f"指标_{column(office, '指标', '计量单位')}{row}": "家"})
    assert ledger(office) == (0, [])
    office.drop("旧表.xlsx", old, RIGHT)
    office.drop("旧表（说明）.xlsx", old, RIGHT | {"1-1:解释说明": "已按新口径"})

    told = office.run("collect", "--json", *JUNE_27).data["files"]
    assert {each["file"]: each["outcome"] for each in told} == {
        "旧表.xlsx": "returned",
        "旧表（说明）.xlsx": "accepted",
    }
    message = next(each["message"] for file in told for each in file["findings"] if each["code"] == "Q219")
    assert message.startswith("“引进亿元以上项目”在本表下发后调整了计量单位（“个”改为“家”）。")


def test_rows_that_were_withdrawn_or_added_in_mid_year(office):
    """A task split: the old row is left out and told, the new one is asked for on the returned form."""
    old = office.form("区商务局")
    on_form = column(office, "指标", "纳入填报")
    row, last = row_of(office, "指标", "1-2"), 40
    write(office, **{f"指标_{on_form}{row}": "否"})
    assert ledger(office) == (0, [])
    office.drop("旧表.xlsx", old, RIGHT)
    assert collect(office) == [("accepted", ["N218", "N220", "N402", "N403"])]

    added = {
        "A": "1-3",
        "B": "1",
        "C": "到位外资",
        column(office, "指标", "目标值"): 20,
        column(office, "指标", "计量单位"): "亿元",
        column(office, "指标", "性质"): "累计",
    }
    write(office, **{f"指标_{letter}{last}": content for letter, content in added.items()})
    assert ledger(office) == (0, [])
    office.drop("旧表2.xlsx", old, RIGHT | {"1-1": 17})
    assert collect(office) == [("returned", ["N218", "E221", "N220", "N402", "N403"])]


def test_a_unit_that_is_renamed_is_asked_about_and_its_old_form_still_counts(office):
    """Without the old name among its other names nobody could tell; with it the old form is the new unit's."""
    old = office.form("区商务局")
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    for name in ("任务", "单位"):
        for row in book[name].iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str) and "区商务局" in cell.value:
                    cell.value = cell.value.replace("区商务局", "区商务和投资局")
    book.save(path)
    assert ledger(office) == (1, ["L163"])
    place = row_of(office, "单位", "区商务和投资局")
    write(office, **{f"单位_{column(office, '单位', '别名')}{place}": "区商务局"})
    assert ledger(office) == (0, [])
    office.drop("旧表.xlsx", old, RIGHT)

    told = office.run("collect", "--json", *JUNE_27).data["files"][0]
    assert (told["outcome"], told["unit"]) == ("accepted", "区商务和投资局")
    assert (figures(office)["1-1"]["unit"], figures(office)["1-1"]["value"]) == ("区商务和投资局", "16")


def test_a_change_that_undoes_the_last_one_is_told(office):
    """Two people edit: an old copy saved over the new one would turn it back in silence."""
    path = office.root / "ledger.xlsx"
    mine = path.read_bytes()
    row = row_of(office, "指标", "1-1")
    write(office, **{f"指标_{column(office, '指标', '目标值')}{row}": 40})
    assert ledger(office) == (0, [])
    path.write_bytes(mine)

    assert ledger(office) == (0, ["L166"])


@pytest.mark.parametrize(("joint", "value"), [("相加", "28"), ("取最小", "12"), ("", "16")])
def test_the_way_of_merging_decides_what_is_asked_and_what_counts(office, joint, value):
    """合并方式 in ledger.xlsx: every lead is asked for its own figure, and the figure is theirs together."""
    row = row_of(office, "指标", "1-1")
    write(office, **{f"指标_{column(office, '指标', '合并方式')}{row}": joint or None})
    assert ledger(office) == (0, [])
    office.run("templates", "--period", "2023-06", "--as-of", "2023-06-02")
    office.drop("商务.xlsx", office.form("区商务局"), RIGHT)
    science = office.form("区科技局")
    path = office.root / "inbox" / "科技.xlsx"
    fill(science, path, {"1-1": 12, "2-1": 20, "2-2": 20})
    told = collect(office)
    status = office.run("status", "--period", "2023-06", "--json").data

    assert [outcome for outcome, _ in told] == ["accepted", "accepted"]
    assert figures(office)["1-1"]["value"] == value
    disagreements = [(each["unit"], each["code"]) for each in status["disagreements"]]
    assert disagreements == ([] if joint == "相加" else [("区商务局", "Q421"), ("区科技局", "Q421")])


def test_a_review_of_a_period_that_has_no_forms_yet_is_told(office):
    """2023-09 for 2023-06 is soon typed; in September it would hold in place of what comes."""
    write(office, 核定_A2="1-1", 核定_B2="2023-09", 核定_C2=14, 核定_F2="李主任", 核定_G2="两个未开工")
    told = office.run("ledger")

    assert told.code == 0
    assert "1-1 的 2023-09 还没有下发填报表；到那一期，这条核定将代替所报数字" in told.err
