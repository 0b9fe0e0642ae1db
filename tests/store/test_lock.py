"""One at a time on a workspace: a command waits for a look of the service, and for nobody else."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from workplan_xlsx.errors import LockedError
from workplan_xlsx.store import lock
from workplan_xlsx.store.lock import SERVICE, lock_holder, workspace_lock

NOW = datetime(2023, 6, 1, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def pauses(monkeypatch):
    """Each pause of somebody who waits, and what happens meanwhile."""
    meanwhile = []

    def pause(_seconds: float) -> None:
        assert meanwhile, "it waits longer than expected"
        meanwhile.pop(0)()

    monkeypatch.setattr(lock.time, "sleep", pause)
    return meanwhile


def test_a_command_waits_until_the_look_of_the_service_is_over(tmp_path, pauses):
    with ExitStack() as look:
        look.enter_context(workspace_lock(tmp_path, SERVICE, NOW, "zh"))
        pauses += [lambda: None, lambda: None, look.close]
        with workspace_lock(tmp_path, "backup", NOW, "zh", patience_seconds=5):
            assert lock_holder(tmp_path)["command"] == "backup"
    assert pauses == []


def test_a_look_that_takes_longer_is_named_with_process_and_since_when(tmp_path, pauses):
    pauses += [lambda: None] * 10
    with (
        workspace_lock(tmp_path, SERVICE, NOW, "zh"),
        pytest.raises(LockedError, match=r"自 2023-06-01 08:30 起运行 run"),
        workspace_lock(tmp_path, "backup", NOW, "zh", patience_seconds=1),
    ):
        pass
    assert pauses == []


@pytest.mark.usefixtures("pauses")
def test_nobody_waits_for_another_command_and_the_service_waits_for_nobody(tmp_path):
    for holder, comer, patience in (("collect", "backup", 5), ("collect", SERVICE, 0), (SERVICE, SERVICE, 0)):
        with (
            workspace_lock(tmp_path, holder, NOW, "zh"),
            pytest.raises(LockedError, match=holder),
            workspace_lock(tmp_path, comer, NOW, "zh", patience_seconds=patience),
        ):
            pass
