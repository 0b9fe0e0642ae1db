"""Offices of any size that report at random: every nature of target, joint tasks, late, returned, missing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.editions.working_out import Past, work_out_edition
from workplan_xlsx.domain.model import (
    Bound,
    Joint,
    Ledger,
    Mark,
    Nature,
    PlanCurve,
    PlanHead,
    Stage,
    Target,
    Task,
    Unit,
)
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.domain.workdays import Workdays

ZONE = ZoneInfo("Asia/Shanghai")
JUNE = Period.parse("2023-06")
DEADLINE = datetime(2023, 6, 28, 18, tzinfo=ZONE)
AS_OF = datetime(2023, 7, 5, 9, tzinfo=ZONE)
KINDS = (
    {"bound": Bound.AT_LEAST},
    {"bound": Bound.MORE_THAN},
    {"bound": Bound.ABOUT},
    {"bound": Bound.AT_LEAST, "stretch": True},
    {"nature": Nature.LEVEL, "bound": Bound.AT_LEAST},
    {"bound": Bound.AT_MOST},
    {"nature": Nature.RATE, "bound": Bound.AT_LEAST, "unit": "%"},
    {"nature": Nature.CLEAR, "bound": Bound.AT_MOST, "baseline": Decimal(90)},
    {"plan": PlanCurve(due_only_in=Period.parse("2023-12"))},
    {"mark": Mark.UNDER_REVIEW},
    {"bound": Bound.RANGE, "value_max": Decimal(400)},
)


@dataclass(frozen=True)
class RandomOffice:
    """A ledger and what its units sent for June."""

    ledger: Ledger
    submissions: tuple[Submission, ...]

    def edition(
        self, rules: Rules | None = None, past: Past | None = None, number: int = 1, lang="zh"
    ) -> Edition:
        """June's edition by these rules."""
        rules = rules or Rules()
        edition = work_out_edition(
            self.ledger,
            JUNE,
            self.submissions,
            number=number,
            as_of=AS_OF,
            deadline=DEADLINE,
            workdays=Workdays(),
            rules=rules,
            past=past or Past(),
            lang=lang,
        )
        return replace(edition, in_force=rules)


def random_office(
    seed: int,
    *,
    units: int = 12,
    tasks: int = 2,
    targets: int = 3,
    groups: int = 2,
    plain: bool = False,
    apart: bool = False,
) -> RandomOffice:
    """An office with so many units, tasks a unit, targets a task, ranking groups.

    `plain`: no joint tasks, all forms in time; what a large office looks like. `apart`: where a task has several
    leads, its first target is measured by each lead's own figure, now and then all of them.
    """
    chance = random.Random(seed)
    names = [f"第{number}单位" for number in range(1, units + 1)]
    roster = tuple(
        Unit(name=name, ranking_group=f"第{1 + place * groups // units}组")
        for place, name in enumerate(names)
    )
    led = tuple(_task(chance, place, names, tasks, targets, plain=plain) for place in range(units * tasks))
    if apart:
        led = tuple(_each_its_own(each, place) for place, each in enumerate(led))
    head = PlanHead(
        code="P2023",
        title="示范区2023年重点工作任务",
        document_number="示政办字〔2023〕1号",
        issuer="示范区人民政府办公室",
        issued_on=date(2023, 5, 20),
        year=2023,
    )
    ledger = Ledger(head=head, units=roster, tasks=led)
    return RandomOffice(ledger, tuple(_sent(chance, ledger, plain=plain)))


def _task(
    chance: random.Random, place: int, names: list[str], tasks: int, targets: int, *, plain: bool
) -> Task:
    lead = names[place // tasks]
    others = [] if plain or place % 3 else [name for name in chance.sample(names, 2) if name != lead]
    number = str(place + 1)
    return Task(
        code=number,
        number=number,
        section_ordinal="一",
        section_title="产业发展",
        title=f"第{number}项重点工作",
        text=f"{number}.第{number}项重点工作。",
        lead_units=(lead, *others),
        reporting_unit=lead,
        weight=Decimal(chance.choice([1, 1, 2])),
        targets=tuple(_target(chance, f"{number}-{index}") for index in range(1, targets + 1)),
    )


def _each_its_own(task: Task, place: int) -> Task:
    own = len(task.targets) if place % 2 else 1
    if len(task.lead_units) < 2:
        return task
    first = (replace(each, joint=Joint.EACH) for each in task.targets[:own])
    return replace(task, targets=(*first, *task.targets[own:]))


def _target(chance: random.Random, code: str) -> Target:
    weight = Decimal(chance.choice(["1", "1", "0.5"]))
    if chance.random() < 0.2:
        return Target(
            code=code, name=f"{code}进展", nature=Nature.STAGE, stretch=chance.random() < 0.2, weight=weight
        )
    kind = {"unit": "家"} | chance.choice(KINDS)
    value = Decimal(chance.choice([7, 30, 91, 200]))
    words = f"{value}{kind['unit']}以上"
    return Target(code=code, name=f"{code}指标", words=words, value=value, weight=weight, **kind)


def _sent(chance: random.Random, ledger: Ledger, *, plain: bool) -> Iterator[Submission]:
    for place, unit in enumerate(ledger.reporting_unit_names):
        if not plain and place % 7 == 6:
            continue
        late = 0 if plain or place % 5 else chance.randrange(1, 5)
        at = DEADLINE - timedelta(days=1, minutes=place) + timedelta(days=1 + late if late else 0)
        if not plain and place % 4 == 1:
            yield _submission(unit, at - timedelta(hours=1), 1, Outcome.RETURNED, ())
        entries = tuple(_entries(chance, ledger, unit))
        yield _submission(unit, at, 2, Outcome.ACCEPTED, entries)


def _submission(
    unit: str, at: datetime, version: int, outcome: Outcome, entries: tuple[Entry, ...]
) -> Submission:
    verdict = Verdict(
        file=f"{unit}6月填报表.xlsx",
        sha256=f"{version:02d}" + "ab" * 31,
        outcome=outcome,
        unit=unit,
        period=JUNE,
        entries=entries,
        sign_off=(("filled_by", "张三"), ("phone", "0537-3412345")),
    )
    return Submission(received_at=at, version=version, verdict=verdict)


def _entries(chance: random.Random, ledger: Ledger, unit: str) -> Iterator[Entry]:
    for row, (task, target) in enumerate(ledger.asked_of(unit), start=8):
        value = stage = None
        if target.is_stage:
            stage = chance.choice(list(Stage))
        else:
            share = Decimal(chance.choice(["0.2", "0.35", "0.4", "0.5", "0.6", "1", "1.1"]))
            value = (target.value or Decimal(1)) * share
        yield Entry(
            target_code=target.code,
            value=value,
            stage=stage.value if stage else "",
            sheet="填报",
            cell=f"H{row}",
            counts=task.reporting_unit == unit,
            progress="正按计划推进。",
            difficulty="资金紧张" if chance.random() < 0.05 else "",
        )
