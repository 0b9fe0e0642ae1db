"""What waits in the outbox is handed to the mail server, each letter once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from email.message import EmailMessage

from workplan_xlsx.books.form.file_names import safe_in_file_name
from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.domain.mailing import MailSettings, MailState, OutgoingMail
from workplan_xlsx.domain.rounds import retry_after
from workplan_xlsx.errors import MailError, MailLost, MailRefused
from workplan_xlsx.mail.message import message_of, recipients_of
from workplan_xlsx.mail.password import password_of
from workplan_xlsx.mail.smtp import SmtpLine, smtp_line
from workplan_xlsx.steps.letters import tell_coordinator
from workplan_xlsx.steps.undelivered import send_to_corrected_addresses
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

_AT_ONCE = 10_000


def deliver(office: Office) -> str:
    """Send what may be sent now; return what was done in words, "" when there was nothing.

    A letter is marked before it is handed over and after the server's answer. Whoever is stopped in between,
    or cut off by the server, sends it again under the same Message-ID; no other letter is ever repeated.

    Raises:
        MailError: The server cannot be reached; what waits goes on waiting.
    """
    send_to_corrected_addresses(office)
    ready = [each for each in office.store.ready_to_send(office.now, _AT_ONCE) if not each.is_for_chat]
    batch = ready[: _allowance(office)]
    if not batch:
        return ""
    if office.config.mail is not None and office.config.mail.dry_run:
        return _as_files(office, office.config.mail, batch)
    _by_mail(office, batch)
    return _told(office, batch)


def letters_in_doubt(office: Office) -> Iterator[tuple[OutgoingMail, str]]:
    """The letters of which nobody knows whether they went, each once, with the sentence that says so.

    Whoever handed them over was stopped before the server answered.
    """
    for mail in office.store.mails_in_doubt():
        whom = mail.letter.unit or mail.letter.recipient
        told = say("mail.in_doubt", office.lang, unit=whom, subject=mail.letter.subject)
        yield mail, told
        office.store.mail_uncertain(mail.number, why=told, retry_at=office.now)


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


def _as_files(office: Office, settings: MailSettings, batch: Sequence[OutgoingMail]) -> str:
    """A dry run: each letter becomes a file that a mail program opens, and counts as done."""
    folder = office.folders.root / "outbox" / say("mail.dry_folder", office.lang)
    for mail in batch:
        message = _message(office, settings, mail)
        if message is None:
            continue
        unit = safe_in_file_name(mail.letter.unit or mail.letter.kind.value)
        write_bytes_whole(folder / f"{mail.number:04d}_{unit}.eml", message.as_bytes(), office.lang)
        office.store.mail_sent(mail.number, office.now, why=say("mail.dry_sent", office.lang))
    return say("mail.dry_run", office.lang, count=len(batch), folder=office.below(folder))


def _message(office: Office, settings: MailSettings, mail: OutgoingMail) -> EmailMessage | None:
    """The letter as a mail message; None where it can never be one: then it is refused, and that is told."""
    try:
        contents = _contents(office, mail)
        return message_of(mail, contents, settings, office.config.office.name, office.now)
    except OSError as error:
        _refused(office, mail, say("mail.attachment_gone", office.lang, file=error.filename))
    except ValueError:
        _refused(office, mail, say("mail.bad_address", office.lang, address=mail.letter.recipient))
    return None


def _send(office: Office, settings: MailSettings, line: SmtpLine, mail: OutgoingMail) -> None:
    """Send one letter; what is wrong with it alone stops no other.

    Raises:
        MailError: The line is dead.
    """
    store = office.store
    message = _message(office, settings, mail)
    if message is None:
        return
    store.sending(mail.number)
    try:
        partly = line.send(message, settings.sender, recipients_of(mail))
    except MailRefused as error:
        _refused(office, mail, str(error))
        line.again()
    except MailLost as error:  # whether it went nobody knows
        retry_at = office.later(retry_after(mail.attempts + 1))
        store.mail_uncertain(mail.number, why=str(error), retry_at=retry_at)
        raise
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


def _told(office: Office, batch: Sequence[OutgoingMail]) -> str:
    """How the letters of this visit stand now."""
    counts, in_trouble = office.store.mail_counts(), office.store.mails_in_trouble()
    numbers = {mail.number for mail in batch}
    trouble = [each for each in in_trouble if each.number in numbers]
    waiting = counts.get(MailState.WAITING, 0) + counts.get(MailState.SENDING, 0)
    sentence = say("mail.delivered", office.lang, sent=len(batch) - len(trouble), waiting=waiting)
    if trouble:
        first = f"{trouble[0].letter.unit or trouble[0].letter.recipient}：{trouble[0].why}"
        sentence += say("mail.delivered_trouble", office.lang, count=len(trouble), first=first)
    return sentence
