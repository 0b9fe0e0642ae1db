"""A change of the ledger in the words of its sheets: 计量单位, not unit; 比率, not rate; 是, not True."""

from __future__ import annotations

from enum import StrEnum

from workplan_xlsx.domain.ledger_changes import LedgerChange
from workplan_xlsx.domain.model import Bound, Joint, Mark, Nature
from workplan_xlsx.words import Lang, has, say

_LISTS: dict[str, type[StrEnum]] = {"bound": Bound, "nature": Nature, "joint": Joint, "mark": Mark}
_YES_OR_NO = {"True": "yes", "False": "no"}
_NONE = "—"


def changed_what(change: LedgerChange, lang: Lang) -> str:
    """What became of it: added, withdrawn, or the field with the old and the new."""
    if not change.field:
        if change.kind in ("unit", "task", "target"):
            return say("edition.ledger_added" if change.after else "edition.ledger_withdrawn", lang)
        return say("edition.ledger_field", lang, field="", **_both(change, lang)).strip()
    name = field_words(change, lang)
    if change.field == "plan":
        return say("edition.ledger_field_changed", lang, field=name)  # its sheet has the nodes
    return say("edition.ledger_field", lang, field=name, **_both(change, lang))


def field_words(change: LedgerChange, lang: Lang) -> str:
    """The head of the field's column."""
    key = f"ledger.{'head' if change.kind == 'plan' else f'{change.kind}s'}_{change.field}"
    if has(key):
        return say(key, lang)
    return say("edition.ledger_plan", lang) if change.kind == "target" else change.field


def _both(change: LedgerChange, lang: Lang) -> dict[str, str]:
    return {side: _value(change, getattr(change, side), lang) for side in ("before", "after")}


def _value(change: LedgerChange, value: str, lang: Lang) -> str:
    if change.field in _LISTS and value:
        return say(f"ledger.{change.field}_{_LISTS[change.field](value).name.lower()}", lang)
    if value in _YES_OR_NO:
        kind = "confirmed_" if change.field == "confirmed" else ""
        return say(f"ledger.{kind}{_YES_OR_NO[value]}", lang)
    return value or _NONE
