"""Ledgers and returns made by rule, of any size, for tests that need many units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.editions.surroundings import Past
from workplan_xlsx.domain.editions.working_out import work_out_edition
from workplan_xlsx.domain.model import Bound, Ledger, PlanHead, Target, Task, Unit
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.domain.workdays import Workdays

JUNE = Period.parse("2023-06")
DEADLINE = datetime(2023, 6, 28, 10, tzinfo=UTC)


def ledger(units: int, tasks_each: int = 4, targets_each: int = 3, groups: int = 1) -> Ledger:
    """So many units, each leading so many tasks of its own with so many targets of 100 each."""
    names = [f"单位{at:04d}" for at in range(1, units + 1)]
    tasks = []
    for at, name in enumerate(names):
        for each in range(tasks_each):
            code = f"{at * tasks_each + each + 1}"
            targets = tuple(
                Target(
                    code=f"{code}-{place}",
                    name=f"指标{place}",
                    bound=Bound.AT_LEAST,
                    value=Decimal(100),
                    unit="家",
                )
                for place in range(1, targets_each + 1)
            )
            tasks.append(task(code, name, targets))
    head = PlanHead(code="P", title="计划", document_number="", issuer="办", issued_on=None, year=2023)
    roster = tuple(Unit(name=name, ranking_group=f"组{at % groups}") for at, name in enumerate(names))
    return Ledger(head=head, units=roster, tasks=tuple(tasks))


def task(code: str, unit: str, targets: tuple[Target, ...], *more_leads: str) -> Task:
    """A task with its reporting unit first."""
    return Task(
        code=code,
        number=code,
        section_ordinal="一",
        section_title="",
        title=f"任务{code}",
        text="",
        lead_units=(unit, *more_leads),
        reporting_unit=unit,
        targets=targets,
    )


def returned(
    plan: Ledger, value: Callable[[str, str], str], *, late: frozenset[str] = frozenset()
) -> list[Submission]:
    """One accepted form a unit; `value(unit, target code)` is what it reports, "" leaves it out."""
    return [_form(plan, unit, value, late=unit in late) for unit in plan.reporting_unit_names]


def _form(plan: Ledger, unit: str, value: Callable[[str, str], str], *, late: bool) -> Submission:
    entries = tuple(
        Entry(
            target_code=target.code,
            value=Decimal(value(unit, target.code)),
            stage="",
            sheet="填报",
            cell=f"H{row}",
            counts=each.reporting_unit == unit,
        )
        for row, (each, target) in enumerate(plan.asked_of(unit), start=9)
        if value(unit, target.code)
    )
    verdict = Verdict(
        file=f"{unit}.xlsx",
        sha256=f"{unit}",
        outcome=Outcome.ACCEPTED,
        unit=unit,
        period=JUNE,
        entries=entries,
    )
    day = 29 if late else 27
    return Submission(received_at=datetime(2023, 6, day, 2, tzinfo=UTC), version=1, verdict=verdict)


def edition(
    plan: Ledger, submissions: list[Submission], rules: Rules | None = None, past: Past | None = None
) -> Edition:
    """The edition of June under the rules."""
    return work_out_edition(
        plan,
        JUNE,
        submissions,
        number=1,
        as_of=datetime(2023, 7, 5, tzinfo=UTC),
        deadline=DEADLINE,
        workdays=Workdays(),
        rules=rules or Rules(),
        past=past or Past(),
        lang="zh",
    )


def weighted(plan: Ledger, **weights: str) -> Ledger:
    """The ledger with these weights of tasks, by `t` and the task's code."""
    return replace(
        plan,
        tasks=tuple(replace(each, weight=Decimal(weights.get(f"t{each.code}", "1"))) for each in plan.tasks),
    )
