"""A letter as it came: who sent it, and what in it may be a form, however it is wrapped."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from enum import StrEnum

from workplan_xlsx.domain.mailing import is_our_message_id
from workplan_xlsx.mail.headers import file_name_of, head_word, mend_raw_words
from workplan_xlsx.mail.winmail import is_winmail, packed_in

_log = logging.getLogger(__name__)
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".zip", ".csv")
_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DEEPEST = 5
"""A letter in a letter in a letter ...: nobody forwards more often."""


class LetterTrouble(StrEnum):
    """Why a letter could not be opened."""

    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingLetter:
    """A letter of the mailbox.

    Attributes:
        sender: The bare address; "" where there is none.
        automatic: Whether a program sent it, so that no answer may go back.
        absent: Whether it is the notice of somebody who is not there: what hangs on it is our own letter.
        attachments: (name, bytes) of what may be a form, by its name or by its first bytes.
        others: Names of the other attachments.
        message: The whole letter, to look for a bounce in; None where it has trouble.
        size: Bytes of a letter that is too large; else 0.
    """

    sender: str = ""
    subject: str = ""
    message_id: str = ""
    automatic: bool = False
    absent: bool = False
    attachments: tuple[tuple[str, bytes], ...] = ()
    others: tuple[str, ...] = ()
    message: Message | None = None
    trouble: LetterTrouble | None = None
    size: int = 0


def read_letter(data: bytes) -> IncomingLetter:
    """Read a letter; one that no reader makes sense of says so, and stops no other."""
    try:
        message = message_from_bytes(data)
        mend_raw_words(message)
        parts = list(_attachments(message, _DEEPEST))
        forms = tuple((name, content) for name, content in parts if _may_be_a_form(name, content))
        return IncomingLetter(
            sender=_sender(message),
            subject=head_word(message, "Subject"),
            message_id=head_word(message, "Message-ID"),
            automatic=_is_automatic(message),
            absent=head_word(message, "Auto-Submitted").lower().startswith("auto-replied"),
            attachments=forms,
            others=tuple(name for name, content in parts if name and not _may_be_a_form(name, content)),
            message=message,
        )
    except Exception:  # noqa: BLE001 - what was sent to break the reader raises whatever it likes
        _log.warning(
            "a letter of %d bytes could not be read", len(data), exc_info=True
        )  # or a mistake of ours
        return IncomingLetter(trouble=LetterTrouble.UNREADABLE)


def too_large_letter(head: bytes, size: int) -> IncomingLetter:
    """A letter of which only the head was fetched."""
    letter = read_letter(head)
    return IncomingLetter(
        sender=letter.sender,
        subject=letter.subject,
        message_id=letter.message_id,
        automatic=letter.automatic,
        trouble=LetterTrouble.TOO_LARGE,
        size=size,
    )


def _sender(message: Message) -> str:
    return parseaddr(head_word(message, "From"))[1]


def _is_automatic(message: Message) -> bool:
    """RFC 3834; and the empty return path of whatever must not be answered."""
    return (
        head_word(message, "Auto-Submitted").lower() not in ("", "no")
        or head_word(message, "Return-Path") == "<>"
        or head_word(message, "Precedence").lower() in ("bulk", "junk", "list")
    )


def _attachments(message: Message, depth: int) -> Iterator[tuple[str, bytes]]:
    """Every part that is no container, also those of forwarded letters and of winmail.dat.

    A letter of our own that comes back within another one holds our blank form: that is no return.
    """
    for part in _parts(message):
        name = file_name_of(part)
        if not name and part.get_content_maintype() == "text":
            continue  # what was written, not what hangs on it
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        inner = message_from_bytes(content) if name.lower().endswith(".eml") and depth > 0 else None
        if is_winmail(content):
            yield from packed_in(content) or [(name, content)]
        elif inner is not None:
            mend_raw_words(inner)
            yield from _attachments(inner, depth - 1)
        elif name or content.startswith(_SIGNATURES):
            yield name, content


def _parts(message: Message) -> Iterator[Message]:
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload()
        if not isinstance(inside, list):
            yield part
        elif part is message or not is_our_message_id(head_word(part, "Message-ID")):
            waiting += [each for each in reversed(inside) if isinstance(each, Message)]


def _may_be_a_form(name: str, data: bytes) -> bool:
    return name.lower().endswith(_WORKBOOKS) or data.startswith(_SIGNATURES)
