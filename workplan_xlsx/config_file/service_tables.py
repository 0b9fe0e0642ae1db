"""[rounds], [mail] and [webhook] of the checked file, as the service knows them."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from workplan_xlsx.config_file.round_words import rules_of
from workplan_xlsx.domain.mailing import MailServer, MailSettings, WebhookSettings
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.rounds import RoundKind, RoundPlan
from workplan_xlsx.words import Lang

if TYPE_CHECKING:
    from workplan_xlsx.config_file.model import FileModel, MailTable, WebhookTable


def rounds_of(model: FileModel, lang: Lang) -> tuple[RoundPlan, tuple[str, ...]]:
    """Return the rounds, and a sentence for each that cannot be: it is off, the others go on."""
    table = model.rounds
    written = (
        (RoundKind.FORMS_OUT, table.forms_out),
        (RoundKind.REMIND_ALL, table.remind_all),
        (RoundKind.REMIND_MISSING, table.remind_missing),
        (RoundKind.DRAFT, table.draft_report),
        (RoundKind.REPORT, table.final_report),
        (RoundKind.PROBLEMS, table.overdue_problems),
    )
    at = time.fromisoformat(table.time)
    rules, troubles = rules_of(written, at, Rhythm(model.plan.period), lang)
    return RoundPlan(rules=rules), troubles


def mail_of(table: MailTable) -> MailSettings | None:
    """Return how mail goes; None where no host is named."""
    if not table.smtp_host and not table.imap_host:
        return None
    outgoing = MailServer(host=table.smtp_host, port=table.smtp_port, security=table.smtp_security)
    incoming = MailServer(host=table.imap_host, port=table.imap_port, security=table.imap_security)
    return MailSettings(
        outgoing=outgoing if table.smtp_host else None,
        incoming=incoming if table.imap_host else None,
        user=table.user,
        password_env=table.password_env,
        password_file=table.password_file,
        sender=table.sender,
        coordinator=table.coordinator,
        per_minute=table.per_minute,
        timeout_seconds=table.timeout_seconds,
        dry_run=table.dry_run,
        folder=table.folder,
        done_folder=table.done_folder,
        odd_folder=table.odd_folder,
    )


def webhook_of(table: WebhookTable) -> WebhookSettings | None:
    """Return the chat robot; None where no address is named."""
    if not table.url:
        return None
    return WebhookSettings(url=table.url, secret_env=table.secret_env, timeout_seconds=table.timeout_seconds)
