"""The office and its one reader take turns: on one core a file goes from one to the other at no cost.

Where each has a core of its own, every file and every answer wakes a core that has just gone to sleep: with
1,000 forms a fifth of the time, by the clock as well. Only while a batch is read: between two batches the
system may move the office to a core with less to do, and the next batch is read there.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

_CORE = 36
"""In /proc/self/stat, counted from what stands behind the program's name: the core that it last ran on."""


@contextlib.contextmanager
def on_one_core(readers: Collection[int]) -> Iterator[None]:
    """Keep this thread and these processes on the core that it is on now; on Linux, where that is allowed.

    Where none of them has begun yet it is left alone: what begins in the block would stay on that core.
    """
    allowed = os.sched_getaffinity(0) if sys.platform == "linux" and readers else set()
    core = _core_of_this_process() if len(allowed) > 1 else None
    if core not in allowed:
        yield
        return
    for process in (0, *readers):
        _keep_on(process, {core})
    try:
        yield
    finally:
        _keep_on(0, allowed)


def _keep_on(process: int, cores: set[int]) -> None:
    with contextlib.suppress(OSError):  # a reader that is gone; a system that forbids it
        os.sched_setaffinity(process, cores)


def _core_of_this_process() -> int | None:
    try:
        told = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace")
        return int(told.rpartition(")")[2].split()[_CORE])
    except (OSError, ValueError, IndexError):
        return None
