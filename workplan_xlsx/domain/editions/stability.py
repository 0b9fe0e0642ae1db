"""How stable a rank is: its range when any one weight is moved by a tenth, up or down (名次区间).

The weights are the two shares of the total (the other one makes up to 1), every task's and every target's.
A moved total is first worked out in floating point; only where that lies too near a rounding edge to be sure
is it worked out exactly. The result is exact either way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import floor

from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.editions.rules import Weights
from workplan_xlsx.domain.editions.standings import exact_weight, sum_of_weights, weighted_mean

_TENTH = Fraction(1, 10)
_MOVES = (-_TENTH, _TENTH)
_SURE = 1e-6
Moved = dict[str, int]
"""Totals in hundredths by unit, of those that one moved weight changes."""


def rank_ranges(standings: Sequence[Standing], weights: Weights) -> dict[str, tuple[int, int]]:
    """Return by ranked unit its best and its worst rank over all moves, the rank itself included."""
    groups: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        if standing.rank is not None and standing.exact is not None:
            groups[standing.group].append(standing)
    ranges: dict[str, tuple[int, int]] = {}
    for group in groups.values():
        field = _Field(group)
        for moved in _moved_shares(group, weights):
            field.try_out(moved)
        for moved in _moved_weights(group, Fraction(weights.progress)):
            field.try_out(moved)
        ranges |= field.ranges()
    return ranges


def hundredths(exact: Fraction) -> int:
    """A total in hundredths, rounded half up (away from zero), as rounding.round_half_up does."""
    scaled = abs(exact) * 200
    whole = (scaled.numerator // scaled.denominator + 1) // 2
    return whole if exact >= 0 else -whole


def _moved_shares(group: Sequence[Standing], weights: Weights) -> Iterator[Moved]:
    """The share of progress, then that of reporting, moved; the other one makes up to 1."""
    for move in _MOVES:
        progress = Fraction(weights.progress) * (1 + move)
        reporting = Fraction(weights.reporting) * (1 + move)
        for of_progress in (progress, 1 - reporting):
            share = min(Fraction(1), max(Fraction(0), of_progress))
            yield {each.unit: hundredths(_with_share(each, share)) for each in group}


def _with_share(standing: Standing, share: Fraction) -> Fraction:
    points = sum((each.points for each in standing.points), Fraction(0))
    return share * (standing.progress or Fraction(0)) + (1 - share) * standing.reporting.score + points


def _moved_weights(group: Sequence[Standing], progress_share: Fraction) -> Iterator[Moved]:
    """Each task's weight and each target's weight moved; only the units that lead the task change."""
    units = {each.unit: _Unit.of(each, progress_share) for each in group}
    leads: dict[str, list[tuple[_Unit, TaskRating]]] = defaultdict(list)
    for standing in group:
        for task in standing.tasks:
            if task.score is not None:
                leads[task.task.code].append((units[standing.unit], task))
    for led in leads.values():
        _, task = led[0]
        if task.lead:
            yield from _moved_apart(led)
            continue
        for _, moved in _moved(task):
            yield {unit.name: unit.with_task(moved) for unit, _ in led}


def _moved_apart(led: Sequence[tuple[_Unit, TaskRating]]) -> Iterator[Moved]:
    """One weight of the task moved for all of its leads at once, each of them with a score of its own."""
    found: dict[tuple[str, Fraction], Moved] = defaultdict(dict)
    for unit, task in led:
        for which, moved in _moved(task):
            found[which][unit.name] = unit.with_task(moved)
    yield from found.values()


@dataclass(frozen=True, slots=True)
class _MovedTask:
    """A task with one weight moved: what it then has more of weight x score, and of weight.

    The exact figures are worked out only if the floating ones, which are at hand, do not suffice.
    """

    scored: float
    weight: float
    exact: Callable[[], tuple[Fraction, Fraction]]


def _moved(task: TaskRating) -> Iterator[tuple[tuple[str, Fraction], _MovedTask]]:
    """The task's own weight moved ("" and by how much), then that of each of its targets (its code)."""
    own, score = exact_weight(task.task.weight), task.score or Fraction(0)
    counted, codes = [], []
    for each in task.ratings:
        if each.score is not None:
            counted.append((each.score, exact_weight(each.target.weight)))
            codes.append(each.target.code)
    plain = [(float(score), float(weight)) for score, weight in counted]
    moved_inside = any(score != counted[0][0] for score, _ in counted)
    scored, whole = sum(score * weight for score, weight in plain), sum(weight for _, weight in plain)
    for move in _MOVES:
        more = float(own) * float(move)
        yield ("", move), _MovedTask(more * float(score), more, partial(_exact_task, own, move, score))
        for at, (one, weight) in enumerate(plain if moved_inside else ()):
            step = weight * float(move)
            mean = (scored + step * one) / (whole + step)
            more = float(own) * (mean - float(score))
            moved = _MovedTask(more, 0.0, partial(_exact_target, own, score, counted, at, move))
            yield (codes[at], move), moved


def _exact_task(own: Fraction, move: Fraction, score: Fraction) -> tuple[Fraction, Fraction]:
    return own * move * score, own * move


