"""What judging costs: at most 0.3 ms of CPU for a form of 12 rows (measured by `python tools/rules_cost.py`)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))


def test_judging_a_form_of_twelve_rows_is_cheap():
    """Five times the bound, since the machine may be slow; the tool prints the figure itself."""
    from rules_cost import milliseconds_a_form

    assert milliseconds_a_form(rounds=3, forms=100) < 5 * 0.3
