"""A province is worked out in time that grows with its targets, not with their square."""

from __future__ import annotations

import time

from provinces import edition, ledger, returned

from workplan_xlsx.domain.editions.across_groups import ranks_across_groups


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


def test_thousands_of_units_are_ranked_within_their_groups_and_across_them():
    """2,000 units in 40 groups: within a group nobody else counts; across groups the totals decide, ties share."""
    plan = ledger(2000, tasks_each=1, targets_each=1, groups=40)
    made = edition(plan, returned(plan, lambda unit, _: str(int(unit[2:]) % 97)))
    across = ranks_across_groups(made.standings)
    totals = {each.unit: each.total for each in made.standings}

    assert all(
        rank == 1 + sum(1 for total in totals.values() if total > totals[unit])
        for unit, rank in list(across.items())[:50]
    )
    for group in ("组0", "组39"):
        members = [each for each in made.standings if each.group == group]
        assert len(members) == 50
        assert [each.rank for each in members] == [
            1 + sum(1 for other in members if other.total > each.total) for each in members
        ]
