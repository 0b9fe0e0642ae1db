"""The service's diary in logs/: workplan.log for people, runs.jsonl for programs; both rotate, in UTF-8."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from workplan_xlsx.service.telling import Event, Tell, without_telephones

FOLDER = "logs"
_LARGEST_BYTES = 1_000_000
_KEPT = 5


@contextmanager
def run_log(root: Path, *, largest_bytes: int = _LARGEST_BYTES) -> Iterator[Tell]:
    """Yield what writes an event into both files; a log that cannot be written stops nobody's work."""
    folder = root / FOLDER
    handlers = {name: _handler(folder / name, largest_bytes) for name in ("workplan.log", "runs.jsonl")}

    def write(event: Event) -> None:
        for name, line in (("workplan.log", _for_people(event)), ("runs.jsonl", _for_programs(event))):
            record = logging.LogRecord("workplan", logging.INFO, "", 0, without_telephones(line), None, None)
            handlers[name].handle(record)

    own = logging.getLogger("workplan_xlsx")
    aside = _Aside(handlers["workplan.log"])
    own.addHandler(aside)
    try:
        yield write
    finally:
        own.removeHandler(aside)
        for handler in handlers.values():
            handler.close()


class _Aside(logging.Handler):
    """What other rooms say of mistakes of ours: a service has no terminal on which they would be seen."""

    def __init__(self, into: logging.Handler) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%Y-%m-%d %H:%M:%S"))
        self._into = into

    def emit(self, record: logging.LogRecord) -> None:
        """Write it into the diary for people."""
        line = without_telephones(self.format(record))
        self._into.handle(logging.LogRecord(record.name, record.levelno, "", 0, line, None, None))


class _Quiet(RotatingFileHandler):
    """On a full disk the work goes on without its diary; the next line tries again."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(exist_ok=True)
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802
        if self.stream is not None:
            stream, self.stream = self.stream, None
            try:
                stream.close()
            except OSError:
                return


def _handler(path: Path, largest_bytes: int) -> _Quiet:
    handler = _Quiet(path, maxBytes=largest_bytes, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler


def _for_people(event: Event) -> str:
    line = f"{event.at:%Y-%m-%d %H:%M:%S}  {event.sentence}"
    return f"{line}\n{event.traceback}" if event.traceback else line


def _for_programs(event: Event) -> str:
    told = {
        "at": event.at.isoformat(timespec="seconds"),
        "what": event.what,
        "failed": event.failed,
        **{key: str(value) for key, value in event.facts.items()},
        "sentence": event.sentence,
    }
    return json.dumps(told, ensure_ascii=False)
