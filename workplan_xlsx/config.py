"""One frozen Config from workplan.toml, read when asked for; every mistake in it is named at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.judging.settings import RuleSettings
from workplan_xlsx.domain.mailing import MailSettings, WebhookSettings
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.rounds import RoundPlan
from workplan_xlsx.domain.workdays import DeadlineRule, Workdays
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeContact:
    """The office that sends the forms; shown in the guide, and author of the files.

    Attributes:
        marking: Printed at the top of every form (内部资料，请勿外传); "" prints nothing.
    """

    name: str = ""
    contact: str = ""
    phone: str = ""
    marking: str = ""


@dataclass(frozen=True, kw_only=True)
class Config:
    """What workplan.toml says.

    Attributes:
        plan_code: Stands in every form; forms of another plan are refused.
        store: The SQLite file (absolute) or a database URL.
        settle_seconds: How long a new file of the inbox must stay unchanged.
        form_passwords: Tried on returned forms that ask for a password (extra `crypto`).
        checks: How strictly returned forms are judged.
        handup: For a row of the higher plan's form (its 序号), our targets whose figures are added.
        days: Workdays (True) and days off (False) that differ from the published calendar.
        complete_years: Years whose public holidays all stand in `days`.
        mail, webhook: None where nothing is sent or fetched.
        own_rule_names: Names in the file of own rules; None where only running it would tell.
        own_rules_trouble: Why the file of own rules cannot be used, and what to do; "" where it can.
        warnings: What is written but cannot be done (a round on a day that never comes); the rest holds.
    """

    plan_code: str
    year: int
    rhythm: Rhythm
    language: Lang
    zone: ZoneInfo
    office: OfficeContact
    deadline: DeadlineRule
    rules: Rules
    rounds: RoundPlan
    store: Path | str
    settle_seconds: float
    form_passwords: tuple[str, ...] = field(default=(), repr=False)
    days: dict[date, bool] = field(default_factory=dict)
    complete_years: frozenset[int] = frozenset()
    handup: dict[str, tuple[str, ...]] = field(default_factory=dict)
    checks: RuleSettings = field(default_factory=RuleSettings)
    mail: MailSettings | None = None
    webhook: WebhookSettings | None = None
    own_rule_names: frozenset[str] | None = frozenset()
    own_rules_trouble: str = ""
    warnings: tuple[str, ...] = ()

    def workdays(self) -> Workdays:
        """The calendar of this workspace."""
        return Workdays(overrides=self.days, complete_years=self.complete_years)


def default_config_text(*, plan_code: str, year: int, rhythm: Rhythm, office: str, language: Lang) -> str:
    """The commented workplan.toml that a new workspace gets; all rules are the defaults, spelled out."""
    facts = {
        "plan_code": _quoted(plan_code),
        "year": year,
        "rhythm": _quoted(rhythm.value),
        "office": _quoted(office),
        "language": _quoted(language),
    }
    return say("config.default_text", language, **facts)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
