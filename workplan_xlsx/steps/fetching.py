"""Forms that come back by mail: their attachments go into the inbox, and the letters out of the way."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from workplan_xlsx.mail.bounces import Bounce, bounce_of
from workplan_xlsx.mail.letter_reading import IncomingLetter
from workplan_xlsx.mail.mailbox import visit_mailbox
from workplan_xlsx.mail.message import addresses_in
from workplan_xlsx.mail.password import password_of
from workplan_xlsx.steps.attachments import AttachmentsIn
from workplan_xlsx.steps.letters import mail_goes_out, no_form_letter, tell_coordinator
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.mailed_forms import MailedForm
from workplan_xlsx.words import say
from workplan_xlsx.words.listing import listed

_NAMES_TOLD = 3


@dataclass(slots=True)
class _Tally:
    """What a visit came to, letter by letter: each is counted under one word."""

    letters: Counter[str] = field(default_factory=Counter)
    forms: int = 0
    no_form_from: list[str] = field(default_factory=list)


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
    password = password_of(settings, office.folders.root, office.lang)
    postman = _Postman(office)
    visit = visit_mailbox(settings, settings.incoming, password, office.lang, postman.take, stop)
    if not visit.handled:
        return ""
    return postman.told(visit.handled) + (
        say("mail.fetched_left", office.lang, left=visit.left) if visit.left else ""
    )


class _Postman:
    """Deals with one letter after the other."""

    def __init__(self, office: Office) -> None:
        assert office.config.mail is not None
        self._office = office
        self._own_address = office.config.mail.sender.lower()
        self._attachments = AttachmentsIn(office)
        self._tally = _Tally()
        self._unit_of = {
            address.lower(): unit.name
            for unit in office.ledger().units
            for address in addresses_in(unit.email)
        }

    def take(self, letter: IncomingLetter) -> bool:
        """Put the attachments into the inbox; return whether the letter held a form."""
        bounce = bounce_of(letter.message) if letter.message is not None else None
        if bounce is not None:
            self._tally.letters["bounce"] += self._bounced(bounce)
        elif letter.absent:
            self._tally.letters["absent"] += 1
        elif letter.attachments:
            self._put(letter)
            return True
        else:
            self._no_form(letter)
        return False

    def _put(self, letter: IncomingLetter) -> None:
        sender = "" if letter.automatic or letter.sender.lower() == self._own_address else letter.sender
        for name, data in letter.attachments:
            if sender:  # answering a program, or ourselves, would never end
                self._office.store.record_mailed(
                    MailedForm(
                        sha256=hashlib.sha256(data).hexdigest(),
                        sender=sender,
                        subject=letter.subject,
                        message_id=letter.message_id,
                        received_at=self._office.now,
                    )
                )
            self._attachments.put(name, data)
            self._tally.forms += 1

    def _no_form(self, letter: IncomingLetter) -> None:
        """Nothing to take: a unit that meant to send something hears of it, and so does the coordinator."""
        self._tally.letters[letter.trouble.value if letter.trouble else "without"] += 1
        unit = self._unit_of.get(letter.sender.lower())
        if unit is None or letter.automatic or not (letter.others or letter.trouble):
            return
        office = self._office
        self._tally.no_form_from.append(unit)
        why = self._why(letter)
        facts = {"unit": unit, "subject": letter.subject, "why": why, "folder": self._odd_folder()}
        told = say("mail.no_form_told", office.lang, **facts)
        tell_coordinator(office, f"no-form/{letter.message_id or letter.subject}", f"！{told}")
        if mail_goes_out(office) and letter.message_id:
            answer = no_form_letter(office, unit, letter.sender, letter.message_id, letter.subject, why)
            office.store.queue([answer], office.now)

    def _odd_folder(self) -> str:
        assert self._office.config.mail is not None
        return self._office.config.mail.odd_folder

    def _why(self, letter: IncomingLetter) -> str:
        if letter.trouble:
            return say(f"mail.{letter.trouble.value}", self._office.lang, megabytes=letter.size // 2**20)
        names = listed(letter.others[:_NAMES_TOLD], self._office.lang)
        return say("mail.no_workbook", self._office.lang, names=names[:200])

    def _bounced(self, bounce: Bounce) -> int:
        """Note that the letter came back; return how many were not known to have."""
        office = self._office
        mail = office.store.mail_that_failed(bounce.message_id, bounce.recipient)
        if mail is None:
            return 0
        why = say("mail.bounced", office.lang, why=bounce.why)
        office.store.mail_bounced(mail.number, office.now, why=why)
        if mail.letter.unit:
            to = bounce.recipient or mail.letter.recipient
            told = say("mail.trouble_told", office.lang, unit=mail.letter.unit, why=f"{to} {why}")
            tell_coordinator(office, f"bounced/{mail.message_id}", f"× {told}")
        return 1

    def told(self, handled: int) -> str:
        """What was done, in one sentence."""
        lang, tally = self._office.lang, self._tally
        told = say("mail.fetched", lang, handled=handled, forms=tally.forms)
        for word, count in tally.letters.items():
            if count:
                told += say(f"mail.fetched_{word}", lang, count=count)
        if tally.no_form_from:
            told += say("mail.fetched_no_form", lang, units=listed(dict.fromkeys(tally.no_form_from), lang))
        return told
