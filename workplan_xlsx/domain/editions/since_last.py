"""What differs from the edition before, of the same period, and why: ledger, rules, then ranks and lights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workplan_xlsx.domain.editions.edition import Change, Edition
from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.domain.editions.joint_leads import lights_to_remember, own_key
from workplan_xlsx.domain.ledger_changes import LedgerChange, differences
from workplan_xlsx.domain.ledger_changes_told import field_words
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_MOST_LEDGER_LINES = 200
_IN_WORDS_ONLY = {"bound", "nature", "stretch", "mark", "plan", "on_form", "joint", "ranked"}
"""Fields of the ledger whose values are no words of the reader's; that they changed is told."""
_NOTHING_TO_JUDGE = {"words", "confirmed", "remark", "context", "text", "contact", "email", "aliases", "kind"}


@dataclass(frozen=True, kw_only=True)
class EditionBefore:
    """The period's edition before, as it is remembered.

    Attributes:
        ranks: By unit; None without a rank.
        as_of: The moment whose data it shows.
        lights: By the keys of `joint_leads.lights_to_remember`.
        ledger: What it rested on; None where that is the ledger of now, or not known.
        rules: What rule sentences it rested on; None where the rules are those of now, or not known.
    """

    number: int
    as_of: datetime
    ranks: Mapping[str, int | None]
    lights: Mapping[str, TrafficLight]
    ledger: Ledger | None = None
    rules: Sequence[str] | None = None


def since_last(
    before: EditionBefore, edition: Edition, ledger: Ledger, rules: Sequence[str], lang: Lang
) -> Iterator[Change]:
    """Yield the reasons first, then what came of them; figures are told as restatements.

    `ledger` and `rules` are what the edition rests on, put as those of the edition before.
    """
    told = [
        *(_of_ledger(before.ledger, ledger, lang) if before.ledger is not None else ()),
        *(_of_rules(before.rules, rules, lang) if before.rules is not None else ()),
        *_of_forms(before, edition, lang),
        *_of_ranks(before, edition, lang),
        *_of_lights(before, edition, lang),
    ]
    yield from told
    if not told and not any(each.period == edition.period for each in edition.restatements):
        yield _change("edition_same", "", "", "", "", say("edition.since_same", lang, number=before.number))


def _of_ledger(old: Ledger, new: Ledger, lang: Lang) -> Iterator[Change]:
    """A line for each unit, task or target of which something was changed that lights or ranks hang on."""
    found: dict[tuple[str, str], list[LedgerChange]] = defaultdict(list)
    for change in differences(old, new):
        if change.kind in ("unit", "task", "target") and change.field not in _NOTHING_TO_JUDGE:
            found[change.kind, change.code].append(change)
    for (kind, code), changes in list(found.items())[:_MOST_LEDGER_LINES]:
        yield _ledger_line(kind, code, changes, lang)
    if len(found) > _MOST_LEDGER_LINES:
        what = say("edition.more_ledger_changes", lang, count=len(found) - _MOST_LEDGER_LINES)
        yield _change("ledger", "", "", "", "", what)


def _ledger_line(kind: str, code: str, changes: Sequence[LedgerChange], lang: Lang) -> Change:
    what = listed((_field(each, lang) for each in changes), lang)
    named = say(f"edition.ledger_{kind}", lang, code=code)
    one = changes[0] if len(changes) == 1 and changes[0].field not in _IN_WORDS_ONLY else None
    before, after = (one.before or "—", one.after or "—") if one else ("", "")
    of_unit = code if kind == "unit" else ""
    return _change("ledger", of_unit, "" if of_unit else code, before, after, f"{named}{what}")


def _field(change: LedgerChange, lang: Lang) -> str:
    if not change.field:
        return say("edition.ledger_added" if change.after else "edition.ledger_withdrawn", lang)
    name = field_words(change, lang)
    if change.field in _IN_WORDS_ONLY:
        return say("edition.ledger_field_changed", lang, field=name)
    facts = {"field": name, "before": change.before or "—", "after": change.after or "—"}
    return say("edition.ledger_field", lang, **facts)


def _of_rules(old: Sequence[str], new: Sequence[str], lang: Lang) -> Iterator[Change]:
    for sentence in new:
        if sentence not in old:
            yield _change("rule", "", "", "", "", say("edition.rule_now", lang, rule=sentence))
    for sentence in old:
        if sentence not in new:
            yield _change("rule", "", "", "", "", say("edition.rule_before", lang, rule=sentence))


def _of_forms(before: EditionBefore, edition: Edition, lang: Lang) -> Iterator[Change]:
    """A line for each unit whose forms since changed no figure; what they change is a restatement."""
    restated = {
        unit
        for each in edition.restatements
        if each.period == edition.period
        for unit in (each.unit, *each.task.lead_units)
    }
    for record in edition.reporting:
        since = [each for each in record.history if each.received_at > before.as_of]
        if since and record.unit not in restated:
            outcome = say(f"ranking.outcome_{since[-1].verdict.outcome.value}", lang)
            facts = {"unit": record.unit, "number": before.number, "file": since[-1].verdict.file}
            what = say("edition.since_form", lang, **facts, outcome=outcome)
            yield _change("edition_form", record.unit, "", "", "", what)


def _of_ranks(before: EditionBefore, edition: Edition, lang: Lang) -> Iterator[Change]:
    for standing in edition.standings:
        was = before.ranks.get(standing.unit)
        if standing.unit in before.ranks and was != standing.rank:
            facts = {"unit": standing.unit, "number": before.number}
            old, new = (_rank(each, lang) for each in (was, standing.rank))
            what = say("edition.since_rank", lang, **facts, before=old, after=new)
            yield _change("edition_rank", standing.unit, "", old, new, what)


def _rank(rank: int | None, lang: Lang) -> str:
    return say("edition.no_rank", lang) if rank is None else str(rank)


def _of_lights(before: EditionBefore, edition: Edition, lang: Lang) -> Iterator[Change]:
    now = dict(lights_to_remember(edition.tasks))
    for task in (each for whole in edition.tasks for each in whole.apart):
        key = own_key(task.task.code, task.lead)
        was = before.lights.get(key, before.lights.get(task.task.code))
        if was is None or was is now[key]:
            continue
        units = listed(task.answerable, lang)
        old, new = (light_words(each, lang, edition.stand_ins) for each in (was, now[key]))
        facts = {"unit": units, "number": before.number, "task": task.task.code}
        what = say("edition.since_light", lang, **facts, before=old, after=new)
        yield _change("edition_light", units, task.task.code, old, new, what)


def _change(kind: str, unit: str, code: str, before: str, after: str, what: str) -> Change:
    return Change(kind=kind, unit=unit, task_code=code, target_code="", before=before, after=after, what=what)
