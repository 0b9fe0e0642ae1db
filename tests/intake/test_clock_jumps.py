"""The clock of the office's PC jumps: a year back, years ahead, an hour at night. Nothing hangs on it."""

from __future__ import annotations

import os

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}


def collect(office, at: str, *more: str):
    return office.run("collect", "--json", "--settle", "0", "--as-of", at, *more)


def figure(office) -> str:
    merged = office.run("figures", "--period", "2023-06", "--json").data
    return next(each["value"] for each in merged if each["target"] == "1-1")


def test_the_order_of_receipt_decides_whatever_the_clock_says(office):
    """The last form that came counts, though the clock was set back a year; the operator is warned."""
    form = office.form("区商务局")
    office.drop("一.xlsx", form, RIGHT)
    collect(office, "2023-06-27T10:00")
    office.drop("二.xlsx", form, RIGHT | {"1-1": 17})
    collect(office, "2031-01-01T00:00")
    office.drop("三.xlsx", form, RIGHT | {"1-1": 18})
    told = office.run("collect", "--settle", "0", "--as-of", "2022-06-27T10:00")

    assert figure(office) == "18"
    assert "早于上一次收表的时间" in told.err
    assert told.code == 0


def test_the_hour_that_comes_twice_in_autumn_and_files_stamped_with_it(office):
    """Two forms within the repeated hour, their own stamps in reverse: the one that came last counts."""
    form = office.form("区商务局")
    for number, moment in enumerate(("2023-10-29T02:30+02:00", "2023-10-29T02:30+01:00")):
        path = office.drop(f"{number}.xlsx", form, RIGHT | {"1-1": 20 + number})
        os.utime(path, (1_700_000_000 - number, 1_700_000_000 - number))
        assert collect(office, moment).data["counts"]["accepted"] == 1

    assert figure(office) == "21"


def test_a_half_file_is_judged_in_the_end_though_the_clock_jumps_between_the_looks(office):
    """It waits; the clock goes back a year and comes forward again: the wait begins anew, and ends."""
    path = office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    path.write_bytes(path.read_bytes()[:-100])

    def outcome(at: str) -> str:
        told = office.run("collect", "--json", "--settle", "0.01", "--as-of", at)
        return next(each["outcome"] for each in told.data["files"] if each["file"] == "商务局.xlsx")

    assert outcome("2023-06-27T10:00") == "waiting"
    assert outcome("2022-06-27T10:00") == "waiting"
    assert outcome("2022-06-27T10:09") == "waiting"
    assert outcome("2022-06-27T10:11") == "quarantined"
