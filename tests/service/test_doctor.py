"""`workplan doctor`: each line, when all is well and when it is not; with what to do, and nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from disks import read_only, small_disk
from founded import RIGHT, Desk, at, give_addresses, settings
from office import SmallOffice
from servers import free_port, odd_server, smtp_server

from workplan_xlsx.doctor import examine, folders, machine
from workplan_xlsx.store.lock import SERVICE_LOCK_FILE, service_lock, workspace_lock

NOW = "2023-06-02T09:00"


@pytest.fixture
def june(desk) -> Desk:
    """The forms of June are out."""
    desk.look("2023-06-01T08:31")
    return desk


def lines(desk: Desk, moment: str = NOW) -> dict[str, str]:
    """What was looked at, and what is told of it with its sign; several lines of one name are joined."""
    told: dict[str, str] = {}
    for each in examine(desk.root, "zh", at(moment)):
        told[each.what] = "\n".join(filter(None, (told.get(each.what), f"{each.state} {each.told}")))
    return told


def test_a_sound_workspace_on_a_sound_machine(june):
    told = lines(june)
    of_the_machine = {"Python", "LibreOffice", "字体", "磁盘"}

    assert told.keys() >= of_the_machine
    assert {what: text for what, text in told.items() if what not in of_the_machine} == {
        "工作目录": f"√ {june.root.resolve()}",
        "工作目录本身": "√ 可以写入",
        "templates": "√ 可以写入",
        "inbox": "√ 可以写入",
        "outbox": "√ 可以写入",
        "占用": "√ 没有别的程序正在使用",
        "自动运行": "√ 现在没有常驻的服务；用定时任务（workplan service print）的属正常",
        "数据文件": "√ 正常；台账 5 项任务、3 个单位",
        "ledger.xlsx": "√ ledger.xlsx 与现行台账一致。",
        "已下发的表": "√ 2023-06 共 3 份，与台账一致",
        "时钟": "√ 2023-06-02 09:00（Asia/Shanghai）",
        "节假日": "√ 2023 年法定安排已收录\n√ 2024 年法定安排已收录",
        "发信": "√ 没有启用收发邮件",
    }


def test_python(june, monkeypatch):
    assert lines(june)["Python"].startswith("√ 版本 3.")
    monkeypatch.setattr(machine.sys, "version_info", (3, 9, 2))
    assert lines(june)["Python"] == "× 版本 3.9.2（需要 3.11 以上）"


def test_libreoffice_and_fonts(june, tmp_path, monkeypatch):
    """As if the one or the other were not installed: the PATH holds only what is put there."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    without = lines(june)
    program(programs / "soffice", "")
    program(programs / "fc-list", "echo 'Noto Sans CJK SC,思源黑体'")
    there = lines(june)
    program(programs / "fc-list", "")

    assert without["LibreOffice"].startswith("！ 未安装")
    assert without["字体"].startswith("！ 查不到本机有哪些字体")
    assert there["LibreOffice"].startswith("√")
    assert there["字体"] == "√ 有中文字体：Noto Sans CJK SC"
    assert lines(june)["字体"].startswith("！ 没有中文字体")


