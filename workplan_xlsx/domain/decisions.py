"""What the office decides beside the plan itself: reviews, waivers, answers to problems, reopened periods.

The coordinator writes them into sheets of ledger.xlsx. They are part of the ledger, so every change to them
is dated and kept like any other change of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.traffic_light import TrafficLight


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """核定: what the office holds instead of what was reported or worked out; for one period only.

    Attributes:
        code: A target code; or a task code, for a light that the whole task gets.
        value, stage, light: What holds instead; None or "" where that is not decided.
        who, why: Shown wherever the value is shown.
    """

    code: str
    period: Period
    value: Decimal | None = None
    stage: str = ""
    light: TrafficLight | None = None
    who: str = ""
    why: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """规则豁免: a rule that a unit need not heed for a while; printed in the ranking workbook.

    Attributes:
        rule: Code of the rule, e.g. "Q401", or the name of an own rule.
        unit: Ledger name; "" for every unit.
        target: Target code; "" for every row of the form.
        until: Last day, inclusive; None without end. Compared with the period's last day.
    """

    rule: str
    unit: str = ""
    target: str = ""
    until: date | None = None
    who: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemAnswer:
    """What the office says to a problem (问题清单): who helps, until when; or that it is struck off.

    Attributes:
        number: The problem's number, see domain/problems.py.
        responsible_unit: The unit that has to help (责任单位).
        closed_on: 销号 on that day; only the office strikes a problem off.
    """

    number: str
    answer: str = ""
    responsible_unit: str = ""
    due_on: date | None = None
    closed_on: date | None = None
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A published period that is open again for one unit."""

    period: Period
    unit: str
    who: str = ""
    why: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """All decisions in force, in the order of their sheets."""

    overrides: tuple[Override, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    answers: tuple[ProblemAnswer, ...] = ()
    reopenings: tuple[Reopening, ...] = ()

    def override(self, code: str, period: Period) -> Override | None:
        """Return what was decided for the target or task in the period; the last line of the sheet holds."""
        return self._override_of.get((code, period)) if self.overrides else None

    @cached_property
    def _override_of(self) -> Mapping[tuple[str, Period], Override]:
        return {(each.code, each.period): each for each in self.overrides}

    def waivers_of(self, unit: str, on: date) -> Iterator[Waiver]:
        """Yield the waivers that hold for the unit on the day."""
        for each in self.waivers:
            if each.unit in ("", unit) and (each.until is None or on <= each.until):
                yield each

    def is_reopened(self, unit: str, period: Period) -> bool:
        """Whether the period is open again for the unit."""
        return any(each.unit == unit and each.period == period for each in self.reopenings)
