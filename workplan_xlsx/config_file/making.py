"""From the checked file to the frozen Config that the rest of the house knows."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from workplan_xlsx.config import Config, OfficeContact
from workplan_xlsx.config_file.service_tables import mail_of, rounds_of, webhook_of
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.judging.settings import Partial, RuleSettings
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.workdays import DeadlineRule
from workplan_xlsx.words import Lang

if TYPE_CHECKING:
    from workplan_xlsx.config_file.model import ChecksTable, FileModel
    from workplan_xlsx.config_file.own_rules_file import OwnRulesFile


def config_of(
    model: FileModel, rules: Rules, root: Path, *, lang: Lang, own_rules: OwnRulesFile | None = None
) -> Config:
    """Return the Config that a checked file stands for; a store that is no URL lies below `root`.

    What is doubtful in it is told in `lang`.
    """
    days = dict.fromkeys(model.calendar.days_off, False) | dict.fromkeys(model.calendar.workdays, True)
    rounds, warnings = rounds_of(model, lang)
    return Config(
        plan_code=model.plan.code,
        year=model.plan.year,
        rhythm=Rhythm(model.plan.period),
        language=model.language,
        zone=ZoneInfo(model.time_zone),
        office=OfficeContact(**model.office.model_dump()),
        deadline=DeadlineRule(
            day=model.deadline.day,
            at=time.fromisoformat(model.deadline.time),
            month_after=model.deadline.month == "next",
        ),
        rules=rules,
        rounds=rounds,
        store=model.store if "://" in model.store else (root / model.store).resolve(),
        settle_seconds=model.settle_seconds,
        form_passwords=model.form_passwords,
        days=days,
        complete_years=frozenset(model.calendar.complete_years),
        handup={row: (codes,) if isinstance(codes, str) else codes for row, codes in model.handup.items()},
        mail=mail_of(model.mail),
        webhook=webhook_of(model.webhook),
        warnings=warnings,
        checks=_checks(model.checks),
        own_rule_names=own_rules.names if own_rules else frozenset(),
        own_rules_trouble=own_rules.trouble if own_rules else "",
    )


def _checks(table: ChecksTable) -> RuleSettings:
    return RuleSettings(
        off=_names(table.off),
        trial=_names(table.trial),
        in_force=_names(table.in_force),
        partial=Partial(table.partial),
        unchanged_periods=table.unchanged_periods,
        jump_factor=table.jump_factor,
        own=table.own,
    )


def _names(written: tuple[str, ...]) -> frozenset[str]:
    if not written:
        return frozenset()
    from workplan_xlsx.config_file.switches import as_named

    return frozenset(map(as_named, written))
