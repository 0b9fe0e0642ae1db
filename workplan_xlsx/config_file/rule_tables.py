"""The shape of [rules] in workplan.toml: thresholds as usual, or lists of tables for a place's own rules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from workplan_xlsx.config_file.keys import (
    Key,
    Place,
    Table,
    exact,
    flag,
    one_of,
    several,
    table,
    text,
    whole,
)
from workplan_xlsx.domain.editions.light import fill_of

_LIGHTS = (
    "missing", "not_applicable", "undecided", "under_review", "not_due", "done", "green", "amber", "red",
)  # fmt: skip
_NATURES = ("cumulative", "rate", "level", "clear", "stage", "external", "relative")


def _natures() -> Any:
    return several(one_of(*_NATURES))


def _texts() -> Any:
    return several(text(""))


def _points(otherwise: Any) -> Any:
    return exact(0, 100, otherwise)


def _curve() -> Any:
    """A word, or four percents."""
    word, percents = one_of("straight", "quarters"), several(_points(None))

    def read(value: Any, place: Place) -> Any:
        if not isinstance(value, list):
            return word.read(value, place)
        return percents.read(value, place) if len(value) == 4 else place.wrong("expect_other", value)

    return Key(read, "straight")


class StateTable(Table):
    """[[rules.state]]: a state with the place's own word and colour."""

    key: str = text()
    light: str = one_of(*_LIGHTS)
    word: str = text("")
    word_en: str = text("")
    colour: str = text("")

    def contradictions(self) -> Iterator[str]:
        """A colour that we do not know."""
        if self.colour and not fill_of(self.colour):
            yield "value_colour"


class LightTable(Table):
    """[[rules.light]]: when a target has which state."""

    number: str = text()
    state: str = text()
    when: str = text()
    natures: tuple[str, ...] = _natures()


class ScoreTable(Table):
    """[[rules.score]]: what a target scores when."""

    when: str = text()
    points: str = text()
    natures: tuple[str, ...] = _natures()


class FactorTable(Table):
    """[[rules.factor]]: by what a target's score is multiplied when."""

    when: str = text()
    times: Decimal = exact(0)


class PointsTable(Table):
    """[[rules.points]]: additions and deductions of a unit by a rule."""

    number: str = text()
    level: str = one_of("target", "task", "unit")
    when: str = text()
    points: str = text()
    reason: str = text()
    least: Decimal | None = exact(otherwise=None)
    most: Decimal | None = exact(otherwise=None)
    groups: tuple[str, ...] = _texts()

    def contradictions(self) -> Iterator[str]:
        """A lower limit above the upper one."""
        if turned_round(self.least, self.most):
            yield "value_limits"


class ListTable(Table):
    """[[rules.list]]: who or what is put on a list when."""

    name: str = text()
    level: str = one_of("task", "unit")
    when: str = text()
    groups: tuple[str, ...] = _texts()


class GrantTable(Table):
    """[[rules.grant]]: points that the coordinator enters for one unit, with the reason."""

    unit: str = text()
    points: Decimal = exact()
    reason: str = text()
    period: str = text("")


class MarkTable(Table):
    """[[rules.mark]]: a fact that only people know, on a target, a task or a unit."""

    on: str = text()
    name: str = text()
    value: Decimal = exact(otherwise=Decimal(1))
    period: str = text("")
    excused: bool = flag(otherwise=False)


class RulesTable(Table):
    """[rules]: lights, scores, reporting, ranks."""

    name: str = text("")
    green_from: Decimal = exact(0, 10, Decimal(1), above=True)
    amber_from: Decimal = exact(0, 10, Decimal("0.7"), above=True)
    progress_weight: Decimal = exact(0, 1, Decimal("0.9"))
    reporting_weight: Decimal = exact(0, 1, Decimal("0.1"))
    late_points: Decimal = _points(Decimal(5))
    late_cap: Decimal = _points(Decimal(30))
    returned_points: Decimal = _points(Decimal(5))
    returned_cap: Decimal = _points(Decimal(15))
    least_tasks: int = whole(1, 1000, 1)
    curve: str | tuple[Decimal, Decimal, Decimal, Decimal] = _curve()
    tolerance_pp: Decimal = _points(Decimal(0))
    first_decides: bool = flag(otherwise=False)
    done_is_own: bool = flag(otherwise=True)
    not_due_is_own: bool = flag(otherwise=True)
    stretch_floor: bool = flag(otherwise=True)
    score_least: Decimal | None = exact(otherwise=None)
    score_most: Decimal | None = exact(otherwise=None)
    points_limit: Decimal | None = _points(None)
    state: tuple[StateTable, ...] = several(table(StateTable, needed=True))
    light: tuple[LightTable, ...] = several(table(LightTable, needed=True))
    score: tuple[ScoreTable, ...] = several(table(ScoreTable, needed=True))
    factor: tuple[FactorTable, ...] = several(table(FactorTable, needed=True))
    points: tuple[PointsTable, ...] = several(table(PointsTable, needed=True))
    list: tuple[ListTable, ...] = several(table(ListTable, needed=True))
    grant: tuple[GrantTable, ...] = several(table(GrantTable, needed=True))
    mark: tuple[MarkTable, ...] = several(table(MarkTable, needed=True))

    def contradictions(self) -> Iterator[str]:
        """Thresholds, weights, limits and a curve that cannot be."""
        if self.amber_from >= self.green_from:
            yield "value_amber"
        if not self.progress_weight + self.reporting_weight:
            yield "value_weights_zero"
        elif self.progress_weight + self.reporting_weight != 1:
            yield "value_weights"
        if isinstance(self.curve, tuple) and curve_falls(self.curve):
            yield "value_curve"
        if turned_round(self.score_least, self.score_most):
            yield "value_limits"


def turned_round(least: Decimal | None, most: Decimal | None) -> bool:
    """Whether the lower limit lies above the upper one."""
    return least is not None and most is not None and least > most


def curve_falls(percents: tuple[Decimal, ...]) -> bool:
    """Whether a plan curve falls, or does not end at 100."""
    return sorted(percents) != [*percents] or percents[-1] != 100


class RulesFile(Table):
    """A file that holds rules and nothing else is looked at."""

    rules: RulesTable = table(RulesTable, needed=True)
