"""Readers forked from the office itself: as harmless as the others, and they carry nothing of it away."""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from bad_readers import VERDICTS, BadReader, hands, open_files
from many_forms import collected, other_bytes

from workplan_xlsx.intake import starting
from workplan_xlsx.intake.isolation import Workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere readers come from a server")
HERE = Path(__file__).parent


def office(folder: Path, *files: str, jobs: int = 1) -> subprocess.Popen[str]:
    """An office at work, alone in its process."""
    command = [sys.executable, str(HERE / "forked_readers.py"), str(folder), str(jobs), *files]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def said(folder: Path, *files: str, jobs: int = 1) -> dict[str, object]:
    out, _ = office(folder, *files, jobs=jobs).communicate(timeout=60)
    once, last = out.splitlines()
    assert once == "said once"
    return json.loads(last)


@pytest.mark.parametrize(("behaviour", "verdict"), VERDICTS.items())
def test_a_bad_forked_reader_is_a_verdict_for_its_file_only(behaviour, verdict, tmp_path):
    """What comes after it is read by one that a server forks: the office is not forked again."""
    told = said(tmp_path, behaviour, "good", "good")

    assert told["told"] == [verdict, "accepted", "accepted"]
    assert len(told["readers"]) == 1


def test_what_an_earlier_file_left_behind_is_not_held_against_a_later_one(tmp_path):
    assert said(tmp_path, "good", "dies_once")["told"] == ["accepted", "accepted"]


def test_a_form_whose_forked_reader_somebody_killed_is_read_all_the_same(tmp_path):
    assert said(tmp_path, "is_killed_twice", "good")["told"] == ["accepted", "accepted"]


def test_as_many_are_forked_as_are_asked_for_and_no_more_than_there_are_files(tmp_path):
    """Nothing else is started for them."""
    assert len(said(tmp_path, "good", "good", "good", jobs=2)["readers"]) == 2
    assert len(said(tmp_path, "good", "good", jobs=8)["readers"]) == 2


@pytest.mark.parametrize("files", [23, 24, 25, 26])
def test_more_readers_than_the_system_lets_a_process_have_are_one_sentence_and_no_hanging(office, files):
    """64 jobs where so few files may be open: those that were forked already end with the office."""
    blank = office.form("区商务局").read_bytes()
    for number in range(64):
        (office.root / "inbox" / f"{number}.xlsx").write_bytes(other_bytes(blank, str(number)))
    command = f"ulimit -n {files}; exec {sys.executable} -m workplan_xlsx -C {office.root} collect --settle 0 --jobs 64"
    told = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=120, check=False)

    assert told.returncode == 3
    (sentence,) = told.stderr.splitlines()
    assert sentence.startswith("读取报表的进程无法启动（Too many open files）")
    assert len(list((office.root / "inbox").glob("*.xlsx"))) == 64


def test_it_has_no_file_of_the_office_open_but_its_end_of_the_pipe(tmp_path):
    """Neither the lock, nor the pipe of the reader beside it, nor an open file."""
    assert said(tmp_path, "tells_its_files", "tells_its_files", jobs=2)["told"] == ["socket", "socket"]


def test_nothing_of_the_office_ends_in_a_reader(tmp_path):
    """No object of the office, garbage or not, and nothing that the office does when it ends itself."""
    told = said(tmp_path, "looks_for_garbage", "good", "exit_well")
    pid = told["pid"]

    assert sorted(path.name for path in tmp_path.glob("* ended *")) == [
        f"{what} ended {pid}" for what in ("garbage", "held", "office")
    ]


def test_when_the_office_is_killed_its_readers_end_and_its_lock_is_free(tmp_path):
    """kill -9 in the middle: one reader waits for a file, the other is at one until its own clock ends it."""
    process = office(tmp_path, "hang", "good", jobs=2)
    watched = select.poll()
    for pid in _readers(tmp_path):
        watched.register(os.pidfd_open(pid), select.POLLIN)
    process.kill()
    process.communicate(timeout=10)
    with (tmp_path / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    ended: set[int] = set()
    while len(ended) < 2:
        came = watched.poll(10_000)
        assert came
        for descriptor, _ in came:
            watched.unregister(descriptor)
            ended.add(descriptor)


def _readers(folder: Path) -> list[int]:
    ends = time.monotonic() + 20
    while True:
        try:
            return json.loads((folder / "readers").read_text())
        except (OSError, ValueError):
            assert time.monotonic() < ends


def test_the_store_is_closed_while_readers_are_forked(office, monkeypatch):
    """SQLite shares memory between those who have the store open: a reader must not be among them."""
    office.drop("商务.xlsx", office.form("区商务局"), {"1-1": 16, "1-2": 0.6, "3-1": "推进中"})
    there: list[str] = []

    def forking(_: Workers[object], count: int) -> None:
        there.append(" ".join([f"{count} files", *open_files(), Path("/proc/self/maps").read_text()]))

    monkeypatch.setattr(Workers, "fork", forking)
    collected(office)

    assert there[0].startswith("1 files")
    assert "workplan.db" not in there[0]


def test_ctrl_c_and_sigterm_are_the_offices_to_handle(tmp_path):
    """A signal for the whole group, while a reader is at a file: the reader goes on."""
    process = office(tmp_path, "good", "hang", "good")
    (reader,) = _readers(tmp_path)
    for each in (signal.SIGINT, signal.SIGTERM):
        os.kill(reader, each)
    told = json.loads(process.communicate(timeout=60)[0].splitlines()[-1])

    assert told["told"] == ["accepted", "TIME", "accepted"]


def test_a_process_in_which_something_else_runs_is_not_forked():
    """A lock that another thread holds at that moment would be held in the reader for ever."""
    ends = threading.Event()
    beside = threading.Thread(target=ends.wait)
    beside.start()
    try:
        assert not starting.alone()
        with Workers(BadReader()) as workers:
            workers.fork(1)
            assert not workers._idle
            assert [each.outcome.value for each in workers.results(hands("good"))] == ["accepted"]
    finally:
        ends.set()
        beside.join()
