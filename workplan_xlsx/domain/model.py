"""The ledger (工作台账): what is expected from whom. Frozen, complete on construction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from workplan_xlsx.domain.decisions import Decisions
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.quick_to_pickle import in_pieces, put_together, quick_to_pickle
from workplan_xlsx.domain.unseen import as_seen

MOST_DIGITS = 15
"""Of a figure or target before the point: as many as a spreadsheet holds, far more than any office owes."""


def bare(text: str) -> str:
    """The text as people compare names: without what nobody sees, upper and lower case alike."""
    return as_seen(text).casefold()


class Bound(StrEnum):
    """How a figure is bound by the notice's words: 不少于, 突破, 以内, 左右, 1-2个."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EXACTLY = "="
    ABOUT = "~"
    RANGE = "range"


class Nature(StrEnum):
    """What kind of promise a target (指标) is; decides how completion is worked out (domain/rating.py)."""

    CUMULATIVE = "cumulative"  # 累计: counted up from the start of the year
    RATE = "rate"  # 比率: to be reached by the year's end
    LEVEL = "level"  # 保持: to be held from the first period on (稳定在, 保持在)
    CLEAR = "clear"  # 清零: lower is better, from a baseline
    STAGE = "stage"  # 阶段: no number, a Stage instead
    EXTERNAL = "external"  # 上级下达: set by somebody else (完成市定目标)
    RELATIVE = "relative"  # 相对: measured against another figure (不低于GDP增速)


_STAGE = Nature.STAGE  # by a name of its own: looking it up in its class takes three times as long


class Stage(StrEnum):
    """How far a target without a number has come; the value is the office's word."""

    NOT_STARTED = "未启动"
    STARTED = "已启动"
    UNDER_WAY = "推进中"
    NEARLY_DONE = "基本完成"
    DONE = "已完成"


class Mark(StrEnum):
    """The coordinator's word on a target in the ledger, instead of a light."""

    NONE = ""
    NOT_APPLICABLE = "不适用"
    UNDECIDED = "待定"
    UNDER_REVIEW = "待核"


class Joint(StrEnum):
    """Whose figure counts where a task has several leads (合并方式)."""

    REPORTING_UNIT = "reporting_unit"  # 口径单位: its figure alone
    LEAST = "min"  # 取最小: the smallest of all leads' figures
    SUM = "sum"  # 相加: each reports its part
    EACH = "each"  # 各计各的: each is measured by its own figure


