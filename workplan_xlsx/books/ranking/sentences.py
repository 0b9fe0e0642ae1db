"""Sentences that the workbook's first sheet and the Word 通报 share, so that they cannot differ."""

from __future__ import annotations

from workplan_xlsx.books.ranking import cells
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.explaining import within_a_sentence
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_RECEIVED = (Punctuality.ON_TIME, Punctuality.LATE)


def situation(edition: Edition, lang: Lang) -> str:
    """The whole in one sentence: how many reported, and how the tasks stand."""
    kinds = [record.punctuality for record in edition.reporting]
    lights = [task.light for task in edition.tasks]
    words = {
        f"{light.name.lower()}_word": amid(light, edition, lang)
        for light in (TrafficLight.DONE, TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED)
    }
    return say(
        "ranking.situation_sentence",
        lang,
        **words,
        period=cells.period_words(edition.period, lang),
        expected=len(kinds),
        received=sum(kind in _RECEIVED for kind in kinds),
        late=kinds.count(Punctuality.LATE),
        returned=kinds.count(Punctuality.RETURNED),
        missing=kinds.count(Punctuality.MISSING),
        tasks=len(lights),
        done=lights.count(TrafficLight.DONE),
        green=lights.count(TrafficLight.GREEN),
        amber=lights.count(TrafficLight.AMBER),
        red=lights.count(TrafficLight.RED),
        unreported=lights.count(TrafficLight.MISSING),
    )


def amid(light: TrafficLight, edition: Edition, lang: Lang) -> str:
    """The light's word, the place's own where it has one, as it stands amid a sentence."""
    return within_a_sentence(cells.light_word(light, lang, edition.stand_ins), lang)


def red_lines(edition: Edition, lang: Lang, *, most: int) -> list[str]:
    """A line for each red task, the longest streak first; what exceeds `most` is counted in a last line."""
    red = red_tasks(edition)
    longest_first = sorted(red, key=lambda task: -task.red_streak)
    word = amid(TrafficLight.RED, edition, lang)
    lines = [_red_line(task, word, lang) for task in longest_first[:most]]
    if len(red) > most:
        lines.append(say("ranking.more_lights", lang, count=len(red) - most))
    return lines


def red_tasks(edition: Edition) -> list[TaskRating]:
    """The red tasks in the notice's order; one whose leads are measured apart for each red lead."""
    apart = (each for task in edition.tasks for each in task.apart)
    return [task for task in apart if task.light is TrafficLight.RED]


def _red_line(task: TaskRating, red: str, lang: Lang) -> str:
    facts = {"red": red, "count": task.red_streak}
    streak = say("ranking.streak_behind", lang, **facts) if task.red_streak > 1 else ""
    return say(
        "ranking.red_line",
        lang,
        code=task.task.code,
        title=task.task.title,
        units=listed(task.answerable, lang),
        streak=streak,
    )
