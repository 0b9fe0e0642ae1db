"""What the coordinator changed in the ledger, told one by one, with the old and the new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import SequenceMatcher
from typing import Any

from workplan_xlsx.domain.model import Joint, Ledger, Nature, Target, Task, Unit
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChange:
    """One difference between two ledgers.

    Attributes:
        kind: "unit", "task", "target", "plan", or one of the decisions: "override", "waiver", "answer",
            "reopening".
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
    yield from _decided(old, new)
    if list(old.unit_by_name) != list(new.unit_by_name) and set(old.unit_by_name) == set(new.unit_by_name):
        yield LedgerChange(
            kind="plan", code=new.head.code, field="units", before=_roster(old), after=_roster(new)
        )


_DECISIONS = ("overrides", "waivers", "answers", "reopenings")


def _decided(old: Ledger, new: Ledger) -> Iterator[LedgerChange]:
    """Decisions are lines of a sheet; the lines about one thing are told together."""
    for name in _DECISIONS:
        before, after = _by_key(getattr(old.decisions, name)), _by_key(getattr(new.decisions, name))
        for key in dict.fromkeys([*before, *after]):
            was, now = before.get(key, ""), after.get(key, "")
            if was != now:
                kind = name.removesuffix("s")
                yield LedgerChange(kind=kind, code=key, field="", before=was, after=now)


def _by_key(decisions: Iterable[Any]) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    for each in decisions:
        lines.setdefault(_key(each), []).append(_line(each))
    return {key: "；".join(told) for key, told in lines.items()}


def _key(decision: Any) -> str:
    """What the decision is about: its first field that says so."""
    names = ("number", "rule", "code", "unit")
    return next(str(getattr(decision, name)) for name in names if hasattr(decision, name))


def _line(decision: Any) -> str:
    return "，".join(
        told_value(value) for each in fields(decision) if (value := getattr(decision, each.name))
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
    for each in fields(old):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if before != after and each.name not in ("targets", "decisions"):
            yield LedgerChange(
                kind=kind, code=code, field=each.name, before=told_value(before), after=told_value(after)
            )


def told_value(value: object) -> str:
    """The value of a field as text; "" for none."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class MeaningChange:
    """A target whose figure means something else now: `what` is the field that says so."""

    what: str
    before: str
    after: str


def meaning_words(what: str, value: str, lang: Lang) -> str:
    """What a field of a target says, in the words of the ledger's lists; "—" for nothing."""
    kinds: Mapping[str, type[Nature] | type[Joint]] = {"nature": Nature, "joint": Joint}
    return say(f"ledger.{what}_{kinds[what](value).name.lower()}", lang) if what in kinds else value or "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningChanges:
    """What a form of an earlier wording of the ledger no longer says rightly.

    Attributes:
        reworded: Codes whose target value, bound or wording changed; a figure to date means the same.
        changed: Codes whose figure means something else: asked about.
        withdrawn: Codes that were asked and are not any more, with their names.
        added: Codes that are asked only now.
    """

    reworded: frozenset[str] = frozenset()
    changed: Mapping[str, MeaningChange] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    added: frozenset[str] = frozenset()

    def touches(self, asked: Iterable[str], returned: Iterable[str]) -> bool:
        """Whether any of it concerns a form that asks and returns these codes."""
        new = self.reworded | self.added | self.changed.keys()
        return not new.isdisjoint(asked) or not self.withdrawn.keys().isdisjoint(returned)


NOTHING_CHANGED = MeaningChanges()
_MEANING = ("unit", "nature", "name", "joint")
_WORDING = ("value", "value_max", "bound", "words", "baseline", "stretch", "name")
_SAME_NAME_FROM = 0.6
"""From which likeness on a changed name is taken for a better wording of the same thing."""


def meaning_changes(old: Ledger, new: Ledger) -> MeaningChanges:
    """Return what has to be known about a form that was made from the old ledger."""
    before = {code: target for code, target in old.target_by_code.items() if target.on_form}
    after = {code: target for code, target in new.target_by_code.items() if target.on_form}
    both = [code for code in before if code in after]
    changed = {code: change for code in both if (change := _meaning(before[code], after[code]))}
    return MeaningChanges(
        reworded=frozenset(code for code in both if _is_reworded(before[code], after[code])) - changed.keys(),
        changed=changed,
        withdrawn=_withdrawn(old, new, before),
        added=frozenset(_added(old, new, after)),
    )


def _meaning(old: Target, new: Target) -> MeaningChange | None:
    for name in _MEANING:
        before, after = getattr(old, name), getattr(new, name)
        if before != after and not (name == "name" and is_same_name(before, after)):
            return MeaningChange(name, told_value(before), told_value(after))
    return None


def is_same_name(one: str, other: str) -> bool:
    """Whether a changed name is a better wording of the same thing."""
    return SequenceMatcher(None, one, other).ratio() >= _SAME_NAME_FROM


def _is_reworded(old: Target, new: Target) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in _WORDING)


def _withdrawn(old: Ledger, new: Ledger, before: Mapping[str, Target]) -> dict[str, str]:
    """Withdrawn altogether, or no longer asked of a unit that led it."""
    asked_now = {(unit, code) for unit, code in _asked(new)}
    return {
        code: before[code].name
        for unit, code in _asked(old)
        if (current_name(new, unit), code) not in asked_now
    }


def _added(old: Ledger, new: Ledger, after: Mapping[str, Target]) -> Iterator[str]:
    asked_then = {(current_name(new, unit), code) for unit, code in _asked(old)}
    for unit, code in _asked(new):
        if (unit, code) not in asked_then and code in after:
            yield code


def _asked(ledger: Ledger) -> Iterator[tuple[str, str]]:
    for unit in ledger.unit_by_name:
        for _, target in ledger.asked_of(unit):
            yield unit, target.code


def current_name(ledger: Ledger, unit: str) -> str:
    """The name under which the unit stands in the ledger now, by its other names; itself where unknown."""
    found = ledger.find_unit(unit)
    return found.name if found else unit


def renamings(old: Ledger, new: Ledger) -> Iterator[tuple[str, str]]:
    """Yield (old name, new name) of units that vanished while a new one leads exactly the same tasks.

    A unit that lists the old name among its other names is known to be the same, and not yielded.
    """
    gone = [name for name in old.unit_by_name if new.find_unit(name) is None]
    fresh = [name for name in new.unit_by_name if name not in old.unit_by_name]
    for name in gone:
        led = {task.code for task in old.tasks_of_unit[name]}
        for candidate in fresh:
            if led and led == {task.code for task in new.tasks_of_unit[candidate]}:
                yield name, candidate
                break
