"""Ctrl+C and SIGTERM reach every process of the group; only the office decides what stopping means.

A worker that such a signal ended would look as if its file had killed it, and an honest form would be put
aside as unreadable. Workers end when the office closes their pipe or kills them.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def ours_to_handle() -> Iterator[None]:
    """Keep the signals from processes started in the block, from their first instruction on.

    What arrives meanwhile is not lost: this process gets it at the end of the block.
    """
    if os.name == "nt":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_stopping_to_the_office() -> None:
    """In a worker: neither signal ends it; on Windows too, where Ctrl+C goes to the whole console."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)


def may_be_stopped() -> None:
    """In a process of an ordinary pool, whose keeper ends it with SIGTERM: take the signals again."""
    if os.name != "nt":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM,))
