"""The outbox of mail: each letter once by its key, over restarts and power cuts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from workplan_xlsx.domain.mailing import (
    CHAT,
    Attachment,
    Letter,
    MailKind,
    MailState,
    OutgoingMail,
    message_id_for,
)
from workplan_xlsx.domain.period import Period
from workplan_xlsx.store.door import Door, next_number
from workplan_xlsx.store.schema import outgoing_mail


class OutgoingMails(Door):
    """What is to be mailed, what was, and what could not be."""

    def queue(self, letters: Sequence[Letter], now: datetime) -> int:
        """Put the letters into the outbox, all or none; return how many were not there yet."""
        with self.writing() as connection:
            asked = [letter.key for letter in letters]
            there = set(
                connection.execute(
                    select(outgoing_mail.c.key).where(outgoing_mail.c.key.in_(asked))
                ).scalars()
            )
            number, queued = next_number(connection, outgoing_mail), 0
            for letter in letters:
                if letter.key in there:
                    continue
                there.add(letter.key)
                connection.execute(insert(outgoing_mail).values(number=number + queued, **_row(letter, now)))
                queued += 1
        return queued

    def ready_to_send(self, now: datetime, limit: int) -> tuple[OutgoingMail, ...]:
        """Return the letters that may be handed to a server now, the longest waiting first."""
        waiting = outgoing_mail.c.state.in_([MailState.WAITING.value, MailState.SENDING.value])
        wanted = select(outgoing_mail).where(waiting).order_by(outgoing_mail.c.number)
        with self.reading() as connection:
            mails = map(_mail, connection.execute(wanted))
            ready = [each for each in mails if each.retry_at is None or each.retry_at <= now]
        return tuple(ready[:limit])

    def sending(self, number: int) -> None:
        """The letter is being handed over now; until the server's answer is kept nobody knows where it is."""
        values: dict[str, object] = {
            "state": MailState.SENDING.value,
            "attempts": outgoing_mail.c.attempts + 1,
        }
        self._set(number, values)

    def mail_sent(self, number: int, at: datetime, *, why: str = "") -> None:
        """The server has taken the letter; `why` names addresses that it left out."""
        self._set(number, {"state": MailState.SENT.value, "ended_at": at, "retry_at": None, "why": why})

    def mail_postponed(self, number: int, *, why: str, retry_at: datetime) -> None:
        """It did not go now; from `retry_at` on it may be tried again."""
        self._set(number, {"state": MailState.WAITING.value, "retry_at": retry_at, "why": why})

    def mail_uncertain(self, number: int, *, why: str, retry_at: datetime) -> None:
        """The line broke while it was handed over; from `retry_at` on it is sent again, perhaps twice."""
        self._set(number, {"state": MailState.SENDING.value, "retry_at": retry_at, "why": why})

    def mail_refused(self, number: int, at: datetime, *, why: str) -> None:
        """The server will never take it."""
        self._set(number, {"state": MailState.REFUSED.value, "ended_at": at, "retry_at": None, "why": why})

    def mail_bounced(self, number: int, at: datetime, *, why: str) -> None:
        """It came back as undeliverable."""
        self._set(number, {"state": MailState.BOUNCED.value, "ended_at": at, "retry_at": None, "why": why})

    def mail_readdressed(self, number: int, recipient: str) -> None:
        """It goes out again, to another address."""
        values = {
            "recipient": recipient,
            "state": MailState.WAITING.value,
            "ended_at": None,
            "retry_at": None,
        }
        self._set(number, {**values, "why": ""})

    def _set(self, number: int, values: dict[str, object]) -> None:
        with self.writing() as connection:
            connection.execute(update(outgoing_mail).where(outgoing_mail.c.number == number).values(values))

    def mails_sent_since(self, moment: datetime) -> int:
        """Return how many letters were handed to the mail server from the moment on."""
        by_mail = (outgoing_mail.c.state == MailState.SENT.value) & (outgoing_mail.c.recipient != CHAT)
        ended = select(outgoing_mail.c.ended_at).where(by_mail)
        newest = ended.order_by(outgoing_mail.c.number.desc()).limit(1000)
        with self.reading() as connection:
            return sum(1 for at in connection.execute(newest).scalars() if at is not None and at >= moment)

    def mail_counts(self) -> dict[MailState, int]:
        """Return how many letters stand in each state."""
        grouped = select(outgoing_mail.c.state, func.count()).group_by(outgoing_mail.c.state)
        with self.reading() as connection:
            return {MailState(state): count for state, count in connection.execute(grouped)}

    def mails(self, period: Period | None = None) -> tuple[OutgoingMail, ...]:
        """Return the letters (of a period) in the order in which they were queued."""
        wanted = select(outgoing_mail).order_by(outgoing_mail.c.number)
        if period is not None:
            wanted = wanted.where(outgoing_mail.c.period == period)
        with self.reading() as connection:
            return tuple(map(_mail, connection.execute(wanted)))

    def mail_that_failed(self, message_id: str, recipient: str) -> OutgoingMail | None:
        """Return the letter of this id, or the last one that was sent to the address; None if none was, or
        if it is known already that it came back.
        """
        sent = select(outgoing_mail).where(outgoing_mail.c.state == MailState.SENT.value)
        if message_id:
            sent = sent.where(outgoing_mail.c.message_id == message_id)
        elif recipient:
            sent = sent.where(outgoing_mail.c.recipient.icontains(recipient, autoescape=True))
        else:
            return None
        with self.reading() as connection:
            row = connection.execute(sent.order_by(outgoing_mail.c.number.desc()).limit(1)).first()
        return _mail(row) if row is not None else None

    def mails_in_doubt(self) -> tuple[OutgoingMail, ...]:
        """Return the letters that were being handed over when somebody was stopped; each until it is told."""
        halfway = (outgoing_mail.c.state == MailState.SENDING.value) & (outgoing_mail.c.why == "")
        wanted = select(outgoing_mail).where(halfway & (outgoing_mail.c.recipient != CHAT))
        with self.reading() as connection:
            return tuple(map(_mail, connection.execute(wanted.order_by(outgoing_mail.c.number))))

    def mails_in_trouble(self) -> tuple[OutgoingMail, ...]:
        """Return the letters that were refused, bounced, or failed at least once and still wait."""
        gone = [MailState.REFUSED.value, MailState.BOUNCED.value]
        halfway = [MailState.WAITING.value, MailState.SENDING.value]
        waiting = outgoing_mail.c.state.in_(halfway) & (outgoing_mail.c.why != "")
        wanted = select(outgoing_mail).where(or_(outgoing_mail.c.state.in_(gone), waiting))
        with self.reading() as connection:
            return tuple(map(_mail, connection.execute(wanted.order_by(outgoing_mail.c.number))))


