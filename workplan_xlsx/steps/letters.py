"""Letters for the outbox: forms, answers, reminders, what the coordinator is told; sent later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.domain.findings import Severity
from workplan_xlsx.domain.mailing import CHAT, Attachment, Letter, MailKind
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Outcome, Submission
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

_FINDINGS_IN_LETTER = 10


@dataclass(frozen=True, slots=True)
class Queued:
    """What was put into the outbox: new letters, and the units that have no address in the ledger."""

    letters: int
    without_address: tuple[str, ...] = ()


def mail_goes_out(office: Office) -> bool:
    """Whether letters to units are sent at all."""
    return office.config.mail is not None and office.config.mail.outgoing is not None


def form_letters(office: Office, period: Period) -> tuple[tuple[Letter, ...], tuple[str, ...]]:
    """The letters with the period's forms, one a unit, and the units without an address."""
    addresses = _addresses(office)
    latest = {form.unit: form for form in office.store.issued(period)}
    letters = tuple(
        _form_letter(office, period, unit, addresses[unit], form.path, form.version)
        for unit, form in latest.items()
        if addresses.get(unit)
    )
    return letters, tuple(unit for unit in latest if not addresses.get(unit))


def queue_forms(office: Office, period: Period) -> Queued:
    """Queue each unit's form; one that was queued before, in the same wording, is not queued again."""
    if not mail_goes_out(office):
        return Queued(0)
    letters, without = form_letters(office, period)
    return Queued(office.store.queue(letters, office.now), without)


def _addresses(office: Office) -> dict[str, str]:
    return {unit.name: unit.email.strip() for unit in office.ledger().units}


def _form_letter(office: Office, period: Period, unit: str, address: str, file: str, version: str) -> Letter:
    path = office.folders.templates(period) / file
    facts = _facts(office, period, unit) | {"title": office.ledger().head.title}
    facts["note"] = _note(path, office) or say("mail.form_without_note", office.lang, **facts)
    return Letter(
        key=f"form/{period}/{unit}/{version}",
        kind=MailKind.FORM,
        period=period,
        unit=unit,
        recipient=address,
        subject=say("mail.form_subject", office.lang, **facts),
        body=_body("mail.form_body", office, facts),
        attachments=(Attachment(name=file, path=office.below(path)),),
    )


def _note(form: Path, office: Office) -> str:
    """The covering note beside the form, as the office may have changed it; "" where there is none."""
    from workplan_xlsx.books.form.covering_note import note_path

    try:
        return note_path(form, office.lang).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def queue_answer(office: Office, submission: Submission, marked: Path | None) -> None:
    """Queue the answer to a form: the marked copy, or a receipt; to the unit, and to whoever mailed it.

    The marked copy shows what the unit reported before, so it goes to an address that the ledger knows; a
    stranger who mailed the form hears only that it came.
    """
    verdict = submission.verdict
    if not mail_goes_out(office) or verdict.period is None or not verdict.unit:
        return
    letters = list(_answers(office, submission, marked))
    office.store.queue(letters, office.now)


def _answers(office: Office, submission: Submission, marked: Path | None) -> Iterator[Letter]:
    from workplan_xlsx.mail.message import addresses_in

    verdict = submission.verdict
    mailed = office.store.mailed_by(verdict.sha256)
    address = _addresses(office).get(verdict.unit, "")
    sender = mailed.sender if mailed else ""
    known = not sender or sender.lower() in {each.lower() for each in addresses_in(address)}
    reply = mailed.message_id if mailed else ""
    if address:
        yield _answer(office, submission, marked, address, reply if known else "", "unit")
    if sender and not known:
        yield _answer(office, submission, marked if not address else None, sender, reply, "sender")


def _answer(
    office: Office, submission: Submission, marked: Path | None, to: str, reply: str, whom: str
) -> Letter:
    verdict = submission.verdict
    assert verdict.period is not None
    returned = verdict.outcome is Outcome.RETURNED
    facts = _facts(office, verdict.period, verdict.unit) | {
        "version": submission.version,
        "file": verdict.file,
        "at": f"{submission.received_at:%Y-%m-%d %H:%M}",
        "figures": sum(1 for entry in verdict.entries if entry.counts),
        "findings": _findings(office, submission),
    }
    name = "returned" if returned else "receipt"
    attached = (Attachment(name=marked.name, path=office.below(marked)),) if marked and returned else ()
    return Letter(
        key=f"answer/{verdict.sha256}/{whom}",
        kind=MailKind.RETURNED if returned else MailKind.RECEIPT,
        period=verdict.period,
        unit=verdict.unit,
        recipient=to,
        subject=say(f"mail.{name}_subject", office.lang, **facts),
        body=_body(f"mail.{name}_body", office, facts),
        attachments=attached,
        in_reply_to=reply,
    )


