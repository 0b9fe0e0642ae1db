"""A district's 34 honest forms with attacks beside them, through the real command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

sys.path.insert(0, str(ROOT / "tools"))
ONE_OF_EACH_KIND = "01,03,07,11,15,17,20,22,27,31,33,34,37,39,42,45,50,55,57,62,70,74,78"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no limits on a process from within")


def test_attacks_beside_honest_forms_harm_none_of_them(shared, tmp_path):
    """All 34 are accepted, each attack gets one verdict; all 115 entries by `make hostile`."""
    from hostile_inbox import outcome_of

    made = outcome_of(shared / "hostile" / "make_hostile.py", tmp_path, ONE_OF_EACH_KIND)

    assert list(made.troubles()) == []
    assert (made.honest, made.accepted) == (34, 34)
    assert made.hostile == len(ONE_OF_EACH_KIND.split(","))
    assert made.counts["honest", "accepted"] == 34
    assert not [kind for kind, outcome in made.counts if outcome == "accepted" and kind != "honest"]
