"""The mailbox that forms come back to: looked through in small steps; what is done with is moved."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING

from workplan_xlsx.domain.mailing import MailServer, MailSettings
from workplan_xlsx.errors import MailError
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

AT_ONCE = 100
"""Letters handled with one look: a mailbox with ten thousand keeps nobody waiting."""

LARGEST_BYTES = 60 * 2**20
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".zip", ".csv")
_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class IncomingLetter:
    """A letter of the mailbox.

    Attributes:
        attachments: (name, bytes) of what may be a form, by its name or by its first bytes.
        message: The whole letter, for whoever wants to know whether it is a bounce.
    """

    uid: str
    sender: str
    subject: str
    message_id: str
    automatic: bool
    attachments: tuple[tuple[str, bytes], ...]
    message: Message


@dataclass(frozen=True, slots=True)
class MailboxVisit:
    """What a visit came to: letters handled, letters left for the next visit, letters too large to open."""

    handled: int
    left: int
    too_large: int


def visit_mailbox(
    settings: MailSettings,
    server: MailServer,
    password: str,
    lang: Lang,
    take: Callable[[IncomingLetter], bool],
    stop: Callable[[], bool],
) -> MailboxVisit:
    """Give each letter to `take` and move it: to the done folder where it says True, else to the odd one.

    A letter is moved only after `take` has returned: whoever is stopped in between gets it again.

    Raises:
        MailError: The server cannot be reached, is silent too long, talks nonsense, or refuses.
    """
    handled = too_large = 0
    with _opened(settings, server, password, lang) as box:
        waiting = box.uids()
        sizes = _sizes(box, waiting[:AT_ONCE])
        for uid in waiting[:AT_ONCE]:
            if stop():
                break
            taken = False
            if sizes.get(uid, 0) > LARGEST_BYTES:
                too_large += 1
            else:
                taken = any(take(_letter(each)) for each in box.fetch(f"UID {uid}", mark_seen=False))
            box.move(uid, settings.done_folder if taken else settings.odd_folder)
            handled += 1
    return MailboxVisit(handled, len(waiting) - handled, too_large)


def _sizes(box: BaseMailBox, uids: list[str]) -> dict[str, int]:
    if not uids:
        return {}
    wanted = f"UID {','.join(uids)}"
    heads = box.fetch(wanted, mark_seen=False, headers_only=True, bulk=True)
    return {each.uid or "": each.size_rfc822 for each in heads}


@contextmanager
def _opened(settings: MailSettings, server: MailServer, password: str, lang: Lang) -> Iterator[BaseMailBox]:
    """The mailbox, logged in, in the folder; both folders to move to are made when absent."""
    try:
        from imap_tools import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
    except ModuleNotFoundError:
        raise MailError(say("mail.no_extra", lang)) from None
    trouble = (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError, AssertionError)
    try:
        box = _connected(settings, server)
    except trouble as error:
        raise _said("mail.unreachable", server, lang, error) from None
    try:
        box.login(settings.user, password, initial_folder=settings.folder)
        for folder in (settings.done_folder, settings.odd_folder):
            if not box.folder.exists(folder):
                box.folder.create(folder)
        yield box
    except MailboxLoginError as error:
        why = " ".join(str(error).split())[-200:]
        raise MailError(say("mail.login", lang, host=server.host, user=settings.user, why=why)) from None
    except MailboxFolderSelectError:
        raise MailError(say("mail.no_folder", lang, host=server.host, folder=settings.folder)) from None
    except trouble as error:
        raise _said("mail.mailbox_lost", server, lang, error) from None
    finally:
        with suppress(*trouble):
            box.client.logout()


def _connected(settings: MailSettings, server: MailServer) -> BaseMailBox:
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    context, wait = ssl.create_default_context(), settings.timeout_seconds
    if server.security == "ssl":
        return MailBox(server.host, server.port, timeout=wait, ssl_context=context)
    if server.security == "starttls":
        return MailBoxStartTls(server.host, server.port, timeout=wait, ssl_context=context)
    return MailBoxUnencrypted(server.host, server.port, timeout=wait)


def _said(key: str, server: MailServer, lang: Lang, error: BaseException) -> MailError:
    why = "timeout" if isinstance(error, TimeoutError) else " ".join(str(error).split())[:200]
    return MailError(say(key, lang, host=server.host, port=server.port, why=why or type(error).__name__))


def _letter(message: object) -> IncomingLetter:
    from imap_tools import MailMessage

    assert isinstance(message, MailMessage)
    named = [(each.filename or "", each.payload) for each in message.attachments]
    return IncomingLetter(
        uid=message.uid or "",
        sender=message.from_,
        subject=message.subject,
        message_id=str(message.obj.get("Message-ID", "")).strip(),
        automatic=str(message.obj.get("Auto-Submitted", "no")).strip().lower() != "no",
        attachments=tuple((name, data) for name, data in named if _may_be_a_form(name, data)),
        message=message.obj,
    )


def _may_be_a_form(name: str, data: bytes) -> bool:
    return name.lower().endswith(_WORKBOOKS) or data.startswith(_SIGNATURES)
