"""What waits for the chat robot is told there: few messages, each thing once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workplan_xlsx.domain.mailing import MailState, OutgoingMail
from workplan_xlsx.errors import MailError, MailLost
from workplan_xlsx.mail.webhook import LONGEST_TEXT_BYTES, post_text
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

_AT_ONCE = 10_000
_MOST_MESSAGES = 10  # a robot that talks more than 20 times a minute is switched off
_PARAGRAPH = "\n\n"


def tell_chat(office: Office) -> str:
    """Tell the robot what has happened since the last time; return what was done in words, "" for nothing.

    Who is stopped while it is told tells it again, marked as a possible repetition: a robot knows no
    Message-ID.

    Raises:
        MailError: The robot cannot be reached, or does not take it; what waits goes on waiting.
    """
    webhook = office.config.webhook
    waiting = [each for each in office.store.ready_to_send(office.now, _AT_ONCE) if each.is_for_chat]
    if webhook is None or not waiting:
        return ""
    messages = list(_messages(office, waiting))
    for batch, text in messages[:_MOST_MESSAGES]:
        for mail in batch:
            office.store.sending(mail.number)
        try:
            post_text(webhook, text, office.lang)
        except MailLost:
            raise
        except MailError:
            for mail in batch:  # the job waits and tells; a line for each of them would say no more
                office.store.mail_postponed(mail.number, why="", retry_at=office.now)
            raise
        for mail in batch:
            office.store.mail_sent(mail.number, office.now)
    return say("mail.told_chat", office.lang, count=min(len(messages), _MOST_MESSAGES))


def _messages(office: Office, waiting: Sequence[OutgoingMail]) -> Iterator[tuple[list[OutgoingMail], str]]:
    """As many things in a message as it may hold, in the order in which they happened."""
    batch: list[OutgoingMail] = []
    text = ""
    for mail in waiting:
        told = _told(office, mail)
        longer = f"{text}{_PARAGRAPH}{told}" if text else told
        if batch and len(longer.encode()) > LONGEST_TEXT_BYTES:
            yield batch, text
            batch, longer = [], told
        batch.append(mail)
        text = longer
    if batch:
        yield batch, text


def _told(office: Office, mail: OutgoingMail) -> str:
    again = say("mail.perhaps_again", office.lang) if mail.state is MailState.SENDING else ""
    return again + mail.letter.body.strip()
