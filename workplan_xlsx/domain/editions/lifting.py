"""What would lift a unit one place, everybody else unchanged (进一位所需)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

from workplan_xlsx.domain import exact
from workplan_xlsx.domain.editions.completion import value_for
from workplan_xlsx.domain.editions.losing import target_shares
from workplan_xlsx.domain.editions.ranked import Lift, Standing
from workplan_xlsx.domain.editions.rated import Rating
from workplan_xlsx.domain.editions.rules import Weights
from workplan_xlsx.domain.rounding import plain, round_half_up
from workplan_xlsx.words import Lang, say

_STEP = Decimal("0.01")
_HALF_STEP = Fraction(1, 200)
_FULL, _NOTHING = Fraction(100), Fraction(0)
Item = tuple[Rating, Fraction, Fraction]
"""A target, its share of the unit's total, and the points that it still can bring."""


def lifts_of(ranked: Sequence[Standing], weights: Weights, lang: Lang) -> dict[str, Lift]:
    """Return by unit what lifts it past the unit that stands next better; of first places nothing.

    `ranked` are the standings in the order of the ranking, as `standings.ranked` returns them.
    """
    found: dict[str, Lift] = {}
    above: Standing | None = None
    last: Standing | None = None
    for standing in ranked:
        if standing.rank is None:
            continue
        if last is None or last.group != standing.group:
            above = None
        elif last.rank != standing.rank:
            above = last
        last = standing
        if above is not None:
            found[standing.unit] = _lift(standing, above, weights, lang)
    return found


def _lift(standing: Standing, above: Standing, weights: Weights, lang: Lang) -> Lift:
    goal = (above.total or Decimal(0)) + _STEP
    needed = Fraction(goal) - _HALF_STEP - (standing.exact or Fraction(0))
    items = _fewest(list(_items(standing, above, weights)), needed)
    by = tuple(_steps(items, needed))
    points = goal - (standing.total or Decimal(0))
    return Lift(above=above.unit, points=points, by=by, what=_sentence(above, points, by, lang))


def _items(standing: Standing, above: Standing, weights: Weights) -> Iterator[Item]:
    """What the unit can still gain by its targets; what the other is measured by as well lifts both."""
    for task, at, share in target_shares(standing, Fraction(weights.progress)):
        rating = task.ratings[at]
        gain = exact.times(share, exact.minus(_FULL, rating.score or _NOTHING))
        lifts_both = above.unit in task.task.lead_units and not rating.figure.lead
        if gain > 0 and not lifts_both:
            yield rating, share, gain


def _fewest(items: list[Item], needed: Fraction) -> list[Item]:
    """The fewest items that suffice; of single ones the smallest. Empty if all together do not."""
    items.sort(key=lambda item: item[2], reverse=True)
    enough = [item for item in items if item[2] >= needed]
    if enough:
        return enough[-1:]
    taken: list[Item] = []
    reached = Fraction(0)
    for item in items:
        taken.append(item)
        reached += item[2]
        if reached >= needed:
            return taken
    return []


def _steps(items: list[Item], needed: Fraction) -> Iterator[tuple[str, Decimal | None, Fraction]]:
    """Each item up to its plan, the last one only as far as is needed."""
    for rating, share, gain in items:
        brings = min(gain, needed)
        needed -= brings
        yield rating.target.code, _figure(rating, brings / share), brings


def _figure(rating: Rating, rise: Fraction) -> Decimal | None:
    """The figure, rounded up to 2 decimals, that raises the score so far; None where no figure can."""
    if rating.ratio is None or rating.score is None or rating.score != _FULL * rating.ratio:
        return None
    completion = (rating.score + rise) / _FULL * rating.expected_pct
    value = value_for(rating.target, completion)
    return None if value is None else round_half_up(Fraction(ceil(value * 100), 100), 2)


def _sentence(
    above: Standing, points: Decimal, by: Sequence[tuple[str, Decimal | None, Fraction]], lang: Lang
) -> str:
    if not by:
        return say("edition.lift_none", lang, above=above.unit, points=points)
    steps = say("edition.lift_and", lang).join(_step(code, figure, lang) for code, figure, _ in by)
    return say("edition.lift", lang, above=above.unit, points=points, steps=steps)


def _step(code: str, figure: Decimal | None, lang: Lang) -> str:
    if figure is None:
        return say("edition.lift_to_plan", lang, code=code)
    return say("edition.lift_to_figure", lang, code=code, figure=plain(figure))
