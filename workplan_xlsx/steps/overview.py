"""How things stand now, gathered from ledger, store and calendar."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from workplan_xlsx.domain.editions.joint_leads import own_key
from workplan_xlsx.domain.editions.reported import Punctuality, ReportingRecord
from workplan_xlsx.domain.findings import Severity
from workplan_xlsx.domain.mailing import OutgoingMail
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.overview import AtWork, Overview, PeriodState, Trouble, UnitState
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.steps.calendar import calendar_warnings, coming_rounds, rounds_of_plan
from workplan_xlsx.steps.standing import period_status
from workplan_xlsx.steps.undelivered import letters_in_trouble
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.editions import RecordedEdition
from workplan_xlsx.store.lock import lock_holder, service_holder
from workplan_xlsx.store.runs import Run, RunState
from workplan_xlsx.words import say


def overview(office: Office, ledger: Ledger, period: Period | None) -> Overview:
    """Gather it; `period` None before the first forms went out."""
    runs = office.store.runs()
    rounds = rounds_of_plan(office)
    return Overview(
        title=ledger.head.title,
        at=office.now,
        period=period_state(office, ledger, period) if period else None,
        coming=coming_rounds(office, rounds),
        lapsed=tuple(
            (f"{_round_words(office, run)} {run.period}", run.message)
            for run in runs
            if run.state is RunState.LAPSED and (period is None or run.period == period)
        ),
        troubles=tuple(_troubles(office, runs)),
        warnings=(
            *filter(None, [office.config.own_rules_trouble]),
            *calendar_warnings(office, rounds),
            *_clock_warnings(office, runs),
        ),
        mail=tuple((state.value, count) for state, count in sorted(office.store.mail_counts().items())),
        service=_at_work(service_holder(office.folders.root)),
        command=_at_work(lock_holder(office.folders.root)),
    )


def _at_work(holder: Mapping[str, object]) -> AtWork | None:
    if not holder:
        return None
    return AtWork(**{key: str(holder[key]) for key in ("host", "pid", "since", "command")})


def period_state(office: Office, ledger: Ledger, period: Period) -> PeriodState:
    """How the period's returns stand, with the lights of its last report."""
    status = period_status(office, ledger, period)
    last = _last_edition(office, period)
    lights = _lights_by_unit(ledger, dict(last.lights)) if last else {}
    return PeriodState(
        period=period,
        deadline=status.deadline.at,
        deadline_moved=status.deadline.moved,
        units=tuple(_unit_state(office, each, lights.get(each.unit, ())) for each in status.records),
        edition_period=last.period if last else None,
        edition=last.number if last else 0,
        edition_file=last.path if last else "",
        edition_as_of=last.as_of if last else None,
        stand_ins=office.config.rules.rule_set.stand_ins,
    )


def _last_edition(office: Office, period: Period) -> RecordedEdition | None:
    """The period's last report, or that of the period before as long as there is none."""
    for each in (period, period.previous()):
        editions = office.store.editions(each) if each else ()
        if editions:
            return editions[-1]
    return None


def _lights_by_unit(ledger: Ledger, lights: Mapping[str, str]) -> dict[str, tuple[tuple[str, int], ...]]:
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for unit, tasks in ledger.tasks_of_unit.items():
        told = (lights.get(own_key(task.code, unit), lights.get(task.code)) for task in tasks)
        counted[unit].update(light for light in told if light is not None)
    return {unit: tuple(sorted(counts.items())) for unit, counts in counted.items()}


def _unit_state(office: Office, record: ReportingRecord, lights: tuple[tuple[str, int], ...]) -> UnitState:
    judged = [each for each in record.history if each.verdict.outcome in (Outcome.ACCEPTED, Outcome.RETURNED)]
    shown = record.counted or (judged[-1] if judged else None)
    why: tuple[str, ...] = ()
    if record.punctuality is Punctuality.RETURNED and shown is not None:
        wanted = (each for each in shown.verdict.findings if each.severity is not Severity.NOTE)
        why = tuple(f"{each.place()}  {each.message(office.lang)}".strip() for each in wanted)
    return UnitState(
        unit=record.unit,
        state=record.punctuality,
        received_at=shown.received_at if shown else None,
        version=shown.version if shown else 0,
        times_returned=record.times_returned,
        late_workdays=record.late_workdays,
        why_returned=why,
        lights=lights,
    )


def _troubles(office: Office, runs: tuple[Run, ...]) -> Iterator[Trouble]:
    for run in runs:
        if run.state is RunState.FAILED:
            yield Trouble(
                what=f"{_round_words(office, run)} {run.period}",
                since=run.ended_at or run.claimed_at,
                why=run.message,
                attempts=run.attempts,
                retry_at=run.retry_at,
            )
    for job in office.store.failing_jobs():
        yield Trouble(
            what=say(f"service.job_{job.name}", office.lang),
            since=job.failing_since or office.now,
            why=job.message,
            attempts=job.failures,
            retry_at=job.retry_at,
        )
    yield from (_mail_trouble(office, mail) for mail in letters_in_trouble(office))


def _mail_trouble(office: Office, mail: OutgoingMail) -> Trouble:
    letter = mail.letter
    return Trouble(
        what=say(
            "service.letter_to", office.lang, unit=letter.unit or letter.recipient, subject=letter.subject
        ),
        since=mail.ended_at or mail.queued_at,
        why=mail.why,
        attempts=mail.attempts,
        retry_at=mail.retry_at,
    )


def _round_words(office: Office, run: Run) -> str:
    return say(f"service.round_{run.kind.partition('-')[0]}", office.lang)


def _clock_warnings(office: Office, runs: tuple[Run, ...]) -> Iterator[str]:
    """The clock stands before something that has happened already: a dead battery, or a wrong time zone."""
    latest = max((run.claimed_at for run in runs), default=None)
    if latest is not None and latest > office.now:
        facts = {"now": f"{office.now:%Y-%m-%d %H:%M}", "latest": f"{latest:%Y-%m-%d %H:%M}"}
        yield say("service.clock_back", office.lang, **facts)
