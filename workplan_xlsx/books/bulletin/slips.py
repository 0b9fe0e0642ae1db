"""督办单: one for each unit that reports a red target, with what is behind and until when to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from workplan_xlsx.books.bulletin.facts import MOST_ROWS, _day
from workplan_xlsx.books.ranking import cells
from workplan_xlsx.books.ranking.sentences import amid
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.rounding import round_half_up
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say

_HEADS = ("code", "task", "aim", "value", "behind", "streak")


def slip_facts(edition: Edition, answer_by: date, lang: Lang) -> dict[str, Any] | None:
    """Return the places of the template, a slip for each lead unit; None when no target is red."""
    slips = list(_slips(edition, answer_by, lang))
    if not slips:
        return None
    red = amid(TrafficLight.RED, edition, lang)
    heads = {f"head_{key}": say(f"bulletin.slip_{key}", lang, red=red) for key in _HEADS}
    return heads | {
        "slips": slips,
        "issuer": edition.ledger.head.issuer,
        "issued_on": _day(edition.as_of.date(), lang),
    }


def _slips(edition: Edition, answer_by: date, lang: Lang) -> Iterator[dict[str, Any]]:
    shown = [standing for standing in edition.standings if standing.count(TrafficLight.RED)]
    red = amid(TrafficLight.RED, edition, lang)
    for number, standing in enumerate(shown[:MOST_ROWS], start=1):
        targets = [
            _target(task, rating, lang)
            for task in standing.tasks
            if task.light is TrafficLight.RED
            for rating in task.ratings
            if rating.light is TrafficLight.RED
        ]
        period = cells.period_words(edition.period, lang)
        yield {
            "title": say("bulletin.slip_title", lang),
            "number": say("bulletin.slip_number", lang, period=edition.period, number=f"{number:02d}"),
            "unit": say("bulletin.slip_unit", lang, unit=standing.unit),
            "opening": say(
                "bulletin.slip_opening", lang, period=period, plan=edition.ledger.head.title, red=red
            ),
            "targets": targets,
            "wanted": [say("bulletin.slip_wanted", lang, day=_day(answer_by, lang))],
            "reply": say("bulletin.slip_reply", lang),
        }


def _target(task: TaskRating, rating: Rating, lang: Lang) -> dict[str, str]:
    behind = rating.shortfall_pp
    return {
        "code": rating.target.code,
        "task": say("bulletin.slip_matter", lang, task=task.task.title, target=rating.target.name),
        "aim": cells.aim(rating.target, lang),
        "value": cells.figure_text(rating.figure, lang),
        "behind": "" if behind is None else str(round_half_up(behind, 1)),
        "streak": str(max(1, task.red_streak)),
    }
