"""Lists for the leaders, no actions (default_rules, "Escalation"): who or what a rule puts on which list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.editions.surroundings import Marks
from workplan_xlsx.domain.editions.unit_facts import TaskFacts, UnitFacts
from workplan_xlsx.domain.rulesets.conditions import holds
from workplan_xlsx.domain.rulesets.measures import Level
from workplan_xlsx.domain.rulesets.rule_set import ListRule
from workplan_xlsx.words import Lang, say

REMINDER = "提醒"
SUPERVISION_SLIP = "督办单"
SUMMONS = "约谈名单"
_WORDS = {REMINDER: "list_reminder", SUPERVISION_SLIP: "list_slip", SUMMONS: "list_summons"}


def list_words(listed: str, lang: Lang) -> str:
    """The list's name as a reader sees it; a rule set's own list is called as it calls it."""
    return say(f"ranking.{_WORDS[listed]}", lang) if listed in _WORDS else listed


def escalations(
    tasks: Iterable[TaskRating],
    standings: Iterable[Standing],
    lists: Iterable[ListRule],
    marks: Marks,
    places: Mapping[str, tuple[int, int]],
) -> Iterator[tuple[str, str, str]]:
    """Yield (list, unit, task code): tasks in the notice's order, then whole units (code "") as ranked."""
    rules = tuple(lists)
    of_tasks = [rule for rule in rules if rule.level is Level.TASK]
    for task in (each for whole in tasks for each in whole.apart):
        facts = TaskFacts(task, marks.on(task.task.code))
        for rule in of_tasks:
            if holds(rule.when, facts.known):
                yield from ((rule.name, unit, task.task.code) for unit in task.answerable)
    for standing in standings:
        place = places.get(standing.unit)
        known = UnitFacts(standing, place[1] if place else None, marks.on(standing.unit)).known
        for rule in rules:
            in_group = not rule.groups or standing.group in rule.groups
            if rule.level is Level.UNIT and in_group and holds(rule.when, known):
                yield rule.name, standing.unit, ""
