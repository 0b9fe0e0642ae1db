"""One run at a time on a workspace, by a lock of the operating system: a dead process holds nothing."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from workplan_xlsx.errors import LockedError
from workplan_xlsx.words import Lang, say

LOCK_FILE = ".workplan.lock"
_UNREADABLE: dict[str, object] = {"pid": "?", "host": "?", "since": "?", "command": "?"}
_LOCKED_BYTE = 4096  # Windows locks bytes; far behind the text, so that others can still read who holds it


@contextmanager
def workspace_lock(root: Path, command: str, now: datetime, lang: Lang) -> Iterator[None]:
    """Hold the workspace while the block runs.

    Raises:
        LockedError: Another run holds it; the sentence says which, on which machine, since when.
    """
    path = root / LOCK_FILE
    with path.open("a+b") as file:
        if not _try(file):
            raise LockedError(say("store.locked", lang, **_holder(path)))
        try:
            _say_who(file, command, now)
            yield
        finally:
            file.truncate(0)
            _release(file)


def _holder(path: Path) -> dict[str, object]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {**_UNREADABLE, **told}
    except (OSError, ValueError, TypeError):
        return _UNREADABLE


def _say_who(file: IO[bytes], command: str, now: datetime) -> None:
    who = {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": f"{now:%Y-%m-%d %H:%M}",
        "command": command,
    }
    file.truncate(0)
    file.write(json.dumps(who, ensure_ascii=False).encode())
    file.flush()


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _try(file: IO[bytes]) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

    def _release(file: IO[bytes]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _try(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _release(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
