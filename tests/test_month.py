"""One month of an office, by the commands as they are typed."""

from __future__ import annotations

import re
import shutil
import sys

import openpyxl
import pytest
from office import fill, run

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
ON_TIME = ("--settle", "0", "--as-of", "2023-06-27T10:00")


def collect(office, *more: str):
    return office.run("collect", "--json", *(more or ON_TIME))


def figures(office) -> dict[str, str | None]:
    told = office.run("figures", "--period", "2023-06", "--json")
    return {each["target"]: each["value"] or each["status"] for each in told.data}


def test_values_come_back_exactly_with_file_sheet_and_cell(office):
    """Filled, renamed, collected: the figure names where it stands."""
    office.drop("最终版(2).xlsx", office.form("区商务局"), RIGHT)
    told = collect(office)
    merged = office.run("figures", "--period", "2023-06", "--json").data

    assert (told.code, [each["outcome"] for each in told.data["files"]]) == (0, ["accepted"])
    assert figures(office) == {
        "1-1": "16",
        "1-2": "0.6",
        "2-1": None,
        "2-2": None,
        "3-1": "推进中",
        "4-1": None,
    }
    source = merged[0]["source"]
    assert (source["file"], source["sheet"], source["version"]) == ("最终版(2).xlsx", "填报", 1)
    filed = next((office.root / "inbox" / "已收").iterdir())
    assert openpyxl.load_workbook(filed)["填报"][source["cell"]].value == 16


def test_a_form_with_a_mistake_is_returned_and_nothing_of_it_counts(office):
    """The finding names the cell; a marked copy lies in outbox; exit code 1 asks for a person."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT | {"1-1": "约20个"})
    told = collect(office)
    (file,) = told.data["files"]

    assert (told.code, file["outcome"], file["unit"]) == (1, "returned", "区商务局")
    errors = [each for each in file["findings"] if each["severity"] == "error"]
    assert [each["code"] for each in errors] == ["E301"]
    assert "填的是“约20个”" in errors[0]["message"]
    assert (office.root / file["marked_copy"]).is_file()
    assert set(figures(office).values()) == {None}


def test_the_marked_copy_corrected_is_accepted_like_any_form(office):
    """The clerk gets his own form back, corrects the cell, sends it again."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT | {"1-1": "约20个"})
    (returned,) = collect(office).data["files"]
    marked = office.root / returned["marked_copy"]
    book = openpyxl.load_workbook(marked)
    assert book.sheetnames[0] == "退回说明"
    sheet = book["填报"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "约20个"]
    cell.value = 20
    book.save(office.root / "inbox" / "改好了.xlsx")
    told = collect(office)

    assert [(each["outcome"], each["version"]) for each in told.data["files"]] == [("accepted", 2)]
    assert (figures(office)["1-1"], figures(office)["1-2"]) == ("20", "0.6")


def test_the_same_file_twice_changes_nothing(office):
    """Same bytes under two names, and again the next day: counted once."""
    first = office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    shutil.copy(first, first.with_name("商务局 - 副本.xlsx"))
    shutil.copy(first, office.root / "again.xlsx")
    told = collect(office)
    before = figures(office)
    shutil.copy(office.root / "again.xlsx", first.with_name("商务局(3).xlsx"))
    again = collect(office)

    assert sorted(each["outcome"] for each in told.data["files"]) == ["accepted", "duplicate"]
    assert [each["outcome"] for each in again.data["files"]] == ["duplicate"]
    assert figures(office) == before


