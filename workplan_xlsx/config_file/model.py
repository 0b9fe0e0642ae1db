"""The shape of workplan.toml, table by table; imported only when a file is read (pydantic is slow)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from workplan_xlsx.config_file.rule_tables import RulesTable, Strict
from workplan_xlsx.config_file.values import Address, Host, Mistake, Number, Place, Whole, Words, Zone

TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class PlanTable(Strict):
    """[plan]: which plan, which year, which rhythm."""

    code: Annotated[str, Field(min_length=1, max_length=80)]
    year: Annotated[Whole, Field(ge=2000, le=2100)]
    period: Literal["monthly", "quarterly", "half-monthly", "weekly"] = "monthly"


class OfficeTable(Strict):
    """[office]: who sends the forms."""

    name: str = ""
    contact: str = ""
    phone: str = ""
    marking: str = ""


class DeadlineTable(Strict):
    """[deadline]: 报送时限."""

    day: Annotated[Whole, Field(ge=1, le=31)] = 28
    time: TimeOfDay = "18:00"
    month: Literal["same", "next"] = "same"


Security = Literal["ssl", "starttls", "none"]
Port = Annotated[Whole, Field(ge=1, le=65535)]
Seconds = Annotated[Number, Field(gt=0, le=600)]


class RoundsTable(Strict):
    """[rounds]: what the service does by itself, in the office's words; "" switches a round off."""

    forms_out: Words = "第1个工作日"
    remind_all: Words = "截止前3个工作日"
    remind_missing: Words = "截止前1个工作日"
    draft_report: Words = "截止后1个工作日"
    final_report: Words = "截止后3个工作日"
    overdue_problems: Words = "每月15日"
    time: TimeOfDay = "08:30"


class MailTable(Strict):
    """[mail]: letters out by SMTP, forms in by IMAP; without a host nothing is sent or fetched."""

    smtp_host: Host = ""
    smtp_port: Port = 465
    smtp_security: Security = "ssl"
    imap_host: Host = ""
    imap_port: Port = 993
    imap_security: Security = "ssl"
    user: str = ""
    password_env: str = "WORKPLAN_MAIL_PASSWORD"
    password_file: str = ""
    sender: str = ""
    coordinator: str = ""
    per_minute: Annotated[Whole, Field(ge=1, le=10_000)] = 60
    timeout_seconds: Seconds = 30
    dry_run: bool = False
    folder: str = "INBOX"
    done_folder: str = "已收"
    odd_folder: str = "无填报表"

    @model_validator(mode="after")
    def _somebody_sends(self) -> MailTable:
        if self.smtp_host and not self.sender:
            raise Mistake("value_sender")
        if self.imap_host and not self.user:
            raise Mistake("value_user")
        for key in ("sender", "coordinator") if self.smtp_host else ():
            if (address := getattr(self, key)) and "@" not in address:
                raise Mistake("value_address", key=key, got=address)
        return self


class WebhookTable(Strict):
    """[webhook]: the robot of a chat group; without a url nobody is told there."""

    url: Address = ""
    secret_env: str = ""
    timeout_seconds: Seconds = 15


class ChecksTable(Strict):
    """[checks]: how strictly returned forms are judged."""

    off: tuple[str, ...] = ()
    trial: tuple[str, ...] = ()
    in_force: tuple[str, ...] = ()
    partial: Literal["hold", "merge"] = "hold"
    unchanged_periods: Annotated[Whole, Field(ge=2, le=53)] = 3
    jump_factor: Annotated[Whole, Field(ge=2, le=1000)] = 10
    own: str = ""


class CalendarTable(Strict):
    """[calendar]: days that differ from the published calendar."""

    workdays: tuple[date, ...] = ()
    days_off: tuple[date, ...] = ()
    complete_years: tuple[Annotated[Whole, Field(ge=2000, le=2100)], ...] = ()

    @model_validator(mode="after")
    def _either(self) -> CalendarTable:
        for day in sorted({*self.workdays} & {*self.days_off}):
            raise Mistake("value_day_twice", day=day)
        return self


class FileModel(Strict):
    """The whole file."""

    language: Literal["zh", "en"] = "zh"
    time_zone: Zone = "Asia/Shanghai"
    store: Place = "workplan.db"
    settle_seconds: Annotated[Number, Field(ge=0, le=600)] = 2
    form_passwords: tuple[str, ...] = ()
    plan: PlanTable
    office: OfficeTable = OfficeTable()
    deadline: DeadlineTable = DeadlineTable()
    rounds: RoundsTable = RoundsTable()
    rules: RulesTable = RulesTable()
    checks: ChecksTable = ChecksTable()
    calendar: CalendarTable = CalendarTable()
    handup: dict[str, Words] = Field(default_factory=dict)
    mail: MailTable = MailTable()
    webhook: WebhookTable = WebhookTable()
