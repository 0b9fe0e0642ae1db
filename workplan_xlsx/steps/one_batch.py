"""A few files of the inbox at a time: in hand, judged, kept in one commit, answered, put away.

A batch is begun (in hand, given to the readers) before the one ahead of it is finished (kept, answered).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workplan_xlsx.domain.submission import Outcome, Submission
from workplan_xlsx.intake.archives import may_be_archive
from workplan_xlsx.intake.inbox import Entry
from workplan_xlsx.intake.judging import Judged
from workplan_xlsx.intake.readers import Results
from workplan_xlsx.steps.answering import answer
from workplan_xlsx.steps.intake_run import Kept, Met, Run
from workplan_xlsx.steps.intake_told import TakenFile, repetition
from workplan_xlsx.steps.partial_copies import parts_of, tell_beside, with_notes, withdrawals
from workplan_xlsx.steps.unfinished import take_in_hand
from workplan_xlsx.store.inbox_files import TakenName

_MOST_FILES = 50  # commits in groups of 50 cost a third of single ones
_MOST_BYTES = 64 * 2**20  # held in memory at once, and by the database as one transaction


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Cut the entries into batches that are small in number and in bytes."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and (len(batch) == _MOST_FILES or size + entry.stamp[2] > _MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.stamp[2]
    if batch:
        yield batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A batch in hand.

    Attributes:
        taken: What could not be taken in hand, and why.
        met: The files whose verdicts are awaited, or known from before.
        results: Of those among them that are new.
        archives: Files that may be archives; they are opened when the others are finished.
    """

    taken: Sequence[TakenFile]
    met: Sequence[Met]
    results: Results[Judged]
    archives: Sequence[Met]


def begin_batch(run: Run, batch: Sequence[Entry]) -> Begun:
    """Take the files in hand and give those that are new to the readers."""
    taken: list[TakenFile] = []
    met: list[Met] = []
    archives: list[Met] = []
    for entry in batch:
        got = take_in_hand(run, entry)
        if isinstance(got, TakenFile):
            taken.append(got)
        else:
            (archives if may_be_archive(got.hand.data) else met).append(got)
    return Begun(taken=taken, met=met, results=_begin_reading(run, met), archives=archives)


def finish_batch(run: Run, begun: Begun) -> list[TakenFile]:
    """Keep, answer and put away the files of the batch; its archives are still to be opened."""
    return [*begun.taken, *_take_read(run, begun.met, begun.results)]


def take_met(run: Run, met: Sequence[Met], *, more_names: Sequence[TakenName] = ()) -> list[TakenFile]:
    """Judge what is new among the files in hand, keep all in one commit, answer and put away each."""
    return _take_read(run, met, _begin_reading(run, met), more_names)


def _begin_reading(run: Run, met: Sequence[Met]) -> Results[Judged]:
    kept = run.office.store.kept_among({each.hand.sha256 for each in met})
    new = _first_of_each(each for each in met if each.hand.sha256 not in kept)
    return run.readers.begin([each.hand for each in new.values()])


def _take_read(
    run: Run, met: Sequence[Met], results: Results[Judged], more_names: Sequence[TakenName] = ()
) -> list[TakenFile]:
    """What was new when it was given to the readers may have been kept since, with a batch before this."""
    judged = {each.verdict.sha256: each for each in results()}
    new, known = _new_and_known(run, met)
    return _take(run, met, known, new, judged, more_names)


def _new_and_known(run: Run, met: Sequence[Met]) -> tuple[dict[str, Met], Mapping[str, Submission]]:
    """By hash: the first file with bytes that the store does not have, and what the store has."""
    known = run.office.store.known({each.hand.sha256 for each in met})
    return _first_of_each(each for each in met if each.hand.sha256 not in known), known


def take_judged(run: Run, met: Met, judged: Judged) -> list[TakenFile]:
    """The same for a file whose verdict is known already."""
    sha = met.hand.sha256
    known = run.office.store.known({sha})
    return _take(run, [met], known, {} if known else {sha: met}, {sha: judged}, ())


def _take(
    run: Run,
    met: Sequence[Met],
    known: Mapping[str, Submission],
    new: Mapping[str, Met],
    judged: Mapping[str, Judged],
    more_names: Sequence[TakenName],
) -> list[TakenFile]:
    if run.dry_run:
        return [_foreseen(each, known, judged, new) for each in met]
    names = [*(run.name_of(each.hand, each.entry, member=each.member) for each in _not_yet_named(run, met))]
    kept = {**_keep(run, judged, new, [*names, *more_names]), **known}
    files = [
        Kept(
            met=each,
            submission=kept[each.hand.sha256],
            judged=judged.get(each.hand.sha256),
            first=new.get(each.hand.sha256) is each,
        )
        for each in met
    ]
    taken = answer(run, files)
    run.office.store.put_away({each.file: _below_inbox(each.place) for each in taken if each.place})
    return taken


def _below_inbox(place: Path) -> str:
    return f"{place.parent.name}/{place.name}"


def _first_of_each(met: Iterable[Met]) -> dict[str, Met]:
    first: dict[str, Met] = {}
    for each in met:
        first.setdefault(each.hand.sha256, each)
    return first


def _not_yet_named(run: Run, met: Iterable[Met]) -> Iterator[Met]:
    """Those that no earlier run has recorded as lying there."""
    for each in met:
        lying = run.lying.get(each.hand.name)
        if lying is None or not (each.unread or (each.member and lying.sha256 == each.hand.sha256)):
            yield each


def _keep(
    run: Run, judged: Mapping[str, Judged], new: Mapping[str, Met], names: Sequence[TakenName]
) -> dict[str, Submission]:
    """One commit: bytes, verdicts, names, and what is withdrawn; only then is anything told or moved."""
    store = run.office.store
    verdicts = {sha: judged[sha].verdict for sha in new}
    parts = parts_of(store, {sha: met.hand for sha, met in new.items()}, verdicts)
    batch = [(with_notes(verdicts[sha], parts), met.hand.data) for sha, met in new.items()]
    if not batch and not names:
        return {}
    kept = store.keep(batch, run.office.now, names, withdrawals(parts, run.office.now))
    tell_beside(run.office, parts)
    return {each.verdict.sha256: each for each in kept}


def _foreseen(
    met: Met, known: Mapping[str, Submission], judged: Mapping[str, Judged], new: Mapping[str, Met]
) -> TakenFile:
    """What a dry run tells: the same outcome, nothing kept."""
    sha, name = met.hand.sha256, met.hand.name
    if sha in known:
        return TakenFile(file=name, outcome=Outcome.DUPLICATE, verdict=repetition(name, known[sha].verdict))
    verdict = judged[sha].verdict
    if new[sha] is not met:
        return TakenFile(file=name, outcome=Outcome.DUPLICATE, verdict=repetition(name, verdict))
    return TakenFile(file=name, outcome=verdict.outcome, verdict=replace(verdict, entries=()))
