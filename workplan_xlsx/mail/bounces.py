"""A letter that came back as undeliverable: which of ours it was, and why (RFC 3464)."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report of a mail server: the Message-ID of the letter that failed, and its reason."""

    message_id: str
    why: str


def bounce_of(message: Message) -> Bounce | None:
    """Return what the message reports; None when it is no report of a failed delivery."""
    if message.get_content_type() != "multipart/report":
        return None
    reason, original, failed = "", "", False
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in part.get_payload():
                if not isinstance(block, Message):
                    continue
                failed = failed or str(block.get("Action", "")).strip().lower() == "failed"
                reason = reason or _reason(block)
        elif kind in ("message/rfc822", "text/rfc822-headers"):
            original = original or _message_id(part)
    return Bounce(original, reason) if failed and original else None


def _reason(block: Message) -> str:
    status, words = str(block.get("Status", "")), str(block.get("Diagnostic-Code", ""))
    told = " ".join(f"{status} {words.partition(';')[2] or words}".split())
    return told[:200] if block.get("Action") else ""


def _message_id(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return str(payload[0].get("Message-ID", "")).strip()
    for line in str(payload).splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "message-id":
            return value.strip()
    return ""
