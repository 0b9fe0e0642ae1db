"""Where a unit's points up to 100 were lost, item by item (失分项); all items add up exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from operator import attrgetter

from workplan_xlsx.domain import exact
from workplan_xlsx.domain.editions.ranked import Loss, Standing
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.editions.rules import ReportingRules, Weights
from workplan_xlsx.domain.editions.standings import exact_weight, sum_of_weights
from workplan_xlsx.words import Lang, say

_FULL, _NOTHING = Fraction(100), Fraction(0)


def losses_of(
    standing: Standing, weights: Weights, reporting: ReportingRules, lang: Lang
) -> tuple[Loss, ...]:
    """Return what the unit lost, the most first; together 100 - its exact total. Empty when not RANKED."""
    if standing.exact is None:
        return ()
    found = [
        *_on_targets(standing, Fraction(weights.progress)),
        *_on_reporting(standing, Fraction(weights.reporting), reporting, lang),
        *(Loss(kind="points", code="", what=each.reason, points=-each.points) for each in standing.points),
    ]
    return tuple(sorted((each for each in found if each.points), key=attrgetter("points"), reverse=True))


def target_shares(standing: Standing, progress_share: Fraction) -> Iterator[tuple[TaskRating, int, Fraction]]:
    """Yield (task, place of the target in it, share of the unit's total) for every counted target."""
    counted = [task for task in standing.tasks if task.score is not None]
    whole = sum_of_weights([task.task.weight for task in counted])
    for task in counted:
        scored = [at for at, each in enumerate(task.ratings) if each.score is not None]
        inside = sum_of_weights([task.ratings[at].target.weight for at in scored])
        of_weight = exact.divided(
            exact.times(progress_share, exact_weight(task.task.weight)), exact.times(whole, inside)
        )
        for at in scored:
            weight = task.ratings[at].target.weight
            yield task, at, of_weight if weight == 1 else of_weight * exact_weight(weight)


def _on_targets(standing: Standing, progress_share: Fraction) -> Iterator[Loss]:
    for task, at, share in target_shares(standing, progress_share):
        rating = task.ratings[at]
        lost = exact.times(share, exact.minus(_FULL, rating.score or _NOTHING))
        yield Loss(kind="target", code=rating.target.code, what=rating.target.name, points=lost)


def _on_reporting(standing: Standing, share: Fraction, rules: ReportingRules, lang: Lang) -> Iterator[Loss]:
    """What being late and being returned cost; a rest, if any, is told with being late."""
    record = standing.reporting
    returned = Fraction(min(rules.returned_points * record.times_returned, rules.returned_cap))
    late = _FULL - record.score - returned
    if late:
        what = say("edition.late_by", lang, days=record.late_workdays)
        yield Loss(kind="late", code="", what=what, points=share * late)
    if returned:
        what = say("edition.returned_times", lang, times=record.times_returned)
        yield Loss(kind="returned", code="", what=what, points=share * returned)
