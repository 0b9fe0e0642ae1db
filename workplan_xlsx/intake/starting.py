"""How a reader's process comes to be: forked from the office while that is alone, else from a server.

What is forked from the office has the plan and the modules: nothing is loaded, started or sent. It also has
what is not its business. Files it gives up before its first form (`worker.limit_oneself`); objects whose end
would be noticed elsewhere, such as a connection to the store, never end in it: they are out of the search for
garbage, and the process leaves without unwinding what the office was about to do.

A process in which something else runs cannot be forked safely. Then, on other systems, and for a reader that
replaces another, a server forks them that has their modules loaded; on Windows each starts from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workplan_xlsx import cycles
from workplan_xlsx.intake.stopping import ours_to_handle
from workplan_xlsx.intake.worker import Limits, serve

SERVER_GONE = 255
"""The exit code that multiprocessing tells where the server that forks our workers was killed."""
_PATIENCE_SECONDS, _PAUSE_SECONDS = 10.0, 0.5
"""A killer that ends each server before it has forked is outlived; what never lets one live is told soon."""
_LOADED_BEFORE_READERS_START = [
    "workplan_xlsx.intake.judging",
    "workplan_xlsx.books.returned.reading",
    "python_calamine",
]


def alone() -> bool:
    """Whether this process may be forked: Linux, and no thread but this one, of Python or of a library."""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def forked(theirs: Connection, limits: Limits, work: Callable[[Any], object]) -> Any:
    """A process forked from this one, which is `alone`; it has the work."""
    for name in _LOADED_BEFORE_READERS_START:
        import_module(name)
    with cycles.left_alone():
        return _begun(multiprocessing.get_context("fork").Process, (theirs, limits, work))


def from_server(theirs: Connection, limits: Limits) -> Any:
    """A process that is still to be sent its work.

    Where the server was killed meanwhile another one starts, and again.

    Raises:
        EOFError, ConnectionError: So was each that was started until patience ran out.
    """
    ends_at = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return _begun(_context().Process, (theirs, limits))
        except (EOFError, ConnectionError):
            if time.monotonic() >= ends_at:
                raise
            time.sleep(_PAUSE_SECONDS)  # until the dead server is known as dead


def _begun(kind: Callable[..., Any], given: tuple[object, ...]) -> Any:
    process = kind(target=serve, args=given, daemon=True)
    with ours_to_handle():
        process.start()
    return process


def get_ready() -> None:
    """Begin to load the readers beside whatever comes first, where they are not forked from the office."""
    if os.name == "nt" or alone():
        return
    from multiprocessing.forkserver import ensure_running

    _context()
    with ours_to_handle():
        ensure_running()


def _context() -> Any:
    if os.name == "nt":
        return multiprocessing.get_context("spawn")
    warnings.filterwarnings("ignore", "resource_tracker: process died")  # killed with the server; replaced
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED_BEFORE_READERS_START)
    return context
