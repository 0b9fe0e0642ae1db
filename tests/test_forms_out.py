"""What `templates` puts into a period's folder: forms, notes, the index; and what it does when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys

import openpyxl
import pytest
from bad_readers import no_reader_starts
from office import NOTICE, SmallOffice, fill, header_of, run

from workplan_xlsx.books.whole_file import side_path

JUNE = ("templates", "--period", "2023-06", "--as-of")


def folder(office, period="2023-06"):
    return office.root / "templates" / period


def index_of(office, period="2023-06"):
    book = openpyxl.load_workbook(folder(office, period) / f"00_发放清单_{period}.xlsx")
    return book.worksheets[0]


def lines(sheet):
    """The index as a reader sees it: one line a unit, by header."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "单位" in row)
    return [
        dict(zip(head, row, strict=True)) for row in rows[rows.index(head) + 1 :] if isinstance(row[0], int)
    ]


def change_ledger(office, target: str, header: str, value):
    """The coordinator changes one cell of 指标 in ledger.xlsx."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["指标"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == header for cell in row))
    places = {cell.value: cell.column for cell in head}
    code = next(places[name] for name in ("指标编码", "编码", "序号") if name in places)
    row = next(row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, code).value) == target)
    sheet.cell(row, places[header]).value = value
    book.save(path)


def test_the_index_names_every_unit_its_file_its_note_and_who_gets_none(office):
    """Who gets which file, how much is in it, whether it was sent."""
    sheet = index_of(office)
    told = lines(sheet)

    assert [(each["单位"], each["文件"], each["附言"]) for each in told] == [
        ("区商务局", "01_区商务局_2023-06_填报表.xlsx", "打开"),
        ("区科技局", "02_区科技局_2023-06_填报表.xlsx", "打开"),
        ("区人社局", "03_区人社局_2023-06_填报表.xlsx", "打开"),
    ]
    assert [(each["任务数"], each["指标数"], each["口径指标数"]) for each in told] == [
        (2, 3, 3),
        (2, 4, 2),
        (1, 1, 1),
    ]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.hyperlink:
                assert (folder(office) / (cell.hyperlink.target or cell.hyperlink.location)).is_file()


def test_every_form_has_a_note_ready_to_be_pasted(office):
    """What is attached, by when, how to send it back."""
    text = (folder(office) / "附言" / "02_区科技局_2023-06_填报表.txt").read_text(encoding="utf-8-sig")

    assert text == (
        "区科技局：您好！\n"
        "附上“示范区2023年重点工作任务”2023年6月填报表（02_区科技局_2023-06_填报表.xlsx），共 2 项任务、4 行，"
        "其中由贵单位填数字或状态的 2 行。\n"
        "请于2023年6月28日（星期三）18:00前填好发回。直接在表里填，填好保存、把文件发回即可，文件名不用改；"
        "填报要求见表内“填报说明”。没有进展也请按时报送。\n"
        "示范区人民政府办公室\n"
    )


def test_what_the_coordinator_marked_as_sent_stays_marked(office):
    """The index is written anew with every run; his column is his."""
    path = folder(office) / "00_发放清单_2023-06.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "已发送" for cell in row))
    sent = next(cell.column for cell in head if cell.value == "已发送")
    sheet.cell(head[0].row + 1, sent).value = "是"
    book.save(path)
    office.run(*JUNE, "2023-06-02")

    assert [each["已发送"] for each in lines(index_of(office))] == ["是", "", ""]


def test_after_a_change_of_the_ledger_form_note_and_index_say_what_changed(office):
    """The target was raised: the unit reads it, the coordinator sees whom to send again; the others are left alone."""
    path = folder(office) / "00_发放清单_2023-06.xlsx"
    old = office.form("区商务局").read_bytes()
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "已发送" for cell in row))
    for row in range(head[0].row + 1, head[0].row + 4):
        sheet.cell(row, head[-1].column).value = "是"
    book.save(path)
    change_ledger(office, "1-1", "目标值", 36)
    assert office.run(*JUNE, "2023-06-05").code == 0
    book = openpyxl.load_workbook(office.form("区商务局"))
    told = {each["单位"]: (each["与上次发出的表相比"], each["已发送"]) for each in lines(index_of(office))}
    note = (folder(office) / "附言" / "01_区商务局_2023-06_填报表.txt").read_text(encoding="utf-8-sig")
    change = "1-1 引进亿元以上项目：年度目标由“30”改为“36”。"

    assert office.form("区商务局").read_bytes() != old
    assert change in book["填报说明"]["B2"].value
    assert book["填报"]["M5"].value == "本表的内容与上次发出的有变化，请先看“填报说明”第一项。"
    assert told["区商务局"] == (change, "需重发")
    assert told["区人社局"] == ("", "是")
    assert f"与上次发出的表相比，有这些变化：\n· {change}" in note


def test_a_form_of_the_old_wording_is_still_taken_in(office):
    """It was sent out before the ledger changed; what did not change its meaning counts."""
    old = office.form("区人社局")
    kept = office.root / "old.xlsx"
    kept.write_bytes(old.read_bytes())
    change_ledger(office, "1-1", "目标值", 36)
    office.run(*JUNE, "2023-06-05")
    fill(kept, office.root / "inbox" / "人社局.xlsx", {"4-1": 2000})
    told = office.run("collect", "--json", "--settle", "0", "--as-of", "2023-06-27T10:00")

    assert [each["outcome"] for each in told.data["files"]] == ["accepted"]


def test_made_again_without_a_change_nothing_differs(office):
    """Equal input, equal bytes: forms, notes and index."""
    before = {path: path.read_bytes() for path in folder(office).rglob("*") if path.is_file()}
    office.run(*JUNE, "2023-06-20")

    assert {path: path.read_bytes() for path in folder(office).rglob("*") if path.is_file()} == before
    assert len(before) == 7


def test_two_processes_make_the_same_files_as_one(office):
    """Shared out or not."""
    alone = {path.name: path.read_bytes() for path in folder(office).rglob("*") if path.is_file()}
    assert office.run(*JUNE, "2023-06-01", "--jobs", "2").code == 0

    assert {path.name: path.read_bytes() for path in folder(office).rglob("*") if path.is_file()} == alone


def test_what_a_unit_raised_comes_back_in_its_next_form(office):
    """The problem stands in its cells already; the line below waits for the office's answer."""
    values = {
        "1-1": 16,
        "1-2": 0.6,
        "3-1": "推进中",
        "1-1:存在问题": "用地手续较慢。",
        "1-1:需协调事项": "请协调。",
    }
    office.drop("商务局.xlsx", office.form("区商务局"), values)
    office.run("collect", "--settle", "0", "--as-of", "2023-06-27T10:00")
    office.run("templates", "--period", "2023-07", "--as-of", "2023-07-03")
    sheet = openpyxl.load_workbook(office.form("区商务局", "2023-07")).worksheets[0]
    head, columns = header_of(sheet)
    row = next(row for row in range(head, sheet.max_row) if sheet.cell(row, 1).value == "1-1")

    assert sheet.cell(row, columns["存在问题"]).value == "用地手续较慢。"
    assert sheet.cell(row, columns["需协调事项"]).value == "请协调。"
    assert sheet.cell(row, columns["上期累计"]).value == 16
    assert sheet.cell(row + 1, 1).value == (
        "↳ 上报过的问题（2023-06/1-1，2023年6月提出，新增）：用地手续较慢。　需协调：请协调。　尚未答复。"
    )


