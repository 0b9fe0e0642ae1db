"""Groups within groups (省/市/县): how all units below each stand together, for comparison only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.reported import Punctuality

Path = tuple[str, ...]
"""Names from the top down: ("甲市", "乙县") for the ranking group 甲市/乙县."""

_BETWEEN = re.compile(r"[/／]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A ranking group, or a group of groups, with all units below it.

    Attributes:
        units: How many units stand below it; `ranked` of them have a rank.
        mean: Of the exact totals of its ranked units; None where none is ranked.
        rank: Among the `beside` levels directly below the same one, by mean; ties share the better rank.
        beside: How many levels stand there, itself too.
        best, worst: The highest and the lowest total of its ranked units; None where none is ranked.
        reported: How many of its units reported in each way.
    """

    path: Path
    units: int
    ranked: int
    mean: Fraction | None
    rank: int | None
    beside: int
    best: Decimal | None
    worst: Decimal | None
    reported: Mapping[Punctuality, int]


def levels_of(standings: Sequence[Standing]) -> tuple[Level, ...]:
    """Return every level, each followed by those below it, the best mean first.

    Only where a ranking group is named with a stroke (甲市/乙县): groups without one may be of kinds whose
    work cannot be compared.
    """
    below = _below(standings)
    if all(len(path) < 2 for path in below):
        return ()
    means = {path: _mean(units) for path, units in below.items()}
    ranks = _ranks(means)
    beside = Counter(path[:-1] for path in below)
    return tuple(
        _level(path, below[path], means[path], ranks.get(path), beside[path[:-1]])
        for path in _in_order((), below, ranks)
    )


def path_of(group: str) -> Path:
    """The names that a ranking group's name holds; one "" where it has none."""
    names = tuple(name for part in _BETWEEN.split(group) if (name := part.strip()))
    return names or ("",)


def _below(standings: Iterable[Standing]) -> dict[Path, list[Standing]]:
    """The units below each level, in the order in which the levels first come."""
    below: dict[Path, list[Standing]] = {}
    for standing in standings:
        path = path_of(standing.group)
        for depth in range(1, len(path) + 1):
            below.setdefault(path[:depth], []).append(standing)
    return below


def _mean(standings: Iterable[Standing]) -> Fraction | None:
    totals = [each.exact for each in standings if each.rank is not None and each.exact is not None]
    return sum(totals, Fraction(0)) / len(totals) if totals else None


def _ranks(means: Mapping[Path, Fraction | None]) -> dict[Path, int]:
    """One more than the levels beside it that have a better mean."""
    beside: dict[Path, list[Fraction]] = {}
    for path, mean in means.items():
        if mean is not None:
            beside.setdefault(path[:-1], []).append(mean)
    better = {above: sorted(known, reverse=True) for above, known in beside.items()}
    return {path: better[path[:-1]].index(mean) + 1 for path, mean in means.items() if mean is not None}


def _in_order(above: Path, paths: Iterable[Path], ranks: Mapping[Path, int]) -> Iterator[Path]:
    """The levels below, each with its own behind it; those without a rank last."""
    children: dict[Path, list[Path]] = {}
    for path in paths:
        children.setdefault(path[:-1], []).append(path)
    waiting = [above]
    while waiting:
        path = waiting.pop()
        if path:
            yield path
        ordered = sorted(children.get(path, ()), key=lambda each: ranks.get(each, len(ranks) + 1))
        waiting.extend(reversed(ordered))


def _level(
    path: Path, units: Sequence[Standing], mean: Fraction | None, rank: int | None, beside: int
) -> Level:
    totals = [each.total for each in units if each.rank is not None and each.total is not None]
    return Level(
        path=path,
        units=len(units),
        ranked=len(totals),
        mean=mean,
        rank=rank,
        beside=beside,
        best=max(totals, default=None),
        worst=min(totals, default=None),
        reported=Counter(each.reporting.punctuality for each in units),
    )
