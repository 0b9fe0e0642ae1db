"""Lists for the leaders, no actions (default_rules, "Escalation")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workplan_xlsx.domain.editions.edition import TaskRating, TrafficLight

REMINDER = "提醒"
SUPERVISION_SLIP = "督办单"
SUMMONS = "约谈名单"


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