def _row(letter: Letter, now: datetime) -> dict[str, object]:
    attachments = [{"name": each.name, "path": each.path} for each in letter.attachments]
    return {
        "key": letter.key,
        "kind": letter.kind.value,
        "period": letter.period,
        "unit": letter.unit,
        "recipient": letter.recipient,
        "subject": letter.subject,
        "body": letter.body,
        "attachments": json.dumps(attachments, ensure_ascii=False),
        "in_reply_to": letter.in_reply_to,
        "message_id": message_id_for(letter.key, now),
        "state": MailState.WAITING.value,
        "attempts": 0,
        "queued_at": now,
        "ended_at": None,
        "retry_at": None,
        "why": "",
    }


def _mail(row: Any) -> OutgoingMail:
    letter = Letter(
        key=row.key,
        kind=MailKind(row.kind),
        period=row.period,
        unit=row.unit,
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
        attachments=tuple(Attachment(**each) for each in json.loads(row.attachments)),
        in_reply_to=row.in_reply_to,
    )
    return OutgoingMail(
        number=row.number,
        letter=letter,
        message_id=row.message_id,
        state=MailState(row.state),
        attempts=row.attempts,
        queued_at=row.queued_at,
        ended_at=row.ended_at,
        retry_at=row.retry_at,
        why=row.why,
    )
