"""What a draft rule set would have made of the periods so far; nothing is written, nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from workplan_xlsx.config_file import load_rules
from workplan_xlsx.domain.editions.comparing import Replayed, compared
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.joint_leads import lights_to_remember, shared_key
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.editions.surroundings import Past, completions
from workplan_xlsx.domain.editions.working_out import work_out_edition
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.pacing import paced
from workplan_xlsx.domain.period import Period
from workplan_xlsx.errors import UsageError
from workplan_xlsx.steps.following import known_forms
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say


def periods_between(office: Office, text: str) -> tuple[Period, ...]:
    """Read A..B, or one period.

    Raises:
        UsageError: It is no period of this plan, or B comes before A.
    """
    first, _, last = text.partition("..")
    start, end = office.period(first), office.period(last or first)
    if end.index < start.index:
        raise UsageError(say("cli.periods_turned", office.lang, first=start, last=end))
    return tuple(
        each for each in Period.all_of(start.year, start.rhythm) if start.index <= each.index <= end.index
    )


def replay(office: Office, periods: tuple[Period, ...], rules_file: Path) -> tuple[Replayed, ...]:
    """Work out the periods under the rules in force and under those of the file, and compare.

    Both start at the first period that forms went out for, so that what rules remember (two yellows running)
    is remembered under each set by itself.

    Raises:
        ConfigError: The file cannot be read, or its rules have mistakes; all are named.
        UsageError: No forms went out in these periods.
    """
    draft = load_rules(rules_file, office.lang)
    ledger = office.store.ledger_in_force() or office.ledger()
    pairs = zip(
        _editions(office, ledger, office.config.rules, periods[-1]),
        _editions(office, ledger, draft, periods[-1]),
        strict=True,
    )
    told = tuple(compared(old, new) for old, new in pairs if old.period in periods)
    if not told:
        raise UsageError(say("cli.nothing_to_replay", office.lang, first=periods[0], last=periods[-1]))
    return told


def _editions(office: Office, ledger: Ledger, rules: Rules, last: Period) -> Iterator[Edition]:
    """The editions up to the last period, each remembering those before it."""
    plan = paced(ledger, rules.curve)
    past = Past()
    issued = set(office.store.issued_periods())
    for period in Period.all_of(last.year, last.rhythm)[: last.index]:
        if period not in issued:
            continue
        edition = work_out_edition(
            plan,
            period,
            known_forms(office, ledger, period),
            number=1,
            as_of=_as_of(office, period),
            deadline=office.deadline(period).at,
            workdays=office.workdays,
            rules=rules,
            past=past,
            lang=office.lang,
        )
        yield edition
        past = _remembered(past, edition)


def _as_of(office: Office, period: Period) -> datetime:
    """The moment of the period's latest edition; now for one that has none."""
    recorded = office.store.editions(period)
    return recorded[-1].as_of if recorded else office.now


def _remembered(past: Past, edition: Edition) -> Past:
    """What the next period knows of this one and those before."""
    return Past(
        ranks={each.unit: each.rank for each in edition.standings if each.rank is not None},
        lights={
            key: (light, *past.lights.get(key, past.lights.get(shared_key(key), ())))
            for key, light in lights_to_remember(edition.tasks)
        },
        period=edition.period,
        completions=completions(edition.figures),
    )
