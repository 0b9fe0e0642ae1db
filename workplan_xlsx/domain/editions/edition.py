"""One edition of the ranking (通报): everything that the workbook, the JSON and the bulletin show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workplan_xlsx.domain.decisions import Waiver
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.editions.reported import ReportingRecord
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.joint import JointRow
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem
from workplan_xlsx.domain.restating import Restatement


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different from the last period or the last edition (变动); `what` is one sentence."""

    kind: str  # "rank", "light"; since the last edition "ledger", "rule", "edition_..."
    unit: str
    task_code: str
    target_code: str
    before: str
    after: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything one edition shows, worked out; books/ only lays it out.

    Attributes:
        number: 1 for the first edition of the period, then 2 ...
        as_of: Data up to this moment.
        standings: By group, ranked first, then the missing, then those not ranked.
        tasks: All led tasks in the notice's order, each once.
        rules: The rules in force, one sentence each, for 说明.
        warnings: What a reader must know before using the figures (e.g. no holiday table for the year).
        restatements: Figures of published periods that have changed since the last edition of any period.
        since_last: What differs from the period's edition before, and why, beside the restatements.
        waivers: The waivers in force; printed, so that nobody is spared in silence.
        escalations: (list, unit, task code or ""); "" where a whole unit is on the list. The lists of the
            default are 提醒, 督办单, 约谈名单; a rule set may have others (表扬 ...). `list_words` says them.
        states: The rule set's own states with their words and colours; empty for the default.
        stand_ins: Those of them that alone stand for their light, whose word and colour the light then has.
        in_force: The rules that the edition was worked out by; what a what-if sheet reckons with.
    """

    ledger: Ledger
    period: Period
    number: int
    as_of: datetime
    deadline: datetime
    standings: tuple[Standing, ...]
    tasks: tuple[TaskRating, ...]
    figures: tuple[Figure, ...]
    reporting: tuple[ReportingRecord, ...]
    problems: tuple[Problem, ...]
    joint: tuple[JointRow, ...]
    changes: tuple[Change, ...]
    escalations: tuple[tuple[str, str, str], ...] = ()  # (list: 提醒/督办单/约谈, unit, task code)
    findings: tuple[tuple[str, Finding], ...] = ()  # (unit, note) of the submissions that count
    rules: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    since_last: tuple[Change, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    states: tuple[State, ...] = ()
    stand_ins: tuple[State, ...] = ()
    in_force: Rules | None = None
