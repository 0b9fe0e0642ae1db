"""A letter as a mail message: Chinese subject and file names that every mail program shows right."""

from __future__ import annotations

import mimetypes
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses

from workplan_xlsx.domain.mailing import MailSettings, OutgoingMail

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def message_of(
    mail: OutgoingMail, contents: list[tuple[str, bytes]], settings: MailSettings, office: str, at: datetime
) -> EmailMessage:
    """Return the message; `contents` are the attachments' names and bytes, `office` the sender's name.

    Raises:
        ValueError: An address cannot be one.
    """
    letter = mail.letter
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(letter.subject.split())
    message["From"] = Address(office, addr_spec=settings.sender)
    message["To"] = [Address(addr_spec=each) for each in recipients_of(mail)]
    message["Date"] = format_datetime(at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # so that no absence notice answers it (RFC 3834)
    if letter.in_reply_to:
        message["In-Reply-To"] = letter.in_reply_to
        message["References"] = letter.in_reply_to
    message.set_content(letter.body)
    for name, data in contents:
        main, sub = _type_of(name)
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


def recipients_of(mail: OutgoingMail) -> list[str]:
    """The addresses of a letter.

    Raises:
        ValueError: There is none that could be an address.
    """
    found = addresses_in(mail.letter.recipient)
    if not found:
        raise ValueError(mail.letter.recipient)
    return found


def addresses_in(text: str) -> list[str]:
    """The mail addresses in a cell of the ledger, also where ；，、 or spaces stand between them."""
    for sign in "；，、;\n\t ":
        text = text.replace(sign, ",")
    return list(dict.fromkeys(address for _, address in getaddresses([text]) if "@" in address))


def _type_of(name: str) -> tuple[str, str]:
    guessed = _XLSX if name.lower().endswith(".xlsx") else mimetypes.guess_type(name)[0]
    main, _, sub = (guessed or "application/octet-stream").partition("/")
    return (main, sub) if main != "text" else ("application", "octet-stream")