def program(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_disk_that_is_nearly_full(june, tmp_path):
    assert lines(june)["磁盘"].startswith(("√ 剩余", "× 只剩"))
    with small_disk(tmp_path / "small", 8 * 1024) as disk:
        root = Path(shutil.copytree(june.root, disk / "ws"))
        assert lines(Desk(root))["磁盘"].startswith("× 只剩 ")


def test_a_workspace_that_is_none_and_settings_with_a_mistake(june, tmp_path):
    """Every mistake of the file is in the one line; what cannot be done is a line of its own."""
    settings(june.root, rounds={"remind_all": "32日"})
    assert "“32日”这一天永远不会到" in lines(june)["工作目录"]
    text = (june.root / "workplan.toml").read_text(encoding="utf-8")
    (june.root / "workplan.toml").write_text(text.replace("Shanghai", "Shanghei"), encoding="utf-8")

    assert lines(june)["工作目录"].startswith("× workplan.toml 有 1 处需要改正")
    assert "没有这个时区" in lines(june)["工作目录"]
    told = {each.what: each for each in examine(tmp_path / "nowhere", "zh")}
    assert told["工作目录"].state == "×"


def test_folders_that_are_gone_or_cannot_be_written(june):
    """Tried, since root and shares are told otherwise than it is."""
    (june.root / "templates").rename(june.root / "away")
    with read_only(june.root / "inbox"):
        told = lines(june)

    assert told["templates"].startswith("× 缺少文件夹")
    assert told["inbox"].startswith("× ")
    assert "不能写入（Read-only file system）" in told["inbox"]
    assert told["outbox"] == "√ 可以写入"


def test_a_store_in_a_folder_that_cannot_be_written_is_not_called_damaged(june):
    """Replacing it by a backup would be the wrong thing to do: it is whole."""
    with read_only(june.root):
        told = lines(june)["数据文件"]

    assert told.startswith("× 打不开数据文件 ")
    assert "请检查该文件和所在文件夹的权限" in told


def test_a_store_whose_name_is_that_of_a_folder(june):
    text = (june.root / "workplan.toml").read_text(encoding="utf-8")
    (june.root / "workplan.toml").write_text(text.replace('"workplan.db"', '"inbox"'), encoding="utf-8")

    assert "是一个文件夹。请在 workplan.toml 中改为文件名" in lines(june)["数据文件"]


def test_a_share_is_fine_for_the_folders_and_not_for_the_store(june, tmp_path, monkeypatch):
    """The system's list of mounts says that the workspace lies on one."""
    mounts = tmp_path / "mounts"
    place = str(june.root.resolve()).replace(" ", "\\040")
    mounts.write_text(f"disk / ext4 rw 0 0\n//server/share {place} cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(folders, "_MOUNTS", mounts)
    told = lines(june)

    assert told["inbox"].startswith("√ 可以写入（网络共享盘 cifs")
    assert told["数据文件"].startswith("× ")
    assert "网络共享盘" in told["数据文件"]


def test_who_is_at_work(june):
    with workspace_lock(june.root, "collect", at("2023-06-02T08:59"), "zh"):
        assert lines(june)["占用"].endswith("自 2023-06-02 08:59 起在运行 collect；请等它结束。")
        assert lines(june)["占用"].startswith("！")
    with service_lock(june.root, at("2023-06-02T08:00"), "zh"):
        assert lines(june)["自动运行"].startswith("√ 正在 ")


def test_a_service_that_was_killed(june):
    """It left its name in the lock, which the system has given back."""
    (june.root / SERVICE_LOCK_FILE).write_text('{"pid": 4711}', encoding="utf-8")

    assert lines(june)["自动运行"].startswith("！ 上一次没有正常结束")


@pytest.mark.parametrize(
    ("version", "told"), [("0004", "！ 数据文件是旧版本程序建的"), ("9999", "× ")], ids=["older", "newer"]
)
def test_a_store_of_another_version_is_left_as_it_is(june, version, told):
    """Looking at an older one must not bring it up to date; a newer one names the way out."""
    store = june.root / "workplan.db"
    with closing(sqlite3.connect(store)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = ?", (version,))
    line = lines(june)["数据文件"]
    with closing(sqlite3.connect(store)) as other:
        after = other.execute("SELECT version_num FROM alembic_version").fetchone()

    assert line.startswith(told)
    assert "升级" in line
    assert "\n" not in line
    assert after == (version,)


def test_a_store_that_is_gone_or_damaged(june):
    store = june.root / "workplan.db"
    data = store.read_bytes()
    store.unlink()
    assert lines(june)["数据文件"].startswith("× 没有数据文件")
    assert not store.exists()  # looking makes none
    store.write_bytes(data[:4096] + b"\xff" * 8192 + data[12288:])
    assert lines(june)["数据文件"].startswith("× ")
    store.write_bytes(b"PK\x03\x04 no store at all" * 500)
    assert lines(june)["数据文件"].startswith("× ")


def test_a_ledger_that_was_changed_has_mistakes_or_is_gone(june):
    """Forms that are out no longer ask what the ledger in force asks: which units, and what to do."""
    change_target(june.root, "2-1", 50)
    assert lines(june)["ledger.xlsx"].startswith("！ 有 1 处改动尚未生效")
    assert lines(june)["已下发的表"].startswith("√")
    with_change = SmallOffice(june.root, None)
    subprocess.run(
        [sys.executable, "-m", "workplan_xlsx", "-C", str(with_change.root), "ledger"],
        check=True, capture_output=True,
    )  # fmt: skip
    assert lines(june, "2027-01-01T09:00")["已下发的表"] == (
        "！ 2023-06 下发后台账又改过，1 个单位手里的表与台账不一致：区科技局。"
        "请运行 workplan templates --period 2023-06 重新生成并通知。"
    )
    change_target(june.root, "2-1", "五十上下")
    assert lines(june)["ledger.xlsx"].startswith("× 有 1 处需要先改正")
    (june.root / "ledger.xlsx").unlink()
    assert lines(june)["ledger.xlsx"].startswith("！ 没有 ledger.xlsx")


def change_target(root: Path, code: str, value: object) -> None:
    """As the coordinator would, in the sheet of the tasks."""
    book = openpyxl.load_workbook(root / "ledger.xlsx")
    sheet = book["指标"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "目标值" for cell in row))
    columns = {str(cell.value): cell.column for cell in head}
    for line in range(head[0].row + 1, sheet.max_row + 1):
        if sheet.cell(line, columns["指标编码"]).value == code:
            sheet.cell(line, columns["目标值"]).value = value
    book.save(root / "ledger.xlsx")


def test_forms_that_are_no_longer_there(june):
    june.form("区商务局").unlink()

    assert lines(june)["已下发的表"].startswith("！ 2023-06 有 1 份表不在 templates 里了：区商务局。")


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2023-05-20T09:00", "× 本机时钟（2023-05-20 09:00）早于已有记录（2023-06-02 08:31）"),
        ("2026-01-01T09:00", "！ 本机时钟为 2026-01-01 09:00（Asia/Shanghai），不在计划年度 2023 前后"),
    ],
)
def test_a_clock_that_cannot_be_right(june, moment, told):
    june.drop("商务局.xlsx", "区商务局", RIGHT)
    june.look("2023-06-02T08:31")

    assert lines(june, moment)["时钟"].startswith(told)


