"""Whatever lies in the inbox gets exactly one outcome, and nothing of it harms anything else."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest
from office import fill

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
AT_ONCE = ("--settle", "0", "--as-of", "2023-06-27T10:00")


def outcomes(office, *more: str) -> dict[str, str]:
    """What `collect` said of each file."""
    told = office.run("collect", "--json", *(more or AT_ONCE))
    assert told.data["seen"] == len(told.data["files"]) == sum(told.data["counts"].values())
    return {each["file"]: each["outcome"] for each in told.data["files"] if each["file"] != "README.md"}


@pytest.mark.parametrize(
    "name",
    [
        "line\nbreak.xlsx",
        "=HYPERLINK(1).xlsx",
        "-rf.xlsx",
        "\u202exslx.exe.xlsx",
        "长" * 80 + ".xlsx",
        os.fsdecode(b"\xc9\xcc\xce\xf1\xbe\xd6.xlsx"),
        "NUL.xlsx",
        "trailing dot..xlsx",
        "no_extension",
        "a|b?c*.xlsx",
        "%s%n{unit}.xlsx",
    ],
)
def test_a_form_counts_whatever_it_is_called(office, name):
    """Taken in, filed under a name that any system takes, told without disturbing the line."""
    fill(office.form("区商务局"), office.root / "x.xlsx", RIGHT)
    (office.root / "x.xlsx").rename(office.root / "inbox" / name)
    told = office.run("collect", *AT_ONCE)

    assert told.code == 0
    assert len([line for line in told.err.splitlines() if "入账  " in line]) == 1
    (filed,) = (office.root / "inbox" / "已收").iterdir()
    assert filed.name.isprintable()
    assert len(filed.name.encode()) < 240
    assert next((office.root / "outbox" / "2023-06").glob("回执*")).read_text(encoding="utf-8-sig")
    assert office.run("figures", "--period", "2023-06", "--json").data[0]["value"] == "16"


def test_names_that_are_twins_to_some_systems_are_two_files(office):
    """NFC and NFD, upper and lower case, the same in two folders: none replaces another."""
    inbox = office.root / "inbox"
    fill(office.form("区商务局"), inbox / "Caf\u00e9.xlsx", RIGHT)
    for name in ("Cafe\u0301.xlsx", "CAF\u00c9.XLSX", "甲/Caf\u00e9.xlsx", "乙/Caf\u00e9.xlsx"):
        (inbox / name).parent.mkdir(exist_ok=True)
        shutil.copy(inbox / "Caf\u00e9.xlsx", inbox / name)

    assert sorted(outcomes(office).values()) == ["accepted", *["duplicate"] * 4]
    assert len(list((inbox / "已收").iterdir())) == 5


def test_what_is_no_file_is_neither_read_nor_moved_nor_waited_for(office):
    """A pipe would block for ever, a link may lead anywhere, 100 GiB would fill the disk."""
    inbox = office.root / "inbox"
    os.mkfifo(inbox / "pipe.xlsx")
    (inbox / "link.xlsx").symlink_to("/etc/passwd")
    (inbox / "loop.xlsx").symlink_to("loop.xlsx")
    (inbox / "folder.xlsx").mkdir()
    with (inbox / "sparse.xlsx").open("wb") as file:
        file.truncate(100 << 30)
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(inbox)
        listening.bind("socket.xlsx")
        office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)

        foreseen = office.run("collect", "--json", "--dry-run", *AT_ONCE).data["files"]
        (pipe,) = [each for each in foreseen if each["file"] == "pipe.xlsx"]
        assert [each["code"] for each in pipe["findings"]] == ["F122"]
        assert outcomes(office) == {
            "pipe.xlsx": "quarantined",
            "link.xlsx": "quarantined",
            "loop.xlsx": "quarantined",
            "folder.xlsx": "quarantined",
            "sparse.xlsx": "quarantined",
            "socket.xlsx": "quarantined",
            "商务局.xlsx": "accepted",
        }
    assert not (inbox / "未识别").exists()


@pytest.mark.parametrize(
    "name",
    [
        "~$商务局.xlsx",
        ".~lock.商务局.xlsx#",
        ".~商务局.xlsx",
        ".~务局.xlsx",
        "~WRL0003.tmp",
        "商务局.xlsx.part",
        "商务局.xlsx.crdownload",
        "商务局.xlsx.baiduyun.p.downloading",
        ".syncthing.商务局.xlsx.tmp",
        "._商务局.xlsx",
        "Thumbs.db",
        ".DS_Store",
        "desktop.ini",
        "A1B2C300",
    ],
)
def test_locks_and_leftovers_of_other_programs_are_left_alone(office, name):
    """Excel, WPS, LibreOffice, browsers, sync programs: even where the bytes are a form's."""
    fill(office.form("区商务局"), office.root / "x.xlsx", RIGHT)
    (office.root / "x.xlsx").rename(office.root / "inbox" / name)

    assert outcomes(office) == {name: "ignored"}
    assert (office.root / "inbox" / name).exists()


