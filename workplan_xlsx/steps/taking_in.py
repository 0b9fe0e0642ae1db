"""The inbox: seen, settled, judged, kept, answered, filed. Nothing moves before it is kept."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.domain.merging import counting, outcome_now
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.intake.inbox import LARGEST_BYTES, Entry, read_whole, scan, settle
from workplan_xlsx.intake.isolation import FileInHand, Workers
from workplan_xlsx.intake.judging import Judge, Judged
from workplan_xlsx.steps.answering import answer, returned_form
from workplan_xlsx.steps.intake_told import Intake, TakenFile
from workplan_xlsx.steps.judging_plan import judging_plan
from workplan_xlsx.steps.progress import Progress, counted
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

_BATCH = 50  # commits in groups of 50 cost a third of single ones


def take_in(
    office: Office,
    ledger: Ledger,
    *,
    dry_run: bool,
    jobs: int,
    settle_seconds: float,
    progress: Progress,
    stop: Callable[[], bool] = lambda: False,
) -> Intake:
    """Take in what lies in the inbox; once `stop` says True only what is in hand is finished.

    Raises:
        OperatorError: The inbox cannot be reached; that is not the same as an empty one.
    """
    entries = _look(office)
    candidates = [entry for entry in entries if not entry.ignored_because]
    whole, moving = settle(candidates, settle_seconds, now_ns=time.time_ns())
    taken = [_ignored(entry) for entry in entries if entry.ignored_because]
    taken += [_waiting(entry.name) for entry in moving]
    if whole:
        taken += _take_whole(office, ledger, whole, jobs=jobs, dry_run=dry_run, progress=progress, stop=stop)
    order = {entry.name: index for index, entry in enumerate(entries)}
    files = tuple(sorted(_as_it_stands(office, taken), key=lambda each: order[each.file]))
    return Intake(files=files, seen=len(entries), dry_run=dry_run)


def _take_whole(
    office: Office,
    ledger: Ledger,
    whole: Sequence[Entry],
    *,
    jobs: int,
    dry_run: bool,
    progress: Progress,
    stop: Callable[[], bool],
) -> Iterator[TakenFile]:
    plan = judging_plan(office, ledger)
    own = office.folders.root / plan.settings.own if plan.settings.own else None
    with Workers(Judge(plan, own, office.config.form_passwords), jobs=jobs) as workers:
        for batch in _batches(counted(whole, "files", len(whole), progress)):
            if stop():
                yield from (_waiting(entry.name) for entry in batch)
            else:
                yield from _take_batch(office, ledger, batch, workers, dry_run=dry_run)


def _look(office: Office) -> tuple[Entry, ...]:
    try:
        return scan(office.folders.inbox, office.lang)
    except OSError as error:
        facts = {"folder": office.folders.inbox, "why": error.strerror or error}
        raise OperatorError(say("cli.inbox_unreachable", office.lang, **facts)) from error


def _ignored(entry: Entry) -> TakenFile:
    finding = found(Code.IGNORED_ENTRY, file=entry.name, why=entry.ignored_because)
    verdict = Verdict(file=entry.name, sha256="", outcome=Outcome.IGNORED, findings=(finding,))
    return TakenFile(file=entry.name, outcome=Outcome.IGNORED, verdict=verdict)


def _waiting(name: str) -> TakenFile:
    finding = found(Code.STILL_COPYING, file=name)
    verdict = Verdict(file=name, sha256="", outcome=Outcome.WAITING, findings=(finding,))
    return TakenFile(file=name, outcome=Outcome.WAITING, verdict=verdict)


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _take_batch(
    office: Office, ledger: Ledger, batch: Sequence[Entry], workers: Workers[Judged], *, dry_run: bool
) -> Iterator[TakenFile]:
    """Read, tell apart what is new, judge that, keep it in one commit, answer, file."""
    hands: dict[str, FileInHand] = {}
    places: dict[str, Path] = {}
    for entry in batch:
        data = read_whole(entry)
        if data is None:
            yield _waiting(entry.name)
            continue
        hands[entry.name] = FileInHand(name=entry.name, sha256=hashlib.sha256(data).hexdigest(), data=data)
        places[entry.name] = entry.path
    known = office.store.known({hand.sha256 for hand in hands.values()})
    new = _first_of_each(hand for hand in hands.values() if hand.sha256 not in known)
    judged = _judged(new.values(), workers)
    verdicts = {sha: each.verdict for sha, each in judged.items()}
    kept = {} if dry_run else _kept(office, verdicts, new)
    for name, hand in hands.items():
        first = new.get(hand.sha256)
        if first is None or first.name != name:
            before = known.get(hand.sha256) or kept.get(hand.sha256)
            taken = _seen_before(name, hand.sha256, before)
        else:
            verdict = verdicts[hand.sha256]
            taken = TakenFile(
                file=name, outcome=verdict.outcome, verdict=verdict, submission=kept.get(hand.sha256)
            )
        form = partial(returned_form, hand, judged.get(hand.sha256), workers)
        yield taken if dry_run else answer(office, ledger, taken, form, places[name])


def _first_of_each(hands: Iterable[FileInHand]) -> dict[str, FileInHand]:
    first: dict[str, FileInHand] = {}
    for hand in hands:
        first.setdefault(hand.sha256, hand)
    return first


def _judged(hands: Iterable[FileInHand], workers: Workers[Judged]) -> dict[str, Judged]:
    """What was judged, by hash; what is too large is not even handed to a reader."""
    judged: dict[str, Judged] = {}
    readable = []
    for hand in hands:
        if len(hand.data) > LARGEST_BYTES:
            judged[hand.sha256] = Judged(_too_large(hand))
        else:
            readable.append(hand)
    for each in workers.results(readable):
        judged[each.verdict.sha256] = each
    return judged


def _too_large(hand: FileInHand) -> Verdict:
    limit = f"{LARGEST_BYTES // 2**20} MB"
    finding = found(Code.TOO_LARGE, file=hand.name, size=f"> {limit}", limit=limit)
    return Verdict(file=hand.name, sha256=hand.sha256, outcome=Outcome.QUARANTINED, findings=(finding,))


def _kept(
    office: Office, verdicts: Mapping[str, Verdict], hands: Mapping[str, FileInHand]
) -> dict[str, Submission]:
    batch = [(verdicts[sha], hand.data) for sha, hand in hands.items()]
    return {each.verdict.sha256: each for each in office.store.keep(batch, office.now)}


def _seen_before(name: str, sha256: str, before: Submission | None) -> TakenFile:
    """The same bytes again: they count once, whatever the name."""
    verdict = Verdict(file=name, sha256=sha256, outcome=Outcome.DUPLICATE)
    if before is not None:
        verdict = replace(verdict, unit=before.verdict.unit, period=before.verdict.period)
    return TakenFile(file=name, outcome=Outcome.DUPLICATE, verdict=verdict, submission=before)


def _as_it_stands(office: Office, taken: Sequence[TakenFile]) -> Iterator[TakenFile]:
    """An accepted form that a later one of the same run displaced is told as superseded."""
    counted_by_period: dict[Period, Mapping[str, Submission]] = {}
    for each in taken:
        period = each.verdict.period
        if each.outcome is not Outcome.ACCEPTED or each.submission is None or period is None:
            yield each
            continue
        if period not in counted_by_period:
            counted_by_period[period] = counting(office.store.submissions(period))
        yield replace(each, outcome=outcome_now(each.submission, counted_by_period[period]))