@pytest.fixture
def blocked(office):
    """Where one unit's form should go there is a folder; as with a file that another program holds open."""
    path = office.form("区科技局")
    path.unlink()
    (path / "x").mkdir(parents=True)
    return office


def test_one_form_that_cannot_be_written_stops_no_other(blocked):
    """A plain sentence for that one, exit code 1; the others are new."""
    change_ledger(blocked, "4-1", "目标值", 5000)
    told = blocked.run(*JUNE, "2023-06-05")
    sheet = openpyxl.load_workbook(blocked.form("区人社局")).worksheets[0]

    assert told.code == 1
    assert "× 区科技局" in told.err
    assert "Traceback" not in told.err
    assert 5000 in [cell.value for row in sheet.iter_rows() for cell in row]
    assert not side_path(folder(blocked) / "02_区科技局_2023-06_填报表.xlsx").exists()


def test_a_folder_in_which_nothing_can_be_written_is_a_failure(office):
    """A file stands where the folder should be: every form is named, exit code 3, nothing recorded as sent."""
    (office.root / "templates" / "2023-08").write_text("x", encoding="utf-8")
    told = office.run("templates", "--period", "2023-08", "--as-of", "2023-08-01")

    assert told.code == 3
    assert told.err.count("×") == 3
    assert "Traceback" not in told.err


def test_an_index_that_is_open_elsewhere_loses_no_form(office):
    """The forms are there; the index is named as the one thing that failed."""
    path = folder(office) / "00_发放清单_2023-06.xlsx"
    path.unlink()
    (path / "x").mkdir(parents=True)
    told = office.run(*JUNE, "2023-06-05")

    assert told.code == 1
    assert "× 发放清单" in told.err


