"""The plan's rounds on the office's calendar, held against the run ledger."""

from __future__ import annotations

from collections.abc import Sequence

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounds import Agenda, Round, RunRecord, agenda, next_rounds, rounds_of
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.runs import RunState
from workplan_xlsx.words import say


def rounds_of_plan(office: Office) -> tuple[Round, ...]:
    """Every round of the plan year that is this workspace's: a period that lay before it is nobody's."""
    config = office.config
    versions = office.store.ledger_versions()
    if not versions:
        return ()
    begun = versions[0].recorded_at.astimezone(config.zone).date()
    issued = set(office.store.issued_periods())
    ours = [
        each for each in Period.all_of(config.year, config.rhythm) if each in issued or each.ends_on >= begun
    ]
    return tuple(rounds_of(ours, config.rounds, config.deadline, office.workdays, config.zone))


def agenda_of(office: Office) -> Agenda:
    """What is due now and not done, and what was missed for good."""
    records = [
        RunRecord(
            period=run.period,
            name=run.kind,
            ended=run.state in (RunState.FINISHED, RunState.LAPSED),
            retry_at=run.retry_at,
        )
        for run in office.store.runs()
        if run.plan == office.config.plan_code
    ]
    return agenda(rounds_of_plan(office), records, office.now)


def coming_rounds(office: Office, rounds: Sequence[Round], count: int = 6) -> tuple[Round, ...]:
    """The next of the plan's rounds."""
    return next_rounds(rounds, office.now, count)


def calendar_warnings(office: Office, rounds: Sequence[Round]) -> tuple[str, ...]:
    """What is doubtful about the dates: settings that name no day, and years without a holiday table."""
    years = sorted({each.due_at.year for each in rounds} | {office.config.year})
    unknown = [year for year in years if not office.workdays.known(year)]
    told = [say("service.no_holidays", office.lang, year=year) for year in unknown]
    return (*office.config.warnings, *told)
