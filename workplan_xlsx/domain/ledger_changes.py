"""What the coordinator changed in the ledger, told one by one, with the old and the new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from workplan_xlsx.domain.model import Ledger, Target, Task, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChange:
    """One difference between two ledgers.

    Attributes:
        kind: "unit", "task", "target" or "plan".
        code: Name or code of what changed.
        field: Which of its fields; "" where it was added or withdrawn.
        before, after: As text; "" on the side where it does not exist.
    """

    kind: str
    code: str
    field: str
    before: str
    after: str


def differences(old: Ledger | None, new: Ledger) -> Iterator[LedgerChange]:
    """Yield every difference; the first ledger of all differs by its plan as a whole."""
    if old is None:
        yield LedgerChange(kind="plan", code=new.head.code, field="", before="", after=new.head.title)
        return
    yield from _fields("plan", new.head.code, old.head, new.head)
    yield from _compared("unit", old.unit_by_name, new.unit_by_name)
    yield from _compared("task", old.task_by_code, new.task_by_code)
    yield from _compared("target", old.target_by_code, new.target_by_code)
    if list(old.unit_by_name) != list(new.unit_by_name) and set(old.unit_by_name) == set(new.unit_by_name):
        yield LedgerChange(
            kind="plan", code=new.head.code, field="units", before=_roster(old), after=_roster(new)
        )


def _roster(ledger: Ledger) -> str:
    return "、".join(ledger.unit_by_name)


def _compared(
    kind: str,
    old: Mapping[str, Unit] | Mapping[str, Task] | Mapping[str, Target],
    new: Mapping[str, Unit] | Mapping[str, Task] | Mapping[str, Target],
) -> Iterator[LedgerChange]:
    for code in [*old, *(code for code in new if code not in old)]:
        if code not in new:
            yield LedgerChange(kind=kind, code=code, field="", before=code, after="")
        elif code not in old:
            yield LedgerChange(kind=kind, code=code, field="", before="", after=code)
        else:
            yield from _fields(kind, code, old[code], new[code])


def _fields(kind: str, code: str, old: Any, new: Any) -> Iterator[LedgerChange]:
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after and field.name != "targets":
            yield LedgerChange(
                kind=kind, code=code, field=field.name, before=_told(before), after=_told(after)
            )


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
