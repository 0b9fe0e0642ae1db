"""kill -9 of real `workplan` processes while forms arrive: the short form of `make torture`."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

sys.path.insert(0, str(ROOT / "tools" / "torture"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_kills_at_any_moment_lose_nothing_double_nothing_and_publish_nothing_by_halves(tmp_path):
    """Before changes in turn (strace) and at random; the command, its readers, and the server of readers."""
    from rounds import torture

    tally, wrong = torture(tmp_path, kills=20, seed=7, side_by_side=2)

    assert not wrong
    assert tally.kills == 20
    assert tally.forms >= 20
