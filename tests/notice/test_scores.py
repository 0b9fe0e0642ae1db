"""The reader against labelled truth, in every form: the text, a .docx made of it, the PDF. `make score-notices` tells more."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "score_notices.py"


@pytest.fixture(scope="module")
def scorer():
    return runpy.run_path(str(TOOL))


@pytest.mark.usefixtures("shared")
def test_every_bar_is_met_in_every_form(scorer, capsys):
    """Sections, items, titles 100 %, owners 99 %, targets 98 %; none of the other numbers is a target."""
    totals = scorer["score_all"](verbose=True)
    print(capsys.readouterr().out)

    for form, total in totals.items():
        assert total.right["others"] == 0, form
        for what, pct in total.shares().items():
            assert pct is None or pct >= scorer["BARS"][what], (form, what)


def test_the_scorer_sees_a_wrong_reading(scorer):
    """A unit too many, a target with the wrong operator, a year taken for a target."""
    label = {
        "section_ordinal": "一",
        "number": "1",
        "title": "招商",
        "lead_units": ["商务局"],
        "support_units": [],
    }
    target = {
        "text": "5个以上",
        "context": "引进项目5个以上",
        "value": 5,
        "unit": "个",
        "op": ">=",
        "kind": "target",
    }
    truth = {"sections": [{"ordinal": "一", "title": "产业"}], "tasks": [label | {"targets": [target]}]}
    wrong = [
        target | {"op": "=", "value": "5", "value_max": None},
        target | {"text": "2023", "value": "2023", "value_max": None, "context": "到2023年引进项目"},
    ]
    read = json.loads(json.dumps(truth))
    read["tasks"][0] |= {"lead_units": ["商务局", "财政局"], "targets": wrong}
    score = scorer["score"](truth, read, [{"task": "1", "number": "2023", "around": "到2023年引进项目"}])

    assert (score.pct("owners"), score.shares()["precision"], score.shares()["exact"]) == (50, 50, 0)
    assert score.right["others"] == 1
