"""What a unit finds changed on its form, after the coordinator changed the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workplan_xlsx.domain.model import Ledger, Target, Task
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChange:
    """One difference between two forms of a unit.

    Attributes:
        what: "added" or "withdrawn" for a whole row, else which of its facts ("value", "reporting_unit" ...).
        code, name: The row, as the newer of the two forms calls it.
        before, after: As text; "" where there is none.
    """

    what: str
    code: str
    name: str
    before: str = ""
    after: str = ""

    def told(self, lang: Lang) -> str:
        """The change as a sentence."""
        if self.what in ("added", "withdrawn"):
            return say(f"form.change_{self.what}", lang, code=self.code, name=self.name)
        blank = say("form.returned_blank", lang)
        return say(
            "form.change",
            lang,
            code=self.code,
            name=self.name,
            what=say(f"form.changed_{self.what}", lang),
            before=self.before or blank,
            after=self.after or blank,
        )


def form_changes(old: Ledger, new: Ledger, unit: str) -> Iterator[FormChange]:
    """Yield what the unit's form made from the new ledger shows differently, in the form's order."""
    before = {target.code: (task, target) for task, target in old.asked_of(unit)}
    after = {target.code: (task, target) for task, target in new.asked_of(unit)}
    for code, (task, target) in after.items():
        if code not in before:
            yield FormChange(what="added", code=code, name=target.name)
        else:
            yield from _facts_changed(before[code], (task, target))
    for code, (_, target) in before.items():
        if code not in after:
            yield FormChange(what="withdrawn", code=code, name=target.name)


def _facts_changed(old: tuple[Task, Target], new: tuple[Task, Target]) -> Iterator[FormChange]:
    target = new[1]
    told_before, told_after = _facts(*old), _facts(*new)
    for what, after in told_after.items():
        if told_before[what] != after:
            yield FormChange(
                what=what, code=target.code, name=target.name, before=told_before[what], after=after
            )


def _facts(task: Task, target: Target) -> dict[str, str]:
    """What the form shows of a row, as texts."""
    return {
        "name": target.name,
        "words": target.words,
        "unit": target.unit,
        "value": "" if target.value is None else plain(target.value),
        "reporting_unit": task.reporting_unit,
        "due_on": "" if task.due_on is None else task.due_on.isoformat(),
        "title": task.title,
    }