def test_years_without_a_holiday_table(june):
    text = (june.root / "workplan.toml").read_text(encoding="utf-8")
    (june.root / "workplan.toml").write_text(text.replace("year = 2023", "year = 2026"), encoding="utf-8")
    told = lines(june)["节假日"].splitlines()

    assert told[0] == "√ 2026 年法定安排已收录"
    assert told[1].startswith("！ 2027 年法定安排尚未收录")


def mail(root: Path, port: int, **more: object) -> None:
    outgoing = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    settings(root, mail={**outgoing, "sender": "office@example.invalid", **more})


def test_mail_that_works_and_units_without_address(june):
    with smtp_server() as (post, port):
        mail(june.root, port)
        some = lines(june)["发信"].splitlines()
        give_addresses(june.root)
        subprocess.run(
            [sys.executable, "-m", "workplan_xlsx", "-C", str(june.root), "ledger"],
            check=True,
            capture_output=True,
        )
        all_told = lines(june, "2027-01-01T09:00")["发信"]

    assert some[0] == f"√ 127.0.0.1:{port} 可以连接"
    assert some[1].startswith("！ 3 个单位没有邮箱，须另行送达：")
    assert all_told == f"√ 127.0.0.1:{port} 可以连接"
    assert post.letters == []


def test_mail_that_cannot_work(june, monkeypatch):
    """Nobody listens; no password; a server that says nothing is not waited for longer than some seconds."""
    monkeypatch.delenv("WORKPLAN_MAIL_PASSWORD", raising=False)
    mail(june.root, free_port())
    assert lines(june)["发信"].startswith("× 连不上邮件服务器 127.0.0.1:")
    settings(june.root, mail={"user": "office"})
    assert lines(june)["发信"].startswith("× 没有邮箱密码。请设置环境变量 WORKPLAN_MAIL_PASSWORD")
    settings(june.root, mail={"user": "", "timeout_seconds": 0.3})
    with odd_server(lambda caller: caller.recv(1)) as port:
        settings(june.root, mail={"smtp_port": port})
        assert lines(june)["发信"].startswith("× 连不上邮件服务器 127.0.0.1:")


def test_a_mailbox_and_a_robot(june):
    settings(
        june.root,
        mail={"imap_host": "127.0.0.1", "imap_port": free_port(), "imap_security": "none", "user": "office"},
    )
    (june.root / "pw.txt").write_text("geheim", encoding="utf-8")
    settings(june.root, mail={"password_file": "pw.txt"})
    settings(june.root, webhook={"url": f"http://127.0.0.1:{free_port()}/robot"})
    away = lines(june)
    with odd_server(lambda caller: caller.recv(1)) as port:
        settings(june.root, mail={"imap_port": port}, webhook={"url": f"http://127.0.0.1:{port}/robot"})
        there = lines(june)

    assert away["收信"].startswith("× 连不上 127.0.0.1:")
    assert away["群机器人"].startswith("× 连不上 127.0.0.1:")
    assert (there["收信"], there["群机器人"]) == (f"√ 127.0.0.1:{port} 可以连接",) * 2


def test_the_exit_code_is_1_only_for_what_must_be_mended(june, capsys):
    """！ alone is no failure; --json holds the same lines."""
    office = SmallOffice(june.root, capsys)
    before = {path: path.stat().st_mtime_ns for path in june.root.rglob("*") if path.is_file()}
    well = office.run("doctor", "--json")
    after = {path: path.stat().st_mtime_ns for path in june.root.rglob("*") if path.is_file()}
    (june.root / "inbox").rename(june.root / "away")
    ill = office.run("doctor")

    assert well.code == int(any(each["state"] == "×" for each in well.data))
    assert {each["what"] for each in well.data} >= {"Python", "时钟", "已下发的表", "发信"}
    assert before == after
    assert ill.code == 1
    assert "× inbox  缺少文件夹" in ill.out


def test_every_line_is_one_line(june):
    assert not [each for each in examine(june.root, "zh", at(NOW)) if os.linesep in each.told]
