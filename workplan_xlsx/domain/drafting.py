"""A notice as read -> the first ledger: codes given, reporting units chosen, every figure kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from workplan_xlsx.domain.model import Ledger, Nature, PlanHead, Target, Task, Unit
from workplan_xlsx.domain.notice import Notice, NoticeTask, Quantity
from workplan_xlsx.domain.quarter_plans import plan_by_quarters
from workplan_xlsx.words import Lang, say

_GROUP = re.compile(
    r"各|^(?:有关|相关)|(?:有关|相关|有關|相關)(?:职能|職能)?(?:部门|部門|单位|單位|企业|企業|乡镇|鄉鎮|镇街|鎮街|县|縣|区|區)"
    r"|等.*(?:单位|部门|政府)$|^(?:乡镇|镇街|街镇|镇、街道|乡镇街道|街道|县区|区县|县市区|村|社区|村社区|街道办事处|(?:乡|镇|乡镇)(?:人民)?政府)$"
)
# What a body's name gives away about its kind; only told to the coordinator, without effect on ranks.
_KIND_BY_ENDING = (
    ("镇", "镇街"),
    ("乡", "镇街"),
    ("街道", "镇街"),
    ("办事处", "镇街"),
    ("园区", "园区"),
    ("开发区", "园区"),
    ("管委会", "园区"),
    ("银行", "驻区单位"),
    ("支行", "驻区单位"),
    ("供电中心", "驻区单位"),
    ("供电公司", "驻区单位"),
)
DEFAULT_RANKING_GROUP = "牵头单位"


def is_group(name: str) -> bool:
    """Tell whether the name stands for several units: 各镇街, 区直各部门, 有关单位."""
    return bool(_GROUP.search(name))


def draft_ledger(notice: Notice, head: PlanHead, lang: Lang) -> Ledger:
    """Return the ledger that the notice asks for; what the reading doubts is left 待确认.

    An item with a lead unit but without a number gets one stage row. An item without a lead unit (rules
    for running the work) is listed without rows. The first lead listed is the reporting unit.
    """
    titles = {section.ordinal: section.title for section in notice.sections}
    codes = _task_codes(notice.tasks)
    tasks = tuple(
        _task(item, code, titles.get(item.section_ordinal, ""), head.year, lang)
        for item, code in zip(notice.tasks, codes, strict=True)
    )
    names = dict.fromkeys(name for task in tasks for name in task.lead_units)
    return Ledger(head=head, units=tuple(_unit(name, lang) for name in names), tasks=tasks)


def _task_codes(items: tuple[NoticeTask, ...]) -> list[str]:
    """The item's number; with its chapter where numbers repeat; with a letter where even that repeats."""
    repeated = {number for number, count in Counter(item.number for item in items).items() if count > 1}
    plain = [
        f"{item.section_ordinal}.{item.number}" if item.number in repeated else item.number for item in items
    ]
    seen: Counter[str] = Counter()
    codes = []
    for code in plain:
        seen[code] += 1
        codes.append(code if seen[code] == 1 else f"{code}({seen[code]})")
    return codes


def _task(item: NoticeTask, code: str, section_title: str, year: int, lang: Lang) -> Task:
    return Task(
        code=code,
        number=item.number,
        section_ordinal=item.section_ordinal,
        section_title=section_title,
        title=item.title,
        text=item.text,
        lead_units=item.lead_units,
        support_units=item.support_units,
        reporting_unit=item.lead_units[0] if item.lead_units else "",
        targets=tuple(_targets(item, code, year, lang)),
        remark=say("ledger.remark_deadline", lang, deadline=item.deadline) if item.deadline else "",
    )


def _targets(item: NoticeTask, code: str, year: int, lang: Lang) -> Iterator[Target]:
    """Rows that bind come first, numbered 39-1, 39-2 ...; figures that only describe follow as 39-参1.

    What a table plans for each quarter is the plan of the target that it fits.
    """
    binding = [each for each in item.targets if each.is_measured_target] if item.lead_units else []
    others = [quantity for quantity in item.targets if quantity not in binding]
    for index, quantity in enumerate(binding, start=1):
        target = _target(quantity, f"{code}-{index}", item, lang, on_form=True)
        plan = plan_by_quarters(quantity, item, year)
        yield replace(target, plan=plan, remark=_planned(target, lang)) if plan.nodes else target
    if item.lead_units and not binding:
        yield Target(code=f"{code}-1", name=item.title or item.number, nature=Nature.STAGE)
    for index, quantity in enumerate(others, start=1):
        yield _target(quantity, f"{code}-参{index}", item, lang, on_form=False)


def _target(quantity: Quantity, code: str, item: NoticeTask, lang: Lang, *, on_form: bool) -> Target:
    """The quantity as a row; one whose words name nothing (完成40公里) is named by its item."""
    return Target(
        code=code,
        name=quantity.what or item.title or quantity.text,
        words=quantity.text,
        bound=quantity.op,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        nature=quantity.nature,
        stretch=quantity.stretch,
        on_form=on_form,
        confirmed=not quantity.doubt,
        remark=_why_doubtful(quantity, lang) if quantity.doubt else "",
        context=quantity.context,
    )


def _planned(target: Target, lang: Lang) -> str:
    return " ".join(filter(None, (target.remark, say("ledger.remark_quarters", lang))))


def _why_doubtful(quantity: Quantity, lang: Lang) -> str:
    why = say(f"notice.{quantity.doubt}", lang)
    return say("notice.doubt_told", lang, why=why, confidence_pct=quantity.confidence_pct)


def _unit(name: str, lang: Lang) -> Unit:
    """A group (各镇街) is listed without a rank until the coordinator puts its units in its place."""
    if is_group(name):
        kind = say("notice.kind_group", lang)
        return Unit(name=name, kind=kind, ranking_group=DEFAULT_RANKING_GROUP, ranked=False)
    kind = next((kind for ending, kind in _KIND_BY_ENDING if name.endswith(ending)), "部门")
    return Unit(name=name, kind=kind, ranking_group=DEFAULT_RANKING_GROUP)
