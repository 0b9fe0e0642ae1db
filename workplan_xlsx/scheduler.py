"""When the service looks again: the only room that imports schedule; domain/rounds decides what is due."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TICK_SECONDS = 30


def run_every(tick: Callable[[], None], stop: threading.Event, *, seconds: int = TICK_SECONDS) -> None:
    """Call `tick` at once and then every `seconds`, until `stop` is set; a tick in hand is finished first."""
    import schedule

    timer = schedule.Scheduler()
    timer.every(seconds).seconds.do(tick)
    tick()
    while not stop.wait(timeout=max(0.0, min(timer.idle_seconds or 0.0, float(seconds)))):
        timer.run_pending()


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and Ctrl+C set; what was there before is put back."""
    stop = threading.Event()
    watched = [signal.SIGINT, signal.SIGTERM]
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in watched}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
