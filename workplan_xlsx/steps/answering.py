"""The answer to a kept file: a marked copy or a receipt, the original put away, a word beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.returns import ReturnedForm
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.errors import OutputError
from workplan_xlsx.intake.file_names import legible
from workplan_xlsx.intake.filing import Filing, file_away
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.judging import Judge
from workplan_xlsx.intake.whole_bytes import read_whole
from workplan_xlsx.steps.intake_run import Kept, Met, Run
from workplan_xlsx.steps.intake_told import TakenFile, repetition, without_figures
from workplan_xlsx.steps.letters import queue_answer
from workplan_xlsx.steps.receipts import LONGEST_NAME_TOLD_BYTES, outbox_name, write_receipts
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was written for a kept file; `trouble` says why it is not all there."""

    kept: Kept
    marked: Path | None = None
    trouble: str = ""


def answer(run: Run, kept: Iterable[Kept]) -> list[TakenFile]:
    """Write what the units and the coordinator need, then put the originals away.

    The files count already; a run that is stopped in between finds them in the inbox again, knows them by
    their hash, and makes up for the answers that are missing. What cannot be written (full disk, read-only
    outbox) is told, and the file stays where it is, so that the next run makes up for it. Receipts come to
    the disk together: that is what takes the time.
    """
    all_kept = list(kept)
    missing = write_receipts(run.office, (each.submission for each in all_kept))
    written = [_written(run, each, missing.get(each.submission.verdict.sha256, "")) for each in all_kept]
    return [_finished(run, each) for each in written]


def _written(run: Run, kept: Kept, trouble: str) -> _Answer:
    """The rest of the answer; nothing where the receipt could not be written."""
    if trouble:
        return _Answer(kept, trouble=trouble)
    marked = None
    try:
        marked = _marked_copy(run, kept)
        queue_answer(run.office, kept.submission, marked)
    except OutputError as error:
        return _Answer(kept, marked, str(error))
    return _Answer(kept, marked)


def _finished(run: Run, made: _Answer) -> TakenFile:
    """Put the original away if its answer is there; say what became of it."""
    kept, place = made.kept, None
    if not kept.met.member and not made.trouble:
        verdict = kept.submission.verdict
        place = put_away(run, kept.met, kept.submission, _word(run.office, verdict, made.marked))
    told = without_figures(kept.submission)
    outcome, verdict = _told_as(run, kept, told.verdict, finished=place is not None)
    return TakenFile(
        file=kept.met.hand.name,
        outcome=outcome,
        verdict=verdict,
        submission=told,
        marked_copy=made.marked,
        place=place,
        stays=place is None and not kept.met.member,
        trouble=made.trouble,
    )


def put_away(run: Run, met: Met, submission: Submission, word: str) -> Path | None:
    """Move a file to its sub-folder with a word beside it; None where it stays."""
    verdict = submission.verdict
    filing = Filing(
        path=met.entry.path,
        stamp=met.entry.stamp,
        outcome=verdict.outcome,
        sha256=verdict.sha256,
        received_at=submission.received_at,
    )
    return file_away(filing, run.office.folders.inbox, word)


def _told_as(run: Run, kept: Kept, kept_verdict: Verdict, *, finished: bool) -> tuple[Outcome, Verdict]:
    """The first file with these bytes is told by its verdict, any other one as a repetition.

    A file that an earlier run had kept, but was stopped before it could put away, is still the first one.
    """
    name = kept.met.hand.name
    lying = run.lying.get(name)
    resumed = lying is not None and lying.sha256 == kept_verdict.sha256 and kept_verdict.file == name
    if kept.first or (resumed and (finished or kept.met.member)):
        return kept_verdict.outcome, kept_verdict
    return Outcome.DUPLICATE, repetition(name, kept_verdict)


def _marked_copy(run: Run, kept: Kept) -> Path | None:
    """Write the marked copy of a returned form, once; None for any other."""
    submission = kept.submission
    verdict = submission.verdict
    if verdict.outcome is not Outcome.RETURNED or verdict.period is None:
        return None
    path = run.office.folders.outbox(verdict.period) / outbox_name(run.office, submission, "form.marked_file")
    if path.exists():
        return path
    form = _returned_form(run, kept)
    return _write_marked(run, submission, form, path) if form is not None else None


def _returned_form(run: Run, kept: Kept) -> ReturnedForm | None:
    """What the unit had written; read again, in a worker, where an earlier run was stopped too early."""
    if kept.judged is not None and kept.judged.form is not None:
        return kept.judged.form
    hand = kept.met.hand
    if kept.met.unread:
        data = read_whole(kept.met.entry) or b""
        hand = FileInHand(hand.name, hand.sha256, data)
    with Workers(Judge(run.plan, passwords=run.office.config.form_passwords, always_form=True)) as workers:
        return next(workers.results([hand])).form


def _write_marked(run: Run, submission: Submission, form: ReturnedForm, path: Path) -> Path:
    from workplan_xlsx.books.marked.book import write_marked_copy
    from workplan_xlsx.steps.planning_forms import form_plan

    verdict, office = submission.verdict, run.office
    assert verdict.period is not None
    plan = form_plan(run.form_basis(verdict.period), verdict.unit)
    write_marked_copy(plan, form, verdict.findings, path, office.lang)
    return path


def _word(office: Office, kept: Verdict, marked: Path | None) -> str:
    """What the coordinator reads beside a filed form; "" where nothing has to be done."""
    lines = findings_told(office, kept.findings)
    if kept.outcome is Outcome.RETURNED and marked is not None:
        copy = marked.relative_to(office.folders.root).as_posix()
        facts = {"unit": kept.unit, "period": kept.period, "copy": copy, "findings": lines}
        return say("intake.word_returned", office.lang, **facts)
    if kept.outcome in (Outcome.QUARANTINED, Outcome.RETURNED):
        return say("intake.word_quarantined", office.lang, findings=lines)
    return ""


def findings_told(office: Office, findings: Iterable[Finding]) -> str:
    """The findings, one a line."""
    return "\n".join(
        say(
            "intake.findings_line",
            office.lang,
            place=each.place() or legible(each.file, LONGEST_NAME_TOLD_BYTES),
            message=each.message(office.lang),
        )
        for each in findings
    )