def test_a_corrected_form_supersedes_and_both_stay(office):
    """The latest valid one counts; an invalid resend never displaces it."""
    form = office.form("区商务局")
    office.drop("一.xlsx", form, RIGHT)
    collect(office)
    office.drop("二.xlsx", form, RIGHT | {"1-1": 18})
    collect(office, "--settle", "0", "--as-of", "2023-06-28T09:00")
    office.drop("三.xlsx", form, RIGHT | {"1-1": ""})
    collect(office, "--settle", "0", "--as-of", "2023-06-28T10:00")
    trace = office.run("trace", "--period", "2023-06", "1-1", "--json").data

    assert figures(office)["1-1"] == "18"
    assert [(each["file"], each["outcome"]) for each in trace["submissions"]] == [
        ("一.xlsx", "accepted"),
        ("二.xlsx", "accepted"),
        ("三.xlsx", "returned"),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"3-1": ""}, "E302"),
        ({"1-1": None}, "E302"),
        ({"=E3": "2023年5月"}, "E102"),
        ({"=B3": "区科技局"}, "E102"),
        ({"3-1:序号": "4-1"}, "E204"),
    ],
)
def test_what_must_go_back_goes_back(office, change, code):
    """A missing cell, a wrong period, another unit's name, another unit's row."""
    values = {place: value for place, value in (RIGHT | change).items() if value != "" or place not in RIGHT}
    office.drop("商务局.xlsx", office.form("区商务局"), values)
    (file,) = collect(office).data["files"]

    assert file["outcome"] == "returned"
    assert code in [each["code"] for each in file["findings"]]
    assert file["marked_copy"]


def test_whatever_else_lies_in_the_inbox_gets_one_verdict_each(office):
    """A folder, a lock file, an empty file, a text named .xlsx, a workbook of somebody else: nothing is lost."""
    inbox = office.root / "inbox"
    (inbox / "上报" / "六月").mkdir(parents=True)
    fill(office.form("区商务局"), inbox / "上报" / "六月" / "商务.xlsx", RIGHT)
    (inbox / "~$商务.xlsx").write_bytes(b"\x05user")
    (inbox / "空.xlsx").write_bytes(b"")
    (inbox / "通知.xlsx").write_text("请查收", encoding="utf-8")
    openpyxl.Workbook().save(inbox / "别的.xlsx")
    told = collect(office)
    outcomes = {each["file"]: each["outcome"] for each in told.data["files"]}

    assert told.code == 1
    assert outcomes == {
        "README.md": "ignored",
        "上报/六月/商务.xlsx": "accepted",
        "~$商务.xlsx": "ignored",
        "空.xlsx": "quarantined",
        "通知.xlsx": "quarantined",
        "别的.xlsx": "quarantined",
    } or outcomes == {
        "上报/六月/商务.xlsx": "accepted",
        "~$商务.xlsx": "ignored",
        "空.xlsx": "quarantined",
        "通知.xlsx": "quarantined",
        "别的.xlsx": "quarantined",
    }
    assert len(list((inbox / "未识别").glob("*.xlsx"))) == 3
    assert len(told.data["files"]) == told.data["seen"]


def test_a_dry_run_judges_and_changes_nothing(office):
    """The same list, nothing kept, nothing moved."""
    path = office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    told = collect(office, "--dry-run", *ON_TIME)

    assert [each["outcome"] for each in told.data["files"]] == ["accepted"]
    assert path.exists()
    assert set(figures(office).values()) == {None}
    assert [each["outcome"] for each in collect(office).data["files"]] == ["accepted"]


