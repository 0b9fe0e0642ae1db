"""What light a figure would get: the rule turned round into shares of the year's target (完成率)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from workplan_xlsx.domain.editions.rules import LightRules
from workplan_xlsx.domain.model import Bound, Mark, Nature, Target
from workplan_xlsx.domain.pacing import expected_pct, is_due_throughout
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.traffic_light import TrafficLight


@dataclass(frozen=True, slots=True)
class LightStep:
    """From this 完成率 on a target gets this light, unless a step before it in the list applies.

    Attributes:
        share_from: Share of the year's target, 1 is all of it; inclusive.
        strictly: Whether the figure must pass the target as well, not only reach it (突破, 少于).
        word: What this place calls the light; "" where it has no word of its own.
    """

    share_from: Fraction
    light: TrafficLight
    strictly: bool = False
    word: str = ""


def light_steps(target: Target, period: Period, rules: LightRules) -> tuple[LightStep, ...]:
    """Return the target's lights by 完成率, the best first; the last step applies to all below it.

    Empty where no light can be foretold: nothing is due yet, the coordinator has marked the target, or its
    completion cannot be worked out.
    """
    expected = expected_pct(target, period) / 100
    if not expected or target.mark is not Mark.NONE or not _has_completion(target):
        return ()
    return tuple(_steps(target, period, expected, rules))


def _has_completion(target: Target) -> bool:
    if target.is_stage:
        return True
    if target.nature is Nature.CLEAR:
        return bool(target.baseline)
    at_most = target.bound in (Bound.AT_MOST, Bound.LESS_THAN)
    return target.value is not None and (at_most or target.value != 0)


def _steps(target: Target, period: Period, expected: Fraction, rules: LightRules) -> Iterator[LightStep]:
    if period.is_last or not is_due_throughout(target):
        strictly = target.bound in (Bound.MORE_THAN, Bound.LESS_THAN) and target.value is not None
        yield LightStep(Fraction(1), TrafficLight.DONE, strictly)
    yield LightStep(expected * Fraction(rules.green_from), TrafficLight.GREEN)
    yield LightStep(expected * Fraction(rules.amber_from), TrafficLight.AMBER)
    yield LightStep(Fraction(0), TrafficLight.AMBER if target.stretch else TrafficLight.RED)
