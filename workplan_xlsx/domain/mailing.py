"""A message to a unit or to the coordinator, before and after it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workplan_xlsx.domain.period import Period


class MailKind(StrEnum):
    """What a message is for."""

    FORM = "form"  # 填报表
    REMINDER = "reminder"  # 催报
    RETURNED = "returned"  # 退回表
    RECEIPT = "receipt"  # 回执
    PROBLEMS = "problems"  # 超期问题提醒
    SUMMARY = "summary"  # to the coordinator: what was done, what failed


class MailState(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENDING = "sending"  # handed to the server, its answer not known yet
    SENT = "sent"
    REFUSED = "refused"  # the server will never take it: a person must look
    BOUNCED = "bounced"  # taken, and came back as undeliverable


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message: the name that the reader sees, and its path below the workspace."""

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as it is put into the outbox.

    Attributes:
        key: What it is about; a second letter with the same key is never queued.
        unit: Ledger name; "" for one to the coordinator.
        recipient: Mail addresses, comma between.
        in_reply_to: The Message-ID that it answers; "" otherwise.
    """

    key: str
    kind: MailKind
    period: Period | None
    unit: str
    recipient: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """A letter in the outbox.

    Attributes:
        message_id: Made once when queued and never changed: a mailbox knows a repetition by it.
        attempts: How often it was handed to a server; more than 1 on a SENT one may mean a repetition.
        ended_at: When it was sent, refused or bounced.
        retry_at: Not before this moment again; None: at once.
        why: What went wrong last, one sentence; "" when nothing did.
    """

    number: int
    letter: Letter
    message_id: str
    state: MailState
    attempts: int
    queued_at: datetime
    ended_at: datetime | None
    retry_at: datetime | None
    why: str
