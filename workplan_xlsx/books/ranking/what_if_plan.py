"""What 测算 reckons with: the settings in force, and which lights and scores its formulas can follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from workplan_xlsx.domain.editions.completion import is_fulfilled
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.editions.rules import LightRules, Rules
from workplan_xlsx.domain.editions.standings import worst_light
from workplan_xlsx.domain.pacing import is_due_throughout
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang

GRAVITY = (
    TrafficLight.NOT_APPLICABLE,
    TrafficLight.UNDECIDED,
    TrafficLight.UNDER_REVIEW,
    TrafficLight.NOT_DUE,
    TrafficLight.DONE,
    TrafficLight.GREEN,
    TrafficLight.AMBER,
    TrafficLight.RED,
    TrafficLight.MISSING,
)
"""The lights from the least to the most grave: a task has the gravest light of its targets."""

SETTINGS = (
    "green_from",
    "amber_from",
    "progress",
    "reporting",
    "late_points",
    "late_cap",
    "returned_points",
    "returned_cap",
)
"""The settings in the order in which they stand on the sheet."""

LIGHT_SETTINGS = SETTINGS[:2]
"""Those that only the usual lights have."""

_JUDGED = (TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED, TrafficLight.DONE)
_FULL = Fraction(100)
_LONGEST_WORD = 60
_MISLEADS = frozenset('*?~"')


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What stands in the yellow cells.

    Attributes:
        settings: By the names of SETTINGS.
        target_weights, task_weights: By code, where they differ from the ledger's.
        completions: By target code: a completion in percent to try instead of the reported one.
    """

    settings: Mapping[str, Decimal]
    target_weights: Mapping[str, Decimal] = field(default_factory=dict)
    task_weights: Mapping[str, Decimal] = field(default_factory=dict)
    completions: Mapping[str, Decimal] = field(default_factory=dict)


def words_of(states: Sequence[State], lang: Lang) -> dict[TrafficLight, str]:
    """The lights' words on the sheet: the place's own, where a formula can tell them apart.

    The formulas look lights up by their words: two equal ones, signs that a table program takes for
    "anything", or a long word would mislead them; then all lights have their usual words.
    """
    own = {light: light_words(light, lang, states) for light in TrafficLight}
    distinct = len({word.casefold() for word in own.values()}) == len(own)
    if distinct and all(len(word) <= _LONGEST_WORD and _MISLEADS.isdisjoint(word) for word in own.values()):
        return own
    return {light: light_words(light, lang) for light in TrafficLight}


def settings_of(rules: Rules) -> dict[str, Decimal]:
    """The settings in force, by the names of SETTINGS."""
    lights, weights, reporting = rules.lights or LightRules(), rules.weights, rules.reporting
    return {
        "green_from": lights.green_from,
        "amber_from": lights.amber_from,
        "progress": weights.progress,
        "reporting": weights.reporting,
        "late_points": reporting.late_points,
        "late_cap": reporting.late_cap,
        "returned_points": reporting.returned_points,
        "returned_cap": reporting.returned_cap,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """A target as the sheet reckons with it.

    Attributes:
        fixed: The light where no formula decides it (未报, 待核, a decision of the office, an own rule);
            None where the formulas do.
        fixed_score: The score of a target with a fixed light.
        when_met: The light once the year's target is met: 已完成, or 绿灯 for what is to be held.
        met: Whether the figure as reported meets the year's target.
    """

    task: TaskRating
    rating: Rating
    fixed: TrafficLight | None
    fixed_score: Fraction | None
    when_met: TrafficLight
    met: bool


def target_line(task: TaskRating, rating: Rating, rules: Rules) -> TargetLine:
    """Return how the target stands on the sheet."""
    target, figure = rating.target, rating.figure
    early = is_due_throughout(target) and not figure.period.is_last
    when_met = TrafficLight.GREEN if early else TrafficLight.DONE
    completion = rating.completion_pct
    met = completion is not None and is_fulfilled(target, completion, figure.value)
    followed = (rating.light, rating.score) == _followed(rating, rules, when_met, met=met)
    return TargetLine(
        task=task,
        rating=rating,
        fixed=None if followed else rating.light,
        fixed_score=None if followed else rating.score,
        when_met=when_met,
        met=met,
    )


def _followed(
    rating: Rating, rules: Rules, when_met: TrafficLight, *, met: bool
) -> tuple[TrafficLight | None, Fraction | None]:
    """What the sheet's formulas come to for the target; (None, None) where they cannot say.

    They know two thresholds of the ratio; where a place has conditions of its own no formula follows.
    """
    if rules.lights is None:
        return None, None
    if rating.completion_pct is None or rating.light not in (*_JUDGED, TrafficLight.NOT_DUE):
        return None, None
    if not rating.expected_pct:
        return TrafficLight.NOT_DUE, None
    ratio = rating.completion_pct / rating.expected_pct
    light = when_met if met else _by_ratio(ratio, rules, stretch=rating.target.stretch)
    return light, _FULL if light is TrafficLight.DONE else _FULL * min(Fraction(1), ratio)


def _by_ratio(ratio: Fraction, rules: Rules, *, stretch: bool) -> TrafficLight:
    lights = rules.lights or LightRules()
    if ratio >= Fraction(lights.green_from):
        return TrafficLight.GREEN
    if stretch or ratio >= Fraction(lights.amber_from):
        return TrafficLight.AMBER
    return TrafficLight.RED


def task_light_is_followed(task: TaskRating) -> bool:
    """Whether the task has the gravest light of its targets, and not one that the office decided."""
    return task.light is worst_light(rating.light for rating in task.ratings)


def target_lines(edition: Edition, rules: Rules) -> list[TargetLine]:
    """The targets in the notice's order; those of a task stand together.

    A task whose leads are measured apart stands there once for each of them.
    """
    return [
        target_line(task, rating, rules)
        for whole in edition.tasks
        for task in whole.apart
        for rating in task.ratings
    ]
