"""What lay in the inbox is remembered with the bytes: under every name, and where it went."""

from __future__ import annotations

from datetime import timedelta

from returned_files import NOON, sent

from workplan_xlsx.store.inbox_files import TakenName
from workplan_xlsx.store.opening import Store


def _met(name: str, content: str = "六月", stamp: str = "1") -> TakenName:
    return TakenName(name=name, stamp=stamp, sha256=sent(content)[0].sha256, seen_at=NOON)


def test_a_file_lies_in_the_inbox_until_it_was_put_away(store: Store):
    """A run that is stopped between the commit and the move finds both what it kept and what it left."""
    store.keep([sent("六月")], NOON, [_met("六月.xlsx"), _met("副本.xlsx")])
    assert set(store.lying()) == {"六月.xlsx", "副本.xlsx"}
    assert not store.was_ever_put_away()

    store.put_away({"六月.xlsx": "已收/六月.xlsx"})
    assert set(store.lying()) == {"副本.xlsx"}
    assert store.was_ever_put_away()
    assert [(each.name, each.place) for each in store.places_of(sent("六月")[0].sha256)] == [
        ("六月.xlsx", "已收/六月.xlsx"),
        ("副本.xlsx", None),
    ]


def test_another_file_of_the_same_name_is_another_file(store: Store):
    """六月.xlsx comes again the next day with other bytes; yesterday's is gone, and not forgotten."""
    store.keep([sent("六月")], NOON, [_met("六月.xlsx")])
    store.keep([sent("更正")], NOON, [_met("六月.xlsx", "更正", "2")])

    assert store.lying()["六月.xlsx"].sha256 == sent("更正")[0].sha256
    assert [each.place for each in store.places_of(sent("六月")[0].sha256)] == [""]


def test_how_long_a_file_has_looked_unfinished(store: Store):
    """Counted from the last change on; a clock that was set back does not make it wait for ever."""
    assert store.unfinished_since("六月.xlsx", "100 bytes", NOON) == NOON
    later = NOON + timedelta(minutes=5)
    assert store.unfinished_since("六月.xlsx", "100 bytes", later) == NOON
    assert store.unfinished_since("六月.xlsx", "200 bytes", later) == later
    year_before = NOON - timedelta(days=365)
    assert store.unfinished_since("六月.xlsx", "200 bytes", year_before) == year_before

    store.forget_unfinished([])
    assert store.unfinished_since("六月.xlsx", "200 bytes", later) == later
