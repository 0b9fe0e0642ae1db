"""Lists for the leaders, no actions (default_rules, "Escalation")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workplan_xlsx.domain.editions.edition import TaskRating, TrafficLight
from workplan_xlsx.words import Lang, say

REMINDER = "提醒"
SUPERVISION_SLIP = "督办单"
SUMMONS = "约谈名单"
_WORDS = {REMINDER: "list_reminder", SUPERVISION_SLIP: "list_slip", SUMMONS: "list_summons"}


def list_words(listed: str, lang: Lang) -> str:
    """The list's name as a reader sees it; a rule set's own list is called as it calls it."""
    return say(f"ranking.{_WORDS[listed]}", lang) if listed in _WORDS else listed


def escalations(tasks: Iterable[TaskRating]) -> Iterator[tuple[str, str, str]]:
    """Yield (list, unit, task code): two ambers running, any red, three reds running."""
    for rated in tasks:
        for listed in _lists(rated):
            for unit in rated.task.lead_units:
                yield listed, unit, rated.task.code


def _lists(rated: TaskRating) -> Iterator[str]:
    if rated.amber_streak >= 2:
        yield REMINDER
    if rated.light is TrafficLight.RED:
        yield SUPERVISION_SLIP
    if rated.red_streak >= 3:
        yield SUMMONS