def test_status_names_who_is_missing_late_and_returned(office):
    """Expected, received, returned, missing, late; exit code 1 while somebody is missing."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    office.drop("人社局.xlsx", office.form("区人社局"), {"4-1": "很多"})
    collect(office, "--settle", "0", "--as-of", "2023-06-29T09:00")
    told = office.run("status", "--json")

    assert told.code == 1
    assert {
        key: told.data[key] for key in ("period", "expected", "received", "returned", "missing", "late")
    } == {
        "period": "2023-06",
        "expected": 3,
        "received": 1,
        "returned": ["区人社局"],
        "missing": ["区科技局"],
        "late": ["区商务局"],
    }
    to_paste = office.run("status").out.partition("可粘贴到工作群：\n")[2]
    assert to_paste.startswith("【催报】2023年6月填报表已过报送时限（6月28日（周三）18:00）。")
    assert to_paste.rstrip().endswith("以下 2 个单位仍未报或待重报，请尽快报送：区科技局、区人社局。")
    asked_at = re.compile(r"\d\d:\d\d，")  # a minute may have passed in between
    assert asked_at.sub("", told.data["reminder"]) == asked_at.sub("", to_paste.rstrip())


def test_the_report_ranks_explains_and_leads_back_to_the_cells(office):
    """Eleven sheets; the missing unit is listed without rank; equal data make no second edition."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    office.drop("人社局.xlsx", office.form("区人社局"), {"4-1": 2000})
    collect(office)
    told = office.run("report", "--period", "2023-06", "--as-of", "2023-07-03", "--json")
    path = office.root / "outbox" / "2023-06" / "排名通报_2023-06_第1版.xlsx"
    first = path.read_bytes()
    again = office.run("report", "--period", "2023-06", "--as-of", "2023-07-04")
    units = {each["unit"]: each for each in told.data["units"]}

    assert openpyxl.load_workbook(path).sheetnames == [
        "排名通报", "红黄灯清单", "任务总表", "单位明细", "报送情况", "问题清单", "多牵头核对", "变动", "说明", "溯源", "测算",
    ]  # fmt: skip
    assert (units["区人社局"]["rank"], units["区人社局"]["total"]) == (1, "100.00")
    assert (units["区科技局"]["rank"], units["区科技局"]["state"]) == (None, "未报")
    # 16/30 of the year against 1/2 due is green; 0.6 of more than 1 is green; 推进中 is 50 against 50
    assert (units["区商务局"]["rank"], units["区商务局"]["tied"]) == (1, True)
    assert "没有变化" in again.err
    assert path.read_bytes() == first
    assert len(list(path.parent.glob("排名通报*"))) == 1


def test_a_correction_makes_the_next_edition_and_keeps_the_first(office):
    """排名通报_第2版 beside 第1版."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    collect(office)
    office.run("report", "--period", "2023-06", "--as-of", "2023-07-03")
    office.drop("更正.xlsx", office.form("区商务局"), RIGHT | {"1-1": 17})
    collect(office, "--settle", "0", "--as-of", "2023-07-04T09:00")
    office.run("report", "--period", "2023-06", "--as-of", "2023-07-05")

    made = sorted(path.name for path in (office.root / "outbox" / "2023-06").glob("排名通报*"))
    assert made == ["排名通报_2023-06_第1版.xlsx", "排名通报_2023-06_第2版.xlsx"]


def test_an_edition_changed_by_hand_is_noticed_and_left_alone(office):
    """The file in outbox/ is no longer what was written: said, and not overwritten."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    collect(office)
    office.run("report", "--period", "2023-06", "--as-of", "2023-07-03")
    path = office.root / "outbox" / "2023-06" / "排名通报_2023-06_第1版.xlsx"
    book = openpyxl.load_workbook(path)
    book["排名通报"]["D5"] = 99
    book.save(path)
    changed = path.read_bytes()
    told = office.run("report", "--period", "2023-06", "--as-of", "2023-07-04")

    assert "第 1 版文件 排名通报_2023-06_第1版.xlsx 与当时生成的不一致" in told.err
    assert path.read_bytes() == changed


