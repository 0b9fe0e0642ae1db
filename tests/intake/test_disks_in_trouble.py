"""Full disks, read-only folders, files in use, shares that vanish: one sentence, and the next run makes up.

Real disks in trouble, and real commands. After each trouble a run without it must leave everything as if
nothing had happened: every form kept once, answered once, its figures there, its original filed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from disks import in_use, read_only, share, small_disk, unmount
from office import NOTICE, SmallOffice, fill

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
AT_ONCE = ("--settle", "0", "--as-of", "2023-06-27T10:00")
PATIENCE_SECONDS = 60  # for a busy machine; on an idle one each wait is about one
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(os.name == "nt", reason="these disks are made with mount")


@pytest.fixture
def on_small_disk(office, tmp_path, capsys):
    """The same office, on a disk of 6 MB."""
    with small_disk(tmp_path / "小盘", 6 * 1024) as disk:
        shutil.copytree(office.root, disk / "ws")
        yield SmallOffice(disk / "ws", capsys)


def three_forms(office) -> None:
    """A right one, one with a mistake, and something else."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT | {"1-1:存在问题": "用地指标不足"})
    office.drop("人社局.xlsx", office.form("区人社局"), {"4-1": "约2000人"})
    (office.root / "inbox" / "通知.xlsx").write_text("请查收", encoding="utf-8")


def assert_all_is_well(office) -> None:
    """Each of the three was kept once, answered once and filed once; the figures are there."""
    outbox, inbox = office.root / "outbox" / "2023-06", office.root / "inbox"
    figures = office.run("figures", "--period", "2023-06", "--json").data
    trace = office.run("trace", "--period", "2023-06", "1-1", "--json").data["submissions"]

    assert [each["value"] for each in figures if each["target"] == "1-1"] == ["16"]
    assert [each["outcome"] for each in trace] == ["accepted"]
    assert [path.name for path in outbox.glob("[!.]*")] != []
    assert len(list(outbox.glob("回执_区商务局*.txt"))) == 1
    assert len(list(outbox.glob("退回_区人社局*.xlsx"))) == 1
    assert [path.name for path in outbox.iterdir() if path.name.endswith(".part")] == []
    for folder, suffix in (("已收", "商务局.xlsx"), ("退回", "人社局.xlsx"), ("未识别", "通知.xlsx")):
        assert [path.name.partition("_")[2][13:] for path in (inbox / folder).glob("*.xlsx")] == [suffix]
    assert [path.name for path in inbox.glob("*.xlsx")] == []


