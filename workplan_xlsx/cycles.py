"""When the interpreter looks for cycles of objects: hardly ever, for we make values and hardly any cycle."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_SELDOM = (50_000, 20, 50)
"""With Python's own setting the search took a sixth of the time of a large run."""
_AT_FIRST = (200_000, *_SELDOM[1:])
"""The modules that a command loads are a hundred thousand objects; a search among them finds nothing."""


def look_seldom() -> None:
    """Look for cycles once in fifty thousand new objects."""
    gc.set_threshold(*_SELDOM)


def look_late() -> None:
    """In a command that begins: look for the first time when its modules are loaded, then seldom."""
    gc.set_threshold(*_AT_FIRST)
    if _looked not in gc.callbacks:
        gc.callbacks.append(_looked)


def _looked(phase: str, _: object) -> None:
    if phase == "stop":
        gc.callbacks.remove(_looked)
        look_seldom()


@contextmanager
def not_looked_for() -> Iterator[None]:
    """What is made in the block is a plan, none of it garbage: it is never walked over."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if searched:
            gc.enable()


def leave_alone() -> None:
    """Never again walk over what is there now: a plan is a million objects that do not change."""
    gc.freeze()


@contextmanager
def left_alone() -> Iterator[None]:
    """A process forked in the block never ends an object that is there now, garbage included."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@cache
def end_without_a_last_look() -> None:
    """Spare the interpreter the walk over everything when it ends: it took a tenth of a run."""
    atexit.register(leave_alone)
