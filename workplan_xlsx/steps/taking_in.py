"""The inbox: seen, settled, read, judged, kept, answered, filed. Nothing moves before it is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.merging import counting
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.intake.archives import OpenArchive
from workplan_xlsx.intake.file_names import FILED_FOLDERS
from workplan_xlsx.intake.inbox import LARGEST_BYTES, Entry, Stamp, scan, stamp_of
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.judging import Judge, Judged, OpenedArchive
from workplan_xlsx.intake.own_rules_blamed import blaming_own_rules
from workplan_xlsx.intake.readers import Readers, ReadersHere
from workplan_xlsx.intake.readers_of_executor import ReadersOfExecutor
from workplan_xlsx.intake.settling import settle
from workplan_xlsx.intake.worker import Limits
from workplan_xlsx.steps.intake_run import Run
from workplan_xlsx.steps.intake_told import Intake, TakenFile, not_taken
from workplan_xlsx.steps.judging_plan import judging_plan, office_rules
from workplan_xlsx.steps.one_batch import Begun, finish_batch
from workplan_xlsx.steps.opening_archives import take_archive
from workplan_xlsx.steps.progress import Progress
from workplan_xlsx.steps.reading_ahead import in_turn, told_of
from workplan_xlsx.steps.sharing import Share, share_of
from workplan_xlsx.steps.unfinished import still_copying
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.inbox_files import TakenName
from workplan_xlsx.words import say

_Openers = Workers[OpenedArchive]
_ROOM_FOR_AN_ARCHIVE = Limits(answer_bytes=2 * LARGEST_BYTES)


def take_in(
    office: Office,
    *,
    dry_run: bool,
    jobs: int,
    executor: Executor | None = None,
    settle_seconds: float,
    progress: Progress,
    stop: Callable[[], bool] = lambda: False,
) -> Intake:
    """Take in what lies in the inbox; once `stop` says True only what is in hand is finished.

    Raises:
        OperatorError: The inbox cannot be reached; that is not the same as an empty one.
    """
    seen = _see(office, settle_seconds)
    done = _Done(seen.aside)
    if seen.settled:
        judge = _judge(office)
        office.store.let_go()  # readers are forked
        readers = _readers(judge, jobs, len(seen.settled), executor)
        done = _read_and_keep(office, seen, judge, readers, dry_run=dry_run, progress=progress, stop=stop)
    if not dry_run:
        _tidy_memory(office, done.taken, seen.lying, done.left)
    entries = tuple(each for each in seen.entries if each.name not in done.left)
    return _told(office, entries, done.taken, dry_run=dry_run, warnings=(*seen.warnings, *done.warnings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """The inbox at one moment.

    Attributes:
        settled: What is to be taken in hand.
        aside: What became of the other entries: none of ours, or still being copied.
        lying: Files of earlier runs that may still lie there.
        patience: Whether files that look unfinished are given time.
        folder: Which folder the inbox is.
    """

    entries: tuple[Entry, ...]
    settled: Sequence[Entry]
    aside: Sequence[TakenFile]
    lying: Mapping[str, TakenName]
    warnings: tuple[str, ...]
    patience: bool
    now_ns: int
    folder: Stamp


def _see(office: Office, settle_seconds: float) -> _Seen:
    now_ns, folder = time.time_ns(), _folder_id(office.folders.inbox)
    entries = _look(office, now_ns)
    warnings = tuple(_warnings(office))
    candidates = [entry for entry in entries if entry.why_not is None]
    settled, moving = settle(candidates, settle_seconds, now_ns=now_ns)
    aside = [_turned_down(entry) for entry in entries if entry.why_not is not None]
    aside += [still_copying(entry) for entry in moving]
    return _Seen(
        entries=entries,
        settled=settled,
        aside=aside,
        lying=office.store.lying(),
        warnings=warnings,
        patience=settle_seconds > 0,
        now_ns=now_ns,
        folder=folder,
    )


def _judge(office: Office) -> Judge:
    ledger = office.ledger()
    plan = judging_plan(office, ledger)
    ledger.look_up()
    return Judge(plan, office_rules(office, plan), office.config.form_passwords)


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of the entries; `left` are those that another run has taken over."""

    taken: Sequence[TakenFile]
    left: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()


def _read_and_keep(
    office: Office,
    seen: _Seen,
    judge: Judge,
    its_readers: ReadersHere[Judged] | ReadersOfExecutor[Judged],
    *,
    dry_run: bool,
    progress: Progress,
    stop: Callable[[], bool],
) -> _Done:
    """Take the settled files in hand, batch by batch, and finish each."""
    taken = [*seen.aside]
    with (
        its_readers as readers,
        blaming_own_rules(readers, judge) as asked,
        Workers(OpenArchive(office.lang), limits=_ROOM_FOR_AN_ARCHIVE) as openers,
        share_of(office, seen.settled, dry_run=dry_run) as share,
    ):
        run = _run(office, seen, judge, asked, openers, dry_run=dry_run)
        for became in told_of(in_turn(run, share, seen.settled, _finish, stop), seen.settled, progress):
            taken += became
    return _Done(taken, share.left_to_others, tuple(_afterwards(office, readers, share)))


def _run(
    office: Office, seen: _Seen, judge: Judge, readers: Readers[Judged], openers: _Openers, *, dry_run: bool
) -> Run:
    return Run(
        office=office,
        ledger=judge.plan.ledger,
        plan=judge.plan,
        readers=readers,
        openers=openers,
        lying=seen.lying,
        known=office.store.kept_among({each.sha256 for each in seen.lying.values()}),
        now_ns=seen.now_ns,
        inbox_id=seen.folder,
        patience=seen.patience,
        dry_run=dry_run,
    )


