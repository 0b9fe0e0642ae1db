"""The month by itself: what is due is done once; what failed is recorded, tried again, and stops no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from workplan_xlsx import pipeline
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounds import Round, RoundKind, RunRecord, due_rounds, retry_after, rounds_of
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.scheduler import run_every, stopped_by_signals
from workplan_xlsx.steps.workspace import Office, open_office
from workplan_xlsx.store.runs import Run, RunState
from workplan_xlsx.words import Lang, say

Tell = Callable[[str], None]


def serve(root: Path, *, lang: Lang | None, once: bool, now: datetime | None, tell: Tell) -> bool:
    """Carry the month by itself; `once` looks a single time. Return whether anything failed.

    Raises:
        LockedError: Another service or command holds the workspace.
        ConfigError: workplan.toml is missing or holds mistakes.
    """
    if once:
        return not tick(root, lang=lang, now=now, tell=tell)
    fine = True

    def look() -> None:
        nonlocal fine
        try:
            fine = tick(root, lang=lang, now=None, tell=tell) and fine
        except OperatorError as error:  # told, and looked at again with the next tick
            fine = False
            tell(str(error))

    with stopped_by_signals() as stop:
        tell(say("cli.run_started", lang or "zh"))
        run_every(look, stop)
    tell(say("cli.run_stopped", lang or "zh"))
    return not fine


def tick(root: Path, *, lang: Lang | None, now: datetime | None, tell: Tell) -> bool:
    """Do everything that is due now, the inbox in between; return whether all went well.

    Rounds of the past are judged as of their own moment only where it matters for the figures: the report
    counts what had been received by now.
    """
    with open_office(root, now=now, lang=lang, lock="run") as office:
        office.store.release_interrupted(office.now, message=say("cli.interrupted", office.lang))
        due = _due(office)
        forms = [each for each in due if each.kind is RoundKind.FORMS_OUT]
        reports = [each for each in due if each.kind is RoundKind.REPORT]
        results = [_do(office, each, tell) for each in forms]
        results.append(_take_in(office, tell))
        results += [_do(office, each, tell) for each in reports]
        return all(results)


def _due(office: Office) -> list[Round]:
    """What is due; a period that lies before the workspace itself is nobody's round."""
    config = office.config
    periods = Period.all_of(config.year, config.rhythm)
    rounds = rounds_of(periods, config.rounds, config.deadline, office.workdays, config.zone)
    begun = office.store.ledger_versions()[0].recorded_at
    issued = set(office.store.issued_periods())
    ours = (each for each in rounds if each.period in issued or each.period.ends_on >= begun.date())
    return due_rounds(ours, [_record(run) for run in office.store.runs()], office.now)


def _record(run: Run) -> RunRecord:
    return RunRecord(
        period=run.period,
        kind=RoundKind(run.kind),
        due_at=run.due_at,
        attempts=run.attempts,
        finished_at=run.ended_at if run.state is RunState.FINISHED else None,
        retry_at=run.retry_at,
        message=run.message,
    )


def _do(office: Office, due: Round, tell: Tell) -> bool:
    """Do one round exactly once: claimed before, finished or failed after."""
    plan, store = office.config.plan_code, office.store
    if not store.claim(plan, due.period, due.kind.value, due.due_at, office.now):
        return True
    kind = say(f"cli.round_{due.kind.value}", office.lang)
    facts = {"at": f"{due.due_at:%Y-%m-%d %H:%M}", "kind": kind, "period": due.period}
    try:
        _act(office, due)
    except OperatorError as error:
        run = store.run_of(plan, due.period, due.kind.value)
        wait = retry_after(run.attempts if run else 1)
        store.fail(
            plan,
            due.period,
            due.kind.value,
            office.now,
            message=str(error),
            retry_at=office.now + wait,
        )
        tell(say("cli.round_failed", office.lang, why=error, retry=wait, **facts))
        return False
    store.finish(plan, due.period, due.kind.value, office.now)
    tell(say("cli.round_done", office.lang, **facts))
    return True


def _act(office: Office, due: Round) -> None:
    if due.kind is RoundKind.REPORT:
        pipeline.publish(office, due.period)
        return
    made = pipeline.send_forms(office, due.period)
    if made.failed:
        unit, why = made.failed[0]
        raise OperatorError(f"{unit}: {why}")


def _take_in(office: Office, tell: Tell) -> bool:
    """The inbox is looked at with every tick; it has no round of its own."""
    facts = {"at": f"{office.now:%Y-%m-%d %H:%M}"}
    try:
        intake = pipeline.take_in(office)
    except OperatorError as error:
        tell(f"× {error}")
        return False
    counts = {each.value: intake.count(each) for each in Outcome}
    if any(counts[key] for key in ("accepted", "returned", "quarantined", "superseded")):
        tell(say("cli.round_inbox", office.lang, **facts, **counts))
    return True
