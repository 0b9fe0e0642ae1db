"""From the checked [rules] to the Rules that editions are worked out by; every mistake is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.rules import ReportingRules, Rules, Weights
from workplan_xlsx.domain.model import Nature
from workplan_xlsx.domain.pacing import BY_QUARTER, Curve
from workplan_xlsx.domain.rulesets.checking import mistakes
from workplan_xlsx.domain.rulesets.conditions import ALWAYS, Condition
from workplan_xlsx.domain.rulesets.measures import LIGHT_NAMES, Level
from workplan_xlsx.domain.rulesets.rule_set import (
    DEFAULT_LISTS,
    DEFAULT_SCORES,
    DEFAULT_STATES,
    EVERY_NATURE,
    Factor,
    GrantedMark,
    GrantedPoints,
    LightRule,
    ListRule,
    PointsRule,
    RuleSet,
    ScoreRule,
    default_lights,
)
from workplan_xlsx.domain.rulesets.sums import Sum
from workplan_xlsx.domain.rulesets.writing import WritingError, read_condition, read_sum
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from decimal import Decimal

    from workplan_xlsx.config_file.rule_tables import LightTable, PointsTable, RulesTable

Read = TypeVar("Read")
Told = tuple[tuple[str, ...], str]
"""A mistake: the path of its key in the file, and the sentence."""


def rules_of(table: RulesTable, lang: Lang = "zh") -> tuple[Rules, tuple[Told, ...]]:
    """Return the rules and every mistake in them; rules with mistakes are not to be used."""
    reader = _Reader(lang)
    rule_set = reader.rule_set(table)
    told = list(reader.told)
    if not told:
        told = [(("rules",), each.told(lang)) for each in mistakes(rule_set, lang)]
    rules = Rules(
        rule_set=rule_set,
        reporting=ReportingRules(
            late_points=table.late_points,
            late_cap=table.late_cap,
            returned_points=table.returned_points,
            returned_cap=table.returned_cap,
        ),
        weights=Weights(
            progress=table.progress_weight, reporting=table.reporting_weight, least_tasks=table.least_tasks
        ),
        curve=_curve(table),
    )
    return rules, tuple(told)


def _curve(table: RulesTable) -> Curve:
    if isinstance(table.curve, tuple):
        return Curve(table.curve)
    return Curve(BY_QUARTER) if table.curve == "quarters" else Curve()


def _natures(names: Iterable[str]) -> frozenset[Nature]:
    return frozenset(Nature(name) for name in names) or EVERY_NATURE


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


class _Reader:
    """Reads what is written in conditions and sums; keeps what cannot be read, with its place."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self.told: list[Told] = []

    def rule_set(self, table: RulesTable) -> RuleSet:
        own = tuple(
            State(
                key=each.key,
                light=LIGHT_NAMES[each.light],
                word=each.word,
                word_en=each.word_en,
                colour=each.colour,
            )
            for each in table.state
        )
        keys = {state.key for state in own}
        return RuleSet(
            name=table.name,
            states=(*own, *(state for state in DEFAULT_STATES if state.key not in keys)),
            lights=self._lights(table),
            scores=self._scores(table) or DEFAULT_SCORES,
            factors=tuple(self._factors(table)),
            points=tuple(self._points(at, each) for at, each in enumerate(table.points)),
            lists=self._lists(table) or DEFAULT_LISTS,
            granted=tuple(
                GrantedPoints(
                    unit=each.unit, points=Fraction(each.points), reason=each.reason, period=each.period
                )
                for each in table.grant
            ),
            marks=tuple(
                GrantedMark(
                    on=each.on,
                    name=each.name,
                    value=Fraction(each.value),
                    period=each.period,
                    excused=each.excused,
                )
                for each in table.mark
            ),
            first_decides=table.first_decides,
            tolerance_pp=Fraction(table.tolerance_pp),
            done_is_own=table.done_is_own,
            not_due_is_own=table.not_due_is_own,
            stretch_floor=table.stretch_floor,
            score_least=_exact(table.score_least),
            score_most=_exact(table.score_most),
            points_limit=_exact(table.points_limit),
        )

    def _lights(self, table: RulesTable) -> tuple[LightRule, ...]:
        if not table.light:
            return default_lights(table.green_from, table.amber_from)
        return tuple(self._light(at, each) for at, each in enumerate(table.light))

    def _light(self, at: int, table: LightTable) -> LightRule:
        return LightRule(
            number=table.number,
            state=table.state,
            when=self._when("light", at, table.when, Level.TARGET),
            natures=_natures(table.natures),
        )

    def _scores(self, table: RulesTable) -> tuple[ScoreRule, ...]:
        return tuple(
            ScoreRule(
                when=self._when("score", at, each.when, Level.TARGET),
                points=self._sum("score", at, each.points, Level.TARGET),
                natures=_natures(each.natures),
            )
            for at, each in enumerate(table.score)
        )

    def _factors(self, table: RulesTable) -> Iterable[Factor]:
        for at, each in enumerate(table.factor):
            when = self._when("factor", at, each.when, Level.TARGET)
            yield Factor(when=when, times=Fraction(each.times))

    def _points(self, at: int, table: PointsTable) -> PointsRule:
        level = Level(table.level)
        return PointsRule(
            number=table.number,
            level=level,
            when=self._when("points", at, table.when, level),
            points=self._sum("points", at, table.points, level),
            reason=table.reason,
            least=_exact(table.least),
            most=_exact(table.most),
            groups=frozenset(table.groups),
        )

    def _lists(self, table: RulesTable) -> tuple[ListRule, ...]:
        return tuple(
            ListRule(
                name=each.name,
                level=Level(each.level),
                when=self._when("list", at, each.when, Level(each.level)),
                groups=frozenset(each.groups),
            )
            for at, each in enumerate(table.list)
        )

    def _when(self, table: str, at: int, text: str, level: Level) -> Condition:
        return self._read(read_condition, table, at, "when", text, level) or ALWAYS

    def _sum(self, table: str, at: int, text: str, level: Level) -> Sum:
        return self._read(read_sum, table, at, "points", text, level) or Sum(Fraction(0))

    def _read(
        self, read: Callable[[str, Level], Read], table: str, at: int, key: str, text: str, level: Level
    ) -> Read | None:
        try:
            return read(text, level)
        except WritingError as error:
            path = ("rules", table, str(at), key)
            self.told.append((path, say(f"rules.{error.key}", self._lang, **(error.facts or {"-": "-"}))))
            return None