_REPORTING_UNIT = Joint.REPORTING_UNIT


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCurve:
    """What a target is expected to have reached by the end of each period (序时进度).

    Attributes:
        nodes: Own plan nodes (计划节点), percent of the year's target 0-100 by period; a period between two
            nodes has the earlier node's percent, one before the first node 0.
        starts_on: Month from which the straight line counts; None: the plan year's first month.
        due_only_in: The one period in which all is due; before it the target is 未到期.
    """

    nodes: tuple[tuple[Period, Decimal], ...] = ()
    starts_on: date | None = None
    due_only_in: Period | None = None


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One row of a form: a quantity that the notice sets, or a task's stage where it sets none (指标).

    Attributes:
        code: Stands in 序号 of the form, unique in the ledger, e.g. "39-1".
        name: 指标名称, a short name of what is measured.
        words: The notice's own words for the quantity, e.g. "3550余场"; empty for a stage.
        value: The year's target in `unit`, as written (万/亿 stay in `unit`); None for a stage or a
            target that is set elsewhere and not known yet. For a range the lower end.
        value_max: Upper end of a range, inclusive; else None.
        unit: 计量单位; empty for a stage.
        stretch: 力争/争取: never below 黄灯.
        baseline: Where a CLEAR target started.
        weight: Weight within its task, > 0.
        on_form: Whether units are asked for it (纳入填报); one that only describes is not.
        confirmed: False where the reading of the notice wants a look (待确认).
        remark: Why it wants a look, or the coordinator's remark.
        context: The stretch of the notice's text around the quantity.
        joint: Whose figure counts where several units lead.
    """

    code: str
    name: str
    words: str = ""
    bound: Bound | None = None
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    nature: Nature = Nature.CUMULATIVE
    stretch: bool = False
    baseline: Decimal | None = None
    weight: Decimal = Decimal(1)
    mark: Mark = Mark.NONE
    plan: PlanCurve = PlanCurve()  # frozen: most targets share the straight line
    on_form: bool = True
    confirmed: bool = True
    remark: str = ""
    context: str = ""
    joint: Joint = Joint.REPORTING_UNIT

    @property
    def is_stage(self) -> bool:
        """Whether the form asks a stage instead of a number."""
        return self.nature is _STAGE


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One numbered item of the notice (任务) with its lead units and targets.

    Attributes:
        code: Unique in the ledger: the item's number ("39"), or with its chapter if numbers repeat ("二.3").
        number: As printed, without punctuation.
        lead_units: 牵头单位 in the notice's order, by their ledger names; empty: listed, in no form.
        reporting_unit: 口径单位, the one lead whose figure counts; empty only when there is no lead.
        targets: All of its targets in the text's order, also those not on the form.
        weight: Weight within each lead's score, > 0.
    """

    code: str
    number: str
    section_ordinal: str
    section_title: str
    title: str
    text: str
    lead_units: tuple[str, ...] = ()
    support_units: tuple[str, ...] = ()
    reporting_unit: str = ""
    due_on: date | None = None
    weight: Decimal = Decimal(1)
    targets: tuple[Target, ...] = ()
    remark: str = ""

    @property
    def asked_targets(self) -> tuple[Target, ...]:
        """The targets that units are asked for, in order."""
        return tuple(target for target in self.targets if target.on_form)

    def reports(self, unit: str, target: Target) -> bool:
        """Whether the unit owes the target's figure: the reporting unit, or by `joint` every lead."""
        if target.joint is _REPORTING_UNIT:
            return unit == self.reporting_unit
        return unit in self.lead_units


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A body that reports (单位).

    Attributes:
        name: Its name in the ledger, unique; everything refers to it.
        aliases: Other names it goes by (简称, 原名).
        kind: 部门, 镇街, 园区, 驻区单位 ...: told to the reader, no effect.
        ranking_group: Units of one group are ranked against each other.
        ranked: False: listed, not ranked (不参与排名).
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    ranking_group: str = ""
    ranked: bool = True
    contact: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """Which plan the ledger is for.

    Attributes:
        code: Short stable code of the plan, stands in every form's identity.
        issued_on: 成文日期 of the notice; None when the notice does not say.
        year: The plan year; periods outside it are refused.
    """

    code: str
    title: str
    document_number: str
    issuer: str
    issued_on: date | None
    year: int


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What is expected from whom for one plan year; the coordinator keeps it in ledger.xlsx."""

    head: PlanHead
    units: tuple[Unit, ...]
    tasks: tuple[Task, ...]
    decisions: Decisions = field(default_factory=Decisions)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it travels: without what was looked up in it, its tasks in pieces."""
        return _arrived, (self.head, self.units, in_pieces(self.tasks), self.decisions)

    def look_up(self) -> None:
        """Look up now what every form is held against: processes that are forked then share it."""
        _ = self.target_by_code, self.tasks_of_unit, self._unit_by_any_name

    @cached_property
    def unit_by_name(self) -> dict[str, Unit]:
        """Units by name, in the roster's order."""
        return {unit.name: unit for unit in self.units}

    @cached_property
    def task_by_code(self) -> dict[str, Task]:
        """Tasks by code, in the notice's order."""
        return {task.code: task for task in self.tasks}

    @cached_property
    def target_by_code(self) -> dict[str, Target]:
        """All targets by code."""
        return {target.code: target for task in self.tasks for target in task.targets}

    @cached_property
    def codes_by_name(self) -> dict[str, frozenset[str]]:
        """The codes of all targets of each name, as `bare` has it."""
        codes: defaultdict[str, set[str]] = defaultdict(set)
        for code, target in self.target_by_code.items():
            codes[bare(target.name)].add(code)
        return {name: frozenset(same) for name, same in codes.items()}

    @cached_property
    def task_of_target(self) -> dict[str, Task]:
        """The task that each target code belongs to."""
        return {target.code: task for task in self.tasks for target in task.targets}

    @cached_property
    def tasks_of_unit(self) -> dict[str, tuple[Task, ...]]:
        """The tasks in which each unit is a lead, in the notice's order; every unit has an entry."""
        found: dict[str, list[Task]] = {unit.name: [] for unit in self.units}
        for task in self.tasks:
            for name in task.lead_units:
                found.setdefault(name, []).append(task)
        return {name: tuple(tasks) for name, tasks in found.items()}

    @cached_property
    def reporting_unit_names(self) -> tuple[str, ...]:
        """Units that get a form: a lead of at least one task, in the roster's order."""
        return tuple(name for name, tasks in self.tasks_of_unit.items() if tasks)

    def asked_of(self, unit: str) -> Iterator[tuple[Task, Target]]:
        """Yield (task, target) for every row of the unit's form, in order."""
        for task in self.tasks_of_unit.get(unit, ()):
            for target in task.asked_targets:
                yield task, target

    def find_unit(self, written: str) -> Unit | None:
        """Return the unit with this name or alias, white space ignored; None when there is none."""
        return self._unit_by_any_name.get(as_seen(written))

    @cached_property
    def _unit_by_any_name(self) -> dict[str, Unit]:
        names = {as_seen(alias): unit for unit in self.units for alias in unit.aliases}
        return names | {as_seen(unit.name): unit for unit in self.units}


def _arrived(
    head: PlanHead, units: tuple[Unit, ...], tasks: tuple[bytes, ...], decisions: Decisions
) -> Ledger:
    return Ledger(head=head, units=units, tasks=put_together(tasks), decisions=decisions)
