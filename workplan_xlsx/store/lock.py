"""One run at a time on a workspace, by a lock of the operating system: a dead process holds nothing."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import FileIO
from pathlib import Path

from workplan_xlsx.errors import LockedError, StoreError
from workplan_xlsx.words import Lang, say

LOCK_FILE = ".workplan.lock"
SERVICE_LOCK_FILE = ".workplan.service.lock"
SERVICE = "run"
"""The command that stands in the workspace's lock while the service looks."""
PATIENCE_SECONDS = 20.0
"""How long a command waits for a look of the service to end; most take less than one second."""
_UNREADABLE: dict[str, object] = {"pid": "?", "host": "?", "since": "?", "command": "?"}
_PAUSE_SECONDS = 0.1
_LOCKED_BYTE = 4096  # Windows locks bytes; far behind the text, so that others can still read who holds it


@contextmanager
def workspace_lock(
    root: Path,
    command: str,
    now: datetime,
    lang: Lang,
    *,
    patience_seconds: float = 0.0,
    shared: bool = False,
) -> Iterator[None]:
    """Hold the workspace while the block runs; `patience_seconds` waits for a look of the service to end.

    Runs that hold it `shared` let each other in and keep all others out (on Windows each is alone).

    Raises:
        LockedError: Another run holds it; the sentence says which, on which machine, since when.
        StoreError: The folder cannot be written to.
    """
    _wait_for_service(root / LOCK_FILE, patience_seconds)
    with _held(root / LOCK_FILE, "store.locked", command, now, lang, shared=shared):
        yield


def _wait_for_service(path: Path, patience_seconds: float) -> None:
    """A look is over soon; a command of a person may take as long as it likes, so nobody waits for one."""
    for _ in range(int(patience_seconds / _PAUSE_SECONDS)):
        if _holder_now(path).get("command") != SERVICE:
            return
        time.sleep(_PAUSE_SECONDS)


@contextmanager
def service_lock(root: Path, now: datetime, lang: Lang) -> Iterator[str]:
    """Be the one service of the workspace while the block runs; commands may still work between its looks.

    Yield a sentence about the service that held it before and died without giving it back; "" when none did.

    Raises:
        LockedError: Another service runs; the sentence says which, on which machine, since when.
        StoreError: The folder cannot be written to.
    """
    path = root / SERVICE_LOCK_FILE
    with _held(path, "store.service_runs", SERVICE, now, lang) as before:
        yield say("store.service_died", lang, **before) if before else ""


@contextmanager
def _held(
    path: Path, key: str, command: str, now: datetime, lang: Lang, *, shared: bool = False
) -> Iterator[dict[str, object]]:
    """Hold the lock; yield who left his name in it, {} for nobody: whoever ends well wipes his out."""
    with _opened(path, lang) as file:
        if not _taken(file, path, shared=shared):
            raise LockedError(say(key, lang, **_holder(path)))
        try:
            left = _holder(path) if path.stat().st_size else {}
            _say_who(file, command, now)
            yield left
        finally:
            with suppress(OSError):  # the disk may have become read-only meanwhile
                if not shared or _try(file):  # the last of those that share it
                    file.truncate(0)
            _release(file)


def _opened(path: Path, lang: Lang) -> FileIO:
    """The lock file, without a buffer: what cannot be written is known at once."""
    try:
        return path.open("a+b", buffering=0)
    except OSError as error:
        facts = {"folder": path.parent, "why": error.strerror or str(error)}
        raise StoreError(say("store.cannot_lock", lang, **facts)) from error


def _taken(file: FileIO, path: Path, *, shared: bool) -> bool:
    """Whoever only asks who holds it has it for a moment, and leaves no name in it: worth another try."""
    for _ in range(10):
        if _try(file, shared=shared):
            return True
        if not shared and path.stat().st_size:
            return False
        time.sleep(_PAUSE_SECONDS / 10)
    return False


def lock_holder(root: Path) -> dict[str, object]:
    """Who runs a command on the workspace now, as he wrote it into the lock; {} for nobody."""
    return _holder_now(root / LOCK_FILE)


def service_holder(root: Path) -> dict[str, object]:
    """The service that runs on the workspace now, as it wrote it into its lock; {} for none."""
    return _holder_now(root / SERVICE_LOCK_FILE)


def _holder_now(path: Path) -> dict[str, object]:
    """A workspace that was never locked gets no lock file from somebody who only asks."""
    try:
        with path.open("r+b", buffering=0) as file:
            if _try(file):
                _release(file)
                return {}
    except OSError:
        return {}
    return _holder(path)


def _holder(path: Path) -> dict[str, object]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {**_UNREADABLE, **told}
    except (OSError, ValueError, TypeError):
        return _UNREADABLE


def _say_who(file: FileIO, command: str, now: datetime) -> None:
    who = {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": f"{now:%Y-%m-%d %H:%M}",
        "command": command,
    }
    with suppress(OSError):  # on a full disk the lock holds as well, only nobody can read whose it is
        file.truncate(0)
        file.write(json.dumps(who, ensure_ascii=False).encode())


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _try(file: FileIO, *, shared: bool = False) -> bool:  # noqa: ARG001 - Windows knows no shared lock here
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

    def _release(file: FileIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _try(file: FileIO, *, shared: bool = False) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _release(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