def _findings(office: Office, submission: Submission) -> str:
    listed = [each for each in submission.verdict.findings if each.severity is not Severity.NOTE]
    lines = [
        f"{number}. {each.place()}  {each.message(office.lang)}" for number, each in enumerate(listed, 1)
    ]
    rest = len(lines) - _FINDINGS_IN_LETTER
    more = [say("mail.more_findings", office.lang, count=rest)] if rest > 0 else []
    return "\n".join(lines[:_FINDINGS_IN_LETTER] + more)


def reminder(
    office: Office, period: Period, unit: str, *, state: str, subject: str, key: str, address: str
) -> Letter:
    """A reminder to one unit; `state` says what has come of it, `subject` is the catalogue's entry."""
    facts = _facts(office, period, unit)
    facts["state"] = say(f"mail.{state}", office.lang, at=f"{office.now:%m-%d %H:%M}")
    return Letter(
        key=key,
        kind=MailKind.REMINDER,
        period=period,
        unit=unit,
        recipient=address,
        subject=say(f"mail.{subject}", office.lang, **facts),
        body=_body("mail.remind_body", office, facts),
    )


def no_form_letter(office: Office, unit: str, to: str, message_id: str, subject: str, why: str) -> Letter:
    """To a unit that wrote without a form that can be read; once for each of its letters."""
    facts: dict[str, object] = {"unit": unit, "subject": subject, "why": why}
    facts["office"] = office.config.office.name
    return Letter(
        key=f"no-form/{message_id}",
        kind=MailKind.RETURNED,
        period=None,
        unit=unit,
        recipient=to,
        subject=say("mail.no_form_subject", office.lang, **facts),
        body=_body("mail.no_form_body", office, facts),
        in_reply_to=message_id,
    )


def problems_letter(office: Office, period: Period, unit: str, address: str, problems: str) -> Letter:
    """A reminder of problems that are past their date; once a period."""
    facts = _facts(office, period, unit) | {"problems": problems}
    return Letter(
        key=f"problems/{period}/{unit}",
        kind=MailKind.PROBLEMS,
        period=period,
        unit=unit,
        recipient=address,
        subject=say("mail.problems_subject", office.lang, **facts),
        body=_body("mail.problems_body", office, facts),
    )


def tell_coordinator(office: Office, key: str, sentence: str) -> None:
    """Tell the coordinator once, by mail and by the chat robot, as far as there are any."""
    mail = office.config.mail
    recipients = []
    if mail is not None and mail.outgoing is not None and mail.coordinator:
        recipients.append(mail.coordinator)
    if office.config.webhook is not None:
        recipients.append(CHAT)
    letters = [
        Letter(
            key=f"tell/{key}/{'chat' if to == CHAT else 'mail'}",
            kind=MailKind.SUMMARY,
            period=None,
            unit="",
            recipient=to,
            subject=say("mail.summary_subject", office.lang, first=sentence.splitlines()[0][:120]),
            body=f"{sentence}\n\n{office.config.office.name}",
        )
        for to in recipients
    ]
    if letters:
        office.store.queue(letters, office.now)


def _facts(office: Office, period: Period, unit: str) -> dict[str, object]:
    words = period.words_zh if office.lang == "zh" else str(period)
    deadline = deadline_words(office, office.deadline(period))
    return {"unit": unit, "period": words, "deadline": deadline, "office": office.config.office.name}


def deadline_words(office: Office, deadline: Deadline) -> str:
    """As an official letter says it: 6月28日（周三）18:00."""
    at = deadline.at
    if office.lang == "zh":
        return f"{at.month}月{at.day}日（周{'一二三四五六日'[at.weekday()]}）{at:%H:%M}"
    return f"{at:%a %Y-%m-%d %H:%M}"


def _body(key: str, office: Office, facts: dict[str, object]) -> str:
    return say(key, office.lang, **facts).strip() + "\n"
