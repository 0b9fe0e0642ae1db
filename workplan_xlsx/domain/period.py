"""Periods (调度期): the stretch of the plan year that a form reports on."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction


class Rhythm(StrEnum):
    """How often units report."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_MONTHLY = "half-monthly"
    WEEKLY = "weekly"


_PER_YEAR = {Rhythm.MONTHLY: 12, Rhythm.QUARTERLY: 4, Rhythm.HALF_MONTHLY: 24}
_SPELLINGS = (
    (Rhythm.MONTHLY, re.compile(r"(\d{4})-(\d{2})")),
    (Rhythm.QUARTERLY, re.compile(r"(\d{4})Q([1-4])")),
    (Rhythm.HALF_MONTHLY, re.compile(r"(\d{4})-(\d{2})([ab])")),
    (Rhythm.WEEKLY, re.compile(r"(\d{4})-W(\d{2})")),
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period of a plan year: `2023-06`, `2023Q2`, `2023-06a` (first half), `2023-W23` (ISO week).

    Attributes:
        index: 1-based within the year and rhythm; June is 6, the second half of June 12.
    """

    year: int
    rhythm: Rhythm
    index: int

    def __post_init__(self) -> None:
        if not 1 <= self.index <= self._count:
            raise ValueError(f"period {self.index} of {self.rhythm} {self.year}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period's spelling back.

        Raises:
            ValueError: It is none of the four spellings, or a number that the year does not have.
        """
        for rhythm, spelling in _SPELLINGS:
            found = spelling.fullmatch(text.strip())
            if found:
                index = int(found[2])
                if rhythm is Rhythm.HALF_MONTHLY:
                    index = 2 * index - (found[3] == "a")
                return cls(int(found[1]), rhythm, index)
        raise ValueError(f"not a period: {text!r}")

    @classmethod
    def containing(cls, day: date, rhythm: Rhythm) -> Period:
        """Return the period of the rhythm in which the day lies."""
        if rhythm is Rhythm.WEEKLY:
            iso = day.isocalendar()
            return cls(iso.year, rhythm, iso.week)
        if rhythm is Rhythm.HALF_MONTHLY:
            return cls(day.year, rhythm, 2 * day.month - (day.day <= 15))
        months = 12 // _PER_YEAR[rhythm]
        return cls(day.year, rhythm, (day.month - 1) // months + 1)

    @classmethod
    def all_of(cls, year: int, rhythm: Rhythm) -> tuple[Period, ...]:
        """All periods of a plan year in order."""
        return tuple(cls(year, rhythm, index) for index in range(1, _periods_in(year, rhythm) + 1))

    @property
    def _count(self) -> int:
        return _periods_in(self.year, self.rhythm)

    @property
    def starts_on(self) -> date:
        """First calendar day, inclusive."""
        if self.rhythm is Rhythm.WEEKLY:
            return date.fromisocalendar(self.year, self.index, 1)
        if self.rhythm is Rhythm.HALF_MONTHLY:
            return date(self.year, (self.index + 1) // 2, 1 if self.index % 2 else 16)
        months = 12 // _PER_YEAR[self.rhythm]
        return date(self.year, (self.index - 1) * months + 1, 1)

    @property
    def ends_on(self) -> date:
        """Last calendar day, inclusive."""
        if self.rhythm is Rhythm.WEEKLY:
            return self.starts_on + timedelta(days=6)
        if self.rhythm is Rhythm.HALF_MONTHLY and self.index % 2:
            return self.starts_on.replace(day=15)
        months = 1 if self.rhythm is Rhythm.HALF_MONTHLY else 12 // _PER_YEAR[self.rhythm]
        month = self.starts_on.month + months - 1
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def elapsed(self) -> Fraction:
        """Share of the plan year that is over when the period ends, exact, > 0 and <= 1."""
        return Fraction(self.index, self._count)

    @property
    def is_last(self) -> bool:
        """Whether the plan year ends with this period."""
        return self.index == self._count

    def previous(self) -> Period | None:
        """The period before it in the same plan year; None for the first."""
        return Period(self.year, self.rhythm, self.index - 1) if self.index > 1 else None

    def following(self) -> Period | None:
        """The period after it in the same plan year; None for the last."""
        return None if self.is_last else Period(self.year, self.rhythm, self.index + 1)

    def __str__(self) -> str:
        if self.rhythm is Rhythm.MONTHLY:
            return f"{self.year}-{self.index:02d}"
        if self.rhythm is Rhythm.QUARTERLY:
            return f"{self.year}Q{self.index}"
        if self.rhythm is Rhythm.WEEKLY:
            return f"{self.year}-W{self.index:02d}"
        return f"{self.year}-{(self.index + 1) // 2:02d}{'a' if self.index % 2 else 'b'}"

    @property
    def words_zh(self) -> str:
        """As an official form says it: 2023年6月, 2023年第2季度, 2023年6月上半月, 2023年第23周."""
        if self.rhythm is Rhythm.MONTHLY:
            return f"{self.year}年{self.index}月"
        if self.rhythm is Rhythm.QUARTERLY:
            return f"{self.year}年第{self.index}季度"
        if self.rhythm is Rhythm.WEEKLY:
            return f"{self.year}年第{self.index}周"
        return f"{self.year}年{(self.index + 1) // 2}月{'上' if self.index % 2 else '下'}半月"


def _periods_in(year: int, rhythm: Rhythm) -> int:
    if rhythm is Rhythm.WEEKLY:
        return date(year, 12, 28).isocalendar().week
    return _PER_YEAR[rhythm]
