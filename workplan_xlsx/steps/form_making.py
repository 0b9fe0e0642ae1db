"""Making many forms: one after the other, or shared out to processes; the files are the same either way."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx import cycles
from workplan_xlsx.books.form.book import write_form
from workplan_xlsx.books.form.covering_note import write_covering_note
from workplan_xlsx.books.form.file_names import form_file_name
from workplan_xlsx.errors import OutputError
from workplan_xlsx.intake.stopping import may_be_stopped
from workplan_xlsx.steps.planning_forms import FormBasis, form_plan

_WORTH_A_PROCESS = 150
"""So many forms take longer than starting a process for them."""
_CHUNK = 32
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MadeForm:
    """What became of one unit's form: its file in the folder, or the sentence that says why there is none."""

    unit: str
    file: str
    why: str = ""


@dataclass(frozen=True)
class FormMaker:
    """Makes a unit's form and its covering note; travels to a worker with all that it needs.

    The files still have to be brought to the disk, all at once, before they count as made.
    """

    basis: FormBasis
    folder: Path

    def __call__(self, unit: str) -> MadeForm:
        """Make them."""
        basis = self.basis
        file = form_file_name(basis.ledger, unit, basis.period, basis.lang)
        plan = form_plan(basis, unit)
        try:
            write_form(plan, self.folder / file, basis.lang, flush=False)
            write_covering_note(plan, self.folder / file, basis.lang, flush=False)
        except OutputError as error:
            return MadeForm(unit, file, str(error))
        return MadeForm(unit, file)


def make_forms(maker: FormMaker, units: Sequence[str], jobs: int | None) -> Iterator[MadeForm]:
    """Yield what became of each unit's form, in the units' order; what lost processes left is made here."""
    processes = _processes(len(units), jobs)
    if processes == 1:
        yield from map(maker, units)
        return
    chunks = [tuple(units[start : start + _CHUNK]) for start in range(0, len(units), _CHUNK)]
    method = "spawn" if os.name == "nt" else "forkserver"
    context = multiprocessing.get_context(method)
    done = 0
    try:
        with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(maker,)) as workers:
            for made in workers.map(_make_chunk, chunks):
                yield from made
                done += len(made)
    except (BrokenExecutor, EOFError, OSError) as error:  # no process can be started, or one was killed
        _log.info("the other forms are made here: %s: %s", type(error).__name__, error)
        yield from map(maker, units[done:])


def _processes(forms: int, jobs: int | None) -> int:
    """As many as asked for, but never more than there is work for."""
    wanted = jobs or os.cpu_count() or 1
    return max(1, min(wanted, forms // _WORTH_A_PROCESS if jobs is None else forms))


_maker_of_this_worker: FormMaker


def _begin(maker: FormMaker) -> None:
    """Once a worker: the ledger is sent to it once, not with every form."""
    global _maker_of_this_worker
    may_be_stopped()
    _maker_of_this_worker = maker
    cycles.look_seldom()
    cycles.leave_alone()


def _make_chunk(units: Sequence[str]) -> list[MadeForm]:
    return [_maker_of_this_worker(unit) for unit in units]
