"""The shape of [rules] in workplan.toml: thresholds as usual, or lists of tables for a place's own rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workplan_xlsx.config_file.values import Colour, Curve, Mistake, Points, Whole


class Strict(BaseModel):
    """A table in which every key is known."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Share = Annotated[Decimal, Field(ge=0, le=1)]
Text = Annotated[str, Field(min_length=1)]
Light = Literal[
    "missing", "not_applicable", "undecided", "under_review", "not_due", "done", "green", "amber", "red"
]
NatureName = Literal["cumulative", "rate", "level", "clear", "stage", "external", "relative"]
Level = Literal["target", "task", "unit"]


class StateTable(Strict):
    """[[rules.state]]: a state with the place's own word and colour."""

    key: Text
    light: Light
    word: str = ""
    word_en: str = ""
    colour: Colour = ""


class LightTable(Strict):
    """[[rules.light]]: when a target has which state."""

    number: Text
    state: Text
    when: Text
    natures: tuple[NatureName, ...] = ()


class ScoreTable(Strict):
    """[[rules.score]]: what a target scores when."""

    when: Text
    points: Text
    natures: tuple[NatureName, ...] = ()


class FactorTable(Strict):
    """[[rules.factor]]: by what a target's score is multiplied when."""

    when: Text
    times: Annotated[Decimal, Field(ge=0)]


class PointsTable(Strict):
    """[[rules.points]]: additions and deductions of a unit by a rule."""

    number: Text
    level: Level
    when: Text
    points: Text
    reason: Text
    least: Decimal | None = None
    most: Decimal | None = None
    groups: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _limits(self) -> PointsTable:
        if turned_round(self.least, self.most):
            raise Mistake("value_limits")
        return self


class ListTable(Strict):
    """[[rules.list]]: who or what is put on a list when."""

    name: Text
    level: Literal["task", "unit"]
    when: Text
    groups: tuple[str, ...] = ()


class GrantTable(Strict):
    """[[rules.grant]]: points that the coordinator enters for one unit, with the reason."""

    unit: Text
    points: Decimal
    reason: Text
    period: str = ""


class MarkTable(Strict):
    """[[rules.mark]]: a fact that only people know, on a target, a task or a unit."""

    on: Text
    name: Text
    value: Decimal = Decimal(1)
    period: str = ""
    excused: bool = False


class RulesTable(Strict):
    """[rules]: lights, scores, reporting, ranks."""

    name: str = ""
    green_from: Annotated[Decimal, Field(gt=0, le=10)] = Decimal(1)
    amber_from: Annotated[Decimal, Field(gt=0, le=10)] = Decimal("0.7")
    progress_weight: Share = Decimal("0.9")
    reporting_weight: Share = Decimal("0.1")
    late_points: Points = Decimal(5)
    late_cap: Points = Decimal(30)
    returned_points: Points = Decimal(5)
    returned_cap: Points = Decimal(15)
    least_tasks: Annotated[Whole, Field(ge=1, le=1000)] = 1
    curve: Curve = "straight"
    tolerance_pp: Points = Decimal(0)
    first_decides: bool = False
    done_is_own: bool = True
    not_due_is_own: bool = True
    stretch_floor: bool = True
    score_least: Decimal | None = None
    score_most: Decimal | None = None
    points_limit: Points | None = None
    state: tuple[StateTable, ...] = ()
    light: tuple[LightTable, ...] = ()
    score: tuple[ScoreTable, ...] = ()
    factor: tuple[FactorTable, ...] = ()
    points: tuple[PointsTable, ...] = ()
    list: tuple[ListTable, ...] = ()
    grant: tuple[GrantTable, ...] = ()
    mark: tuple[MarkTable, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> RulesTable:
        if self.amber_from >= self.green_from:
            raise Mistake("value_amber")
        if not self.progress_weight + self.reporting_weight:
            raise Mistake("value_weights_zero")
        if self.progress_weight + self.reporting_weight != 1:
            raise Mistake("value_weights")
        if turned_round(self.score_least, self.score_most):
            raise Mistake("value_limits")
        return self


def turned_round(least: Decimal | None, most: Decimal | None) -> bool:
    """Whether the lower limit lies above the upper one."""
    return least is not None and most is not None and least > most


class RulesFile(Strict):
    """A file that holds rules and nothing else is looked at."""

    rules: RulesTable
