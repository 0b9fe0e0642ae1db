"""Reminders: to all, to those missing, of overdue problems; by mail, and as a text to paste."""

from __future__ import annotations

from collections.abc import Sequence

from workplan_xlsx.books.whole_file import write_text_whole
from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.mailing import Letter
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem
from workplan_xlsx.steps import letters
from workplan_xlsx.steps.standing import PeriodStatus, period_status
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say
from workplan_xlsx.words.listing import listed

_STATES = {
    Punctuality.ON_TIME: "state_accepted",
    Punctuality.LATE: "state_accepted",
    Punctuality.RETURNED: "state_returned",
    Punctuality.MISSING: "state_missing",
}


def remind(office: Office, ledger: Ledger, period: Period, *, missing_only: bool, name: str) -> str:
    """Remind all units, or those whose form is missing or returned; return what was done, in words.

    The text for the chat group lies in outbox/PERIOD/ in any case; letters go where there are addresses.
    """
    status = period_status(office, ledger, period)
    missing = _missing(status)
    asked = missing if missing_only else tuple(record.unit for record in status.records)
    if not asked:
        return say("service.nobody_to_remind", office.lang)
    path = office.folders.outbox(period) / say(
        "service.reminder_file", office.lang, period=period, day=f"{office.now:%m%d}"
    )
    write_text_whole(path, chat_text(office, status))
    queued = _queue(office, ledger, status, asked, missing_only=missing_only, name=name)
    facts = {"count": len(asked), "mailed": queued, "file": office.below(path)}
    return say("service.reminded", office.lang, **facts)


def _missing(status: PeriodStatus) -> tuple[str, ...]:
    return (*status.units(Punctuality.MISSING), *status.units(Punctuality.RETURNED))


def chat_text(office: Office, status: PeriodStatus) -> str:
    """Return what is pasted into the chat group (催报): who is missing by now; or that all are here."""
    missing = _missing(status)
    period = status.period.words_zh if office.lang == "zh" else str(status.period)
    facts = {
        "period": period,
        "at": f"{office.now:%m-%d %H:%M}",
        "deadline": letters.deadline_words(office, status.deadline),
        "count": len(missing),
        "units": listed(missing, office.lang),
        "received": len(status.records) - len(missing),
        "expected": len(status.records),
    }
    over = office.now > status.deadline.at
    key = "service.chat_overdue" if over else "service.chat_due"
    return say(key if missing else "service.chat_all_here", office.lang, **facts) + "\n"


def _queue(
    office: Office,
    ledger: Ledger,
    status: PeriodStatus,
    asked: tuple[str, ...],
    *,
    missing_only: bool,
    name: str,
) -> int:
    if not letters.mail_goes_out(office):
        return 0
    state_of = {record.unit: record.punctuality for record in status.records}
    addresses = {unit.name: unit.email.strip() for unit in ledger.units}
    queued: list[Letter] = []
    for unit in filter(addresses.get, asked):
        state = state_of[unit]
        subject = "remind_returned_subject" if state is Punctuality.RETURNED else "remind_missing_subject"
        queued.append(
            letters.reminder(
                office,
                status.period,
                unit,
                state=_STATES[state],
                subject=subject if missing_only else "remind_all_subject",
                key=f"{name}/{status.period}/{unit}",
                address=addresses[unit],
            )
        )
    return office.store.queue(queued, office.now)


def remind_of_problems(office: Office, problems: Sequence[Problem], period: Period) -> str:
    """Remind each unit of its problems that are past the office's date; return what was done, in words."""
    overdue = [each for each in problems if each.is_open and each.overdue_days > 0]
    if not overdue:
        return say("service.no_overdue_problems", office.lang)
    path = office.folders.outbox(period) / say("service.problems_file", office.lang, period=period)
    lines = [_problem_line(office, each) for each in overdue]
    head = say("service.problems_head", office.lang, count=len(overdue), at=f"{office.now:%Y-%m-%d}")
    write_text_whole(path, "\n".join([head, *lines]) + "\n")
    mailed = _queue_problems(office, overdue, period) if letters.mail_goes_out(office) else 0
    facts = {"count": len(overdue), "mailed": mailed, "file": office.below(path)}
    return say("service.problems_reminded", office.lang, **facts)


def _queue_problems(office: Office, overdue: Sequence[Problem], period: Period) -> int:
    addresses = {unit.name: unit.email.strip() for unit in office.ledger().units}
    queued = []
    for unit in dict.fromkeys(each.unit for each in overdue):
        lines = "\n".join(_problem_line(office, each) for each in overdue if each.unit == unit)
        if addresses.get(unit):
            queued.append(letters.problems_letter(office, period, unit, addresses[unit], lines))
    return office.store.queue(queued, office.now)


def _problem_line(office: Office, problem: Problem) -> str:
    facts = {
        "number": problem.number,
        "unit": problem.unit,
        "task": problem.task.title,
        "difficulty": " ".join(problem.difficulty.split())[:200],
        "days": problem.overdue_days,
    }
    return say("service.problem_line", office.lang, **facts)
