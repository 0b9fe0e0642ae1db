"""Issued forms, published editions, and rounds of the schedule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from returned_files import JUNE, NOON

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import IssuedForm
from workplan_xlsx.store.editions import RecordedEdition
from workplan_xlsx.store.opening import Store, open_store
from workplan_xlsx.store.runs import RunState

FORM = IssuedForm(
    period=JUNE, unit="区科技局", version="0123456789ab", issued_at=NOON, path="03_区科技局.xlsx"
)
EDITION = RecordedEdition(
    period=JUNE,
    number=1,
    as_of=NOON,
    digest="ab" * 32,
    path="排名通报_2023-06.xlsx",
    ranks=(("区科技局", 1), ("区教体局", None)),
    lights=(("39", "绿灯"), ("40", "未报")),
    ledger_digest="ef" * 32,
    rules_digest="01" * 32,
    rules=("得分 = 0.9×进度分 + 0.1×报送分。",),
)
SOON = NOON + timedelta(minutes=10)
COLLECT = ("P2023", JUNE, "collect")


def test_forms_that_went_out_are_listed_in_their_order(store: Store):
    """Made again in the same wording a form keeps its first moment; reworded it is another one."""
    may = replace(FORM, period=Period.parse("2023-05"))
    other = replace(FORM, unit="区教体局")
    store.issue([FORM, other])
    store.issue([may])
    store.issue([replace(FORM, issued_at=SOON, path="新名.xlsx"), replace(FORM, version="ba9876543210")])

    assert store.issued(JUNE) == (
        replace(FORM, path="新名.xlsx"),
        other,
        replace(FORM, version="ba9876543210"),
    )
    assert store.issued_periods() == (may.period, JUNE)
    assert store.issued(Period.parse("2023-07")) == ()


def test_an_edition_is_remembered_as_it_was(store: Store):
    """Ranks and lights come back for the next period's changes and streaks."""
    second = replace(EDITION, number=2, digest="cd" * 32)
    store.record_edition(EDITION)
    store.record_edition(second)
    store.record_edition(EDITION)

    assert store.editions(JUNE) == (EDITION, second)
    assert store.editions(Period.parse("2023-05")) == ()


def test_a_published_edition_is_never_replaced(store: Store):
    """What was published under a number stays what it said."""
    store.record_edition(EDITION)

    with pytest.raises(ValueError, match="something else"):
        store.record_edition(replace(EDITION, digest="ef" * 32))
    assert store.editions(JUNE) == (EDITION,)


def test_a_round_is_claimed_once(store: Store):
    """The second tick finds it taken, also when it is finished."""
    assert store.claim(*COLLECT, NOON, NOON)
    assert not store.claim(*COLLECT, NOON, SOON)
    store.finish(*COLLECT, SOON)
    assert not store.claim(*COLLECT, NOON, SOON)
    assert store.claim("P2023", JUNE, "report", NOON, NOON)

    (collect, report) = store.runs()
    assert (collect.state, collect.ended_at, collect.attempts) == (RunState.FINISHED, SOON, 1)
    assert (report.state, report.kind) == (RunState.RUNNING, "report")


def test_a_failed_round_is_tried_again_when_its_time_has_come(store: Store):
    """Not before, and with its attempts counted; the zone of the clock does not matter."""
    store.claim(*COLLECT, NOON, NOON)
    store.fail(*COLLECT, NOON, message="收件箱打不开", retry_at=SOON)

    assert not store.claim(*COLLECT, NOON, SOON - timedelta(seconds=1))
    assert store.claim(*COLLECT, NOON, SOON.astimezone(tz=None))
    (again,) = store.runs()
    assert (again.state, again.attempts, again.message) == (RunState.RUNNING, 2, "")


def test_a_round_that_failed_for_good_waits_for_a_person(store: Store):
    """Without a time to retry it is never taken on by itself."""
    store.claim(*COLLECT, NOON, NOON)
    store.fail(*COLLECT, NOON, message="台账有误", retry_at=None)

    assert not store.claim(*COLLECT, NOON, NOON + timedelta(days=30))
    failed = store.run_of(*COLLECT)
    assert failed is not None
    assert failed.message == "台账有误"


def test_a_round_whose_process_died_is_due_again(store: Store):
    """After the power came back the service makes up for it."""
    store.claim(*COLLECT, NOON, NOON)

    (interrupted,) = store.release_interrupted(SOON, message="上次运行中断")

    assert interrupted.state is RunState.RUNNING
    assert store.claim(*COLLECT, NOON, SOON)
    assert store.release_interrupted(SOON, message="") != ()


def test_ending_a_round_that_nobody_began_is_a_mistake(store: Store):
    """A bug must not pass silently."""
    with pytest.raises(ValueError, match="under way"):
        store.finish(*COLLECT, NOON)


def test_of_many_that_claim_at_once_one_gets_the_round(path: Path):
    """Several services on one workspace."""
    with open_store(path):
        pass
    start, got = Barrier(6), []

    def claim() -> None:
        with open_store(path) as store:
            start.wait()
            got.append(store.claim(*COLLECT, NOON, NOON))

    threads = [Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == [False] * 5 + [True]
