"""The shape of workplan.toml, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workplan_xlsx.config_file.keys import (
    Table,
    by_name,
    day,
    flag,
    number,
    one_of,
    one_or_several,
    several,
    table,
    text,
    whole,
)
from workplan_xlsx.config_file.rule_tables import RulesTable
from workplan_xlsx.words import Lang


def _time_of_day(otherwise: str) -> Any:
    return text(otherwise, like=r"^([01]\d|2[0-3]):[0-5]\d\Z", expected="expect_time")


def _port(otherwise: int) -> Any:
    return whole(1, 65535, otherwise)


def _security() -> Any:
    return one_of("ssl", "starttls", "none", otherwise="ssl")


def _texts() -> Any:
    return several(text(""))


class PlanTable(Table):
    """[plan]: which plan, which year, which rhythm."""

    code: str = text(most=80)
    year: int = whole(2000, 2100)
    period: str = one_of("monthly", "quarterly", "half-monthly", "weekly", otherwise="monthly")


class OfficeTable(Table):
    """[office]: who sends the forms."""

    name: str = text("")
    contact: str = text("")
    phone: str = text("")
    marking: str = text("")


class DeadlineTable(Table):
    """[deadline]: 报送时限."""

    day: int = whole(1, 31, 28)
    time: str = _time_of_day("18:00")
    month: str = one_of("same", "next", otherwise="same")


Words = str | tuple[str, ...]


class RoundsTable(Table):
    """[rounds]: what the service does by itself, in the office's words; "" switches a round off."""

    forms_out: Words = one_or_several("第1个工作日")
    remind_all: Words = one_or_several("截止前3个工作日")
    remind_missing: Words = one_or_several("截止前1个工作日")
    draft_report: Words = one_or_several("截止后1个工作日")
    final_report: Words = one_or_several("截止后3个工作日")
    overdue_problems: Words = one_or_several("每月15日")
    time: str = _time_of_day("08:30")


class MailTable(Table):
    """[mail]: letters out by SMTP, forms in by IMAP; without a host nothing is sent or fetched."""

    smtp_host: str = text("")
    smtp_port: int = _port(465)
    smtp_security: str = _security()
    imap_host: str = text("")
    imap_port: int = _port(993)
    imap_security: str = _security()
    user: str = text("")
    password_env: str = text("WORKPLAN_MAIL_PASSWORD")
    password_file: str = text("")
    sender: str = text("")
    coordinator: str = text("")
    per_minute: int = whole(1, 10_000, 60)
    timeout_seconds: float = number(0, 600, 30, above=True)
    dry_run: bool = flag(otherwise=False)
    folder: str = text("INBOX")
    done_folder: str = text("已收")
    odd_folder: str = text("无填报表")

    def contradictions(self) -> Iterator[str]:
        """Who sends needs an address, who fetches a user."""
        if self.smtp_host and "@" not in self.sender:
            yield "value_sender"
        if self.imap_host and not self.user:
            yield "value_user"


class WebhookTable(Table):
    """[webhook]: the robot of a chat group; without a url nobody is told there."""

    url: str = text("", like=r"^(https?://\S+)?\Z", expected="expect_address")
    secret_env: str = text("")
    timeout_seconds: float = number(0, 600, 15, above=True)


class ChecksTable(Table):
    """[checks]: how strictly returned forms are judged."""

    off: tuple[str, ...] = _texts()
    trial: tuple[str, ...] = _texts()
    in_force: tuple[str, ...] = _texts()
    partial: str = one_of("hold", "merge", otherwise="hold")
    unchanged_periods: int = whole(2, 53, 3)
    jump_factor: int = whole(2, 1000, 10)
    own: str = text("")

    def contradictions(self) -> Iterator[str]:
        """A code that cannot be switched."""
        from workplan_xlsx.domain.findings import may_be_switched

        if not all(may_be_switched(code) for code in (*self.off, *self.trial, *self.in_force)):
            yield "value_checks"


class CalendarTable(Table):
    """[calendar]: days that differ from the published calendar."""

    workdays: tuple[date, ...] = several(day())
    days_off: tuple[date, ...] = several(day())
    complete_years: tuple[int, ...] = several(whole(2000, 2100))


class FileModel(Table):
    """The whole file."""

    language: Lang = one_of("zh", "en", otherwise="zh")
    time_zone: str = text("Asia/Shanghai")
    store: str = text("workplan.db", like=".", expected="expect_present")
    settle_seconds: float = number(0, 600, 2)
    form_passwords: tuple[str, ...] = _texts()
    plan: PlanTable = table(PlanTable, needed=True)
    office: OfficeTable = table(OfficeTable)
    deadline: DeadlineTable = table(DeadlineTable)
    rounds: RoundsTable = table(RoundsTable)
    rules: RulesTable = table(RulesTable)
    checks: ChecksTable = table(ChecksTable)
    calendar: CalendarTable = table(CalendarTable)
    handup: dict[str, Words] = by_name(one_or_several())
    mail: MailTable = table(MailTable)
    webhook: WebhookTable = table(WebhookTable)

    def contradictions(self) -> Iterator[str]:
        """A time zone that nobody knows."""
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield "value_zone"
