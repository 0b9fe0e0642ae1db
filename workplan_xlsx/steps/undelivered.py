"""Letters that were refused or came back: told, and sent again once the unit has another address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from workplan_xlsx.domain.mailing import MailKind, MailState, OutgoingMail
from workplan_xlsx.steps.workspace import Office

_GONE = (MailState.REFUSED, MailState.BOUNCED)
_TOLD_FOR = timedelta(days=7)


def send_to_corrected_addresses(office: Office) -> None:
    """Queue anew the forms of the last period whose unit has another address in the ledger by now."""
    troubles = [mail for mail in office.store.mails_in_trouble() if mail.state in _GONE]
    forms = [mail for mail in troubles if mail.letter.kind is MailKind.FORM]
    if not forms:
        return
    address = _addresses(office)
    latest = max(office.store.issued_periods(), default=None)
    for mail in forms:
        now_at = address.get(mail.letter.unit, "")
        if mail.letter.period == latest and now_at not in ("", mail.letter.recipient):
            office.store.mail_readdressed(mail.number, now_at)


def letters_in_trouble(office: Office) -> Iterator[OutgoingMail]:
    """What a person should know of: what waits after a failure, and what did not arrive and still matters.

    A letter to a unit matters while its period is the last one and the ledger has no other address; one to
    the coordinator for a week.
    """
    troubles = office.store.mails_in_trouble()
    if not troubles:
        return
    address = _addresses(office)
    latest = max(office.store.issued_periods(), default=None)
    for mail in troubles:
        letter = mail.letter
        if mail.state not in _GONE or mail.ended_at is None:
            yield mail
        elif letter.unit and letter.period is not None:
            if letter.period == latest and address.get(letter.unit, "") == letter.recipient:
                yield mail
        elif office.later(-_TOLD_FOR) <= mail.ended_at:
            yield mail


def _addresses(office: Office) -> dict[str, str]:
    return {unit.name: unit.email.strip() for unit in office.ledger().units}
