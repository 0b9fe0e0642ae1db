"""A unit's line in the ranking: its rank and total, what it lost, what would lift it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.editions.reported import ReportingRecord
from workplan_xlsx.domain.traffic_light import TrafficLight


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
