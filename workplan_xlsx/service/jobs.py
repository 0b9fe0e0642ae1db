"""The jobs of every look: mailbox, inbox, letters, page; one that fails waits and stops no other."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from workplan_xlsx import pipeline
from workplan_xlsx.domain.rounds import retry_after
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.service.rounds import worth_a_letter
from workplan_xlsx.service.telling import Event, Tell
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.jobs import StandingJob
from workplan_xlsx.words import say

_LONGEST_WAIT = timedelta(minutes=10)  # a share or a server that is back is soon found


@dataclass(frozen=True, slots=True)
class Job:
    """A job of every look; `work` returns what it did in words, "" when there was nothing to do."""

    name: str
    work: Callable[[Office], str]


def jobs_before(office: Office, stop: Callable[[], bool]) -> Iterator[Job]:
    """What comes in, before the rounds that need it."""
    if office.config.mail is not None and office.config.mail.incoming is not None:
        yield Job("mailbox", lambda at: pipeline.fetch_mail(at, stop=stop))
    yield Job("inbox", lambda at: _take_in(at, stop))


def jobs_after(office: Office) -> Iterator[Job]:
    """What goes out, after the rounds that made it."""
    if office.config.mail is not None and office.config.mail.outgoing is not None:
        yield Job("letters", pipeline.deliver)
    if office.config.webhook is not None:
        yield Job("chat", pipeline.tell_chat)
    yield Job("page", _page)


def _page(office: Office) -> str:
    pipeline.show_status(office)
    return ""


def do_job(office: Office, job: Job, tell: Tell) -> bool:
    """Do the job unless it waits after a failure; return whether it is well."""
    before = office.store.job(job.name)
    if before.retry_at is not None and before.retry_at > office.now:
        return False
    try:
        done = job.work(office)
    except OperatorError as error:
        _failed(office, before, tell, str(error))
        return False
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one job must not stop the others
        why = say("service.own_mistake", office.lang, why=f"{type(error).__name__}: {error}")
        _failed(office, before, tell, why, traceback.format_exc())
        return False
    if before.failures:
        _recovered(office, before, tell)
    if done:
        tell(Event(what=job.name, at=office.now, sentence=done))
    return True


def _take_in(office: Office, stop: Callable[[], bool]) -> str:
    intake = pipeline.take_in(office, stop=stop)
    counts = {each.value: intake.count(each) for each in Outcome}
    if not any(counts[key] for key in ("accepted", "returned", "quarantined", "superseded")):
        return ""
    return say("service.inbox_done", office.lang, **counts)


def _failed(office: Office, before: StandingJob, tell: Tell, why: str, trace: str = "") -> None:
    failures = before.failures + 1
    since = before.failing_since or office.now
    retry_at = office.later(min(retry_after(failures), _LONGEST_WAIT))
    office.store.record_job(
        StandingJob(name=before.name, failures=failures, failing_since=since, retry_at=retry_at, message=why)
    )
    facts = {"job": say(f"service.job_{before.name}", office.lang), "why": why, "attempts": failures}
    event = Event(
        what="job_failed",
        at=office.now,
        sentence=say("service.job_failed", office.lang, retry=f"{retry_at:%H:%M}", **facts),
        failed=True,
        key=f"job/{before.name}/{since.isoformat()}/{failures}" if worth_a_letter(failures) else "",
        facts={"job": before.name, "failures": failures, "why": why},
        traceback=trace,
    )
    tell(event)


def _recovered(office: Office, before: StandingJob, tell: Tell) -> None:
    office.store.record_job(StandingJob(name=before.name, done_at=office.now))
    facts = {"job": say(f"service.job_{before.name}", office.lang), "failures": before.failures}
    since = before.failing_since
    key = f"job/{before.name}/{since.isoformat() if since else ''}/well"
    sentence = say("service.job_well", office.lang, **facts)
    tell(Event(what="job_well", at=office.now, sentence=sentence, key=key, facts={"job": before.name}))
