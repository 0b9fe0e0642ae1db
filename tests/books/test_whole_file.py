"""Outputs are there whole or not at all, and what went wrong is one sentence with what to do."""

from __future__ import annotations

import errno
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from disks import small_disk

from workplan_xlsx.books.many_texts import write_texts_whole
from workplan_xlsx.books.whole_file import (
    bring_to_disk,
    side_path,
    whole_file,
    write_bytes_whole,
    write_text_whole,
)
from workplan_xlsx.errors import OutputError


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 KB of its own."""
    with small_disk(tmp_path / "小盘", 200) as disk:
        yield disk


def _workbook(path: Path, rows: int) -> None:
    with whole_file(path) as partial, xlsxwriter.Workbook(partial) as book:
        sheet = book.add_worksheet("排名通报")
        for row in range(rows):
            sheet.write_string(row, 0, os.urandom(60).hex())


def _left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_full_disk_leaves_the_previous_workbook_and_says_what_to_do(mounted: Path):
    """Both Excel writers would have destroyed it."""
    path = mounted / "排名.xlsx"
    _workbook(path, 5)
    before = path.read_bytes()

    with pytest.raises(OutputError, match=r"磁盘已满.*原文件未改动；请腾出空间后重试"):
        _workbook(path, 5000)
    assert path.read_bytes() == before
    assert _left_in(mounted) == ["排名.xlsx"]


def test_a_full_disk_and_a_short_text(mounted: Path):
    """The receipt of yesterday is still readable."""
    path = mounted / "回执.txt"
    write_text_whole(path, "已收到")

    with pytest.raises(OutputError, match="磁盘已满"):
        write_bytes_whole(path, b"x" * 400_000)
    assert path.read_text(encoding="utf-8-sig") == "已收到"


def test_a_read_only_folder(mounted: Path):
    """The outbox lies on a share that may only be read."""
    path = mounted / "排名.xlsx"
    _workbook(path, 5)
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)

    with pytest.raises(OutputError, match="只读"):
        _workbook(path, 5)
    assert path.stat().st_size > 0


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_a_workbook_that_is_open_in_excel_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int):
    """Windows refuses to replace it; the new one is not left lying about."""
    path = tmp_path / "排名.xlsx"
    _workbook(path, 5)
    before = path.read_bytes()

    def refuse(_: Path, target: Path) -> Path:
        raise OSError(number, "in use", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="请关闭后重试"):
        _workbook(path, 6)
    assert path.read_bytes() == before
    assert _left_in(tmp_path) == ["排名.xlsx"]


def test_a_workbook_that_would_not_open_again_is_not_put_in_place(tmp_path: Path):
    """A writer that stopped half-way without a word is found out before anybody gets its file."""
    path = tmp_path / "排名.xlsx"
    _workbook(path, 50)
    whole = path.read_bytes()

    for bad in (whole[:-30], whole[:200] + b"\0" * 100 + whole[300:], b"", b"PK\x05\x06" + b"\0" * 18):
        with pytest.raises(OutputError), whole_file(path) as partial:
            partial.write_bytes(bad)
    assert path.read_bytes() == whole


def test_an_error_of_the_writer_itself_is_not_hidden(tmp_path: Path):
    """A mistake of ours must be seen; the previous file is safe all the same."""
    path = tmp_path / "排名.xlsx"
    _workbook(path, 5)
    before = path.read_bytes()

    with pytest.raises(KeyError), whole_file(path) as partial, xlsxwriter.Workbook(partial):
        raise KeyError("表头")
    assert path.read_bytes() == before
    assert _left_in(tmp_path) == ["排名.xlsx"]


def test_what_stands_in_the_way_is_named(tmp_path: Path):
    """A folder with the output's name; a file where the folder should be."""
    (tmp_path / "排名.xlsx").mkdir()
    (tmp_path / "outbox").write_text("")

    with pytest.raises(OutputError, match="是一个文件夹"):
        _workbook(tmp_path / "排名.xlsx", 1)
    with pytest.raises(OutputError, match=r"outbox"):
        _workbook(tmp_path / "outbox" / "排名.xlsx", 1)


def test_the_longest_name_still_has_a_side_name(tmp_path: Path):
    """255 bytes are the limit, and the side name is longer than the name."""
    path = tmp_path / ("排" * 83 + "a.xlsx")
    assert len(path.name.encode()) == 255

    assert len(side_path(path).name.encode()) <= 255
    write_text_whole(path, "好")
    assert path.read_text(encoding="utf-8-sig") == "好"
    with pytest.raises(OutputError, match="文件名过长"):
        write_text_whole(path.with_name("a" + path.name), "长")


def test_texts_by_the_dozen_are_there_whole_or_their_trouble_is_told(tmp_path: Path):
    """What stands in one's way keeps no other from its place; nothing is left beside them."""
    folder = tmp_path / "outbox" / "2023-06"
    (folder / "乙.txt").mkdir(parents=True)

    troubles = write_texts_whole(folder, {"甲.txt": "已收到", "乙.txt": "已收到", "丙.txt": "已收到"}, "zh")

    assert list(troubles) == ["乙.txt"]
    assert "是一个文件夹" in troubles["乙.txt"]
    assert _left_in(folder) == ["丙.txt", "乙.txt", "甲.txt"]
    assert (folder / "丙.txt").read_bytes() == "已收到".encode("utf-8-sig")


def test_texts_on_a_full_disk_leave_what_was_there(mounted: Path):
    """The receipt of yesterday is still readable, and the small one finds its place."""
    assert write_texts_whole(mounted, {"回执.txt": "昨日"}, "zh") == {}

    troubles = write_texts_whole(mounted, {"小.txt": "今日", "回执.txt": "今日" * 100_000}, "zh")

    assert list(troubles) == ["回执.txt"]
    assert "磁盘已满" in troubles["回执.txt"]
    assert (mounted / "回执.txt").read_text(encoding="utf-8-sig") == "昨日"
    assert _left_in(mounted) == ["回执.txt", "小.txt"]


def test_texts_are_on_the_disk_before_they_are_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whenever the power goes, what has the name has the text."""
    done: list[str] = []
    flush, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda number: (done.append("disk"), flush(number)))
    monkeypatch.setattr(os, "replace", lambda *paths: (done.append("place"), replace(*paths)))

    write_texts_whole(tmp_path, {"甲.txt": "已收到", "乙.txt": "已收到"}, "zh")

    assert done == ["disk", "disk", "place", "place", "disk"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_where_no_further_file_may_be_open_the_sentence_says_which_limit(tmp_path: Path):
    """Not that somebody has the file open in Excel."""
    import resource

    (tmp_path / "表.xlsx").write_bytes(b"x")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    next_free = os.open(tmp_path, os.O_RDONLY)
    os.close(next_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (next_free, before[1]))
    try:
        with pytest.raises(OutputError, match=r"系统允许同时打开的文件太少.*ulimit -n 1024"):
            bring_to_disk(tmp_path, ["表.xlsx"], "zh")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_forms_that_cannot_come_to_the_disk_are_one_sentence(tmp_path: Path):
    """Somebody has put one away between the writing and the flushing."""
    with pytest.raises(OutputError, match=re.escape(str(tmp_path))):
        bring_to_disk(tmp_path, ["不在了.xlsx"], "zh")
