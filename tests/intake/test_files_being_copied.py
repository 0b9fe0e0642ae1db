"""A file that is being copied is not judged before it is whole; what is never finished is judged in the end."""

from __future__ import annotations

import csv
import os
import tarfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import fill

from workplan_xlsx.intake.inbox import scan
from workplan_xlsx.intake.settling import settle
from workplan_xlsx.intake.whole_bytes import breaks_off
from workplan_xlsx.steps import taking_in

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
JUNE = ("--as-of", "2023-06-27T10:00")


def _workbook() -> bytes:
    book, made = openpyxl.Workbook(), BytesIO()
    book.active.append(["序号", "本期累计完成"])
    book.save(made)
    return made.getvalue()


WORKBOOK = _workbook()


@given(st.integers(0, len(WORKBOOK) - 1))
@settings(max_examples=300, deadline=None)
def test_no_part_of_a_workbook_looks_whole(length: int):
    """However far the copy has come, and also where its size was set first."""
    assert breaks_off(WORKBOOK) == ""
    assert breaks_off(WORKBOOK[:length]) != ""


@given(st.integers(0, 200_000), st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_a_copy_whose_size_was_set_first_has_stretches_of_zeros(at: int, blocks: int):
    """Blocks arrive in any order; what has not arrived is zeros."""
    whole = WORKBOOK[:30] + os.urandom(204_800 - len(WORKBOOK)) + WORKBOOK[30:]
    at = at // 4096 * 4096
    missing = min(4096 * blocks, len(whole) - at)

    assert breaks_off(whole[:at] + bytes(missing) + whole[at + missing :]) != ""


def test_real_workbooks_look_whole_and_halves_of_them_do_not(shared: Path):
    """Of the corpus that can be read: nothing that is whole has to wait."""
    rows = csv.DictReader((shared / "hostile" / "corpus.csv").open(encoding="utf-8-sig"))
    valid = {row["file"] for row in rows if row["expected"] == "valid"}
    books = []
    with tarfile.open(shared / "hostile" / "corpus.tar.gz") as corpus:
        for member in corpus:
            if member.name.removeprefix("./") in valid and (file := corpus.extractfile(member)):
                books.append(file.read())
    assert len(books) > 1000

    unfinished = [data for data in books if breaks_off(data)]
    halves = [data[: len(data) // 2] for data in books if data[:2] in (b"PK", b"\xd0\xcf")]
    assert unfinished == []
    assert sum(1 for data in halves if not breaks_off(data)) == 0


def test_two_looks_tell_what_is_still_written(tmp_path: Path):
    """One grows between the looks, one is replaced, one goes away; the other two are settled."""
    names = ("长", "换", "走", "新", "旧")
    for name in names:
        (tmp_path / f"{name}.xlsx").write_bytes(b"PK")
    os.utime(tmp_path / "旧.xlsx", (1, 1))

    def meanwhile(_: float) -> None:
        with (tmp_path / "长.xlsx").open("ab") as file:
            file.write(b"more")
        (tmp_path / "x").write_bytes(b"PK")
        (tmp_path / "x").replace(tmp_path / "换.xlsx")
        (tmp_path / "走.xlsx").unlink()

    now = time.time_ns()
    whole, moving = settle(scan(tmp_path, "zh", now_ns=now), 2, now_ns=now, wait=meanwhile)
    assert sorted(each.name[0] for each in whole) == sorted("新旧")
    assert sorted(each.name[0] for each in moving) == sorted("长换走")


def test_nobody_waits_for_files_that_have_long_been_there(tmp_path: Path):
    """And a stamp in the future proves nothing: that one is looked at twice."""

    def never(_: float) -> None:
        raise AssertionError("waited")

    (tmp_path / "一.xlsx").write_bytes(b"PK")
    entries = scan(tmp_path, "zh", now_ns=0)
    year = 365 * 86400 * 10**9
    assert settle(entries, 2, now_ns=time.time_ns() + year, wait=never)[0] == entries
    assert settle(entries, 0, now_ns=time.time_ns(), wait=never)[0] == entries
    with pytest.raises(AssertionError, match="waited"):
        settle(entries, 2, now_ns=time.time_ns() - year, wait=never)


Turn = Callable[[float], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Turn the machine's clock forward (minutes) for what comes next; nobody really waits."""
    turned = [0.0]
    real = time.time_ns

    def now_ns() -> int:
        return real() + int(turned[0] * 60e9)

    monkeypatch.setattr(taking_in.time, "time_ns", now_ns)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(settle, "__kwdefaults__", {"wait": lambda _: None})

    def turn(minutes: float) -> None:
        turned[0] += minutes

    return turn


def _outcome(office, at: str = "2023-06-27T10:00") -> tuple[str, list[str]]:
    told = office.run("collect", "--json", "--as-of", at)
    (file,) = [each for each in told.data["files"] if each["file"] != "README.md"]
    return file["outcome"], [each["code"] for each in file["findings"]]


@pytest.mark.parametrize("cut", ["half", "tail", "size set first", "nothing yet", "zeros"])
def test_a_partial_copy_waits_and_is_judged_whole(office, clock: Turn, cut: str):
    """The copy stops for a while; when it goes on it is a form like any other, and was never called damaged."""
    fill(office.form("区商务局"), office.root / "x.xlsx", RIGHT)
    whole = (office.root / "x.xlsx").read_bytes()
    parts = {
        "half": whole[: len(whole) // 2],
        "tail": whole[:-30],
        "size set first": whole[:8192] + bytes(len(whole) - 8192),
        "nothing yet": b"",
        "zeros": bytes(len(whole)),
    }
    path = office.root / "inbox" / "商务局.xlsx"
    path.write_bytes(parts[cut])
    assert _outcome(office) == ("waiting", ["F120"])
    path.write_bytes(whole)
    clock(1)

    assert _outcome(office)[0] == "accepted"
    assert not (office.root / "inbox" / "未识别").exists()


def test_what_is_never_finished_is_judged_damaged_and_withdrawn_when_the_whole_comes(office, clock: Turn):
    """After ten minutes without a change it is told as damaged; the whole file takes that back."""
    fill(office.form("区商务局"), office.root / "x.xlsx", RIGHT)
    whole = (office.root / "x.xlsx").read_bytes()
    path = office.root / "inbox" / "商务局.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    assert _outcome(office)[0] == "waiting"
    clock(11)
    assert _outcome(office) == ("quarantined", ["F104"])

    path.write_bytes(whole)
    outcome, codes = _outcome(office)
    assert (outcome, "F126" in codes) == ("accepted", True)
    beside = sorted(each.name[29:] for each in (office.root / "inbox" / "未识别").iterdir())
    assert beside == ["商务局.xlsx", "商务局.xlsx.txt", "商务局.xlsx_已撤销.txt"]


def test_at_once_means_at_once(office):
    """`--settle 0`: nothing is waited for."""
    (office.root / "inbox" / "商务局.xlsx").write_bytes(WORKBOOK[:1000])
    told = office.run("collect", "--json", "--settle", "0", *JUNE)

    assert told.data["counts"]["quarantined"] == 1


@pytest.mark.usefixtures("clock")
def test_a_stamp_in_the_future_does_not_make_it_wait_for_ever(office):
    """The sender's clock is a year ahead: counted from when it was first seen."""
    path = office.root / "inbox" / "商务局.xlsx"
    path.write_bytes(WORKBOOK[:1000])
    os.utime(path, (time.time() + 365 * 86400,) * 2)

    assert _outcome(office, "2023-06-27T10:00")[0] == "waiting"
    assert _outcome(office, "2023-06-27T10:05")[0] == "waiting"
    assert _outcome(office, "2022-06-27T10:05")[0] == "waiting", (
        "the clock was set back: waiting begins again"
    )
    assert _outcome(office, "2022-06-27T10:16")[0] == "quarantined"


@pytest.mark.parametrize("lock", ["~$商务局.xlsx", ".~lock.商务局.xlsx#", ".~务局.xlsx"])
def test_a_form_that_is_open_in_an_office_program_waits_until_it_is_closed(office, clock: Turn, lock: str):
    """Somebody looks at it in the inbox; a lock that was left behind holds it up for ten minutes only."""
    path = office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    (path.with_name(lock)).write_bytes(b"\x05user")
    told = office.run("collect", "--json", *JUNE)
    assert (told.data["counts"]["waiting"], told.data["counts"]["ignored"] >= 1) == (1, True)

    clock(11)
    assert office.run("collect", "--json", *JUNE).data["counts"]["accepted"] == 1
