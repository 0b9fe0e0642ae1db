"""How files get into an inbox: at once, slowly, with the size set first, renamed when they are whole."""

from __future__ import annotations

import time
from pathlib import Path

PAUSE_SECONDS = 0.4
"""Longer than the pause between two looks: only the missing end of the file tells."""


def at_once(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def slowly(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        for at in range(0, len(data), len(data) // 3 + 1):
            file.write(data[at : at + len(data) // 3 + 1])
            time.sleep(PAUSE_SECONDS)


def size_first(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        file.truncate(len(data))
        for at in range(0, len(data), len(data) // 2 + 1):
            time.sleep(PAUSE_SECONDS)
            file.seek(at)
            file.write(data[at : at + len(data) // 2 + 1])


def renamed(path: Path, data: bytes) -> None:
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data[: len(data) // 2])
    time.sleep(PAUSE_SECONDS)
    partial.write_bytes(data)
    partial.rename(path)


WAYS = (at_once, slowly, size_first, renamed)