def _exact_target(
    own: Fraction, score: Fraction, counted: Sequence[tuple[Fraction, Fraction]], at: int, move: Fraction
) -> tuple[Fraction, Fraction]:
    moved = [*counted[:at], (counted[at][0], counted[at][1] * (1 + move)), *counted[at + 1 :]]
    mean = weighted_mean(moved)
    return own * ((score if mean is None else mean) - score), Fraction(0)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit's sums: what is needed to work its total out anew when one weight or score moves."""

    name: str
    scored: Fraction  # sum of weight x score over its counted tasks
    weight: Fraction  # sum of the weights
    share: Fraction
    rest: Fraction  # reporting and points
    scored_float: float
    weight_float: float
    share_float: float
    rest_float: float

    @classmethod
    def of(cls, standing: Standing, share: Fraction) -> _Unit:
        counted = [
            (task.score, exact_weight(task.task.weight)) for task in standing.tasks if task.score is not None
        ]
        scored = sum((score * weight for score, weight in counted), Fraction(0))
        weight = sum_of_weights([weight for _, weight in counted])
        rest = (standing.exact or Fraction(0)) - share * (standing.progress or Fraction(0))
        exact = scored, weight, share, rest
        return cls(standing.unit, *exact, *map(float, exact))

    def with_task(self, moved: _MovedTask) -> int:
        """The unit's total in hundredths with the task so moved."""
        progress = (self.scored_float + moved.scored) / (self.weight_float + moved.weight)
        edge = 100 * (self.share_float * progress + self.rest_float) + 0.5
        if edge > 1 and _SURE < edge - floor(edge) < 1 - _SURE:
            return floor(edge)
        more_scored, more_weight = moved.exact()
        exact = (self.scored + more_scored) / (self.weight + more_weight)
        return hundredths(self.share * exact + self.rest)


class _Field:
    """The units of one group by their totals, and the best and worst rank that each was seen at."""

    def __init__(self, group: Sequence[Standing]) -> None:
        totals = {each.unit: hundredths(each.exact or Fraction(0)) for each in group}
        self._names = sorted(totals, key=lambda name: totals[name])
        self._place = {name: at for at, name in enumerate(self._names)}
        self._totals = [totals[name] for name in self._names]
        self._best = [self._rank(total) for total in self._totals]
        self._worst = list(self._best)
        self._ranks = tuple(self._best)
        self._not_passed = _Unseen(len(self._names))
        self._not_fallen_behind = _Unseen(len(self._names))

    def ranges(self) -> Mapping[str, tuple[int, int]]:
        return {name: (self._best[at], self._worst[at]) for name, at in self._place.items()}

    def _rank(self, total: int) -> int:
        return 1 + len(self._totals) - bisect_right(self._totals, total)

    def try_out(self, moved: Moved) -> None:
        """See at which rank everybody would be if these totals were the moved ones."""
        changed = {self._place[name]: total for name, total in moved.items()}
        changed = {at: total for at, total in changed.items() if total != self._totals[at]}
        if len(changed) == 1:
            ((at, total),) = changed.items()
            self._try_one(at, total)
        elif changed:
            self._try_many(changed)

    def _see(self, at: int, rank: int) -> None:
        self._best[at] = min(self._best[at], rank)
        self._worst[at] = max(self._worst[at], rank)

    def _try_one(self, at: int, total: int) -> None:
        """One unit moves: those it passes lose one place, those that pass it gain one."""
        before = self._totals[at]
        self._see(at, self._rank(total) - (before > total))
        low, high = sorted((before, total))
        first, end = bisect_left(self._totals, low), bisect_left(self._totals, high)
        seen, step = (self._not_passed, 1) if total > before else (self._not_fallen_behind, -1)
        for part in ((first, min(at, end)), (max(at + 1, first), end)):
            for other in seen.take(*part):
                self._see(other, self._ranks[other] + step)

    def _try_many(self, changed: Mapping[int, int]) -> None:
        """Several units move at once: everybody between the lowest and the highest of them may change."""
        left = sorted(self._totals[at] for at in changed)
        came = sorted(changed.values())
        first = bisect_left(self._totals, min(left[0], came[0]))
        end = bisect_right(self._totals, max(left[-1], came[-1]))
        for at in {*range(first, end), *changed}:
            total = changed.get(at, self._totals[at])
            moved = bisect_right(left, total) - bisect_right(came, total)
            self._see(at, self._rank(total) + moved)


class _Unseen:
    """Places not yet taken, so that each is taken once however often its range comes up."""

    def __init__(self, count: int) -> None:
        self._next = list(range(count + 1))

    def take(self, first: int, end: int) -> Iterable[int]:
        """Yield what is left in the range, and take it."""
        at = self._find(first)
        while at < end:
            yield at
            self._next[at] = at + 1
            at = self._find(at)

    def _find(self, at: int) -> int:
        root = at
        while self._next[root] != root:
            root = self._next[root]
        while self._next[at] != root:
            self._next[at], at = root, self._next[at]
        return root
