"""One round: claimed before, finished or failed after; never twice."""

from __future__ import annotations

import traceback

from workplan_xlsx import pipeline
from workplan_xlsx.domain.rounds import Round, RoundKind, retry_after
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.service.telling import Event, Tell
from workplan_xlsx.steps import letters
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say
from workplan_xlsx.words.listing import listed


def do_round(office: Office, due: Round, tell: Tell) -> bool:
    """Do the round exactly once; return whether it went well."""
    plan, store = office.config.plan_code, office.store
    if not store.claim(plan, due.period, due.name, due.due_at, office.now):
        return True
    try:
        made = _act(office, due)
    except OperatorError as error:
        _failed(office, due, tell, str(error))
        return False
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one round must not stop the others
        why = say("service.own_mistake", office.lang, why=f"{type(error).__name__}: {error}")
        _failed(office, due, tell, why, traceback.format_exc())
        return False
    store.finish(plan, due.period, due.name, office.now)
    made_up = say("service.made_up", office.lang, due=_moment(due)) if _is_late(office, due) else ""
    sentence = say("service.round_done", office.lang, made=made, made_up=made_up, **_facts(office, due))
    tell(Event(what="round_done", at=office.now, sentence=sentence, key=_key(due, "done"), facts=_data(due)))
    return True


def lapse(office: Office, missed: Round, tell: Tell) -> None:
    """Give up a round that would do harm now."""
    why = say("service.lapsed", office.lang, due=_moment(missed))
    plan = office.config.plan_code
    office.store.lapse(plan, missed.period, missed.name, missed.due_at, office.now, message=why)
    sentence = say("service.round_lapsed", office.lang, why=why, **_facts(office, missed))
    event = Event(
        what="round_lapsed", at=office.now, sentence=sentence, failed=True, key=_key(missed, "lapsed"),
        facts=_data(missed),
    )  # fmt: skip
    tell(event)


def _act(office: Office, due: Round) -> str:
    """Do it; return what was made, in words."""
    match due.kind:
        case RoundKind.FORMS_OUT:
            return _forms_out(office, due)
        case RoundKind.REMIND_ALL | RoundKind.REMIND_MISSING:
            return pipeline.remind(
                office, due.period, missing_only=due.kind is RoundKind.REMIND_MISSING, name=due.name
            )
        case RoundKind.DRAFT:
            return office.below(pipeline.draft(office, due.period))
        case RoundKind.REPORT:
            return office.below(pipeline.publish(office, due.period).path)
        case RoundKind.PROBLEMS:
            return pipeline.remind_of_problems(office, due.period)


def _forms_out(office: Office, due: Round) -> str:
    made = pipeline.send_forms(office, due.period)
    if made.failed:
        unit, why = made.failed[0]
        raise OperatorError(
            say("service.forms_failed", office.lang, count=len(made.failed), unit=unit, why=why)
        )
    queued = letters.queue_forms(office, due.period)
    key = "service.forms_mailed" if queued.letters else "service.forms_made"
    told = say(key, office.lang, count=len(made.paths), mailed=queued.letters)
    if queued.without_address:
        told += say(
            "service.forms_no_address", office.lang, units=listed(queued.without_address, office.lang)
        )
    return told


def _failed(office: Office, due: Round, tell: Tell, why: str, trace: str = "") -> None:
    plan, store = office.config.plan_code, office.store
    run = store.run_of(plan, due.period, due.name)
    attempts = run.attempts if run else 1
    retry_at = office.later(retry_after(attempts))
    store.fail(plan, due.period, due.name, office.now, message=why, retry_at=retry_at)
    facts = _facts(office, due) | {"why": why, "retry": f"{retry_at:%m-%d %H:%M}", "attempts": attempts}
    event = Event(
        what="round_failed",
        at=office.now,
        sentence=say("service.round_failed", office.lang, **facts),
        failed=True,
        key=_key(due, f"failed-{attempts}") if worth_a_letter(attempts) else "",
        facts=_data(due) | {"attempts": attempts, "why": why},
        traceback=trace,
    )
    tell(event)


def worth_a_letter(failures: int) -> bool:
    """The first failure, after some minutes, after some hours, and then about once a day."""
    return failures in (1, 4, 8) or failures % 12 == 0


def _is_late(office: Office, due: Round) -> bool:
    return due.due_at.date() < office.now.date()


def _moment(due: Round) -> str:
    return f"{due.due_at:%Y-%m-%d %H:%M}"


def _facts(office: Office, due: Round) -> dict[str, object]:
    return {"kind": say(f"service.round_{due.kind.value}", office.lang), "period": due.period}


def _data(due: Round) -> dict[str, object]:
    return {"round": due.name, "period": due.period, "due_at": due.due_at.isoformat()}


def _key(due: Round, what: str) -> str:
    return f"round/{due.period}/{due.name}/{what}"
