"""The service itself: one a workspace, looking again and again until it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from workplan_xlsx.config_file import load_config
from workplan_xlsx.errors import LockedError, OperatorError
from workplan_xlsx.scheduler import TICK_SECONDS, run_every, stopped_by_signals
from workplan_xlsx.service.looking import Watch, look
from workplan_xlsx.service.run_log import run_log
from workplan_xlsx.service.telling import Event, Tell
from workplan_xlsx.store.lock import service_lock
from workplan_xlsx.words import Lang, say


def serve(
    root: Path,
    *,
    lang: Lang | None,
    once: bool,
    now: datetime | None,
    show: Callable[[str], None],
    seconds: int = TICK_SECONDS,
) -> bool:
    """Carry the month by itself; `once` looks a single time. Return whether anything failed.

    Raises:
        LockedError: Another service runs on the workspace, or (`once`) a command holds it.
        ConfigError: workplan.toml is missing or holds mistakes.
    """
    config = load_config(root, lang=lang)
    language = lang or config.language
    moment = now or datetime.now(config.zone)
    with ExitStack() as stack:
        died = stack.enter_context(service_lock(root, moment, language))
        stop = stack.enter_context(stopped_by_signals())
        tell = _to_all(stack.enter_context(run_log(root)), show)
        watch = Watch(root=root, lang=lang, config=config, tell=tell, stop=stop.is_set)
        if died:
            tell(Event(what="took_over", at=moment, sentence=f"！{died}"))
        if once:
            return not look(watch, now)
        return not _again_and_again(watch, stop, seconds, language)


def _to_all(write: Tell, show: Callable[[str], None]) -> Tell:
    def tell(event: Event) -> None:
        write(event)
        show(f"{event.at:%Y-%m-%d %H:%M}  {event.sentence}")

    return tell


def _again_and_again(watch: Watch, stop: threading.Event, seconds: int, lang: Lang) -> bool:
    """Look until stopped; what makes a whole look fail is told once until it changes."""
    fine, told = True, ""

    def once_more() -> None:
        nonlocal fine, told
        try:
            fine = look(watch, None) and fine
            told = ""
        except LockedError:
            return  # a command of the coordinator is at work; the next look comes soon
        except OperatorError as error:
            fine = False
            if str(error) != told:
                told = str(error)
                watch.tell(_event(watch, "look_failed", f"× {told}", failed=True))

    watch.tell(_event(watch, "started", say("service.started", lang, seconds=seconds)))
    run_every(once_more, stop, seconds=seconds)
    watch.tell(_event(watch, "stopped", say("service.stopped", lang)))
    return fine


def _event(watch: Watch, what: str, sentence: str, *, failed: bool = False) -> Event:
    return Event(what=what, at=datetime.now(watch.config.zone), sentence=sentence, failed=failed)
