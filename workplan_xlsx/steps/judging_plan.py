"""What every form of a run is judged against, gathered from the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workplan_xlsx.domain.judging.judge import JudgingPlan
from workplan_xlsx.domain.judging.past import past_rows
from workplan_xlsx.domain.ledger_changes import MeaningChanges, meaning_changes
from workplan_xlsx.domain.merging import counting, latest_of_each_name, under_current_names
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.intake.own_rules import OwnFile, own_file
from workplan_xlsx.steps.following import in_terms_of
from workplan_xlsx.steps.workspace import Office

_SHORT = 12  # digits of a ledger's digest that stand in a form


def judging_plan(office: Office, ledger: Ledger) -> JudgingPlan:
    """Return the plan for judging what comes in now."""
    issued = office.store.issued_periods()
    looked_back_at = sorted(issued)[:-1]  # nothing is judged against the last period's own forms
    counted = counted_forms(office, ledger, looked_back_at)
    return JudgingPlan(
        ledger=ledger,
        rhythm=office.config.rhythm,
        issued=frozenset(issued),
        lang=office.lang,
        settings=office.config.checks,
        past={period: past_rows(ledger, period, counted) for period in issued},
        closed={
            period: frozenset(each.unit for each in ledger.decisions.reopenings if each.period == period)
            for period in issued
            if office.store.editions(period)
        },
        since=changes_since(office, ledger),
    )


def office_rules(office: Office, plan: JudgingPlan) -> OwnFile | None:
    """The office's own rules, if workplan.toml names a file of them."""
    return own_file(office.folders.root / plan.settings.own) if plan.settings.own else None


def counted_forms(
    office: Office, ledger: Ledger, periods: Sequence[Period]
) -> Mapping[Period, Mapping[str, Submission]]:
    """The forms that count, by period and by the unit's name of today."""
    return {period: _counted(office, ledger, period) for period in periods}


def _counted(office: Office, ledger: Ledger, period: Period) -> Mapping[str, Submission]:
    """Which ones count is told without their figures; only those that do are loaded with them."""
    latest = latest_of_each_name(under_current_names(ledger, office.store.receipts(period)))
    whole = office.store.known({each.verdict.sha256 for each in latest})
    return counting(in_terms_of(office, ledger, whole.values()))


def changes_since(office: Office, ledger: Ledger) -> Mapping[str, MeaningChanges]:
    """By form version: what changed its meaning after forms of that version went out."""
    changes: dict[str, MeaningChanges] = {}
    for version in office.store.ledger_versions()[:-1]:  # the last one is in force
        short = version.digest[:_SHORT]
        earlier = None if short in changes else office.store.ledger_by_digest(version.digest)
        if earlier is not None:
            changes[short] = meaning_changes(earlier, ledger)
    return changes
