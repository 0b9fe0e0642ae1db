"""A look costs nothing while nothing happens, and nothing that happens is overlooked."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from founded import RIGHT, Desk, at, settings
from office import SmallOffice

from workplan_xlsx.service.resting import LONGEST_REST

TICK = timedelta(seconds=30)


@pytest.fixture
def quiet(desk) -> Desk:
    """June's forms are out, and the service has seen that nothing more is to be done."""
    for moment in ("08:31", "08:32", "08:33"):
        assert desk.look(f"2023-06-01T{moment}")
    return desk


def looks(desk: Desk, moment: str) -> int:
    """How often it was really looked at the moment: 0 or 1."""
    before = desk.watch.looks
    desk.look(moment)
    return desk.watch.looks - before


def test_while_nothing_happens_it_is_not_even_looked(quiet):
    assert [looks(quiet, f"2023-06-01T08:{minute}") for minute in range(34, 42)] == [0] * 8


def test_however_quiet_it_is_the_page_shows_every_ten_minutes_that_the_service_lives(quiet):
    page = quiet.root / "outbox" / "状态.html"
    for minute in range(34, 60):
        quiet.look(f"2023-06-01T08:{minute}")

    assert "2023-06-01 08:52" in page.read_text(encoding="utf-8")


def test_a_form_dropped_in_ends_the_rest_until_it_has_long_been_taken_in(quiet):
    quiet.drop("商务局.xlsx", "区商务局", RIGHT)

    assert looks(quiet, "2023-06-01T08:34") == 1
    assert "入账 1" in quiet.sentences("inbox")[0]
    assert looks(quiet, "2023-06-01T08:35") == 1  # this one finds that nothing is left to do
    assert looks(quiet, "2023-06-01T08:36") == 0


def test_a_file_that_cannot_be_taken_in_yet_is_looked_at_every_time(quiet):
    """Excel writes under this name and renames it at the end; nothing else changes meanwhile."""
    (quiet.root / "inbox" / "~$商务局.xlsx").write_bytes(b"PK")

    assert [looks(quiet, f"2023-06-01T08:{minute}") for minute in range(34, 38)] == [1] * 4


@pytest.mark.parametrize("name", ["workplan.toml", "ledger.xlsx"])
def test_a_changed_setting_or_ledger_is_looked_at(quiet, name):
    os.utime(quiet.root / name)

    assert looks(quiet, "2023-06-01T08:34") == 1


def test_what_another_command_did_is_looked_at(quiet, capsys):
    """A person makes July's forms by hand: the page of the next look knows them."""
    SmallOffice(quiet.root, capsys).run("templates", "--period", "2023-07", "--as-of", "2023-06-01T08:33")

    assert looks(quiet, "2023-06-01T08:34") == 1
    assert "2023年7月" in (quiet.root / "outbox" / "状态.html").read_text(encoding="utf-8")


def test_no_round_waits_for_the_end_of_a_rest(quiet):
    """Due at 08:30 sharp: done with the first look after it."""
    quiet.look("2023-06-15T08:28")
    quiet.look("2023-06-15T08:29:10")
    assert looks(quiet, "2023-06-15T08:29:40") == 0
    quiet.look("2023-06-15T08:30:10")

    assert quiet.runs()["2023-06 overdue_problems"] == "finished"


def test_what_failed_is_tried_again_in_its_time_not_after_a_rest(desk):
    """A minute after the first failure."""
    (desk.root / "templates" / "2023-06").write_text("")
    desk.look("2023-06-01T08:31")
    desk.look("2023-06-01T08:31:20")
    desk.look("2023-06-01T08:31:40")
    (desk.root / "templates" / "2023-06").unlink()
    desk.look("2023-06-01T08:32:10")

    assert desk.runs()["2023-06 forms_out"] == "finished"


def test_an_inbox_that_vanishes_is_told_at_once(quiet):
    (quiet.root / "inbox").rename(quiet.root / "away")
    quiet.look("2023-06-01T08:34")

    assert "无法访问收件目录" in quiet.sentences("job_failed")[0]


def test_a_clock_that_runs_back_ends_the_rest(quiet):
    assert looks(quiet, "2023-06-01T08:30") == 1


def test_a_mailbox_is_asked_at_every_look(quiet):
    """No file tells that a mail has come. (Nobody listens at this port.)"""
    settings(quiet.root, mail={"imap_host": "127.0.0.1", "imap_port": 9, "imap_security": "none"})

    assert [looks(quiet, f"2023-06-01T08:{minute}") for minute in range(34, 37)] == [1] * 3


def test_many_idle_looks_cost_little_and_memory_stays_flat(quiet):
    """About 17 hours; the 10,000 of `make ticks` are the same with more of them."""
    moment, began = at("2023-06-01T09:00"), quiet.watch.looks
    for _ in range(200):
        quiet.look(f"{moment:%Y-%m-%dT%H:%M:%S}")
        moment += TICK
    before, started, size = quiet.watch.looks, time.process_time(), resident_bytes()
    for _ in range(2000):
        quiet.look(f"{moment:%Y-%m-%dT%H:%M:%S}")
        moment += TICK
    spent = time.process_time() - started
    looked = quiet.watch.looks - before
    real = time.process_time()
    for _ in range(20):
        quiet.watch.rest = None
        quiet.look(f"{moment:%Y-%m-%dT%H:%M:%S}")
    a_look = (time.process_time() - real) / 20

    assert began < before
    assert looked <= 2000 * TICK / LONGEST_REST + 3
    assert spent < 2000 * a_look / 4
    assert resident_bytes() - size < 5 * 2**20


def resident_bytes() -> int:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("memory is read from /proc, which is not here")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
