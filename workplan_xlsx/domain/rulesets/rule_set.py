"""A rule set (规则): which state a target gets, what it scores, which points and lists follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.model import Nature
from workplan_xlsx.domain.rulesets.conditions import (
    AllOf,
    Condition,
    Known,
    Sign,
    Test,
    holds,
    measures_of,
    told,
)
from workplan_xlsx.domain.rulesets.measures import LIGHT_NAMES, Level
from workplan_xlsx.domain.rulesets.sums import Sum
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang

EVERY_NATURE = frozenset(Nature)


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRule:
    """When a target has a state.

    Attributes:
        number: How sentences quote it, e.g. "G-2"; unique within the rule set.
        state: Key of the state it gives.
        natures: The natures of targets that it judges.
    """

    number: str
    state: str
    when: Condition
    natures: frozenset[Nature] = EVERY_NATURE


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRule:
    """What a target scores when: 0-100, or what the rule set says; the limits cut off after the factors."""

    when: Condition
    points: Sum
    natures: frozenset[Nature] = EVERY_NATURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A target's score is multiplied by this when the condition holds (负荷系数)."""

    when: Condition
    times: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRule:
    """Points added to or taken from a unit's total (加减分).

    Attributes:
        level: What is looked at: each target or task of the unit, or the unit itself.
        least, most: Together, over all items of the unit, no less and no more than this; None: no limit.
        groups: The ranking groups it is for; empty: all.
        reason: What the reader is told.
    """

    number: str
    level: Level
    when: Condition
    points: Sum
    reason: str
    least: Fraction | None = None
    most: Fraction | None = None
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRule:
    """Who or what is put on a list for the leaders (提醒, 督办单, 表扬 ...); a list, no action."""

    name: str
    level: Level
    when: Condition
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedPoints:
    """Points that the coordinator entered for a unit himself, with the reason; "" period: every period."""

    unit: str
    points: Fraction
    reason: str
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedMark:
    """A fact only people know (难以按期, 不可抗力, 难度 ...), for rules that look at `mark.NAME`.

    Attributes:
        on: A target code, a task code, or a unit's name.
        period: Spelling of the period; "" for every period.
        excused: The target is left out of lights and scores altogether (不适用), e.g. for force majeure.
    """

    on: str
    name: str
    value: Fraction = Fraction(1)
    period: str = ""
    excused: bool = False


_BY_RULES = (TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED)

DEFAULT_STATES = tuple(State(key=name, light=light) for name, light in LIGHT_NAMES.items())


def default_lights(
    green_from: Decimal = Decimal(1), amber_from: Decimal = Decimal("0.7")
) -> tuple[LightRule, ...]:
    """The lights of default_rules: green r >= 1; amber 0.7 <= r < 1; red r < 0.7."""
    green, amber = Fraction(green_from), Fraction(amber_from)
    between = AllOf((Test("ratio", Sign.AT_LEAST, amber), Test("ratio", Sign.BELOW, green)))
    return (
        LightRule(number="G-1", state="green", when=Test("ratio", Sign.AT_LEAST, green)),
        LightRule(number="G-2", state="amber", when=between),
        LightRule(number="G-3", state="red", when=Test("ratio", Sign.BELOW, amber)),
    )


def _default_lists() -> tuple[ListRule, ...]:
    def running(name: str, light: str, periods: int) -> ListRule:
        when = Test(f"running.{light}", Sign.AT_LEAST, Fraction(periods))
        return ListRule(name=name, level=Level.TASK, when=when)

    return (running("提醒", "amber", 2), running("督办单", "red", 1), running("约谈名单", "red", 3))


