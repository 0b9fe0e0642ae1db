"""While a batch is read, the office and its one reader are on one core; between batches anywhere."""

from __future__ import annotations

import os
import sys

import pytest

from workplan_xlsx.intake import one_core
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.one_core import on_one_core
from workplan_xlsx.intake.readers import ReadersHere

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="needs Linux and two cores"
)


class Cores:
    """What a reader is asked here: on which cores it may run."""

    def __call__(self, _: FileInHand) -> frozenset[int]:
        return frozenset(os.sched_getaffinity(0))

    def failed(self, _, failure):
        raise AssertionError(failure)

    def fits(self, *_: object) -> bool:
        return True


class CoresOfBoth(Cores):
    """Of the reader, and of the office."""

    def __init__(self) -> None:
        self.office = os.getpid()

    def __call__(self, _: FileInHand) -> tuple[frozenset[int], frozenset[int]]:
        return frozenset(os.sched_getaffinity(0)), frozenset(os.sched_getaffinity(self.office))


def hands(count: int) -> list[FileInHand]:
    return [FileInHand(f"{number}.xlsx", "0" * 64, b"") for number in range(count)]


@pytest.fixture(autouse=True)
def _values_of_any_kind(monkeypatch):
    """The office takes nothing but values of ours from a reader; here sets of numbers, too."""
    import pickle

    monkeypatch.setattr("workplan_xlsx.intake.isolation.values_in", pickle.loads)


def test_reader_and_office_take_turns_on_one_core_and_the_office_is_free_afterwards():
    before = os.sched_getaffinity(0)
    with ReadersHere(CoresOfBoth(), jobs=1, files=3) as readers:
        readers.begin(hands(1))()  # where it was not forked the reader begins here
        told = list(readers.begin(hands(3))())
        between = os.sched_getaffinity(0)

    assert {len(cores) for cores, _ in told} == {1}
    assert all(reader == office for reader, office in told)
    assert between == before


def test_two_jobs_are_left_to_the_system():
    with ReadersHere(Cores(), jobs=2, files=4) as readers:
        told = list(readers.begin(hands(4))())

    assert set(told) == {frozenset(os.sched_getaffinity(0))}


def test_the_office_is_free_again_when_reading_fails():
    before = os.sched_getaffinity(0)

    with pytest.raises(KeyError, match="1"), on_one_core([os.getpid()]):
        {}[len(os.sched_getaffinity(0))]

    assert os.sched_getaffinity(0) == before


def test_a_reader_that_is_gone_does_not_matter():
    with on_one_core([2**22 + 1]):
        assert len(os.sched_getaffinity(0)) == 1


def test_where_the_system_does_not_tell_the_core_nothing_is_changed(monkeypatch):
    before = os.sched_getaffinity(0)
    monkeypatch.setattr(one_core, "_core_of_this_process", lambda: None)

    with on_one_core([os.getpid()]):
        assert os.sched_getaffinity(0) == before


def test_before_a_reader_has_begun_nothing_is_changed():
    """The server that begins readers would stay on that core."""
    before = os.sched_getaffinity(0)

    with on_one_core([]):
        assert os.sched_getaffinity(0) == before