def fill_up(disk: Path, *, left_kib: int) -> Path:
    """Leave only so much room on the disk; deleting the file gives it back."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    os.truncate(ballast, max(0, ballast.stat().st_size - left_kib * 1024))
    return ballast


@pytest.mark.parametrize("command", ["init", "demo"])
def test_a_workspace_that_finds_no_room_is_one_sentence_on_the_screen(tmp_path, command):
    """As a process: what was broken off is thrown away at its end, and nothing more is said then."""
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    with small_disk(tmp_path / "小盘", 64) as disk:
        (disk / "fill").write_bytes(b"x" * 64 * 1024)
        arguments = (
            ["init", str(notice), str(disk / "ws")] if command == "init" else ["demo", str(disk / "ws")]
        )
        ran = [sys.executable, "-m", "workplan_xlsx", *arguments]
        told = subprocess.run(ran, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)

    assert told.returncode == 3
    (sentence,) = told.stderr.splitlines()
    assert "磁盘" in sentence


@pytest.mark.parametrize("left_kib", [0, 16, 32, 48, 64, 96, 128])
def test_wherever_the_disk_becomes_full_the_next_run_makes_up_for_it(on_small_disk, left_kib):
    """In the store, in a receipt, in a marked copy, while filing: said in a sentence, nothing lost."""
    office = on_small_disk
    three_forms(office)
    ballast = fill_up(office.root.parent, left_kib=left_kib)
    told = office.run("collect", *AT_ONCE)
    ballast.unlink()

    assert told.code in (1, 3)
    assert "磁盘已满" in told.err
    assert office.run("collect", *AT_ONCE).code in (0, 1)
    assert_all_is_well(office)


@pytest.mark.parametrize("left_kib", [0, 8, 40, 80])
def test_a_report_on_a_full_disk_leaves_the_published_one_and_comes_when_there_is_room(
    on_small_disk, left_kib
):
    """Exit code 3, the earlier edition byte for byte, no half file; then the next edition."""
    office = on_small_disk
    outbox = office.root / "outbox" / "2023-06"
    three_forms(office)
    office.run("collect", *AT_ONCE)
    office.run("report", "--period", "2023-06", "--as-of", "2023-07-03")
    before = {path.name: path.read_bytes() for path in outbox.iterdir()}
    office.drop("更正.xlsx", office.form("区商务局"), RIGHT | {"1-1": 17})
    office.run("collect", "--settle", "0", "--as-of", "2023-07-04T09:00")
    ballast = fill_up(office.root.parent, left_kib=left_kib)
    told = office.run("report", "--period", "2023-06", "--as-of", "2023-07-05")
    after = {path.name: path.read_bytes() for path in outbox.iterdir() if path.name in before}
    ballast.unlink()

    assert (told.code, "磁盘已满" in told.err) == (3, True)
    assert after == before
    assert office.run("report", "--period", "2023-06", "--as-of", "2023-07-05").code == 1  # a unit is missing
    assert sorted(path.name for path in outbox.glob("排名通报*")) == [
        "排名通报_2023-06_第1版.xlsx",
        "排名通报_2023-06_第2版.xlsx",
    ]


@pytest.mark.parametrize("kib", [0, 8, 40, 100])
def test_a_limit_on_the_size_of_files_is_met_like_a_full_disk(office, kib):
    """The same without root: no file may grow beyond some size; a process of its own."""
    import resource

    three_forms(office)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024))

    told = collecting(office.root, preexec_fn=limited)
    _, said = told.communicate(timeout=PATIENCE_SECONDS)

    assert told.returncode in (1, 3), said
    assert "Traceback" not in said
    assert office.run("collect", *AT_ONCE).code in (0, 1)
    assert_all_is_well(office)


def test_an_outbox_that_cannot_be_written_to_keeps_the_forms_waiting(office):
    """The figures count, the answer is owed, the file stays where it is; then it is answered and filed."""
    three_forms(office)
    with read_only(office.root / "outbox"):
        told = office.run("collect", *AT_ONCE)
        lying = sorted(path.name for path in (office.root / "inbox").glob("*.xlsx"))

    assert (told.code, "只读" in told.err) == (1, True)
    assert lying == ["人社局.xlsx", "商务局.xlsx"]
    assert office.run("collect", *AT_ONCE).code in (0, 1)
    assert_all_is_well(office)


def test_an_inbox_that_cannot_be_written_to_is_read_and_known_again(office):
    """A share where the office may only read: each form counts once, however often it is looked at."""
    three_forms(office)
    with read_only(office.root / "inbox"):
        first = office.run("collect", "--json", *AT_ONCE).data["files"]
        again = office.run("collect", "--json", *AT_ONCE).data["files"]
    told = {each["file"]: each["outcome"] for each in first if each["file"].endswith("xlsx")}

    assert told == {"商务局.xlsx": "accepted", "人社局.xlsx": "returned", "通知.xlsx": "quarantined"}
    assert {each["outcome"] for each in again if each["file"].endswith("xlsx")} == {"duplicate"}
    office.run("collect", *AT_ONCE)
    assert_all_is_well(office)


@pytest.mark.parametrize("command", ["collect", "report", "ledger", "templates"])
def test_a_workspace_that_cannot_be_written_to_is_told_in_a_sentence(office, command):
    """Exit code 3 for whatever would change something; nothing was changed."""
    more = ("--period", "2023-06") if command in ("report", "templates") else ()
    with read_only(office.root):
        told = office.run(command, *more)

    assert (told.code, len(told.err.splitlines())) == (3, 1)
    assert "不能写入" in told.err
    assert "请检查该文件夹的权限" in told.err


def test_a_ledger_that_is_open_in_excel_does_not_hold_up_the_forms(office):
    """The forms are taken in; the message says how the problem sheet is made up for when the book is closed."""
    three_forms(office)
    ledger = office.root / "ledger.xlsx"
    before = ledger.read_bytes()
    with in_use(ledger):
        told = office.run("collect", *AT_ONCE)
        assert ledger.read_bytes() == before

    assert told.code == 1
    assert "请保存、关闭后再运行一次 workplan ledger" in told.err
    assert_all_is_well(office)
    office.run("ledger")
    assert ledger.read_bytes() != before


def test_a_form_that_is_open_in_excel_is_not_replaced(office):
    """Sending the forms again: told which file, the file as it was, the others new; then it goes."""
    form = office.form("区商务局")
    before = form.read_bytes()
    again = ("templates", "--period", "2023-06", "--as-of", "2023-06-02")
    with in_use(form):
        told = office.run(*again)
        assert form.read_bytes() == before

    assert told.code == 1
    assert form.name in told.err
    assert "请关闭后重试" in told.err
    assert office.run(*again).code == 0


def test_an_inbox_whose_share_is_not_mounted_is_not_an_empty_one(office, tmp_path):
    """Gone before the run: "cannot be reached" or "may not be mounted", never "nothing came"."""
    elsewhere = tmp_path / "share"
    shutil.copytree(office.root / "inbox", elsewhere)
    shutil.rmtree(office.root / "inbox")
    with share(office.root / "inbox", elsewhere):
        office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
        assert office.run("collect", *AT_ONCE).code == 0
    told = office.run("collect", *AT_ONCE)

    assert (told.code, "这不等于没有收到报表" in told.err) == (3, True)
    with share(office.root / "inbox", elsewhere):
        assert office.run("collect", *AT_ONCE).code == 0


def test_an_inbox_whose_share_goes_in_mid_run_is_told_and_taken_up_later(office, tmp_path):
    """Some forms are in, the others are not: exit code 3, and when the share is back each counts once."""
    elsewhere, count = tmp_path / "share", 120
    shutil.copytree(office.root / "inbox", elsewhere)
    shutil.rmtree(office.root / "inbox")
    fill(office.form("区商务局"), tmp_path / "form.xlsx", RIGHT)
    for number in range(count):
        fill_quickly(tmp_path / "form.xlsx", elsewhere / f"{number:03d}.xlsx", number)
    with share(office.root / "inbox", elsewhere):
        running = collecting(office.root, pausing="first_batch")
        wait_until_it_pauses(running)
        unmount(office.root / "inbox")
        running.send_signal(signal.SIGCONT)
        _, said = running.communicate(timeout=PATIENCE_SECONDS)

    assert (running.returncode, "这不等于没有收到报表" in said) == (3, True)
    assert any(elsewhere.glob("*.xlsx")), "it went before all were taken in"
    with share(office.root / "inbox", elsewhere):
        told = office.run("collect", "--json", *AT_ONCE)
    trace = office.run("trace", "--period", "2023-06", "1-1", "--json").data["submissions"]
    assert told.code == 0
    assert sorted(each["file"] for each in trace) == [f"{number:03d}.xlsx" for number in range(count)]
    assert len(list((elsewhere / "已收").glob("*.xlsx"))) == count


def test_of_two_runs_at_once_the_second_says_who_is_at_work(office):
    """Real processes: exit code 4, with process and machine; the first ends as if alone."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    first = collecting(office.root, pausing="at_work")
    wait_until_it_pauses(first)
    second = collecting(office.root)
    _, said = second.communicate(timeout=PATIENCE_SECONDS)
    first.send_signal(signal.SIGCONT)
    _, first_said = first.communicate(timeout=PATIENCE_SECONDS)

    assert (second.returncode, first.returncode) == (4, 0), first_said
    assert f"进程 {first.pid}" in said
    assert "请等它结束后再试" in said
    assert len(said.splitlines()) == 1


def collecting(root: Path, *, pausing: str = "", **how: object) -> subprocess.Popen[str]:
    """`workplan collect` as a process of its own; with `pausing` it stops itself there once."""
    program = [str(HERE / "pausing_office.py"), pausing] if pausing else ["-m", "workplan_xlsx"]
    command = [sys.executable, *program, "-C", str(root), "collect", *AT_ONCE]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", **how
    )


def wait_until_it_pauses(process: subprocess.Popen[str]) -> None:
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), process.communicate()[1]


def fill_quickly(form: Path, to: Path, number: int) -> None:
    """The same form with other bytes: the number stands in the archive's comment."""
    import zipfile

    shutil.copy(form, to)
    with zipfile.ZipFile(to, "a") as package:
        package.comment = str(number).encode()
