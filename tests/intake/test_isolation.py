"""A reader that dies, hangs or lies costs its own file; all others are read as if it had not been there."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from bad_readers import VERDICTS, BadReader, first_are_killed, hands, kill_server, no_reader_starts
from many_forms import collected

from workplan_xlsx.intake.in_hand import FileInHand, hand_over, taken_over
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.worker import MEBIBYTE, Limits

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no limits on a process from within")
QUICK = Limits(seconds=1.5, memory_bytes=600 * MEBIBYTE, answer_bytes=MEBIBYTE)


def told(*files: str, jobs: int = 1, folder: Path | str = "", limits: Limits = QUICK) -> list[str]:
    with Workers(BadReader(str(folder)), jobs=jobs, limits=limits) as workers:
        results = list(workers.results(hands(*files)))
    assert [each.file for each in results] == [f"{number}.xlsx" for number in range(len(files))]
    return [each.form_version or each.outcome.value for each in results]


@pytest.mark.parametrize(("behaviour", "verdict"), VERDICTS.items())
def test_a_bad_reader_is_a_verdict_for_its_file_only(behaviour, verdict, tmp_path):
    """Between two good files, read by the same worker, stands one that makes its reader misbehave."""
    assert told("good", behaviour, "good", folder=tmp_path) == ["accepted", verdict, "accepted"]
    assert not Path("/tmp/workplan-was-here").exists()


def test_many_bad_ones_in_a_row_and_two_at_a_time():
    """Order stays that of the files, whoever is ready first."""
    files = ["abort", "good", "hang", "good", "abort", "other_file", "good", "exit_well", "good"]

    assert told(*files, jobs=2) == [
        "DIED",
        "accepted",
        "TIME",
        "accepted",
        "DIED",
        "NONSENSE",
        "accepted",
        "DIED",
        "accepted",
    ]


def test_a_file_that_hangs_delays_the_others_by_its_time_limit_only():
    """Not twice: what used up its time gets no second chance."""
    began = time.monotonic()
    told("good", "hang", "good")

    assert time.monotonic() - began < 5 * QUICK.seconds


def test_what_an_earlier_file_left_behind_is_not_held_against_a_later_one():
    """A reader that dies as the second file of its worker is tried again in a fresh one, and reads it."""
    assert told("good", "dies_once") == ["accepted", "accepted"]


@pytest.mark.parametrize("when", ["is_killed_twice", "is_killed_while_answering"])
def test_a_form_whose_reader_somebody_killed_is_read_all_the_same(tmp_path, when):
    """The system kills for want of memory, whoever is to blame: twice is no verdict on the file."""
    assert told(when, "good", folder=tmp_path) == ["accepted", "accepted"]


def test_a_reader_killed_before_it_took_its_file_leaves_the_file_to_another():
    """The bytes handed over were never looked at: the connection is reset, which is no answer of the file."""
    with Workers(BadReader(), limits=QUICK) as workers:
        (first,) = workers.results(hands("tells_nothing"))
        (idle,) = workers._idle
        os.kill(idle._process.pid, signal.SIGSTOP)
        coming = workers.results(hands("good", "good"))
        killer = threading.Timer(0.3, os.kill, (idle._process.pid, signal.SIGKILL))
        killer.start()
        told_now = [each.outcome.value for each in coming]

    assert (first.outcome.value, told_now) == ("accepted", ["accepted", "accepted"])


def test_a_server_of_readers_that_somebody_killed_is_replaced():
    """The process that forks them dies between two runs over an inbox: the next reader starts all the same."""
    assert told("good") == ["accepted"]
    kill_server()

    assert told("good", "good") == ["accepted", "accepted"]


def test_a_killer_that_ends_six_servers_in_a_row_costs_no_run(tmp_path):
    """Each before it has forked one reader, as where somebody kills whatever is started until he gives up."""
    with first_are_killed(tmp_path, 6):
        assert told("good", "good") == ["accepted", "accepted"]
    assert sorted(path.name for path in tmp_path.glob("[0-9]")) == list("012345")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_where_no_reader_can_be_started_it_is_one_sentence_and_the_form_waits(office, jobs):
    """A security program that ends whatever starts them, each time: exit code 3, and the next run takes it."""
    office.drop("商务.xlsx", office.form("区商务局"), {"1-1": 16, "1-2": 0.6, "3-1": "推进中"})
    with no_reader_starts():
        told = collected(office, "--jobs", jobs)
        english = office.run("--lang", "en", "collect", "--settle", "0", "--jobs", jobs)
    after = collected(office)

    assert (told.code, told.out, english.code, english.out) == (3, "", 3, "")
    assert told.err.strip() == (
        "读取报表的进程无法启动（一启动就被结束）：可能被安全软件拦截、内存不足，或 --jobs 太大。已入账的不受影响，其余原样留在原处；"
        "请检查后再运行一次。"
    )
    assert english.err.startswith("The processes that read the forms cannot be started (ended as soon as")
    assert [each["outcome"] for each in after.data["files"]] == ["accepted"]


def test_workers_are_used_again_and_replaced_when_they_have_grown(tmp_path):
    """One process for many files; a new one after a file that needed much memory."""
    told("tells_its_pid", "tells_its_pid", "grows", "tells_its_pid", folder=tmp_path, limits=Limits())
    pids = [path.name for path in sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)]

    assert len(pids) == 2


def test_no_process_of_a_killed_reader_stays_behind(tmp_path):
    """It started others before it hung; they are gone with it."""
    assert told("good", "children", folder=tmp_path) == ["accepted", "TIME"]
    ends = time.monotonic() + 10  # the kernel may take a moment
    while left := [each for each in Path("/proc").glob("[0-9]*/environ") if _belongs_to(each, str(tmp_path))]:
        assert time.monotonic() < ends, left


def _belongs_to(environ: Path, mark: str) -> bool:
    try:
        return mark.encode() in environ.read_bytes()
    except OSError:
        return False


def test_what_a_reader_prints_is_not_shown(capfd):
    """Panics of foreign readers tell paths of the machine they were built on."""
    told("shouts")
    out, err = capfd.readouterr()

    assert "panicked" not in out + err


def test_nothing_is_started_for_an_empty_inbox():
    assert told() == []


def test_a_plan_larger_than_a_file_may_be_leaves_the_files_their_room(tmp_path):
    """What a worker holds before its first file counts neither against its limit nor as a reason to retire."""
    small = Limits(memory_bytes=150 * MEBIBYTE, retires_at_bytes=50 * MEBIBYTE)
    with Workers(BadReader(str(tmp_path), plan=b"x" * 200 * MEBIBYTE), limits=small) as workers:
        results = list(workers.results(hands("tells_its_pid", "good", "tells_its_pid")))

    assert [each.outcome.value for each in results] == ["accepted"] * 3
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("size", [0, 1, 16_501, 3 * MEBIBYTE])
def test_a_file_reaches_its_reader_as_it_is(size):
    """Whatever its size and its name, which need not be text; pipes hold some hundred kilobytes."""
    hand = FileInHand("表\udcff\n二.xlsx", "a" * 64, os.urandom(size))
    ours, theirs = multiprocessing.Pipe()
    sending = threading.Thread(target=hand_over, args=(hand, ours))
    sending.start()

    assert taken_over(theirs) == hand
    sending.join()
    ours.close()
    with pytest.raises(EOFError):
        taken_over(theirs)
