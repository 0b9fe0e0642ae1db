"""The rules in force for one edition: lights, scores, reporting, ranks."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from workplan_xlsx.domain.pacing import Curve
from workplan_xlsx.domain.rulesets.conditions import Test
from workplan_xlsx.domain.rulesets.rule_set import RuleSet, default_lights


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRules:
    """The two thresholds of the default lights, by ratio of completion to what is expected.

    Green from 1, amber from 0.7 (the 30 % step: Tianjin 2022, bond use), red below; both ends as written.
    """

    green_from: Decimal = Decimal(1)
    amber_from: Decimal = Decimal("0.7")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRules:
    """Points lost by the way of reporting, of 100 (default_rules, "Scores").

    Attributes:
        late_points: Per started workday late; together at most `late_cap`.
        returned_points: Each time the form had to be returned; together at most `returned_cap`.
    """

    late_points: Decimal = Decimal(5)
    late_cap: Decimal = Decimal(30)
    returned_points: Decimal = Decimal(5)
    returned_cap: Decimal = Decimal(15)

    def score(self, late_workdays: int, times_returned: int) -> Fraction:
        """Return the reporting score of a form that was accepted, exact."""
        late = min(self.late_points * late_workdays, self.late_cap)
        returned = min(self.returned_points * times_returned, self.returned_cap)
        return Fraction(100 - late - returned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Shares of a unit's total (default_rules, "Scores"), and what a unit needs to be ranked.

    Attributes:
        progress, reporting: Together 1.
        least_tasks: A unit with fewer counted tasks is listed, not ranked.
    """

    progress: Decimal = Decimal("0.9")
    reporting: Decimal = Decimal("0.1")
    least_tasks: int = 1


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules in force for lights, scores and reporting; defaults are default_rules to the digit.

    Attributes:
        rule_set: Lights, target scores, points and lists.
        curve: The plan curve of targets that have no plan of their own.
    """

    rule_set: RuleSet = field(default_factory=RuleSet)
    reporting: ReportingRules = field(default_factory=ReportingRules)
    weights: Weights = field(default_factory=Weights)
    curve: Curve = field(default_factory=Curve)

    @classmethod
    def with_thresholds(cls, lights: LightRules, **others: Any) -> Rules:
        """The default rules with other thresholds; `others` as the class takes them."""
        rule_set = RuleSet(lights=default_lights(lights.green_from, lights.amber_from))
        return cls(rule_set=rule_set, **others)

    @property
    def lights(self) -> LightRules | None:
        """The two thresholds where the lights are green and amber by the ratio alone; else None.

        For formulas that show the same light while a figure is typed, or that reckon what would be if.
        """
        green, *others = self.rule_set.lights
        amber = others[-1].when if others else None
        if not isinstance(green.when, Test) or not isinstance(amber, Test):
            return None
        found = LightRules(green_from=_decimal(green.when.bound), amber_from=_decimal(amber.bound))
        expected = default_lights(found.green_from, found.amber_from)
        return found if self.rule_set.lights == expected else None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