def test_a_form_that_a_person_puts_into_a_filed_folder_is_taken_in(office):
    """The coordinator drops the corrected form back beside the returned one; ours are left there."""
    folder = office.root / "inbox" / "退回"
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT | {"1-1": "约20个"})
    assert outcomes(office) == {"商务局.xlsx": "returned"}
    assert len(list(folder.iterdir())) == 2

    fill(office.form("区商务局"), folder / "商务局（改）.xlsx", RIGHT)
    assert outcomes(office) == {"退回/商务局（改）.xlsx": "accepted"}
    assert len(list(folder.iterdir())) == 2


def test_folders_are_walked_however_deep(office):
    """A unit drops its whole folder; a thousand levels are no reason to fall over."""
    deep = office.root / "inbox" / Path(*["a"] * 900)
    deep.mkdir(parents=True)
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)

    assert outcomes(office) == {"商务局.xlsx": "accepted"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open everything")
def test_what_may_not_be_opened_is_said(office):
    """Permission is refused: not waited for, not called damaged."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT).chmod(0)

    assert outcomes(office) == {"商务局.xlsx": "quarantined"}


def test_the_sum_is_printed_as_an_equation(office):
    """Every file that was seen is in exactly one place of the sum."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    (office.root / "inbox" / "空.xlsx").write_bytes(b"")
    (office.root / "inbox" / "Thumbs.db").write_bytes(b"x")
    (office.root / "inbox" / "README.md").unlink(missing_ok=True)
    told = office.run("collect", *AT_ONCE)

    assert (
        "共见 3 个文件 = 入账 1 + 退回 0 + 重复 0 + 被取代 0 + 未识别 1 + 忽略 1 + 等待 0。"
        in told.err.splitlines()
    )


def test_a_dry_run_foresees_what_the_run_does_and_touches_nothing(office):
    """Two versions of one form, a repetition, an empty file: the same outcomes before and in earnest."""
    inbox = office.root / "inbox"
    first = office.drop("一.xlsx", office.form("区商务局"), RIGHT)
    os.utime(first, (1_600_000_000, 1_600_000_000))
    office.drop("二.xlsx", office.form("区商务局"), RIGHT | {"1-1": 17})
    shutil.copy(first, inbox / "三.xlsx")
    (inbox / "空.xlsx").write_bytes(b"")
    before = sorted((path.name, path.lstat().st_mtime_ns) for path in inbox.rglob("*"))
    foreseen = outcomes(office, "--dry-run", *AT_ONCE)

    assert sorted((path.name, path.lstat().st_mtime_ns) for path in inbox.rglob("*")) == before
    assert not (office.root / "outbox" / "2023-06").exists()
    assert foreseen == outcomes(office)
    assert foreseen == {
        "一.xlsx": "superseded",
        "二.xlsx": "accepted",
        "三.xlsx": "duplicate",
        "空.xlsx": "quarantined",
    }
