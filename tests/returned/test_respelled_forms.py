"""A clerk's form whose XML is spelled anew says what it said, or a person is asked; never anything else.

PYTHONPATH=tests:tests/books python tests/returned/test_respelled_forms.py COUNT [FIRST_SEED]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from respelled_forms import Respelled
from sent_forms import sent

from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.returns import ReturnedForm

EQUAL, ASKED = "equal", "asked"


def told(form: ReturnedForm) -> object:
    """All that counts: whose it is, its head, its rows; and what a person is told, hidden rows aside."""
    rows = [(row.code, row.name, row.unit, row.row, dict(row.answers)) for row in form.rows]
    marks = {(mark.plan, mark.unit, mark.period, mark.version) for mark in form.marks}
    return marks, dict(form.head), rows, [finding.code for finding in form.findings]


def outcomes(seeds: Iterable[int]) -> tuple[Counter[str], list[int]]:
    """(how many ended how, the seeds that were silently different)."""
    form = sent()
    said = told(read_returned(form, "表.xlsx", ""))
    counted: Counter[str] = Counter()
    silent = []
    for seed in seeds:
        became = read_returned(Respelled(form, seed).data(), "表.xlsx", "")
        asked = any(finding.severity == "error" for finding in became.findings)
        outcome = ASKED if asked else EQUAL if told(became) == said else "silent"
        counted[outcome] += 1
        silent += [seed] if outcome == "silent" else []
    return counted, silent


def test_a_hundred_spellings_of_one_form_say_the_same():
    counted, silent = outcomes(range(100))

    assert silent == []
    assert counted[EQUAL] > 90


if __name__ == "__main__":
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    counted, silent = outcomes(range(first, first + int(sys.argv[1])))
    print(silent[:50], dict(counted), sep="\n")
    sys.exit(bool(silent))
