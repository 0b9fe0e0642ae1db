"""The mailbox that forms come back to: looked through in small steps; what is done with is moved."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan_xlsx.domain.mailing import MailServer, MailSettings
from workplan_xlsx.errors import MailError
from workplan_xlsx.mail.letter_reading import IncomingLetter, read_letter, too_large_letter
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

AT_ONCE = 1000
"""Letters looked at in one visit: a mailbox with ten thousand keeps nobody waiting."""

BYTES_AT_ONCE = 200 * 2**20
"""Bytes fetched in one visit, give or take a letter: nor does a slow line."""

LARGEST_BYTES = 30 * 2**20
"""A larger letter is not opened: no form is a twentieth of it, and reading takes ten times its size."""

_MOVED_TOGETHER = 250  # each move costs a server as much as a mailbox is large
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"UID (\d+)")


@dataclass(frozen=True, slots=True)
class MailboxVisit:
    """What a visit came to: letters handled, and letters left for the next visit."""

    handled: int
    left: int


def visit_mailbox(
    settings: MailSettings,
    server: MailServer,
    password: str,
    lang: Lang,
    take: Callable[[IncomingLetter], bool],
    stop: Callable[[], bool],
) -> MailboxVisit:
    """Give each letter to `take`, the oldest first, and move it: to the done folder where it says True,
    else to the odd one.

    Letters are moved in groups, after `take` has returned: whoever is stopped in between gets them again.

    Raises:
        MailError: The server cannot be reached, is silent too long, talks nonsense, or refuses.
    """
    handled = fetched_bytes = 0
    with _opened(settings, server, password, lang) as box:
        waiting = box.uids()
        for group in _groups(waiting[:AT_ONCE]):
            if stop() or fetched_bytes > BYTES_AT_ONCE:
                break
            moved = _Moving(box, settings)
            sizes = _sizes(box, group)
            with moved:
                for uid in group:
                    if stop():
                        break
                    moved.after(uid, _taken(box, uid, sizes.get(uid, 0), take))
                    fetched_bytes += min(sizes.get(uid, 0), LARGEST_BYTES)
                    handled += 1
    return MailboxVisit(handled, len(waiting) - handled)


class _Moving:
    """The letters of a group that are done with; moved at its end, also where it ends early."""

    def __init__(self, box: BaseMailBox, settings: MailSettings) -> None:
        self._box = box
        self._folder = {True: settings.done_folder, False: settings.odd_folder}
        self._uids: dict[bool, list[str]] = {True: [], False: []}

    def after(self, uid: str, taken: bool | None) -> None:
        if taken is not None:
            self._uids[taken].append(uid)

    def __enter__(self) -> None:
        return

    def __exit__(self, *_: object) -> None:
        for taken, uids in self._uids.items():
            if uids:
                self._box.move(uids, self._folder[taken])


def _groups(uids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(uids), _MOVED_TOGETHER):
        yield uids[start : start + _MOVED_TOGETHER]


def _sizes(box: BaseMailBox, uids: list[str]) -> dict[str, int]:
    _, lines = box.client.uid("FETCH", ",".join(uids), "(RFC822.SIZE)")
    sizes = {}
    for line in lines:
        uid, size = (pattern.search(line) if isinstance(line, bytes) else None for pattern in (_UID, _SIZE))
        if uid and size:
            sizes[uid[1].decode()] = int(size[1])
    return sizes


def _taken(box: BaseMailBox, uid: str, size: int, take: Callable[[IncomingLetter], bool]) -> bool | None:
    """What `take` says of the letter; None when it has gone since. Of too large a one it gets the head."""
    large = size > LARGEST_BYTES
    _, answer = box.client.uid("FETCH", uid, "(BODY.PEEK[HEADER])" if large else "(BODY.PEEK[])")
    data = next((part[1] for part in answer if isinstance(part, tuple)), None)
    if data is None:
        return None
    return take(too_large_letter(data, size) if large else read_letter(data))


@contextmanager
def _opened(settings: MailSettings, server: MailServer, password: str, lang: Lang) -> Iterator[BaseMailBox]:
    """The mailbox, logged in, in the folder; both folders to move to are made when absent."""
    try:
        from imap_tools import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
    except ModuleNotFoundError:
        raise MailError(say("mail.no_extra", lang)) from None
    trouble = (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError, AssertionError, MemoryError)
    try:
        box = _connected(settings, server)
    except trouble as error:
        raise _said("mail.unreachable", server, lang, error) from None
    try:
        box.login(settings.user, password, initial_folder=settings.folder)
        _ask_what_it_can(box)
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


def _ask_what_it_can(box: BaseMailBox) -> None:
    """Before the login a server tells little; MOVE is one step, and touches nobody else's letters."""
    _, answer = box.client.capability()
    if answer and isinstance(answer[-1], bytes):
        box.client.capabilities = tuple(answer[-1].decode("ascii", "replace").upper().split())


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
