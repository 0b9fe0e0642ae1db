"""Files that wait: open in an office program, changed while being read, or without their end."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta

from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.inbox import PATIENCE_SECONDS, Entry, changed_lately, stamp_of
from workplan_xlsx.intake.settling import is_open_elsewhere
from workplan_xlsx.intake.whole_bytes import breaks_off, read_whole
from workplan_xlsx.steps.intake_run import Met, Run, as_text
from workplan_xlsx.steps.intake_told import TakenFile, not_taken
from workplan_xlsx.words import say


def take_in_hand(run: Run, entry: Entry) -> Met | TakenFile:
    """Return the file with its bytes; what became of it where it has to wait or cannot be opened."""
    lying = run.lies_there_since(entry)
    if lying is not None:
        return Met(entry=entry, hand=FileInHand(entry.name, lying.sha256, b""), unread=True)
    if run.patience and is_open_elsewhere(entry, run.now_ns):
        return not_taken(entry.name, Outcome.WAITING, found(Code.OPEN_ELSEWHERE, file=entry.name))
    try:
        data = read_whole(entry)
    except OSError as error:
        return _closed(entry, error)
    if data is None:
        return _changing(run, entry)
    why = breaks_off(data) if run.patience else ""
    if why and _has_time(run, entry):
        told = say(f"intake.{why}", run.office.lang)
        finding = found(Code.UNFINISHED, file=entry.name, why=told, minutes=PATIENCE_SECONDS // 60)
        return not_taken(entry.name, Outcome.WAITING, finding)
    return Met(entry=entry, hand=FileInHand(entry.name, hashlib.sha256(data).hexdigest(), data))


def still_copying(entry: Entry) -> TakenFile:
    """A file that somebody is writing, or that there was no time for: looked at again the next time."""
    return not_taken(entry.name, Outcome.WAITING, found(Code.STILL_COPYING, file=entry.name))


def _closed(entry: Entry, error: OSError) -> TakenFile:
    """On Windows a file that another program writes cannot be opened: that passes."""
    if os.name == "nt":
        return still_copying(entry)
    finding = found(Code.CANNOT_OPEN, file=entry.name, why=error.strerror or str(error))
    return not_taken(entry.name, Outcome.QUARANTINED, finding)


def _changing(run: Run, entry: Entry) -> TakenFile:
    if stamp_of(entry.path) is None:
        finding = found(Code.IGNORED_ENTRY, file=entry.name, why=say("intake.gone", run.office.lang))
        return not_taken(entry.name, Outcome.IGNORED, finding)
    return still_copying(entry)


def _has_time(run: Run, entry: Entry) -> bool:
    """Whether it was changed lately by its stamp, and has not been looking just so for longer than that.

    The stamp alone would do if clocks could be trusted; a stamp in the future would make it wait for ever.
    """
    if not changed_lately(entry.stamp, run.now_ns):
        return False
    if run.dry_run:
        return True
    since = run.office.store.unfinished_since(entry.name, as_text(entry.stamp), run.office.now)
    return run.office.now - since < timedelta(seconds=PATIENCE_SECONDS)
