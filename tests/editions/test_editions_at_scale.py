"""A province is worked out in time that grows with its targets, not with their square."""

from __future__ import annotations

import time

from provinces import edition, ledger, returned


def cpu_of(units: int) -> float:
    plan = ledger(units, tasks_each=2, targets_each=2)
    forms = returned(plan, lambda unit, code: str(20 + (int(unit[2:]) * 7 + int(code[-1]) * 11) % 60))
    begun = time.process_time()
    made = edition(plan, forms)
    spent = time.process_time() - begun
    assert sum(1 for each in made.standings if each.rank) == units
    return spent


def test_eight_times_the_units_take_about_eight_times_the_work():
    """Linear would be 8; a square 64. The bound is generous: other work may run beside it."""
    cpu_of(20)

    assert cpu_of(800) < 24 * cpu_of(100)
