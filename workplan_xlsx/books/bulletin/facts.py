"""What the Word 通报 says: the workbook's own figures and sentences, facts before blame."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from workplan_xlsx.books.ranking import cells
from workplan_xlsx.books.ranking.contents import Shown
from workplan_xlsx.books.ranking.sentences import amid, situation
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.praise import praised, reminded
from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

MOST_ROWS = 200
"""So many units stand in the table; the whole ranking is the attachment."""

_HEADS = ("rank", "change", "unit", "score", "light", "red", "reporting")


def bulletin_facts(edition: Edition, attachment: str, answer_by: date, lang: Lang) -> dict[str, Any]:
    """Return the places of the template.

    Args:
        attachment: The ranking workbook's name.
        answer_by: Until when units with a red light have to answer.
    """
    head = edition.ledger.head
    period = cells.period_words(edition.period, lang)

    def told(entry: str, **facts: object) -> str:
        return say(f"bulletin.{entry}", lang, **facts)

    red = {"red": cells.light_word(TrafficLight.RED, lang, edition.stand_ins)}
    standing = {f"head_{key}": told(f"head_{key}", **red) for key in _HEADS}
    headings = ("situation", "ranking", "praise", "reminder", "wanted")
    return standing | {
        "title": told("title", plan=head.title, period=period),
        "addressed_to": told("addressed_to"),
        "opening": told("opening", plan=head.title, document=head.document_number, period=period),
        **{f"heading_{key}": told(f"heading_{key}") for key in headings},
        "situation": situation(edition, lang),
        "warnings": list(edition.warnings),
        "ranking_notes": list(_ranking_notes(edition, lang)),
        "ranking": list(_rows(edition, lang)),
        "praise": _praise(edition, lang),
        "reminders": list(_reminders(edition, lang)),
        "wanted": list(_wanted(edition, answer_by, lang)),
        "attachment": told("attachment", file=attachment),
        "issuer": head.issuer,
        "issued_on": _day(edition.as_of.date(), lang),
    }


def _wanted(edition: Edition, answer_by: date, lang: Lang) -> Iterator[str]:
    facts = {"day": _day(answer_by, lang), "red": amid(TrafficLight.RED, edition, lang)}
    yield from (say(f"bulletin.{entry}", lang, **facts) for entry in ("wanted", "objection"))


def _day(day: date, lang: Lang) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else f"{day:%Y-%m-%d}"


def _rows(edition: Edition, lang: Lang) -> Iterator[dict[str, str]]:
    """A line for each unit; the first of a group has the group's band, where there are several groups."""
    several = len({each.group for each in edition.standings}) > 1
    before: str | None = None
    compares = cells.compares(edition)
    for standing in edition.standings[:MOST_ROWS]:
        begins = several and standing.group != before
        band = (standing.group or say("ranking.group_without_name", lang)) if begins else ""
        yield _row(edition, standing, band, lang, compares=compares)
        before = standing.group


def _row(edition: Edition, standing: Standing, band: str, lang: Lang, *, compares: bool) -> dict[str, str]:
    """The unit's line exactly as the workbook shows it."""
    return {
        "band": band,
        "rank": rank_words(standing, lang),
        "change": _shown(cells.change(standing, lang, compares=compares)),
        "unit": standing.unit,
        "score": cells.NOT_APPLICABLE if standing.total is None else f"{standing.total:.2f}",
        "light": cells.light_text(cells.unit_light(standing), lang, edition.stand_ins),
        "red": str(standing.count(TrafficLight.RED)),
        "reporting": cells.punctuality_words(standing.reporting, lang),
    }


def rank_words(standing: Standing, lang: Lang) -> str:
    """The rank in words: 3, 12（并列）, 未报."""
    if standing.rank is None:
        return say(f"ranking.state_{standing.state.name.lower()}", lang)
    return f"{standing.rank}{say('ranking.tied_word', lang)}" if standing.tied else str(standing.rank)


def _shown(cell: object) -> str:
    return str(cell.content) if isinstance(cell, Shown) else str(cell)


def _ranking_notes(edition: Edition, lang: Lang) -> Iterator[str]:
    yield from edition.rules[1:2]
    if any(standing.tied for standing in edition.standings):
        yield say("ranking.note_tied", lang)
    if len(edition.standings) > MOST_ROWS:
        yield say("bulletin.more_rows", lang, count=MOST_ROWS)


def _praise(edition: Edition, lang: Lang) -> list[str]:
    units = [standing.unit for standing in praised(edition)]
    red = amid(TrafficLight.RED, edition, lang)
    if not units:
        return [say("bulletin.nobody_praised", lang, red=red)]
    return [say("bulletin.praised", lang, units=listed(units, lang), red=red)]


def _reminders(edition: Edition, lang: Lang) -> Iterator[str]:
    """A sentence for each unit with red lights, and one for those that did not report."""
    reminder = reminded(edition)
    for standing in reminder.red[:MOST_ROWS]:
        red = [task.task for task in standing.tasks if task.light is TrafficLight.RED]
        named = listed((f"{task.code} {task.title}" for task in red), lang)
        facts = {"unit": standing.unit, "count": len(red), "tasks": named}
        yield say("bulletin.reminded_red", lang, **facts, red=amid(TrafficLight.RED, edition, lang))
    for entry, standings in (("missing", reminder.missing), ("late", reminder.late)):
        if standings:
            units = listed((standing.unit for standing in standings), lang)
            yield say(f"bulletin.reminded_{entry}", lang, units=units, count=len(standings))
    if not reminder:
        yield say("bulletin.nobody_reminded", lang)
