"""kill -9 of real `workplan` processes while forms arrive: the short form of `make torture`."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
from office import fill

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from torture import torture


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_kills_at_any_moment_lose_nothing_double_nothing_and_publish_nothing_by_halves(office):
    """At every change in turn (strace) and at random, four ways of copying at the same time."""
    blank = office.form("区商务局")

    def form(path: Path, number: int) -> None:
        fill(blank, path, {"1-1": number, "1-2": 0.6, "3-1": "推进中"})

    done = torture(office.root, form, kills=24, seed=7)

    assert done.kills == 24
    assert len(done.sent) >= 4
