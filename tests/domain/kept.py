"""Forms as they were kept: a unit's rows in a line each, with the moment of receipt."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from returned import LEDGER, quantity, task

from workplan_xlsx.domain.merging import counting
from workplan_xlsx.domain.model import Ledger, Nature, Target
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict

CHINA = timezone(timedelta(hours=8))
MONTHS = {number: Period.parse(f"2023-{number:02d}") for number in range(1, 13)}
TASKS = (
    task("1", "搭建平台", "区科技局、区商务局", quantity("1-1", "新增平台", "200", "家")),
    task("3", "出台办法", "区科技局", Target(code="3-1", name="出台办法", nature=Nature.STAGE)),
)
SMALL = replace(LEDGER, tasks=TASKS)


def kept(
    unit: str,
    *lines: str,
    month: int = 6,
    day: int = 26,
    version: int = 1,
    outcome: Outcome = Outcome.ACCEPTED,
    form_version: str = "v1",
) -> Submission:
    """A kept form; a line is `code figure-or-stage [| problem [| request]]`, `(figure)` is a co-lead's."""
    said = (unit, lines, month, day, version)
    verdict = Verdict(
        file=f"{unit}{month}月.xlsx",
        sha256=hashlib.sha256(repr(said).encode()).hexdigest(),
        outcome=outcome,
        unit=unit,
        period=MONTHS[month],
        form_version=form_version,
        entries=tuple(_entry(line, 8 + index) for index, line in enumerate(lines)),
    )
    moment = datetime(2023, month, 1, 9, tzinfo=CHINA) + timedelta(days=day - 1)
    return Submission(received_at=moment, version=version, verdict=verdict)


def _entry(line: str, row: int) -> Entry:
    told, _, rest = line.partition("|")
    difficulty, _, request = rest.partition("|")
    code, _, value = told.strip().partition(" ")
    figure = value.strip("() ")
    is_number = figure.replace(".", "").isdigit()
    return Entry(
        target_code=code,
        value=Decimal(figure) if is_number else None,
        stage="" if is_number else figure,
        sheet="填报",
        cell=f"H{row}",
        counts="(" not in value,
        difficulty=difficulty.strip(),
        request=request.strip(),
    )


def ledger_with(joint: object, **more: object) -> Ledger:
    """The small ledger with another way of merging its joint target."""
    first = replace(TASKS[0], targets=(replace(TASKS[0].targets[0], joint=joint),), **more)
    return replace(SMALL, tasks=(first, TASKS[1]))


def counted_by_period(*forms: Submission) -> dict[Period, dict[str, Submission]]:
    """The forms that count, as the problem loop wants them."""
    periods = {form.verdict.period for form in forms}
    return {
        period: counting(form for form in forms if form.verdict.period == period)
        for period in periods
        if period is not None
    }
