"""An own rule that does not come to its end is stopped inside its process, so that it can be told by name.

It is measured by the time that the process itself computes, so that a busy machine stops none. Where the
system has no such clock (Windows), or the rule swallows what stops it, its reader's own limit holds
(own_rules_blamed.py).
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.judging.own_rules import NeverEnds
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.rule import Rule
from workplan_xlsx.words import Lang, say

_MOST_SECONDS = 3
"""For loading the file, and for one rule on one row: honest ones take thousandths."""


def stopped_in_time(rule: Rule, file: Path, lang: Lang) -> Rule:
    """The rule, which ends with NeverEnds where it would run for ever."""

    def check(row: RowInHand) -> list[Finding | str]:
        with ending(file, lang):
            return list(rule.check(row) or ())

    return replace(rule, check=check)


@contextmanager
def ending(file: Path, lang: Lang) -> Iterator[None]:
    """Raise NeverEnds in what runs in the block for too long.

    Raises:
        NeverEnds: It says at which line of the file that was.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGPROF, _overdue(file, lang))
    signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _overdue(file: Path, lang: Lang) -> Callable[[int, FrameType | None], None]:
    def raise_it(_signal: int, frame: FrameType | None) -> None:
        while frame is not None and frame.f_code.co_filename != str(file):
            frame = frame.f_back
        where = f"{file.name}:{frame.f_lineno}" if frame else file.name
        raise NeverEnds(where, say("checks.own_never_ends", lang, seconds=_MOST_SECONDS))

    return raise_it
