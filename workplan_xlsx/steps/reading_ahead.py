"""The batches in turn: some are in the readers' hands while the one before them is kept and answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from workplan_xlsx.intake.inbox import Entry
from workplan_xlsx.steps.intake_run import Run
from workplan_xlsx.steps.intake_told import TakenFile
from workplan_xlsx.steps.one_batch import Begun, batches, begin_batch
from workplan_xlsx.steps.progress import Progress
from workplan_xlsx.steps.sharing import Share
from workplan_xlsx.steps.unfinished import still_copying
from workplan_xlsx.store.claims import Claim

_MOST_BYTES = 96 * 2**20  # held in memory at once
Finish = Callable[[Run, Begun], list[TakenFile]]
InHand = deque[tuple[Claim, Begun]]


def in_turn(
    run: Run, share: Share, entries: Sequence[Entry], finish: Finish, stop: Callable[[], bool]
) -> Iterator[list[TakenFile]]:
    """Yield what became of each batch, in order; once `stop` says True only those in hand are finished."""
    begun: InHand = deque()
    for batch in batches(entries):
        if stop():
            yield [still_copying(entry) for entry in batch]
            continue
        claim, ours = share.claim(batch)
        if ours:
            begun.append((claim, begin_batch(run, ours)))
        while len(begun) > (run.readers.batches_ahead if _bytes(begun) < _MOST_BYTES else 0):
            yield from _finished(run, share, *begun.popleft(), finish)
    while begun:
        yield from _finished(run, share, *begun.popleft(), finish)
    if left := share.left_lying():
        now = _as_it_is_now(run)
        for batch in batches(left):
            claim, ours = share.claim(batch)
            yield from _finished(now, share, claim, begin_batch(now, ours), finish) if ours else ()


def _finished(
    run: Run, share: Share, claim: Claim, begun: Begun, finish: Finish
) -> Iterator[list[TakenFile]]:
    """The batch, when it is its turn: what a dead run leaves undone before it comes first."""
    while True:
        orphans, entries = share.orphans_before(claim)
        if not orphans.names:
            break
        now = _as_it_is_now(run)
        for batch in batches(entries):
            yield finish(now, begin_batch(now, batch))
        share.done(orphans)
    yield finish(run, begun)
    share.done(claim)


def _as_it_is_now(run: Run) -> Run:
    """The run, for files that another one had in hand: some may be kept and still lie there."""
    lying = run.office.store.lying()
    return replace(
        run, lying=lying, known=run.office.store.kept_among({each.sha256 for each in lying.values()})
    )


def _bytes(begun: InHand) -> int:
    return sum(len(met.hand.data) for _, batch in begun for met in (*batch.met, *batch.archives))


def told_of(
    done: Iterable[list[TakenFile]], entries: Sequence[Entry], progress: Progress
) -> Iterator[list[TakenFile]]:
    """The same, telling after each batch how many files are done; members of archives are none of them."""
    names, so_far = {entry.name for entry in entries}, 0
    progress("files", so_far, len(entries))
    for became in done:
        so_far += sum(each.file in names for each in became)
        progress("files", so_far, len(entries))
        yield became
