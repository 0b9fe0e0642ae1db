"""From rated targets to tasks, scores and ranks (default_rules: "Light of a task", "Scores", "Ranks")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from workplan_xlsx.domain.decisions import Override
from workplan_xlsx.domain.editions.facts import running
from workplan_xlsx.domain.editions.ranked import Points, RankState, Standing
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.editions.reported import ReportingRecord
from workplan_xlsx.domain.editions.rules import Weights
from workplan_xlsx.domain.model import Ledger, Task, Unit
from workplan_xlsx.domain.rounding import round_half_up
from workplan_xlsx.domain.traffic_light import TrafficLight

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


def rate_task(
    task: Task,
    ratings: Sequence[Rating],
    before: Sequence[TrafficLight] = (),
    override: Override | None = None,
) -> TaskRating:
    """Return how the task stands by these ratings. A light that the office decided holds.

    `before` are its lights in the periods before, the latest first.
    """
    decided = override.light if override is not None else None
    light = decided or worst_light(rating.light for rating in ratings)
    return TaskRating(
        task=task,
        light=light,
        score=weighted_mean([(rating.score, rating.target.weight) for rating in ratings]),
        ratings=tuple(ratings),
        amber_streak=_streak(TrafficLight.AMBER, light, before),
        red_streak=_streak(TrafficLight.RED, light, before),
        repaired=light in (TrafficLight.GREEN, TrafficLight.DONE) and list(before[:1]) == [TrafficLight.RED],
        history=tuple(before),
        override=override if decided else None,
    )


def worst_light(lights: Iterable[TrafficLight]) -> TrafficLight:
    """未报 if any target is 未报, else the worst in the order 红, 黄, 绿, 已完成, 未到期."""
    present = set(lights)
    if TrafficLight.MISSING in present or not present:
        return TrafficLight.MISSING
    return next(light for light in _WORST_FIRST if light in present)


def _streak(light: TrafficLight, now: TrafficLight, before: Sequence[TrafficLight]) -> int:
    return 1 + running(light, before) if now is light else 0


def weighted_mean(scored: Sequence[tuple[Fraction | None, Decimal | Fraction]]) -> Fraction | None:
    """Return the exact mean of what is counted; None when nothing is, or the weights of it add up to 0."""
    counted = [(score, weight) for score, weight in scored if score is not None]
    if counted and all(weight == counted[0][1] for _, weight in counted) and counted[0][1]:
        return sum(score for score, _ in counted) / Fraction(len(counted))
    total = sum_of_weights([weight for _, weight in counted])
    if not total:
        return None
    return sum((score * exact_weight(weight) for score, weight in counted), Fraction(0)) / total


@lru_cache(maxsize=1024)
def exact_weight(weight: Decimal | Fraction) -> Fraction:
    """The weight as a fraction; most weights of a plan are the same few numbers."""
    return Fraction(weight)


def sum_of_weights(weights: Sequence[Decimal | Fraction]) -> Fraction:
    """The exact sum; in most plans nearly every weight is 1."""
    others = [exact_weight(weight) for weight in weights if weight != 1]
    return sum(others, Fraction(len(weights) - len(others)))


def exact_total(
    progress: Fraction, reporting: Fraction, weights: Weights, points: Sequence[Points] = ()
) -> Fraction:
    """Return the unit's total before it is rounded, additions and deductions included."""
    shares = exact_weight(weights.progress) * progress + exact_weight(weights.reporting) * reporting
    return sum((each.points for each in points), shares)


def total_score(progress: Fraction, reporting: Fraction, weights: Weights) -> Decimal:
    """Return the unit's total, rounded half up to 2 decimals: the only rounding on the way to a rank."""
    return round_half_up(exact_total(progress, reporting, weights), 2)


def standings_of(
    ledger: Ledger,
    tasks_of: Mapping[str, Sequence[TaskRating]],
    reporting: Mapping[str, ReportingRecord],
    ranks_before: Mapping[str, int],
    weights: Weights,
) -> list[Standing]:
    """Return the standing of every unit that gets a form, in the roster's order, still without ranks."""
    return [
        _standing(
            ledger.unit_by_name[name],
            tuple(tasks_of.get(name, ())),
            reporting[name],
            ranks_before.get(name),
            weights,
        )
        for name in ledger.reporting_unit_names
    ]


def _standing(
    unit: Unit,
    tasks: tuple[TaskRating, ...],
    record: ReportingRecord,
    rank_before: int | None,
    weights: Weights,
) -> Standing:
    progress = weighted_mean([(task.score, task.task.weight) for task in tasks])
    counted = sum(1 for task in tasks if task.score is not None)
    state = RankState.RANKED
    if record.counted is None:
        state = RankState.MISSING
    elif not unit.ranked or progress is None or counted < weights.least_tasks:
        state = RankState.NOT_RANKED
    ranked = state is RankState.RANKED and progress is not None
    exact = exact_total(progress, record.score, weights) if ranked and progress is not None else None
    return Standing(
        unit=unit.name,
        group=unit.ranking_group,
        state=state,
        rank=None,
        tied=False,
        rank_before=rank_before,
        total=None if exact is None else round_half_up(exact, 2),
        progress=progress,
        reporting=record,
        tasks=tasks,
        exact=exact,
    )


def with_points(standing: Standing, points: Sequence[Points]) -> Standing:
    """Return the standing with additions and deductions in its total; one without a total has none."""
    if standing.exact is None or not points:
        return standing
    exact = standing.exact + sum((each.points for each in points), Fraction(0))
    return replace(standing, exact=exact, total=round_half_up(exact, 2), points=tuple(points))


def ranked(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return the standings ranked: by group in the roster's order of groups; in each the ranked by total
    (roster order in a tie), then the missing, then those not ranked.
    """
    groups: dict[str, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(standing.group, []).append(standing)
    return tuple(standing for group in groups.values() for standing in _ranked(group))


def _ranked(group: Sequence[Standing]) -> list[Standing]:
    """Ranks 1, 2, 2, 4 by descending total; `sorted` keeps the roster's order in a tie."""
    listed = sorted(
        (each for each in group if each.total is not None), key=lambda each: each.total or 0, reverse=True
    )
    done: list[Standing] = []
    for _, tie in groupby(listed, key=lambda each: each.total):
        sharing = list(tie)
        rank, tied = len(done) + 1, len(sharing) > 1
        names = tuple(each.unit for each in sharing) if tied else ()
        done += [replace(each, rank=rank, tied=tied, tied_with=names) for each in sharing]
    missing = [each for each in group if each.state is RankState.MISSING]
    return done + missing + [each for each in group if each.state is RankState.NOT_RANKED]


def places(standings: Iterable[Standing]) -> dict[str, tuple[int, int]]:
    """Return of each ranked unit its rank, and its place from the end of its group (1 is the last)."""
    totals: dict[str, list[Decimal]] = {}
    kept = [each for each in standings if each.rank is not None and each.total is not None]
    for standing in kept:
        totals.setdefault(standing.group, []).append(standing.total or Decimal(0))
    below = {group: _worse_than(values) for group, values in totals.items()}
    return {each.unit: (each.rank or 0, 1 + below[each.group][each.total or Decimal(0)]) for each in kept}


def _worse_than(totals: Sequence[Decimal]) -> dict[Decimal, int]:
    """How many of the totals are smaller, for each of them."""
    worse: dict[Decimal, int] = {}
    for at, total in enumerate(sorted(totals)):
        worse.setdefault(total, at)
    return worse
