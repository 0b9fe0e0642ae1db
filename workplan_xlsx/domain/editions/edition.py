"""One edition of the ranking (通报): everything that the workbook, the JSON and the bulletin show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from workplan_xlsx.domain.decisions import Override, Waiver
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.model import Joint, Ledger, Target, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem as Problem
from workplan_xlsx.domain.restating import Restatement
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.domain.traffic_light import TrafficLight as TrafficLight

if TYPE_CHECKING:
    from workplan_xlsx.domain.editions.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The figure that counts for a target in a period, and where it comes from.

    Attributes:
        unit: The reporting unit.
        value: Exact, in the target's unit; None for a stage or where nothing was accepted.
        status: The stage's word (进展状态) as reported; "" when none.
        source: The submission it was read from; None where nothing was accepted.
        sheet, cell: The cell in that file; "" without a source.
        provisional: From a form that was returned, but a clean row of it (`partial = "merge"`).
        override: The office's decision that value or status come from; None where they are as reported.
        reported, reported_status: What the unit reported, where an override holds instead.
        parts: Every lead's own figure, where the target's `joint` makes one of several.
    """

    unit: str
    task: Task
    target: Target
    period: Period
    value: Decimal | None
    status: str
    source: Submission | None
    sheet: str = ""
    cell: str = ""
    provisional: bool = False
    override: Override | None = None
    reported: Decimal | None = None
    reported_status: str = ""
    parts: tuple[Figure, ...] = ()

    @property
    def lead(self) -> str:
        """The lead that this figure alone measures (各计各的); "" where all leads share the figure."""
        shared = self.target.joint is not Joint.EACH or len(self.task.lead_units) < 2
        return "" if shared else self.unit

    @property
    def read_from(self) -> tuple[Figure, ...]:
        """The figures that stand in cells of forms: the parts of a sum; else the figure itself."""
        is_sum = self.target.joint is Joint.SUM and self.parts and self.source is not None
        return self.parts if is_sum else (self,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How one target stands in a period; all fractions exact, nothing rounded.

    Attributes:
        completion_pct: 完成率 in percent of the year's target, uncapped; None where there is no figure.
        expected_pct: 序时进度 in percent, 0-100.
        shortfall_pp: Percentage points behind the plan, negative is ahead; None without completion.
        ratio: completion / expected; None without completion or when nothing is due.
        score: 0-100; None when the target is not counted.
        reason: One sentence in the edition's language that explains the light on the telephone.
        rule: Number of the rule that gave the light, e.g. "G-2"; "" where none was asked (未报, 未到期 ...).
        word: The state's word where the rule set has its own (欠进度, 蓝码); "" is the light's word.
    """

    figure: Figure
    light: TrafficLight
    completion_pct: Fraction | None
    expected_pct: Fraction
    shortfall_pp: Fraction | None
    ratio: Fraction | None
    score: Fraction | None
    reason: str
    rule: str = ""
    word: str = ""

    @property
    def target(self) -> Target:
        """The rated target."""
        return self.figure.target


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRating:
    """How one task stands; every lead unit has the task's light and score, unless `own` says otherwise.

    Attributes:
        score: Weighted mean of its counted targets; None when none counts.
        amber_streak, red_streak: Periods running, this one included, with that light.
        repaired: Whether it was red in the period before and is green or done now.
        history: Its lights in the periods before, the latest first; repaired ones stay in it.
        override: The office's decision (核定) that the light comes from; None where it is worked out.
        lead: Whose own rating this is; "" for that of the task as a whole.
        own: Where a target is measured by each lead's own figure (各计各的): the task once for each lead,
            with that lead's ratings only. Empty where all leads stand alike.
    """

    task: Task
    light: TrafficLight
    score: Fraction | None
    ratings: tuple[Rating, ...]
    amber_streak: int = 0
    red_streak: int = 0
    repaired: bool = False
    history: tuple[TrafficLight, ...] = ()
    override: Override | None = None
    lead: str = ""
    own: tuple[TaskRating, ...] = ()

    def of(self, unit: str) -> TaskRating:
        """The task as it stands for this unit."""
        return next((each for each in self.own if each.lead == unit), self)

    @property
    def apart(self) -> tuple[TaskRating, ...]:
        """The task as its leads answer for it: one rating for each, or one for all."""
        return self.own or (self,)

    @property
    def answerable(self) -> tuple[str, ...]:
        """The lead units that this rating is about."""
        return (self.lead,) if self.lead else self.task.lead_units


class Punctuality(StrEnum):
    """The reporting light: kept apart from the progress light."""

    ON_TIME = "按时"
    LATE = "迟报"
    RETURNED = "退回未重报"
    MISSING = "未报"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRecord:
    """How a unit reported for a period (报送情况).

    Attributes:
        counted: The submission that counts; None when nothing was accepted.
        late_workdays: Started workdays after the deadline; 0 on time.
        times_returned: How often its form had to be returned.
        history: All of its judged submissions of the period, in order of receipt.
        score: 0-100, exact.
    """

    unit: str
    deadline: datetime
    punctuality: Punctuality
    counted: Submission | None
    late_workdays: int
    times_returned: int
    history: tuple[Submission, ...]
    score: Fraction


class RankState(StrEnum):
    """Whether a unit has a rank, and if not, why."""

    RANKED = "排名"
    MISSING = "未报"
    NOT_RANKED = "不参与排名"


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """An addition to or deduction from a unit's total, with its reason (加减分).

    Attributes:
        points: Exact; negative is a deduction. As it counts, after the rule's own cap.
        reason: One sentence in the edition's language.
        rule: Number of the rule that gave it; "" for points that the coordinator entered himself.
    """

    points: Fraction
    reason: str
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One item by which a unit's total stays below 100 (失分项).

    Attributes:
        kind: "target", "late", "returned", "missing" or "points" (a deduction; an addition is negative).
        code: Target code for "target"; else "".
        what: What it is, in words: the target's name, or the reason of a deduction.
        points: Points of the total lost by it, exact; all of a unit's losses add up to 100 - its exact total.
    """

    kind: str
    code: str
    what: str
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """What would lift a unit one place, everybody else unchanged (进一位所需).

    Attributes:
        above: The unit that stands next better (the last of its tie in the roster's order).
        points: Rise of the total that passes it, in points of the total, 2 decimals, > 0.
        by: (target code, figure needed or None, points it brings) that together suffice, the fewest items;
            the figure is in the target's unit. Empty where its own targets cannot bring so much.
        what: The same as one sentence in the edition's language.
    """

    above: str
    points: Decimal
    by: tuple[tuple[str, Decimal | None, Fraction], ...]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A unit's line in the ranking.

    Attributes:
        rank: Within its group, ties share the better one; None unless RANKED.
        tied: Whether others share the rank.
        rank_before: Rank in the last closed period; None when it had none.
        total: Rounded half up to 2 decimals; None when not RANKED.
        progress: Mean of its counted tasks, exact; None when no task counts.
        tasks: Its tasks as a lead, in the notice's order.
        missing: What is missing, in words; "" when nothing.
        exact: The total before it is rounded; None when not RANKED.
        points: Additions and deductions that are part of the total, each with its reason.
        losses: Where the points up to 100 were lost, the largest first; only when RANKED.
        lift: What would lift it one place; None for a first place or when not RANKED.
        rank_range: Best and worst rank when any one weight (share, task, target) is moved by a tenth.
        tied_with: All units that share its rank, itself too, in the roster's order; empty when not tied.
    """

    unit: str
    group: str
    state: RankState
    rank: int | None
    tied: bool
    rank_before: int | None
    total: Decimal | None
    progress: Fraction | None
    reporting: ReportingRecord
    tasks: tuple[TaskRating, ...]
    missing: str = ""
    exact: Fraction | None = None
    points: tuple[Points, ...] = ()
    losses: tuple[Loss, ...] = ()
    lift: Lift | None = None
    rank_range: tuple[int, int] | None = None
    tied_with: tuple[str, ...] = ()

    @property
    def rank_change(self) -> int | None:
        """Rank before minus rank now: positive is better; None where one of them is missing."""
        if self.rank is None or self.rank_before is None:
            return None
        return self.rank_before - self.rank

    def count(self, light: TrafficLight) -> int:
        """How many of its tasks have this light."""
        return sum(1 for task in self.tasks if task.light is light)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPart:
    """What one lead told of a joint target.

    Attributes:
        account: Its account of progress.
        difference: Its figure minus the one that counts; None where either is missing.
        agrees: False where figure or stage is another one than what counts.
        source, sheet, cell: Where it stands; None and "" where the unit sent nothing.
    """

    unit: str
    value: Decimal | None
    status: str
    account: str
    difference: Decimal | None
    agrees: bool
    source: Submission | None
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRow:
    """A target with several leads: who reports, what counts, what the others wrote (多牵头核对)."""

    task: Task
    target: Target
    reporting_unit: str
    figure: Figure
    rule: Joint = Joint.REPORTING_UNIT
    parts: tuple[JointPart, ...] = ()  # every lead in the notice's order, the reporting unit too

    @property
    def disagrees(self) -> bool:
        """Whether any lead tells another figure or stage than the one that counts."""
        return any(not part.agrees for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different from the last period or the last edition (变动); `what` is one sentence."""

    kind: str  # "rank", "light"; since the last edition "ledger", "rule", "edition_rank", "edition_light"
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

    def digest(self) -> str:
        """A digest of all that the edition says, its number and moment left out: equal data, equal digest."""
        from workplan_xlsx.domain.editions.digest import digest_of

        return digest_of(self)
