"""A task whose leads are measured each by its own figure (各计各的): rated and remembered for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workplan_xlsx.domain.decisions import Override
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.editions.standings import rate_task
from workplan_xlsx.domain.model import Task
from workplan_xlsx.domain.traffic_light import TrafficLight

_BETWEEN = "\t"
"""Stands in no code and in no unit's name: both come from cells of one line."""
Lights = Mapping[str, Sequence[TrafficLight]]


def own_key(code: str, lead: str) -> str:
    """Return what a task or target is remembered by: its code; of one lead alone, with the unit behind it."""
    return f"{code}{_BETWEEN}{lead}" if lead else code


def shared_key(key: str) -> str:
    """The key of the same task as a whole."""
    return key.partition(_BETWEEN)[0]


def parts_of_key(key: str) -> tuple[str, str]:
    """The code and the lead that a key stands for; "" for all leads."""
    code, _, lead = key.partition(_BETWEEN)
    return code, lead


def is_own_key(key: str) -> bool:
    """Whether the key stands for one lead alone."""
    return _BETWEEN in key


def rated_apart(
    task: Task, ratings: Sequence[Rating], past: Lights, override: Override | None = None
) -> TaskRating:
    """Return the rated task, with each lead's own rating where a target is measured by its own figure."""
    whole = rate_task(task, ratings, lights_before(past, task.code), override)
    if not any(rating.figure.lead for rating in ratings):
        return whole
    return replace(whole, own=tuple(_own(task, ratings, unit, past, override) for unit in task.lead_units))


def _own(
    task: Task, ratings: Sequence[Rating], unit: str, past: Lights, override: Override | None
) -> TaskRating:
    mine = [each for each in ratings if each.figure.lead in ("", unit)]
    return replace(rate_task(task, mine, lights_before(past, task.code, unit), override), lead=unit)


def lights_before(past: Lights, code: str, lead: str = "") -> Sequence[TrafficLight]:
    """The lights in the periods before, the latest first: the lead's own, else those of the whole task."""
    own = past.get(own_key(code, lead)) if lead else None
    return past.get(code, ()) if own is None else own


def lights_to_remember(tasks: Iterable[TaskRating]) -> Iterator[tuple[str, TrafficLight]]:
    """Yield (key, light) of every task, and of each lead's own."""
    for task in tasks:
        yield task.task.code, task.light
        yield from ((own_key(each.task.code, each.lead), each.light) for each in task.own)


def lights_of_periods(periods: Sequence[Mapping[str, TrafficLight]]) -> dict[str, tuple[TrafficLight, ...]]:
    """Return by key the lights of the periods, given the latest first.

    Where a period knew only the task as a whole, its light was every lead's.
    """
    keys = dict.fromkeys(key for lights in periods for key in lights)
    return {key: tuple(_lights_of(key, periods)) for key in keys}


def _lights_of(key: str, periods: Iterable[Mapping[str, TrafficLight]]) -> Iterator[TrafficLight]:
    for lights in periods:
        light = lights.get(key) or lights.get(shared_key(key))
        if light is not None:
            yield light


def tasks_by_unit(tasks: Iterable[TaskRating]) -> dict[str, list[TaskRating]]:
    """Return the rated tasks of every lead unit, in the notice's order."""
    found: dict[str, list[TaskRating]] = {}
    for task in tasks:
        for unit in task.task.lead_units:
            found.setdefault(unit, []).append(task.of(unit))
    return found