_BELOW_PLAN = ScoreRule(when=Test("ratio", Sign.BELOW, Fraction(1)), points=Sum.of(Fraction(100), "ratio"))
_ON_PLAN = ScoreRule(when=Test("ratio", Sign.AT_LEAST, Fraction(1)), points=Sum.of(Fraction(100)))
DEFAULT_SCORES = (_BELOW_PLAN, _ON_PLAN)
DEFAULT_LISTS = _default_lists()


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """All rules on lights, target scores, points and lists. The defaults are default_rules to the digit.

    Attributes:
        name: What the place calls it; "" for the default.
        states: The states that rules may give.
        first_decides: The first light rule that applies decides; else exactly one must apply (checked).
        tolerance_pp: A shortfall up to this many percentage points counts as none (dead band).
        done_is_own: A met year's target is 已完成 before any rule is asked.
        not_due_is_own: A target of which nothing is expected yet is 未到期 before any rule is asked.
        stretch_floor: Stretch targets are never below 黄灯.
        score_least, score_most: Limits of a target's score after factors; None: none.
        points_limit: All additions and deductions of a unit together are cut off at +/- this; None: not.
    """

    name: str = ""
    states: tuple[State, ...] = DEFAULT_STATES
    lights: tuple[LightRule, ...] = field(default_factory=default_lights)
    scores: tuple[ScoreRule, ...] = DEFAULT_SCORES
    factors: tuple[Factor, ...] = ()
    points: tuple[PointsRule, ...] = ()
    lists: tuple[ListRule, ...] = DEFAULT_LISTS
    granted: tuple[GrantedPoints, ...] = ()
    marks: tuple[GrantedMark, ...] = ()
    first_decides: bool = False
    tolerance_pp: Fraction = Fraction(0)
    done_is_own: bool = True
    not_due_is_own: bool = True
    stretch_floor: bool = True
    score_least: Fraction | None = None
    score_most: Fraction | None = None
    points_limit: Fraction | None = None

    @cached_property
    def state_by_key(self) -> Mapping[str, State]:
        """The states by key."""
        return {state.key: state for state in self.states}

    @cached_property
    def own_states(self) -> tuple[State, ...]:
        """The states that this place words or colours in its own way."""
        return tuple(state for state in self.states if state not in DEFAULT_STATES)

    @cached_property
    def stand_ins(self) -> tuple[State, ...]:
        """The own states that alone stand for their light: the light is then called as they are.

        已完成, 未到期, 待定 ... are given without a rule: there an own state stands for its light if it is
        the only one. 未报 keeps its word, which forms, letters and lists of units share.
        """
        return tuple(state for light in TrafficLight if (state := self._stand_in(light)) is not None)

    def _stand_in(self, light: TrafficLight) -> State | None:
        if light is TrafficLight.MISSING:
            return None
        given = {rule.state for rule in self.lights}
        states = [each for each in self.states if each.light is light and each.key in given]
        if not states and light not in _BY_RULES:
            states = [each for each in self.own_states if each.light is light]
        return states[0] if len(states) == 1 and states[0] not in DEFAULT_STATES else None

    @cached_property
    def looked_at(self) -> frozenset[str]:
        """Every measure that a light or score rule looks at: what has to be worked out."""
        lights = (name for rule in self.lights for name in measures_of(rule.when))
        scores = (n for rule in self.scores for n in (*measures_of(rule.when), *rule.points.measures()))
        factors = (name for factor in self.factors for name in measures_of(factor.when))
        points = (n for rule in self.points for n in (*measures_of(rule.when), *rule.points.measures()))
        return frozenset((*lights, *scores, *factors, *points))

    @property
    def looks_at_ranks(self) -> bool:
        """Whether a light or a score hangs on a rank, so that it is known only after a first ranking."""
        return not {"rank", "rank_last"}.isdisjoint(self.looked_at)

    @cached_property
    def _lights_of(self) -> Mapping[Nature, tuple[LightRule, ...]]:
        return {nature: tuple(each for each in self.lights if nature in each.natures) for nature in Nature}

    @cached_property
    def _scores_of(self) -> Mapping[Nature, tuple[ScoreRule, ...]]:
        return {nature: tuple(each for each in self.scores if nature in each.natures) for nature in Nature}

    @cached_property
    def light_by_number(self) -> Mapping[str, LightRule]:
        """The light rules by number."""
        return {rule.number: rule for rule in self.lights}

    @cached_property
    def measures_by_number(self) -> Mapping[str, tuple[str, ...]]:
        """What each light rule looks at, by its number."""
        return {rule.number: measures_of(rule.when) for rule in self.lights}

    @cached_property
    def _told(self) -> dict[tuple[str, Lang], str]:
        return {}

    def told(self, number: str, lang: Lang) -> str:
        """The condition of the light rule in words; put together once for all the targets it judges."""
        if (number, lang) not in self._told:
            self._told[number, lang] = told(self.light_by_number[number].when, lang)
        return self._told[number, lang]

    def light_rules(self, nature: Nature) -> tuple[LightRule, ...]:
        """The light rules that judge targets of this nature."""
        return self._lights_of[nature]

    def score_rules(self, nature: Nature) -> tuple[ScoreRule, ...]:
        """The score rules for targets of this nature."""
        return self._scores_of[nature]

    def decide(self, nature: Nature, known: Known) -> LightRule | None:
        """Return the rule that gives the light; None where none can be told to apply.

        None means: a measure that it hangs on is not known, or (in an unchecked set) no rule covers the case.
        """
        for rule in self._lights_of[nature]:
            result = holds(rule.when, known)
            if result:
                return rule
            if result is None and self.first_decides:
                return None
        return None

    def score(self, nature: Nature, known: Known) -> Fraction | None:
        """Return the target's score, exact; None where it hangs on something not known."""
        for rule in self._scores_of[nature]:
            if holds(rule.when, known):
                return self._limited(rule.points.value(known), known)
        return None

    def _limited(self, points: Fraction | None, known: Known) -> Fraction | None:
        if points is None:
            return None
        for factor in self.factors:
            if holds(factor.when, known):
                points *= factor.times
        return within(points, self.score_least, self.score_most)


def within(value: Fraction, least: Fraction | None, most: Fraction | None) -> Fraction:
    """Return the value cut off at the limits."""
    if least is not None and value < least:
        return least
    return most if most is not None and value > most else value
