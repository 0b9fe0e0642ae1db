"""What an edition remembered by the names of then (ranks, a lead's own lights), under the names of today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from workplan_xlsx.domain.editions.joint_leads import own_key, parts_of_key
from workplan_xlsx.domain.model import Ledger

Remembered = TypeVar("Remembered")


def by_unit_of_today(remembered: Iterable[tuple[str, Remembered]], ledger: Ledger) -> dict[str, Remembered]:
    """Return by today's name what was remembered by unit.

    Of units that became one there is none, unless it still has the name of one of them.
    """
    pairs = tuple(remembered)
    called = [(_today(unit, ledger), unit, what) for unit, what in pairs]
    own = {unit: what for unit, what in pairs if unit in ledger.unit_by_name}
    former: dict[str, list[Remembered]] = {}
    for name, unit, what in called:
        if name not in own and name != unit:
            former.setdefault(name, []).append(what)
    unknown = {unit: what for name, unit, what in called if name == unit and unit not in own}
    return unknown | own | {name: each[0] for name, each in former.items() if len(each) == 1}


def by_key_of_today(remembered: Iterable[tuple[str, Remembered]], ledger: Ledger) -> dict[str, Remembered]:
    """Return the same of what was remembered by task, or by task and lead."""
    of_task: dict[str, Remembered] = {}
    of_leads: dict[str, list[tuple[str, Remembered]]] = {}
    for key, what in remembered:
        code, lead = parts_of_key(key)
        if lead:
            of_leads.setdefault(code, []).append((lead, what))
        else:
            of_task[code] = what
    of_each = {
        own_key(code, lead): what
        for code, leads in of_leads.items()
        for lead, what in by_unit_of_today(leads, ledger).items()
    }
    return of_task | of_each


def _today(name: str, ledger: Ledger) -> str:
    unit = ledger.find_unit(name)
    return name if unit is None else unit.name
