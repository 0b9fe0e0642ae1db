"""Taken files are moved, never deleted, never replaced; what cannot be moved is known again."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest

from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.intake import filing
from workplan_xlsx.intake.file_names import is_filed
from workplan_xlsx.intake.filing import Filing, file_away
from workplan_xlsx.intake.inbox import stamp_of

NOON = datetime(2023, 6, 28, 12, 0)  # noqa: DTZ001 - only told


def _dropped(inbox: Path, name: str, content: str = "六月") -> Filing:
    path = inbox / name
    path.write_text(content, encoding="utf-8")
    return _filing(path, content)


def _filing(path: Path, content: str = "六月", outcome: Outcome = Outcome.RETURNED) -> Filing:
    stamp = stamp_of(path)
    assert stamp is not None
    sha = hashlib.sha256(content.encode()).hexdigest()
    return Filing(path=path, stamp=stamp, outcome=outcome, sha256=sha, received_at=NOON)


def _left(inbox: Path) -> dict[str, str]:
    return {
        path.relative_to(inbox).as_posix(): path.read_text(encoding="utf-8-sig")
        for path in sorted(inbox.rglob("*"))
        if path.is_file()
    }


def test_a_filed_form_bears_moment_hash_and_the_senders_name_with_a_word_beside_it(tmp_path: Path):
    place = file_away(_dropped(tmp_path, "商务局 最终版(2).xlsx"), tmp_path, "请改正")

    assert place is not None
    assert is_filed(place.name)
    assert _left(tmp_path) == {
        f"退回/20230628-120000_{hashlib.sha256('六月'.encode()).hexdigest()[:12]}_商务局 最终版(2).xlsx": "六月",
        f"退回/{place.name}.txt": "请改正",
    }


def test_the_same_file_filed_again_and_again_is_counted_and_none_is_replaced(tmp_path: Path):
    places = [file_away(_dropped(tmp_path, "一.xlsx"), tmp_path, f"第{time}次") for time in (1, 2, 3)]

    assert [place.name.partition("_")[2].partition("_")[2] for place in places if place] == [
        "一.xlsx",
        "一_2.xlsx",
        "一_3.xlsx",
    ]
    assert len(_left(tmp_path)) == 6


def test_a_file_that_cannot_be_moved_stays_and_leaves_no_word_without_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Windows does not move a file that is open in Excel."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    dropped = _dropped(tmp_path, "一.xlsx")
    with monkeypatch.context() as held:
        held.setattr(filing.Path, "rename", refuse)
        assert file_away(dropped, tmp_path, "请改正") is None
    assert _left(tmp_path) == {"一.xlsx": "六月"}

    assert file_away(dropped, tmp_path, "请改正") is not None


def test_another_file_that_took_the_name_meanwhile_is_not_put_away_unread(tmp_path: Path):
    """Between reading and moving the sender replaced his form: the new one stays, and is read next time."""
    dropped = _dropped(tmp_path, "一.xlsx")
    newer = tmp_path / "新.xlsx"
    newer.write_text("更正", encoding="utf-8")
    newer.replace(tmp_path / "一.xlsx")

    assert file_away(dropped, tmp_path, "请改正") is None
    assert _left(tmp_path) == {"一.xlsx": "更正"}


def test_a_file_that_goes_back_never_replaces_what_took_its_name(tmp_path: Path):
    """And if a third version has come by then, all of them are there."""
    dropped = _dropped(tmp_path, "一.xlsx")
    newer = tmp_path / "新.xlsx"
    newer.write_text("更正", encoding="utf-8")
    newer.replace(tmp_path / "一.xlsx")
    rename = Path.rename

    def rename_and_drop_another(self: Path, target: Path) -> Path:
        moved = rename(self, target)
        self.write_text("再更正", encoding="utf-8")
        return moved

    with pytest.MonkeyPatch.context() as racing:
        racing.setattr(Path, "rename", rename_and_drop_another)
        assert file_away(dropped, tmp_path) is None
    assert _left(tmp_path) == {"一.xlsx": "再更正", "一_2.xlsx": "更正"}


def test_a_run_that_was_stopped_before_the_move_does_it_again_to_the_same_place(tmp_path: Path):
    """The word was there already: it is the same word at the same place."""
    dropped = _dropped(tmp_path, "一.xlsx")
    place = file_away(dropped, tmp_path, "请改正")
    assert place is not None
    place.rename(tmp_path / "一.xlsx")  # as if the run had stopped just before

    assert file_away(_filing(tmp_path / "一.xlsx"), tmp_path, "请改正") == place
    assert len(_left(tmp_path)) == 2