def _afterwards(office: Office, readers: Readers[Judged], share: Share) -> Iterator[str]:
    """What is known of the run when all files are done."""
    if isinstance(readers, ReadersOfExecutor) and readers.read_here:
        yield say("intake.read_here", office.lang, count=readers.read_here)
    if share.left_to_others:
        yield say("intake.left_to_others", office.lang, count=len(share.left_to_others))


def _readers(
    judge: Judge, jobs: int, files: int, executor: Executor | None
) -> ReadersHere[Judged] | ReadersOfExecutor[Judged]:
    if executor is not None:
        return ReadersOfExecutor(executor, judge)
    return ReadersHere(judge, jobs=jobs, files=files)


def _look(office: Office, now_ns: int) -> tuple[Entry, ...]:
    """Everything that lies there; a share that is gone, or leaves a bare folder behind, is not "nothing"."""
    inbox = office.folders.inbox
    try:
        entries = scan(inbox, office.lang, now_ns=now_ns)
        bare = not entries and not any((inbox / name).is_dir() for name in FILED_FOLDERS)
    except OSError as error:
        raise _unreachable(office, error.strerror or str(error)) from error
    if bare and office.store.was_ever_put_away():
        raise OperatorError(say("cli.inbox_looks_unmounted", office.lang, folder=inbox))
    return entries


def _unreachable(office: Office, why: str) -> OperatorError:
    return OperatorError(say("cli.inbox_unreachable", office.lang, folder=office.folders.inbox, why=why))


def _warnings(office: Office) -> Iterator[str]:
    """What is known of the run before any file is read."""
    if office.config.own_rules_trouble:
        yield office.config.own_rules_trouble
    last = office.store.last_received_at()
    if last is not None and office.now < last:
        facts = {"now": f"{office.now:%Y-%m-%d %H:%M}", "last": f"{last:%Y-%m-%d %H:%M}"}
        yield say("intake.clock_set_back", office.lang, **facts)


def _turned_down(entry: Entry) -> TakenFile:
    assert entry.why_not is not None
    ignored = entry.why_not.code is Code.IGNORED_ENTRY
    return not_taken(entry.name, Outcome.IGNORED if ignored else Outcome.QUARANTINED, entry.why_not)


def _finish(run: Run, begun: Begun) -> list[TakenFile]:
    """A batch, its archives after it; when files vanish, or stay where they are, the inbox may be gone."""
    taken = finish_batch(run, begun)
    for archive in begun.archives:
        taken += take_archive(run, archive)
    odd = any(each.outcome is Outcome.IGNORED or each.stays for each in taken)
    if odd and _folder_id(run.office.folders.inbox) != run.inbox_id:
        raise _unreachable(run.office, say("intake.gone", run.office.lang))
    return taken


def _folder_id(folder: Path) -> Stamp:
    """Which folder it is: a share that is unmounted leaves another one behind, under the same name."""
    return (stamp_of(folder) or ())[:2]


def _tidy_memory(
    office: Office, taken: Sequence[TakenFile], lying: Mapping[str, object], left: frozenset[str]
) -> None:
    """Forget what has been finished, and what lay in the inbox and is gone; not what was `left` to others."""
    waiting = {each.file for each in taken if each.outcome is Outcome.WAITING}
    office.store.forget_unfinished(waiting | left)
    seen = {each.file for each in taken} | left
    office.store.put_away(dict.fromkeys(set(lying) - seen, ""))


def _told(
    office: Office,
    entries: Sequence[Entry],
    taken: Sequence[TakenFile],
    *,
    dry_run: bool,
    warnings: tuple[str, ...],
) -> Intake:
    """The files in the order of arrival, members after their archive; seen is what was looked at, no less."""
    order = {entry.name: index for index, entry in enumerate(entries)}
    members = sum(1 for each in taken if each.file not in order)
    standing = list(_as_foreseen(taken) if dry_run else _as_it_stands(office, taken))
    standing.sort(key=lambda each: (_place(order, each.file), each.file))
    return Intake(files=tuple(standing), seen=len(entries) + members, dry_run=dry_run, warnings=warnings)


def _place(order: Mapping[str, int], name: str) -> int:
    """Where the file stands, or the archive that it is a member of."""
    while name not in order:
        name = name.rpartition("/")[0]
    return order[name]


def _as_it_stands(office: Office, taken: Sequence[TakenFile]) -> Iterator[TakenFile]:
    """An accepted form that a later one of the same run displaced is told as superseded."""
    newest: dict[Period, Mapping[str, int]] = {}
    counted: dict[Period, Mapping[str, str]] = {}
    for each in taken:
        period = each.verdict.period
        if each.outcome is not Outcome.ACCEPTED or each.submission is None or period is None:
            yield each
            continue
        if period not in newest:
            newest[period] = office.store.newest_versions(period)
        if newest[period].get(each.verdict.unit) == each.submission.version:
            yield each  # nearly always: nothing came after it
            continue
        if period not in counted:
            counts = counting(office.store.receipts(period))
            counted[period] = {unit: made.verdict.sha256 for unit, made in counts.items()}
        counts_now = counted[period].get(each.verdict.unit) == each.verdict.sha256
        yield each if counts_now else replace(each, outcome=Outcome.SUPERSEDED)


def _as_foreseen(taken: Sequence[TakenFile]) -> Iterator[TakenFile]:
    """The same for a dry run: of one unit's accepted forms the last would count."""
    last = {
        (each.verdict.unit, each.verdict.period): each.file
        for each in taken
        if each.outcome is Outcome.ACCEPTED
    }
    for each in taken:
        whose = each.verdict.unit, each.verdict.period
        displaced = each.outcome is Outcome.ACCEPTED and last[whose] != each.file
        yield replace(each, outcome=Outcome.SUPERSEDED) if displaced else each
