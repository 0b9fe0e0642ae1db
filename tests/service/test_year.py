"""The short form of `make year`: two months of real processes, killed and starved, come to the same figures."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools" / "year"))


@pytest.mark.skipif(os.name == "nt", reason="kill -9 and process groups are POSIX")
def test_two_months_with_crashes_a_week_off_and_a_full_disk_end_as_if_nothing_had_happened(tmp_path):
    """Every round once or given up and told, every form once, every failure told, the published figures the same."""
    from checks import check
    from disturbed import live_through
    from plan import plan_year
    from undisturbed import live_in_peace

    plan = plan_year(2, 10, small=True)
    peace = live_in_peace(plan, tmp_path / "peace")
    told = check(plan, live_through(plan, tmp_path / "ws", kills=0.35), peace)

    assert told["rounds"] + told["missed_for_good_and_told"] == 12
    assert told["missed_for_good_and_told"] >= 1
    assert told["crashes"] + told["power_cuts"] >= 1
    assert told["returned"] >= 1
    assert told["figures_compared"] == 12
