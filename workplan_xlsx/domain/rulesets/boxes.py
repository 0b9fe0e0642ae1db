"""The axes of a rule set's measures cut into cells, and cells put together again into boxes to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor

from workplan_xlsx.domain.rounding import exact_text
from workplan_xlsx.domain.rulesets.measures import Measure, measure_word
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an axis: a point, or what lies between two bounds; None is without end.

    Attributes:
        low_in, high_in: Whether the ends belong to it.
        sample: A value inside.
        is_point: Whether the sample is the only value inside.
    """

    low: Fraction | None
    high: Fraction | None
    low_in: bool
    high_in: bool
    sample: Fraction
    is_point: bool = False

    def upto(self, other: Stretch) -> Stretch:
        """This one and everything up to the end of the other."""
        if other is self:
            return self
        return Stretch(self.low, other.high, self.low_in, other.high_in, self.sample)

    def told(self, name: str, lang: Lang) -> str:
        """As a sentence shows it: 0<落后百分点<10; "" where it is the whole axis."""
        word = measure_word(name, lang)
        if self.is_point:
            return f"{word}={exact_text(self.sample)}"
        low = "" if self.low is None else f"{exact_text(self.low)}{'<=' if self.low_in else '<'}"
        high = "" if self.high is None else f"{'<=' if self.high_in else '<'}{exact_text(self.high)}"
        if low and not high:
            return f"{word}{'>=' if self.low_in else '>'}{exact_text(self.low)}"
        return f"{low}{word}{high}" if low or high else ""


def stretches(measure: Measure, bounds: Iterable[Fraction]) -> tuple[Stretch, ...]:
    """Cut the measure's axis at the bounds: points and what lies between; only what can occur."""
    ends = sorted(set(bounds))
    cut: list[Stretch] = [_between(None, ends[0])] if ends else [_between(None, None)]
    for index, end in enumerate(ends):
        cut.append(Stretch(end, end, True, True, end, True))
        cut.append(_between(end, ends[index + 1] if index + 1 < len(ends) else None))
    return tuple(occurring for each in cut if (occurring := _occurring(each, measure)) is not None)


def _between(low: Fraction | None, high: Fraction | None) -> Stretch:
    if low is None:
        sample = Fraction(0) if high is None else high - 1
    else:
        sample = low + 1 if high is None else (low + high) / 2
    return Stretch(low, high, False, False, sample)


def _occurring(stretch: Stretch, measure: Measure) -> Stretch | None:
    """The stretch without what never occurs (below the floor, broken numbers); None if nothing is left."""
    low, low_in = stretch.low, stretch.low_in
    if measure.least is not None and (low is None or low < measure.least):
        low, low_in = Fraction(measure.least), True
    high, high_in = stretch.high, stretch.high_in
    if low is not None and high is not None and (low > high or (low == high and not (low_in and high_in))):
        return None
    sample, is_point = stretch.sample, stretch.is_point
    if low is not None and (sample < low or (sample == low and not low_in)):
        sample = low if low_in else low + 1
    if measure.whole:
        whole = _whole_inside(low, high, low_in, high_in)
        if whole is None:
            return None
        sample = whole
        is_point = is_point or _is_single(whole, low, high, low_in=low_in, high_in=high_in)
    return Stretch(low, high, low_in, high_in, sample, is_point)


def _whole_inside(
    low: Fraction | None, high: Fraction | None, low_in: bool, high_in: bool
) -> Fraction | None:
    if low is None:
        return Fraction(0) if high is None else Fraction(ceil(high) - 1 if not high_in else floor(high))
    first = Fraction(ceil(low) if low_in or ceil(low) != low else floor(low) + 1)
    if high is None or first < high or (high_in and first == high):
        return first
    return None


def _is_single(
    whole: Fraction, low: Fraction | None, high: Fraction | None, *, low_in: bool, high_in: bool
) -> bool:
    """Whether no other whole number lies inside."""
    if low is None or high is None:
        return False
    return (
        _whole_inside(low, whole, low_in, False) is None
        and _whole_inside(whole, high, False, high_in) is None
    )


Cell = tuple[int, ...]


class Space:
    """All that can occur: one axis a measure, cut where a rule has a bound."""

    def __init__(self, axes: Mapping[str, tuple[Stretch, ...]], measures: Mapping[str, Measure]) -> None:
        self.names = tuple(axes)
        self.axes = tuple(axes.values())
        self._measures = measures

    @property
    def size(self) -> int:
        """How many cells there are."""
        total = 1
        for axis in self.axes:
            total *= len(axis)
        return total

    def cells(self) -> Iterator[Cell]:
        """Every cell that can occur: measures of one family agree on met or missed."""
        for cell in product(*(range(len(axis)) for axis in self.axes)):
            if self._can_occur(cell):
                yield cell

    def values(self, cell: Cell) -> dict[str, Fraction]:
        """A value of each measure inside the cell."""
        return {name: axis[at].sample for name, axis, at in zip(self.names, self.axes, cell, strict=True)}

    def _can_occur(self, cell: Cell) -> bool:
        side: dict[str, int] = {}
        for name, value in self.values(cell).items():
            measure = self._measures[name]
            if not measure.family:
                continue
            missed = value - measure.met_at if measure.met_at == 0 else measure.met_at - value
            sign = (missed > 0) - (missed < 0)
            if side.setdefault(measure.family, sign) != sign:
                return False
        return True

    def boxes(self, cells: Iterable[Cell], most: int) -> Iterator[tuple[Stretch, ...]]:
        """Put cells together into at most so many boxes, each told as one conjunction of stretches."""
        left = set(cells)
        while left and most:
            low, high = self._grown(min(left), left)
            yield tuple(axis[a].upto(axis[b]) for axis, a, b in zip(self.axes, low, high, strict=True))
            left -= set(product(*(range(a, b + 1) for a, b in zip(low, high, strict=True))))
            most -= 1

    def _grown(self, start: Cell, left: set[Cell]) -> tuple[list[int], list[int]]:
        low, high = list(start), list(start)
        for place, axis in enumerate(self.axes):
            while high[place] + 1 < len(axis):
                ranges = [range(a, b + 1) for a, b in zip(low, high, strict=True)]
                ranges[place] = range(high[place] + 1, high[place] + 2)
                if not all(cell in left or not self._can_occur(cell) for cell in product(*ranges)):
                    break
                high[place] += 1
        return low, high

    def told(self, box: Sequence[Stretch], lang: Lang) -> str:
        """The box as a sentence names it: 0<落后百分点<10 且 倒数位次<=3."""
        parts = [each.told(name, lang) for name, each in zip(self.names, box, strict=True)]
        whole = say("rules.everywhere", lang)
        return say("rules.and", lang).join(part for part in parts if part) or whole
