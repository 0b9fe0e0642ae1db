"""The rules in force for one edition: lights, scores, reporting, ranks."""

from __future__ import annotations

from dataclasses import dataclass, field

from workplan_xlsx.domain.editions.rating import LightRules
from workplan_xlsx.domain.editions.reporting import ReportingRules
from workplan_xlsx.domain.editions.standings import Weights


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules in force for lights, scores and reporting; defaults are default_rules to the digit."""

    lights: LightRules = field(default_factory=LightRules)
    reporting: ReportingRules = field(default_factory=ReportingRules)
    weights: Weights = field(default_factory=Weights)