def test_a_csv_changed_by_hand_is_noticed_and_a_word_paper_may_be_worked_on(office):
    """The figures beside the workbook are held to what was written; the Word paper is only named."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    collect(office)
    office.run("report", "--period", "2023-06", "--as-of", "2023-07-03")
    folder = office.root / "outbox" / "2023-06"
    quiet = office.run("report", "--period", "2023-06", "--as-of", "2023-07-04")
    for name in ("指标_2023-06_第1版.csv", "数据_2023-06_第1版.json", "通报_2023-06_第1版.docx"):
        (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    told = office.run("report", "--period", "2023-06", "--as-of", "2023-07-04")

    assert "第1版" not in quiet.err.replace("第1版.xlsx", "")
    for name in ("指标_2023-06_第1版.csv", "数据_2023-06_第1版.json"):
        assert f"第 1 版文件 {name} 与当时生成的不一致" in told.err
    assert "第 1 版的 通报_2023-06_第1版.docx 生成后修改过" in told.err
    assert (folder / "指标_2023-06_第1版.csv").read_bytes().endswith(b" ")


def test_without_the_extra_for_word_the_workbook_comes_and_the_command_is_told(office, monkeypatch):
    """One sentence; CSV and JSON are there all the same."""
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "docxtpl" else sys)
    told = office.run("report", "--period", "2023-06", "--as-of", "2023-07-03")
    made = sorted(path.suffix for path in (office.root / "outbox" / "2023-06").iterdir())

    assert 'pip install "workplan-xlsx[bulletin]"' in told.err
    assert made == [".csv", ".csv", ".json", ".xlsx"]


def test_a_report_with_no_submission_at_all_still_comes_and_says_so(office):
    """Everything is 未报; no rank, no division by zero."""
    told = office.run("report", "--period", "2023-06", "--as-of", "2023-07-03", "--json")

    assert {each["state"] for each in told.data["units"]} == {"未报"}
    assert "没有收到任何合格报表" in told.data["warnings"][0]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("templates", "--period", "2024-06"), 2, "不是本计划的填报期"),
        (("templates", "--period", "六月"), 2, "不是本计划的填报期"),
        (("templates", "--period", "2023-06", "--unit", "区文旅局"), 2, "没有牵头任务的单位"),
        (("colect",), 2, "是否为 collect？"),
        (("figures",), 2, "缺少"),
        (("explain", "E999"), 2, "没有问题代码"),
        (("trace", "--period", "2023-06", "9-9"), 2, "没有序号"),
        (("report", "--period", "2023-06", "--as-of", "明天"), 2, "不是日期或时刻"),
        (("collect", "--settel", "0"), 2, "没有选项"),
    ],
)
def test_what_is_asked_wrongly_gets_one_sentence(office, arguments, code, said):
    """Usage is exit code 2, with what was probably meant; never a traceback."""
    told = office.run(*arguments)

    assert (told.code, told.out) == (code, "")
    assert said in told.err
    assert "Traceback" not in told.err


def test_a_folder_that_is_no_workspace_and_one_that_is_already(office, tmp_path, capsys):
    """Nothing is overwritten."""
    notice = str(tmp_path / "通知.txt")

    assert "workplan init" in run(capsys, "-C", str(tmp_path / "nowhere"), "status").err
    told = run(capsys, "init", notice, str(office.root))
    assert (told.code, "已经是工作目录" in told.err) == (2, True)


def test_an_unreachable_inbox_is_not_an_empty_one(office):
    """The share is gone: said, exit code 3."""
    shutil.rmtree(office.root / "inbox")
    told = office.run("collect", "--settle", "0")

    assert (told.code, "这不等于没有收到报表" in told.err) == (3, True)


def test_english_throughout(office):
    """--lang en: forms with English wordings, and they come back."""
    office.run("--lang", "en", "templates", "--period", "2023-07", "--as-of", "2023-07-03")
    form = next((office.root / "templates" / "2023-07").glob("*区人社局*form.xlsx"))
    book = openpyxl.load_workbook(form)
    sheet = book["Form"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "4-1")
    header = next(row for row in sheet.iter_rows() if row[0].value == "No.")
    column = next(cell.column for cell in header if cell.value == "Actual to date")
    sheet.cell(row[0].row, column).value = 2345
    book.save(office.root / "inbox" / "hr.xlsx")
    told = office.run("--lang", "en", "collect", "--json", "--settle", "0", "--as-of", "2023-07-20")

    assert [each["outcome"] for each in told.data["files"]] == ["accepted"]
    merged = office.run("figures", "--period", "2023-07", "--json").data
    assert [each["value"] for each in merged if each["target"] == "4-1"] == ["2345"]
