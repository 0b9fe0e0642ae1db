"""Forms that come back by mail: their attachments go into the inbox, and the letters out of the way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.mail.bounces import Bounce, bounce_of
from workplan_xlsx.mail.mailbox import AT_ONCE, IncomingLetter, visit_mailbox
from workplan_xlsx.mail.password import password_of
from workplan_xlsx.steps.letters import tell_coordinator
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.mailed_forms import MailedForm
from workplan_xlsx.words import say

_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e]')
_LONGEST_NAME = 120


@dataclass(slots=True)
class _Taken:
    forms: int = 0
    bounces: list[str] = field(default_factory=list)


def fetch_mail(office: Office, stop: Callable[[], bool]) -> str:
    """Look into the mailbox; return what was done in words, "" when nothing had come.

    Whose form an attachment is, is decided later by its content alone; subject and sender only say whom to
    answer.

    Raises:
        MailError: The mailbox cannot be reached; what is in it stays there.
        OutputError: The inbox cannot be written; the letter stays in the mailbox.
    """
    settings = office.config.mail
    if settings is None or settings.incoming is None:
        return ""
    taken = _Taken()
    password = password_of(settings, office.folders.root, office.lang)

    def take(letter: IncomingLetter) -> bool:
        return _take(office, letter, taken)

    visit = visit_mailbox(settings, settings.incoming, password, office.lang, take, stop)
    if not visit.handled:
        return ""
    told = say("mail.fetched", office.lang, handled=visit.handled, forms=taken.forms)
    if taken.bounces:
        told += say("mail.fetched_bounces", office.lang, count=len(taken.bounces))
    if visit.too_large:
        told += say("mail.fetched_large", office.lang, count=visit.too_large)
    if visit.left:
        told += say("mail.fetched_left", office.lang, left=visit.left, at_once=AT_ONCE)
    return told


def _take(office: Office, letter: IncomingLetter, taken: _Taken) -> bool:
    """Put the attachments into the inbox; return whether the letter held any."""
    bounce = bounce_of(letter.message)
    if bounce is not None:
        _bounced(office, bounce, taken)
        return False
    settings = office.config.mail
    assert settings is not None
    if letter.automatic or letter.sender.lower() == settings.sender.lower():
        return False  # an absence notice, or a letter of our own: answering it would never end
    for name, data in letter.attachments:
        _put(office, letter, name, data)
        taken.forms += 1
    return bool(letter.attachments)


def _put(office: Office, letter: IncomingLetter, name: str, data: bytes) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    office.store.record_mailed(
        MailedForm(
            sha256=sha256,
            sender=letter.sender,
            subject=letter.subject,
            message_id=letter.message_id,
            received_at=office.now,
        )
    )
    path = office.folders.inbox / f"{sha256[:8]}_{_file_name(name, office)}"
    write_bytes_whole(path, data, office.lang)


def _file_name(name: str, office: Office) -> str:
    """The sender's name for the file without what a file name must not hold; its ending is kept."""
    plain = _NOT_IN_A_NAME.sub("_", name).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    while len(plain.encode()) > _LONGEST_NAME and stem:
        stem = stem[:-1]
        plain = f"{stem}{dot}{ending}"
    return plain or say("mail.nameless", office.lang)


def _bounced(office: Office, bounce: Bounce, taken: _Taken) -> None:
    why = say("mail.bounced", office.lang, why=bounce.why)
    if not office.store.mail_bounced(bounce.message_id, office.now, why=why):
        return
    mail = next(each for each in office.store.mails() if each.message_id == bounce.message_id)
    taken.bounces.append(mail.letter.unit)
    if mail.letter.unit:
        told = say(
            "mail.trouble_told", office.lang, unit=mail.letter.unit, why=f"{mail.letter.recipient} {why}"
        )
        tell_coordinator(office, f"bounced/{bounce.message_id}", f"× {told}")
