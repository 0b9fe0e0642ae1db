"""A message to a unit or to the coordinator, before and after it was sent."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workplan_xlsx.domain.period import Period

_ID_DOMAIN = "workplan.invalid"  # RFC 2606: no host has this name, so no id of ours is anybody else's
_OUR_ID = re.compile(rf"<[0-9a-f]{{32}}@{re.escape(_ID_DOMAIN)}>")

CHAT = "webhook"
"""The recipient of what goes to the chat robot."""


def message_id_for(key: str, queued_at: datetime) -> str:
    """The Message-ID of a letter: made once, so that a mailbox knows a repetition by it."""
    stamp = hashlib.sha256(f"{key}|{queued_at.isoformat()}".encode()).hexdigest()[:32]
    return f"<{stamp}@{_ID_DOMAIN}>"


def our_message_ids(text: str) -> list[str]:
    """The ids of our letters that stand in a text."""
    return _OUR_ID.findall(text)


def is_our_message_id(text: str) -> bool:
    """Whether it is the id of a letter of ours."""
    return _OUR_ID.fullmatch(text.strip()) is not None


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
        recipient: Mail addresses, comma between; or CHAT.
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

    @property
    def is_for_chat(self) -> bool:
        """Whether it goes to the chat robot, and not to a mail server."""
        return self.letter.recipient == CHAT


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where a mail server listens, and how the line to it is kept secret: "ssl", "starttls" or "none"."""

    host: str
    port: int
    security: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """How mail goes out and comes in; no password stands here.

    Attributes:
        outgoing: SMTP; None: nothing is sent.
        incoming: IMAP; None: no mailbox is looked into.
        password_env, password_file: The environment variable, or the file, that holds the password.
        sender: From whom the letters come, and where answers and bounces go.
        coordinator: Who is told of what was done and what failed; "" for nobody.
        per_minute: At most so many letters in a minute.
        timeout_seconds: How long a server may be silent.
        dry_run: Letters become files in outbox/ and go to nobody.
        folder, done_folder, odd_folder: Where letters arrive in the mailbox, where those with forms are
            moved, and where those without are.
    """

    outgoing: MailServer | None
    incoming: MailServer | None
    user: str
    password_env: str
    password_file: str
    sender: str
    coordinator: str
    per_minute: int
    timeout_seconds: float
    dry_run: bool
    folder: str
    done_folder: str
    odd_folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """A robot of a chat group that takes the coordinator's summary.

    Attributes:
        secret_env: The environment variable with 钉钉's signing secret; "" where the robot wants none.
    """

    url: str
    secret_env: str
    timeout_seconds: float
