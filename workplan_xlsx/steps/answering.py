"""The answer to a kept file: a marked copy or a receipt, the original put away, a word beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from workplan_xlsx.books.marked.book import write_marked_copy
from workplan_xlsx.books.whole_file import write_text_whole
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.returns import ReturnedForm
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.intake.filing import file_away, leave_word
from workplan_xlsx.intake.isolation import FileInHand, Workers
from workplan_xlsx.intake.judging import Judged
from workplan_xlsx.steps.intake_told import TakenFile
from workplan_xlsx.steps.letters import queue_answer
from workplan_xlsx.steps.planning_forms import form_basis, form_plan
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

Reread = Callable[[], ReturnedForm | None]


def returned_form(hand: FileInHand, judged: Judged | None, workers: Workers[Judged]) -> ReturnedForm | None:
    """What the unit had written; read again, in a worker, where an earlier run was stopped too early."""
    judged = judged or next(workers.results([hand]))
    return judged.form


def answer(office: Office, ledger: Ledger, taken: TakenFile, form: Reread, path: Path) -> TakenFile:
    """Write what the unit and the coordinator need, then file the original away.

    The file counts already; a run that is stopped in between finds it in the inbox again, knows it by its
    hash, and makes up for the answer that is missing.
    """
    submission = taken.submission
    if submission is None:
        return taken
    kept = submission.verdict
    marked = _marked_copy(office, ledger, submission, form) if kept.outcome is Outcome.RETURNED else None
    if kept.outcome is Outcome.ACCEPTED:
        _receipt(office, submission)
    queue_answer(office, submission, marked)
    filed = file_away(path, office.folders.inbox, _folder_of(taken, kept), kept.sha256, office.now)
    word = _word(office, kept, marked)
    if filed is not None and word:
        leave_word(filed, word)
    return replace(taken, marked_copy=marked)


def _folder_of(taken: TakenFile, kept: Verdict) -> Outcome:
    """The same bytes again go where the first ones went."""
    return kept.outcome if taken.outcome is Outcome.DUPLICATE else taken.outcome


def _marked_copy(office: Office, ledger: Ledger, submission: Submission, form: Reread) -> Path | None:
    """The clerk's own form, marked; made once, also when an earlier run was stopped before it."""
    verdict = submission.verdict
    if verdict.period is None:
        return None
    name = say(
        "form.marked_file", office.lang, unit=verdict.unit, period=verdict.period, version=submission.version
    )
    path = office.folders.outbox(verdict.period) / name
    if not path.exists():
        returned = form()
        if returned is None:
            return None
        version = office.store.ledger_versions()[-1].digest[:12]
        plan = form_plan(form_basis(office, ledger, verdict.period, version), verdict.unit)
        write_marked_copy(plan, returned, verdict.findings, path, office.lang)
    return path


def _receipt(office: Office, submission: Submission) -> None:
    verdict = submission.verdict
    if verdict.period is None:
        return
    facts = {
        "unit": verdict.unit,
        "period": verdict.period,
        "version": submission.version,
        "at": f"{submission.received_at:%Y-%m-%d %H:%M}",
        "figures": sum(1 for entry in verdict.entries if entry.counts),
        "file": verdict.file,
        "sha": verdict.sha256[:12],
    }
    name = say("form.receipt_file", office.lang, **facts)
    path = office.folders.outbox(verdict.period) / name
    if not path.exists():
        write_text_whole(path, say("intake.word_receipt", office.lang, **facts))


def _word(office: Office, kept: Verdict, marked: Path | None) -> str:
    """What the coordinator reads beside a filed form; "" where nothing has to be done."""
    lines = "\n".join(
        say(
            "intake.findings_line",
            office.lang,
            place=finding.place() or kept.file,
            message=finding.message(office.lang),
        )
        for finding in kept.findings
    )
    if kept.outcome is Outcome.RETURNED and marked is not None:
        copy = marked.relative_to(office.folders.root).as_posix()
        facts = {"unit": kept.unit, "period": kept.period, "copy": copy, "findings": lines}
        return say("intake.word_returned", office.lang, **facts)
    if kept.outcome is Outcome.QUARANTINED:
        return say("intake.word_quarantined", office.lang, findings=lines)
    return ""
