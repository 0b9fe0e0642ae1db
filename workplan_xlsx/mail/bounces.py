"""A letter that came back as undeliverable: which of ours it was, and why (RFC 3464 and others)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr

from workplan_xlsx.domain.mailing import our_message_ids
from workplan_xlsx.mail.headers import head_word, plain_words

_DAEMONS = ("mailer-daemon", "postmaster")
_ONLY_LATE = ("delay", "延迟", "warning")
_LONGEST_REASON = 200
_LONGEST_REPORT = 500_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server reports of a letter that failed.

    Attributes:
        message_id: Of the letter; "" where the report does not say.
        recipient: The address that failed; "" where the report does not say.
        why: The server's reason.
    """

    message_id: str
    recipient: str
    why: str


def bounce_of(message: Message) -> Bounce | None:
    """Return what the message reports; None when it is no report of a failed delivery.

    A report that the letter is only late is none: the server goes on trying.
    """
    ids = list(dict.fromkeys(_our_ids_in(message)))
    if message.get_content_type() == "multipart/report":
        return _reported(message, ids[0] if ids else "")
    subject = head_word(message, "Subject")
    late = any(word in subject.lower() for word in _ONLY_LATE)
    if not ids or late or not _from_a_server(message):
        return None
    return Bounce(ids[0], "", _shortened(f"{subject} {_first_words(message)}"))


def _reported(message: Message, message_id: str) -> Bounce | None:
    for block in _status_blocks(message):
        if head_word(block, "Action").lower() != "failed":
            continue
        recipient = head_word(block, "Final-Recipient") or head_word(block, "Original-Recipient")
        address = recipient.partition(";")[2].strip()
        if message_id or address:
            return Bounce(message_id, address, _reason(block))
    return None


def _status_blocks(message: Message) -> Iterator[Message]:
    for part in message.walk():
        inside = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(inside, list):
            yield from (block for block in inside if isinstance(block, Message))


def _reason(block: Message) -> str:
    status, words = head_word(block, "Status"), head_word(block, "Diagnostic-Code")
    return _shortened(f"{status} {words.partition(';')[2] or words}")


def _from_a_server(message: Message) -> bool:
    sender = parseaddr(head_word(message, "From"))[1].partition("@")[0].lower()
    return sender in _DAEMONS or head_word(message, "Return-Path") == "<>"


def _our_ids_in(message: Message) -> Iterator[str]:
    """Ids of our letters in the parts' heads and texts; the letter itself is in nobody's name."""
    for part in message.walk():
        if part is not message:
            yield from our_message_ids(head_word(part, "Message-ID"))
        if part.get_content_maintype() == "text":
            yield from our_message_ids(_text(part))
    for name in ("In-Reply-To", "References", "X-Failed-Message-ID"):
        yield from our_message_ids(head_word(message, name))


def _first_words(message: Message) -> str:
    texts = (_text(part) for part in message.walk() if part.get_content_type() == "text/plain")
    return next((" ".join(text.split()) for text in texts if text.strip()), "")


def _text(part: Message) -> str:
    """The part's text; of a long one nothing: no report is long."""
    if len(str(part.get_payload())) > _LONGEST_REPORT:
        return ""
    data = part.get_payload(decode=True)
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""


def _shortened(text: str) -> str:
    return " ".join(plain_words(text).split())[:_LONGEST_REASON]
