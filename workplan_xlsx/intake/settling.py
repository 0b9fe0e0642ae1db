"""Which files of the inbox nobody is writing any more: two looks, locks beside them, and some patience."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from workplan_xlsx.intake.file_names import locks_of
from workplan_xlsx.intake.inbox import Entry, Stamp, changed_lately, stamp_of

LONG_UNCHANGED_SECONDS = 60


def settle(
    entries: Sequence[Entry],
    seconds: float,
    *,
    now_ns: int,
    wait: Callable[[float], None] = time.sleep,
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return (settled, still changing): settled is what two looks `seconds` apart find unchanged.

    Does not wait when every entry has been unchanged for a minute, or when `seconds` is 0. The clock may
    jump: the pause is measured by the machine's own counter, and a stamp in the future proves nothing.
    """
    recent = [each for each in entries if _changed_in_the_last_minute(each.stamp, now_ns)]
    if not recent or seconds <= 0:
        return tuple(entries), ()
    wait(seconds)
    moving = {each.name for each in recent if stamp_of(each.path) != each.stamp}
    settled = tuple(entry for entry in entries if entry.name not in moving)
    return settled, tuple(entry for entry in entries if entry.name in moving)


def _changed_in_the_last_minute(stamp: Stamp, now_ns: int) -> bool:
    return changed_lately(stamp, now_ns, within_seconds=LONG_UNCHANGED_SECONDS)


def is_open_elsewhere(entry: Entry, now_ns: int) -> bool:
    """Whether an office program has the file open, by the lock beside it.

    A lock that is older than the patience may have been left behind, and holds nobody up.
    """
    folder, own_name = os.path.split(entry.path)
    for name in locks_of(own_name):
        lock = f"{folder}{os.sep}{name}"
        stamp = stamp_of(lock) if os.access(lock, os.F_OK) else None  # nearly never there
        if stamp is not None and stamp[3] <= now_ns and changed_lately(stamp, now_ns):
            return True
    return False