def test_a_unit_without_a_task_is_said_so(office):
    """It gets no form; asked for by name the sentence says so; the index lists it below the table."""
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["单位"]
    row = next(row for row in range(2, sheet.max_row + 2) if not sheet.cell(row, 1).value)
    sheet.cell(row, 1).value = "区文旅局"
    book.save(path)
    told = office.run("templates", "--period", "2023-06", "--unit", "区文旅局", "--as-of", "2023-06-05")
    office.run(*JUNE, "2023-06-05")
    below = [cell.value for row in index_of(office).iter_rows() for cell in row if cell.value]

    assert (told.code, "没有牵头任务的单位" in told.err) == (2, True)
    assert "下列单位没有牵头任务，不发填报表：区文旅局。" in below


def test_long_names_make_files_that_can_be_told_apart(tmp_path, capsys):
    """Two units of 80 characters with the same beginning."""
    names = ["区" + "长" * 77 + "甲局", "区" + "长" * 77 + "乙局"]
    notice = tmp_path / "通知.txt"
    text = NOTICE.replace("区商务局", names[0]).replace("区人社局", names[1])
    notice.write_text(text, encoding="utf-8")
    office = SmallOffice(tmp_path / "ws", capsys)
    office.run("init", str(notice), str(office.root))
    told = office.run("templates", "--period", "2023-06", "--as-of", "2023-06-01")
    made = sorted(each.name for each in folder(office).glob("*填报表.xlsx"))
    heads = {openpyxl.load_workbook(folder(office) / name).worksheets[0]["B3"].value for name in made}

    assert told.code == 0
    assert len(made) == 3
    assert heads == {*names, "区科技局"}


def test_a_period_outside_the_plan_makes_nothing(office):
    """One sentence with the plan's periods."""
    told = office.run("templates", "--period", "2024-01")

    assert told.code == 2
    assert not (office.root / "templates" / "2024-01").exists()


@pytest.mark.skipif(os.name == "nt", reason="elsewhere no server forks processes")
def test_where_no_process_can_be_started_all_forms_are_made_here(office):
    """A security program ends whatever is started: it takes longer, and nothing is missing."""
    for path in folder(office).glob("*.xlsx"):
        path.unlink()
    with no_reader_starts():
        told = office.run(*JUNE, "2023-06-01", "--jobs", "2")

    assert (told.code, "已生成 3 份填报表" in told.err) == (0, True)
    assert len(list(folder(office).glob("0[1-3]_*.xlsx"))) == 3


@pytest.mark.parametrize("mark", ["~$ledger.xlsx", ".~lock.ledger.xlsx#"], ids=["Excel, WPS", "LibreOffice"])
def test_a_ledger_that_somebody_has_open_counts_as_it_is_saved_and_that_is_told(office, mark):
    """By whatever is built on it, and by the doctor; nobody is stopped: the mark may be an old one."""
    (office.root / mark).write_bytes(b"")
    told = [
        office.run(*command)
        for command in ((*JUNE, "2023-06-01"), ("report", "--period", "2023-06"), ("ledger",))
    ]
    looked = {each["told"] for each in office.run("doctor", "--json").data if each["what"] == "ledger.xlsx"}

    assert [each.code for each in told] == [0, 1, 0]
    assert all("！ledger.xlsx 正在被打开" in each.err for each in told)
    assert any(each.startswith("ledger.xlsx 正在被打开") for each in looked)


def test_a_ledger_that_was_renamed_is_missed_by_whatever_is_built_on_it(office):
    """The ledger in force holds, as before; but not without a word."""
    (office.root / "ledger.xlsx").rename(office.root / "台账（改）.xlsx")
    for command in ((*JUNE, "2023-06-01"), ("report", "--period", "2023-06")):
        assert (
            "！没有 ledger.xlsx，按已生效的台账执行；如已改名或移走，请放回工作目录后再做一次。"
            in office.run(*command).err
        )


THIRTY_UNITS = "一二三四五六七八九甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_where_few_files_may_be_open_the_forms_are_made_all_the_same(tmp_path, capsys):
    """They come to the disk some at a time, not all thirty at once."""
    items = (
        f"{n}.第{unit}项工作。建成项目{n}个。（牵头单位：区{unit}局）"
        for n, unit in enumerate(THIRTY_UNITS, 1)
    )
    notice, root = tmp_path / "通知.txt", tmp_path / "ws"
    notice.write_text("\n".join([*NOTICE.splitlines()[:4], "一、产业发展", *items]), encoding="utf-8")
    assert run(capsys, "init", str(notice), str(root)).code == 0
    command = f"ulimit -n 24; exec {sys.executable} -m workplan_xlsx -C {root} templates --period 2023-06"
    told = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=120, check=False)

    assert (told.returncode, "Traceback" in told.stderr) == (0, False)
    assert "已生成 30 份填报表" in told.stdout + told.stderr
