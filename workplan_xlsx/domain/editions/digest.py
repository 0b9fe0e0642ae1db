"""A digest of all that an edition says, taken piece by piece: a province's edition is never one long text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from workplan_xlsx.domain.model import Ledger, Target, Task
from workplan_xlsx.domain.submission import Submission

if TYPE_CHECKING:
    from workplan_xlsx.domain.editions.edition import Edition

# what depends on the moment of the run, or is told from the ledger already
_LEFT_OUT = {"ledger", "number", "as_of", "warnings", "in_force", "restatements"}
_AGES = {"age_days", "overdue_days"}


def digest_of(edition: Edition) -> str:
    """Return the SHA-256 of what the edition says; number, moment and warnings of the run are left out."""
    digest = hashlib.sha256()
    for piece in _pieces(edition):
        digest.update(piece.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _pieces(edition: Edition) -> Iterator[str]:
    yield repr(edition.ledger.head)
    yield from (repr(unit) for unit in edition.ledger.units)
    yield from (repr(task) for task in edition.ledger.tasks)
    for each in fields(edition):
        if each.name in _LEFT_OUT:
            continue
        value = getattr(edition, each.name)
        yield each.name
        for part in value if isinstance(value, tuple) else (value,):
            yield repr(_brief(part))


def _brief(value: Any) -> Any:
    """The value as plain tuples; what is told once elsewhere is only named: tasks, targets, whole forms."""
    if isinstance(value, (Task, Target)):
        return value.code
    if isinstance(value, Submission):
        verdict = value.verdict
        return (
            verdict.file,
            verdict.sha256,
            value.version,
            value.received_at,
            verdict.outcome,
            verdict.sign_off,
        )
    if isinstance(value, tuple):
        return tuple(_brief(each) for each in value)
    if is_dataclass(value) and not isinstance(value, (Ledger, Enum)):
        return tuple(_brief(getattr(value, name)) for name in _told(value))
    return value


def _told(value: Any) -> Iterator[str]:
    """The fields that say something: a standing's tasks are told already, ages change by themselves."""
    standing = hasattr(value, "rank_before")
    for each in fields(value):
        if each.name not in _AGES and not (standing and each.name == "tasks"):
            yield each.name
