"""A digest of all that an edition says, taken piece by piece: a province's edition is never one long text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from operator import attrgetter
from typing import Any

from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.model import Target, Task
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.submission import Submission

# What depends on the moment of the run, or is told in another part: figures in the tasks' ratings, what a
# unit reported in `reporting`, its tasks in `tasks`; ages change by themselves; what
# a figure was in another measure, in its reason.
_OF_EDITION = {
    "ledger",
    "number",
    "as_of",
    "warnings",
    "in_force",
    "restatements",
    "figures",
    "since_last",
    "stand_ins",
}
_OF_PARTS = {"Standing": {"tasks", "reporting"}, "Problem": {"age_days", "overdue_days"}, "Figure": {"then"}}


def digest_of(edition: Edition) -> str:
    """Return the SHA-256 of what the edition says; number, moment and warnings of the run are left out."""
    digest = hashlib.sha256()
    for piece in _pieces(edition):
        digest.update(repr(piece).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _pieces(edition: Edition) -> Iterator[Any]:
    """The ledger in full, then every field of the edition item by item; plain tuples, whose text is quick."""
    in_full = _Teller(named_only=())
    ledger = edition.ledger
    yield from (in_full.told(each) for each in (ledger.head, *ledger.units, *ledger.tasks))
    brief = _Teller(named_only=(Task, Target))
    for each in fields(edition):
        if each.name in _OF_EDITION:
            continue
        value = getattr(edition, each.name)
        yield each.name
        yield from (brief.told(part) for part in (value if isinstance(value, tuple) else (value,)))


class _Teller:
    """Turns values into plain tuples; of some kinds only the code, since they are told elsewhere."""

    def __init__(self, named_only: tuple[type, ...]) -> None:
        self._how: dict[type, Callable[[Any], Any]] = {Fraction: _ratio, Submission: _form, tuple: self._each}
        self._how[frozenset] = _in_order
        self._how |= dict.fromkeys(named_only, attrgetter("code"))
        self._plain: set[type] = set()
        """What is told as it is: to ask a function for each of millions takes longer than telling it."""

    def told(self, value: Any) -> Any:
        """The value as tuples, texts and numbers."""
        kind = value.__class__
        how = self._how.get(kind)
        if how is None:
            how = self._how[kind] = self._fields_of(kind)
        return how(value)

    def _each(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        told, plain = self.told, self._plain
        return tuple([value if value.__class__ in plain else told(value) for value in values])

    def _fields_of(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, Enum) or not is_dataclass(kind):
            self._plain.add(kind)
            return _as_it_is
        left_out = _OF_PARTS.get(kind.__name__, set())
        names = [each.name for each in fields(kind) if each.name not in left_out]
        if len(names) == 1:
            (name,) = names
            return lambda value: self.told(getattr(value, name))
        values_of = attrgetter(*names)
        return lambda value: self._each(values_of(value))


def digest_of_rules(rules: Rules) -> str:
    """Return the SHA-256 of the rules: equal rules, equal digest, however they are told."""
    told = repr(_Teller(named_only=()).told(rules))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_figures(figures: Iterable[Figure]) -> str:
    """Return the SHA-256 of the figures that count: whose they are, their value or stage, how they hold."""
    digest = hashlib.sha256()
    for each in figures:
        held = each.value if each.value is None else plain(each.value)
        told = each.target.code, each.unit, held, each.status, each.provisional
        digest.update(repr(told).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _in_order(values: frozenset[Any]) -> tuple[str, ...]:
    return tuple(sorted(map(str, values)))


def _as_it_is(value: Any) -> Any:
    return value


def _ratio(value: Fraction) -> tuple[int, int]:
    return value.numerator, value.denominator


def _form(value: Submission) -> tuple[Any, ...]:
    verdict = value.verdict
    seen = value.version, value.received_at, verdict.outcome, verdict.sign_off
    return verdict.file, verdict.sha256, *seen
