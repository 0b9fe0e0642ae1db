"""Whoever reads the forms, and however many at a time: what a run comes to is the same, to the last digit."""

from __future__ import annotations

import shutil
from concurrent.futures import CancelledError
from contextlib import suppress

import pytest
from many_forms import came_to, collected, fill_inbox
from office import SmallOffice

from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.readers import ReadersHere


@pytest.fixture
def full(office, tmp_path, capsys):
    """Makes offices that are equal: 130 files, three batches, in the inbox."""
    fill_inbox(office, 130)

    def made(name: str) -> SmallOffice:
        shutil.copytree(office.root, tmp_path / name)
        return SmallOffice(tmp_path / name, capsys)

    return made


def test_two_jobs_come_to_what_one_comes_to(full):
    """While one batch is kept the next is read: order, versions, repetitions and answers stay the same."""
    one, two = full("one"), full("two")

    assert came_to(two, collected(two, "--jobs", "2")) == came_to(one, collected(one))


def test_a_dry_run_with_two_jobs_keeps_nothing_and_foresees_the_same(full):
    office = full("dry")
    one, two = collected(office, "--dry-run"), collected(office, "--dry-run", "--jobs", "2")

    assert one.data["files"] == two.data["files"]
    assert len(list((office.root / "inbox").iterdir())) == 130


def test_a_receipt_that_a_power_cut_left_empty_is_written_again(office):
    """Receipts come to the disk together, before the forms are moved: what is not whole is made up for."""
    form = office.drop("商务.xlsx", office.form("区商务局"), {"1-1": 16, "1-2": 0.6, "3-1": "推进中"})
    collected(office)
    receipt = next((office.root / "outbox/2023-06").glob("回执_*.txt"))
    whole = receipt.read_bytes()
    receipt.write_bytes(b"")
    next((office.root / "inbox/已收").glob("*商务.xlsx")).rename(form)
    collected(office)

    assert receipt.read_bytes() == whole


class Slow:
    """Says how often it was asked."""

    def __call__(self, hand: FileInHand) -> str:
        return hand.name

    def failed(self, _, failure):
        return failure.value

    def fits(self, result, hand):
        return result == hand.name


def test_readers_that_are_closed_early_begin_nothing_more():
    """Ctrl+C in the middle of a run: what is being read is finished, the rest is never begun."""
    hands = [FileInHand(str(number), "", b"x") for number in range(2000)]
    with ReadersHere(Slow(), jobs=2) as readers:
        first = readers.begin(hands[:1])
        assert list(first()) == ["0"]
        rest = readers.begin(hands)
    with suppress(CancelledError):  # nothing of it at all was begun
        assert len(rest()) < 2000
