"""Completion, light and score of one target (default_rules: "Completion", "State of a target", "Scores")."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workplan_xlsx.domain.editions.edition import Figure, Rating, TrafficLight
from workplan_xlsx.domain.model import Bound, Mark, Nature, Stage, Target
from workplan_xlsx.domain.pacing import expected_pct, is_due_throughout
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounding import plain, round_half_up

STAGE_PCT = {
    Stage.NOT_STARTED: 0,
    Stage.STARTED: 25,
    Stage.UNDER_WAY: 50,
    Stage.NEARLY_DONE: 80,
    Stage.DONE: 100,
}
_LIGHT_OF_MARK = {
    Mark.NOT_APPLICABLE: TrafficLight.NOT_APPLICABLE,
    Mark.UNDECIDED: TrafficLight.UNDECIDED,
    Mark.UNDER_REVIEW: TrafficLight.UNDER_REVIEW,
}
_ABOUT_IS_ENOUGH = Fraction(95, 100)
_FULL = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRules:
    """Where the lights change: by ratio of completion to what is expected, both ends as written.

    Defaults: green from 1, amber from 0.7 (the 30 % step: Tianjin 2022, bond use), red below.
    """

    green_from: Decimal = Decimal(1)
    amber_from: Decimal = Decimal("0.7")

    def light(self, ratio: Fraction) -> TrafficLight:
        """Return the light for r = completion / expected: green r >= 1; amber 0.7 <= r < 1; red r < 0.7."""
        if ratio >= Fraction(self.green_from):
            return TrafficLight.GREEN
        if ratio >= Fraction(self.amber_from):
            return TrafficLight.AMBER
        return TrafficLight.RED


def completion_pct(target: Target, value: Decimal | None, stage: str) -> Fraction | None:
    """Return 完成率 in percent of the year's target, exact, without cap; None if it cannot be worked out.

    None: nothing was reported, or the target's figure (or baseline) is not set.
    """
    if target.is_stage:
        return Fraction(STAGE_PCT[Stage(stage)]) if stage else None
    if value is None or target.value is None:
        return None
    actual, aim = Fraction(value), Fraction(target.value)
    if target.nature is Nature.CLEAR:
        return _cleared_pct(target, actual)
    if target.bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return _FULL if actual <= aim else _FULL * aim / actual
    if aim == 0:
        return None
    if target.bound is Bound.ABOUT and actual >= _ABOUT_IS_ENOUGH * aim:
        return _FULL
    return _FULL * actual / aim


def _cleared_pct(target: Target, actual: Fraction) -> Fraction | None:
    if not target.baseline:
        return None
    baseline = Fraction(target.baseline)
    return _FULL * (baseline - actual) / baseline


def rate(figure: Figure, rules: LightRules) -> Rating:
    """Return how the figure's target stands at the end of its period; the reason is left to be told."""
    target, period = figure.target, figure.period
    expected = expected_pct(target, period)
    completion = completion_pct(target, figure.value, figure.status)
    ratio = completion / expected if completion is not None and expected else None
    light = _light(figure, completion, ratio, rules)
    return Rating(
        figure=figure,
        light=light,
        completion_pct=completion,
        expected_pct=expected,
        shortfall_pp=None if completion is None else expected - completion,
        ratio=ratio,
        score=_score(light, ratio),
        reason="",
    )


def _light(
    figure: Figure,
    completion: Fraction | None,
    ratio: Fraction | None,
    rules: LightRules,
) -> TrafficLight:
    """The first that applies, in the order of default_rules, "State of a target"."""
    target = figure.target
    nowhere = figure.source is None and figure.override is None
    if nowhere or (figure.value is None and not figure.status and target.mark is Mark.NONE):
        return TrafficLight.MISSING
    if target.mark is not Mark.NONE:
        return _LIGHT_OF_MARK[target.mark]
    if completion is None:
        return TrafficLight.UNDECIDED
    if ratio is None:
        return TrafficLight.NOT_DUE
    if is_fulfilled(target, completion, figure.value):
        early = is_due_throughout(target) and not figure.period.is_last
        return TrafficLight.GREEN if early else TrafficLight.DONE
    light = rules.light(ratio)
    return TrafficLight.AMBER if light is TrafficLight.RED and target.stretch else light


def is_fulfilled(target: Target, completion: Fraction, value: Decimal | None) -> bool:
    """Whether the year's target is met; 突破/超过 only by more than the figure, 少于 only by less."""
    if completion < _FULL:
        return False
    if value is not None and target.value is not None:
        if target.bound is Bound.MORE_THAN:
            return value > target.value
        if target.bound is Bound.LESS_THAN:
            return value < target.value
    return True


def _score(light: TrafficLight, ratio: Fraction | None) -> Fraction | None:
    """Score 0-100 of a counted target: 100 x min(1, r); 已完成 is 100; None where it is not counted."""
    if light is TrafficLight.DONE:
        return _FULL
    if light in (TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED) and ratio is not None:
        return _FULL * min(Fraction(1), ratio)
    return None


def planned_value(target: Target, period: Period) -> Decimal | None:
    """Return 本期计划: what the plan expects by the period's end, in the target's unit, to 4 decimals.

    None for stages, for what is not set, and for clearances, where a share of the target says nothing.
    """
    if target.is_stage or target.value is None or target.nature is Nature.CLEAR:
        return None
    if target.bound in (Bound.AT_MOST, Bound.LESS_THAN):
        return target.value
    planned = Fraction(target.value) * expected_pct(target, period) / 100
    return Decimal(plain(round_half_up(planned, 4)))
