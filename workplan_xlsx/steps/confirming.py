"""A person says whose form it is that came back without any mark and was recognised by its wording."""

from __future__ import annotations

import getpass
import time
from pathlib import Path

from workplan_xlsx.domain.merging import counting, under_current_names
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import IdentityMark
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.errors import UsageError
from workplan_xlsx.intake.archives import OpenArchive
from workplan_xlsx.intake.file_names import FILED_FOLDERS
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.inbox import Entry, stamp_of
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.judging import Judge, Judged
from workplan_xlsx.intake.own_rules_blamed import blaming_own_rules
from workplan_xlsx.intake.readers import ReadersHere
from workplan_xlsx.steps.answering import answer
from workplan_xlsx.steps.intake_run import Kept, Met, Run
from workplan_xlsx.steps.intake_told import TakenFile
from workplan_xlsx.steps.judging_plan import judging_plan, office_rules
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.intake_decisions import Decision, DecisionKind
from workplan_xlsx.words import say

_TAG_CHARACTERS = 12


def confirm(office: Office, file: str, unit: str, period: Period) -> TakenFile:
    """Judge a quarantined file as the unit's form for the period, keep the decision, answer and file it.

    `file` is the name under which it came, or a path of it as it lies in 未识别.

    Raises:
        UsageError: No such file waits for a person, there is no such unit, or a later form counts already.
    """
    waiting = _waiting(office, file)
    name = _unit(office, unit)
    _refuse_if_later_counts(office, waiting, name, period)
    mark = IdentityMark(source="person", plan=office.config.plan_code, unit=name, period=str(period))
    ledger = office.ledger()
    plan = judging_plan(office, ledger)
    hand = FileInHand(waiting.verdict.file, waiting.verdict.sha256, _bytes(office, waiting))
    judge = Judge(plan, office_rules(office, plan), office.config.form_passwords, confirmed=mark)
    office.store.let_go()
    with (
        ReadersHere(judge, files=1) as here,
        blaming_own_rules(here, judge) as readers,
        Workers(OpenArchive(office.lang)) as openers,
    ):
        judged = readers.begin([hand])()[0]
        submission = office.store.rejudge(judged.verdict, _decision(office, waiting.verdict, mark))
        run = Run(
            office=office,
            ledger=ledger,
            plan=plan,
            readers=readers,
            openers=openers,
            lying={},
            known=frozenset(),
            now_ns=time.time_ns(),
            patience=False,
            dry_run=False,
        )
        return answer(run, [_kept(office, hand, submission, judged)])[0]


def _waiting(office: Office, file: str) -> Submission:
    """The quarantined file of that name; of several the one that came last."""
    name = Path(file).name
    fitting = [
        each
        for each in office.store.all_submissions()
        if each.verdict.outcome is Outcome.QUARANTINED
        if each.verdict.file in (file, name) or each.verdict.sha256[:_TAG_CHARACTERS] in name
    ]
    if not fitting:
        raise UsageError(say("cli.nothing_to_confirm", office.lang, file=file))
    return fitting[-1]


def _unit(office: Office, written: str) -> str:
    found = office.ledger().find_unit(written)
    if found is None or found.name not in office.ledger().reporting_unit_names:
        raise UsageError(say("cli.no_such_unit", office.lang, unit=written))
    return found.name


def _refuse_if_later_counts(office: Office, waiting: Submission, unit: str, period: Period) -> None:
    received = under_current_names(office.ledger(), office.store.receipts(period))
    counts = counting(received).get(unit)
    if counts is not None and counts.received_at > waiting.received_at:
        facts = {"unit": unit, "period": period, "file": counts.verdict.file}
        raise UsageError(say("cli.later_form_counts", office.lang, **facts))


def _bytes(office: Office, waiting: Submission) -> bytes:
    data = office.store.original(waiting.verdict.sha256)
    assert data is not None, "bytes and rows are kept in one commit"
    return data


def _decision(office: Office, before: Verdict, mark: IdentityMark) -> Decision:
    said = "; ".join(finding.code.code for finding in before.findings)
    facts = {"unit": mark.unit, "period": mark.period, "before": before.outcome.value, "findings": said}
    return Decision(
        kind=DecisionKind.CONFIRMED,
        sha256=before.sha256,
        decided_at=office.now,
        who=_who(),
        facts=facts,
    )


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a service account without a name
        return "-"


def _kept(office: Office, hand: FileInHand, submission: Submission, judged: Judged) -> Kept:
    """The file as it lies in 未识别, so that it is put where its new verdict says."""
    folder = office.folders.inbox / FILED_FOLDERS[-1]
    tag = hand.sha256[:_TAG_CHARACTERS]
    lying = folder.glob(f"*{tag}*") if folder.is_dir() else ()
    found = sorted(path for path in lying if path.suffix != ".txt")
    path = found[0] if found else folder / hand.name
    entry = Entry(name=hand.name, path=path, stamp=stamp_of(path) or ())
    return Kept(met=Met(entry=entry, hand=hand), submission=submission, judged=judged, first=True)
