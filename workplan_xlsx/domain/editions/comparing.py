"""Two editions of one period side by side: what another rule set makes of the same figures (规则试算)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.traffic_light import TrafficLight


@dataclass(frozen=True, slots=True, kw_only=True)
class LightDifference:
    """A target whose light or word differs; `reason` is the sentence under the draft."""

    task_code: str
    target_code: str
    unit: str
    before: TrafficLight
    after: TrafficLight
    before_word: str
    after_word: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankDifference:
    """A unit whose total or rank differs; None where it has none."""

    unit: str
    total_before: Decimal | None
    total_after: Decimal | None
    rank_before: int | None
    rank_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One period under the rules in force and under the draft.

    Attributes:
        lights: Targets that differ, in the notice's order.
        ranks: Units that differ, in the order of the ranking in force.
        lists: (list, unit, task code) that only the draft has.
        lists_gone: Those that only the rules in force have.
    """

    period: Period
    lights: tuple[LightDifference, ...]
    ranks: tuple[RankDifference, ...]
    lists: tuple[tuple[str, str, str], ...]
    lists_gone: tuple[tuple[str, str, str], ...]


def compared(in_force: Edition, draft: Edition) -> Replayed:
    """Return what the draft changes; both editions are of one period and the same figures."""
    return Replayed(
        period=in_force.period,
        lights=tuple(_lights(in_force, draft)),
        ranks=tuple(_ranks(in_force, draft)),
        lists=tuple(each for each in draft.escalations if each not in set(in_force.escalations)),
        lists_gone=tuple(each for each in in_force.escalations if each not in set(draft.escalations)),
    )


def _lights(in_force: Edition, draft: Edition) -> Iterator[LightDifference]:
    for old, new in zip(in_force.tasks, draft.tasks, strict=True):
        yield from _of_task(old, new)


def _of_task(old: TaskRating, new: TaskRating) -> Iterator[LightDifference]:
    for before, after in zip(old.ratings, new.ratings, strict=True):
        if (before.light, before.word) != (after.light, after.word):
            yield LightDifference(
                task_code=old.task.code,
                target_code=before.target.code,
                unit=before.figure.unit,
                before=before.light,
                after=after.light,
                before_word=before.word,
                after_word=after.word,
                reason=after.reason,
            )


def _ranks(in_force: Edition, draft: Edition) -> Iterator[RankDifference]:
    new = {standing.unit: standing for standing in draft.standings}
    for old in in_force.standings:
        after: Standing = new[old.unit]
        if (old.total, old.rank) != (after.total, after.rank):
            yield RankDifference(
                unit=old.unit,
                total_before=old.total,
                total_after=after.total,
                rank_before=old.rank,
                rank_after=after.rank,
            )
