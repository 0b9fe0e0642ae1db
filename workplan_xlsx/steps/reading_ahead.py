"""The batches in turn: some are in the readers' hands while the one before them is kept and answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from workplan_xlsx.intake.inbox import Entry
from workplan_xlsx.steps.intake_run import Run
from workplan_xlsx.steps.intake_told import TakenFile
from workplan_xlsx.steps.one_batch import Begun, batches, begin_batch
from workplan_xlsx.steps.progress import Progress
from workplan_xlsx.steps.unfinished import still_copying

_MOST_BYTES = 96 * 2**20  # held in memory at once
Finish = Callable[[Begun], list[TakenFile]]


def in_turn(
    run: Run, entries: Sequence[Entry], finish: Finish, stop: Callable[[], bool]
) -> Iterator[list[TakenFile]]:
    """Yield what became of each batch, in order; once `stop` says True only those in hand are finished."""
    begun: deque[Begun] = deque()
    for batch in batches(entries):
        if stop():
            yield [still_copying(entry) for entry in batch]
            continue
        begun.append(begin_batch(run, batch))
        while len(begun) > (run.readers.batches_ahead if _bytes(begun) < _MOST_BYTES else 0):
            yield finish(begun.popleft())
    while begun:
        yield finish(begun.popleft())


def _bytes(begun: Iterable[Begun]) -> int:
    return sum(len(met.hand.data) for batch in begun for met in (*batch.met, *batch.archives))


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
