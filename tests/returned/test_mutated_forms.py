"""A short form of `make mutate`: every kind of change once or twice, on real forms of the sample notice."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

sys.path.insert(0, str(ROOT / "tools" / "mutate"))
FORMS, CHANGES, LIBREOFFICE_FORMS = 10, 130, 3

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no limits on a process from within")


def test_no_mutated_form_is_silently_wrong_and_harmless_changes_pass(tmp_path):
    """Accepted and exactly what a person reads in the file, or not accepted and the place named."""
    from forms_sent import filled, office, save_with_libreoffice
    from outcomes import judged, mutated

    chance = random.Random(20230628)
    plan, blanks = office(tmp_path / "office")
    forms = [filled(blank, chance) for blank in chance.sample(blanks, FORMS)]
    save_with_libreoffice(forms[:LIBREOFFICE_FORMS], tmp_path / "saved")
    table = judged(list(mutated(forms, CHANGES, chance)), plan)

    assert [(what, each.kind.name, each.sent.unit) for what, each, _ in table.cases] == []
    assert (table.accepted + table.refused).total() == CHANGES
