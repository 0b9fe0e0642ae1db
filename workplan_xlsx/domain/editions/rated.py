"""How a target stands in a period, and how a task does: what rating says."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from workplan_xlsx.domain.decisions import Override
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.model import Target, Task
from workplan_xlsx.domain.traffic_light import TrafficLight


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
