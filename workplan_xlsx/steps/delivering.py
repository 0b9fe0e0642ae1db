"""What waits in the outbox is handed to the mail server and to the chat robot, each letter once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from workplan_xlsx.domain.mailing import MailSettings, MailState, OutgoingMail
from workplan_xlsx.domain.rounds import retry_after
from workplan_xlsx.errors import MailError, MailRefused
from workplan_xlsx.mail.message import message_of, recipients_of
from workplan_xlsx.mail.password import password_of
from workplan_xlsx.mail.smtp import SmtpLine, smtp_line
from workplan_xlsx.mail.webhook import post_text
from workplan_xlsx.steps.letters import WEBHOOK, tell_coordinator
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

_AT_ONCE = 10_000


def deliver(office: Office) -> str:
    """Send what may be sent now; return what was done in words, "" when there was nothing.

    A letter is marked before it is handed over and after the server's answer. Whoever is stopped in between
    sends it again under the same Message-ID; no other letter is ever repeated.

    Raises:
        MailError: The server cannot be reached, or the robot does not answer; what waits goes on waiting.
    """
    ready = office.store.ready_to_send(office.now, _AT_ONCE)
    to_robot = [each for each in ready if each.letter.recipient == WEBHOOK]
    to_server = [each for each in ready if each.letter.recipient != WEBHOOK][: _allowance(office)]
    failures: list[MailError] = []
    for batch, work in ((to_server, _by_mail), (to_robot, _to_robot)):
        try:
            if batch:
                work(office, batch)
        except MailError as error:  # the other way out must not wait for this one
            failures.append(error)
    if failures:
        raise MailError("；".join(map(str, failures)))
    return _told(office, ready) if ready else ""


def _allowance(office: Office) -> int:
    """How many letters the server may be given now: so many a minute, and no more."""
    mail = office.config.mail
    if mail is None or mail.outgoing is None:
        return 0
    return max(0, mail.per_minute - office.store.mails_sent_since(office.later(timedelta(minutes=-1))))


def _by_mail(office: Office, batch: Sequence[OutgoingMail]) -> None:
    settings = office.config.mail
    assert settings is not None
    assert settings.outgoing is not None
    password = password_of(settings, office.folders.root, office.lang)
    with smtp_line(settings, settings.outgoing, password, office.lang) as line:
        for mail in batch:
            _send(office, settings, line, mail)


def _send(office: Office, settings: MailSettings, line: SmtpLine, mail: OutgoingMail) -> None:
    """Send one letter; what is wrong with it alone stops no other.

    Raises:
        MailError: The line is dead.
    """
    store = office.store
    try:
        contents = _contents(office, mail)
        recipients = recipients_of(mail)
        message = message_of(mail, contents, settings, office.config.office.name, office.now)
    except OSError as error:
        _refused(office, mail, say("mail.attachment_gone", office.lang, file=error.filename))
        return
    except ValueError:
        _refused(office, mail, say("mail.bad_address", office.lang, address=mail.letter.recipient))
        return
    store.sending(mail.number)
    try:
        partly = line.send(message, settings.sender, recipients)
    except MailRefused as error:
        _refused(office, mail, str(error))
        line.again()
    except MailError as error:
        retry_at = office.later(retry_after(mail.attempts + 1))
        store.mail_postponed(mail.number, why=str(error), retry_at=retry_at)
        line.again()
    else:
        why = say("mail.partly", office.lang, refused=partly) if partly else ""
        store.mail_sent(mail.number, office.now, why=why)


def _contents(office: Office, mail: OutgoingMail) -> list[tuple[str, bytes]]:
    root = office.folders.root
    return [(each.name, (root / each.path).read_bytes()) for each in mail.letter.attachments]


def _refused(office: Office, mail: OutgoingMail, why: str) -> None:
    office.store.mail_refused(mail.number, office.now, why=why)
    if mail.letter.unit:
        told = say("mail.trouble_told", office.lang, unit=mail.letter.unit, why=why)
        tell_coordinator(office, f"refused/{mail.letter.key}", f"× {told}")


def _to_robot(office: Office, batch: Sequence[OutgoingMail]) -> None:
    """One message for all that happened since the last: a robot that talks too often is switched off."""
    webhook = office.config.webhook
    if webhook is None:
        return
    for mail in batch:
        office.store.sending(mail.number)
    post_text(webhook, "\n".join(mail.letter.body.strip() for mail in batch), office.lang)
    for mail in batch:
        office.store.mail_sent(mail.number, office.now)


def _told(office: Office, ready: Sequence[OutgoingMail]) -> str:
    counts = office.store.mail_counts()
    numbers = {mail.number for mail in ready}
    trouble = [each for each in office.store.mails_in_trouble() if each.number in numbers]
    went = len(ready) - len(trouble)
    sentence = say("mail.delivered", office.lang, sent=went, waiting=counts.get(MailState.WAITING, 0))
    if trouble:
        first = f"{trouble[0].letter.unit or trouble[0].letter.recipient}：{trouble[0].why}"
        sentence += say("mail.delivered_trouble", office.lang, count=len(trouble), first=first)
    return sentence
