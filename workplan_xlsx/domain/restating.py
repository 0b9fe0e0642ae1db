"""Restatement (更正): a published figure and what holds now. What was published stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from workplan_xlsx.domain.decisions import Decisions
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.model import Target, Task, bare
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Submission


class PeriodState(StrEnum):
    """Whether what a unit sends for a period still goes into the period's own figures."""

    OPEN = "open"  # 填报中: nothing was published yet
    CLOSED = "closed"  # 已通报: what comes later changes nothing published, and is restated
    REOPENED = "reopened"  # 已重开: open again for one unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """One figure of a published period that is another one now.

    Attributes:
        edition: Number of the period's last published edition.
        published, published_status: What it said; None and "" where the figure was missing.
        value, status: What holds now; None and "" where nothing holds any more.
        source: The later form; None where it was an override, or a change of the ledger.
        by_review: Whether an override holds now, or did.
        reopened: Whether the office had reopened the period for the unit.
    """

    unit: str
    task: Task
    target: Target
    period: Period
    edition: int
    published: Decimal | None
    published_status: str
    value: Decimal | None
    status: str
    source: Submission | None
    by_review: bool = False
    reopened: bool = False


def restatements(
    published: Iterable[Figure],
    now: Iterable[Figure],
    *,
    edition: int,
    since: datetime,
    decisions: Decisions,
) -> Iterator[Restatement]:
    """Yield every figure of one period that differs from what was told last.

    `since` is the moment of that telling: a form received later is named as the reason. Targets that only
    one side knows are no restatements: the ledger changed, not the figure.
    """
    before = {(figure.unit, figure.target.code): figure for figure in published}
    for figure in now:
        was = before.get((figure.unit, figure.target.code))
        if was is None or _says_the_same(was, figure):
            continue
        later = figure.source is not None and figure.source.received_at > since
        yield Restatement(
            unit=figure.unit,
            task=figure.task,
            target=figure.target,
            period=figure.period,
            edition=edition,
            published=was.value,
            published_status=was.status,
            value=figure.value,
            status=figure.status,
            source=figure.source if later else None,
            by_review=(was.override or figure.override) is not None,
            reopened=decisions.is_reopened(figure.unit, figure.period),
        )


def _says_the_same(was: Figure, now: Figure) -> bool:
    """Whether nothing but the measure is another one: 2500人 published are 0.25万人 now."""
    then = now.then
    if then is not None and then.converted and bare(was.target.unit) == bare(then.measure):
        return was.value == then.value
    return (was.value, was.status) == (now.value, now.status)
