"""The shape of an edition as JSON: what the file beside the workbook and `report --json` hold."""

from __future__ import annotations

from typing import TypedDict

SCHEMA = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


class LevelTold(TypedDict):
    """A group of groups, or a group in one: `path` from the top down, `mean` exact, `reported` by word."""

    path: list[str]
    rank: int | None
    beside: int
    units: int
    ranked: int
    mean: str | None
    best: str | None
    worst: str | None
    reported: dict[str, int]


class UnitTold(TypedDict):
    """One unit; `reporting` and `progress` 0-100 exact, `total` 2 decimals, `change` positive is better."""

    unit: str
    group: str
    state: str
    rank: int | None
    rank_across_groups: int | None
    tied: bool
    rank_before: int | None
    change: int | None
    total: str | None
    progress: str | None
    reporting: str
    punctuality: str
    late_workdays: int
    times_returned: int
    missing: str
    tasks: list[str]
    exact: str | None
    tied_with: list[str]
    rank_range: list[int] | None
    points: list[PointsTold]
    losses: list[LossTold]
    lift: LiftTold | None


class PointsTold(TypedDict):
    """An addition (or, negative, a deduction) in a unit's total."""

    points: str | None
    reason: str
    rule: str


class LossTold(TypedDict):
    """Points of the total lost by one item; all of a unit's add up to 100 - `exact`."""

    kind: str
    target: str
    what: str
    points: str | None


class LiftTold(TypedDict):
    """What would lift the unit one place; `by` are [target, figure or null, points]."""

    above: str
    points: str
    by: list[list[str | None]]
    what: str


class PartTold(TypedDict):
    """What one lead told of a figure that is put together from several (相加, 取最小)."""

    unit: str
    value: str | None
    status: str | None
    source: SourceTold | None


class TargetTold(TypedDict):
    """One target: percents and score exact, null where there is none; `value` in the target's own unit."""

    target: str
    name: str
    unit: str
    value: str | None
    status: str | None
    state: str
    completion_pct: str | None
    expected_pct: str | None
    shortfall_pp: str | None
    ratio: str | None
    score: str | None
    reason: str
    rule: str | None
    word: str | None
    source: SourceTold | None
    parts: list[PartTold]


class OwnTold(TypedDict):
    """The task as it stands for one lead, where targets are measured by each lead's own figure (各计各的)."""

    unit: str
    state: str
    score: str | None
    amber_streak: int
    red_streak: int
    repaired: bool


class TaskTold(TypedDict):
    """One task with its targets; every lead unit has its state and score, unless `own` says otherwise."""

    task: str
    title: str
    lead_units: list[str]
    reporting_unit: str
    state: str
    score: str | None
    amber_streak: int
    red_streak: int
    repaired: bool
    own: list[OwnTold]
    targets: list[TargetTold]


class SourceTold(TypedDict):
    """Where a figure was read from."""

    file: str
    sha256: str
    sheet: str
    cell: str
    received_at: str
    version: int


class ChangeTold(TypedDict):
    """What is different from the period or edition before."""

    kind: str
    unit: str
    task: str
    target: str
    before: str
    after: str
    what: str


class EscalationTold(TypedDict):
    """A task on one of the leaders' lists."""

    list: str
    unit: str
    task: str


class EditionTold(TypedDict):
    """The whole edition."""

    schema: int
    plan: str
    period: str
    edition: int
    as_of: str
    deadline: str
    units: list[UnitTold]
    levels: list[LevelTold]
    tasks: list[TaskTold]
    changes: list[ChangeTold]
    since_last_edition: list[ChangeTold]
    escalations: list[EscalationTold]
    rules: list[str]
    warnings: list[str]
