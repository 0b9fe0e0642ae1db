"""From rated targets to tasks, scores and ranks (default_rules: "Light of a task", "Scores", "Ranks")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from workplan_xlsx.domain.editions.edition import (
    RankState,
    Rating,
    ReportingRecord,
    Standing,
    TaskRating,
    TrafficLight,
)
from workplan_xlsx.domain.model import Ledger, Task, Unit
from workplan_xlsx.domain.rounding import round_half_up

_WORST_FIRST = (
    TrafficLight.RED,
    TrafficLight.AMBER,
    TrafficLight.GREEN,
    TrafficLight.DONE,
    TrafficLight.NOT_DUE,
    TrafficLight.UNDER_REVIEW,
    TrafficLight.UNDECIDED,
    TrafficLight.NOT_APPLICABLE,
)
PastLights = Mapping[str, Sequence[TrafficLight]]
"""Light of each task code in the periods before, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Shares of a unit's total; together 1 (default_rules, "Scores")."""

    progress: Decimal = Decimal("0.9")
    reporting: Decimal = Decimal("0.1")


def rate_task(task: Task, ratings: Sequence[Rating], past: PastLights) -> TaskRating:
    """Return how the task stands; the same for every lead unit."""
    light = worst_light(rating.light for rating in ratings)
    before = past.get(task.code, ())
    return TaskRating(
        task=task,
        light=light,
        score=_weighted_mean([(rating.score, rating.target.weight) for rating in ratings]),
        ratings=tuple(ratings),
        amber_streak=_streak(TrafficLight.AMBER, light, before),
        red_streak=_streak(TrafficLight.RED, light, before),
        repaired=light in (TrafficLight.GREEN, TrafficLight.DONE) and before[:1] == (TrafficLight.RED,),
    )


def worst_light(lights: Iterable[TrafficLight]) -> TrafficLight:
    """未报 if any target is 未报, else the worst in the order 红, 黄, 绿, 已完成, 未到期."""
    present = set(lights)
    if TrafficLight.MISSING in present or not present:
        return TrafficLight.MISSING
    return next(light for light in _WORST_FIRST if light in present)


def _streak(light: TrafficLight, now: TrafficLight, before: Sequence[TrafficLight]) -> int:
    if now is not light:
        return 0
    length = next((index for index, each in enumerate(before) if each is not light), len(before))
    return 1 + length


def _weighted_mean(scored: Sequence[tuple[Fraction | None, Decimal]]) -> Fraction | None:
    counted = [(score, Fraction(weight)) for score, weight in scored if score is not None]
    if not counted:
        return None
    return sum((score * weight for score, weight in counted), Fraction(0)) / sum(
        weight for _, weight in counted
    )


def total_score(progress: Fraction, reporting: Fraction, weights: Weights) -> Decimal:
    """Return the unit's total, rounded half up to 2 decimals: the only rounding on the way to a rank."""
    exact = Fraction(weights.progress) * progress + Fraction(weights.reporting) * reporting
    return round_half_up(exact, 2)


def rank_units(
    ledger: Ledger,
    tasks: Sequence[TaskRating],
    reporting: Mapping[str, ReportingRecord],
    ranks_before: Mapping[str, int],
    weights: Weights,
) -> tuple[Standing, ...]:
    """Return the standing of every unit that gets a form.

    By ranking group in the roster's order of groups; in each the ranked by total (roster order in a tie),
    then the missing, then those not ranked.
    """
    by_unit = {name: tuple(t for t in tasks if name in t.task.lead_units) for name in reporting}
    standings = [
        _unranked(ledger.unit_by_name[name], by_unit[name], reporting[name], ranks_before.get(name), weights)
        for name in ledger.reporting_unit_names
    ]
    groups = list(dict.fromkeys(standing.group for standing in standings))
    return tuple(
        standing
        for group in groups
        for standing in _ranked([each for each in standings if each.group == group])
    )


def _unranked(
    unit: Unit,
    tasks: tuple[TaskRating, ...],
    record: ReportingRecord,
    rank_before: int | None,
    weights: Weights,
) -> Standing:
    progress = _weighted_mean([(task.score, task.task.weight) for task in tasks])
    state = _state(unit, record, progress)
    ranked = state is RankState.RANKED and progress is not None
    return Standing(
        unit=unit.name,
        group=unit.ranking_group,
        state=state,
        rank=None,
        tied=False,
        rank_before=rank_before,
        total=total_score(progress, record.score, weights) if ranked and progress is not None else None,
        progress=progress,
        reporting=record,
        tasks=tasks,
    )


def _state(unit: Unit, record: ReportingRecord, progress: Fraction | None) -> RankState:
    if record.counted is None:
        return RankState.MISSING
    return RankState.RANKED if unit.ranked and progress is not None else RankState.NOT_RANKED


def _ranked(group: Sequence[Standing]) -> list[Standing]:
    """Ranks 1, 2, 2, 4 by descending total; `sorted` keeps the roster's order in a tie."""
    listed = sorted(
        (each for each in group if each.total is not None), key=lambda each: each.total or 0, reverse=True
    )
    ranked: list[Standing] = []
    for _, tie in groupby(listed, key=lambda each: each.total):
        sharing = list(tie)
        rank = len(ranked) + 1
        ranked += [replace(each, rank=rank, tied=len(sharing) > 1) for each in sharing]
    missing = [each for each in group if each.state is RankState.MISSING]
    return ranked + missing + [each for each in group if each.state is RankState.NOT_RANKED]
