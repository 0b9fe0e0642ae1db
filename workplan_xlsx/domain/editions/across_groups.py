"""Where each unit stands among all that are ranked, whatever their group (city, county, department)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workplan_xlsx.domain.editions.ranked import Standing


def ranks_across_groups(standings: Iterable[Standing]) -> Mapping[str, int]:
    """Return, by unit, the rank by total among the ranked of all groups; ties share the better one.

    For comparison only: additions, deductions and tables of honour go by the rank within the group, since
    groups exist where the work cannot be compared.
    """
    totals = {each.unit: each.total for each in standings if each.rank is not None and each.total is not None}
    ranks: dict[str, int] = {}
    rank, before = 0, None
    for place, unit in enumerate(sorted(totals, key=lambda unit: -totals[unit]), start=1):
        if totals[unit] != before:
            rank, before = place, totals[unit]
        ranks[unit] = rank
    return ranks
