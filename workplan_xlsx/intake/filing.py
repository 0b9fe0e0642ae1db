"""Putting taken files away: into a sub-folder of inbox/, under a name that cannot collide."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from workplan_xlsx.domain.submission import Outcome

_FOLDER = {
    Outcome.ACCEPTED: "已收",
    Outcome.DUPLICATE: "已收",
    Outcome.RETURNED: "退回",
    Outcome.QUARANTINED: "未识别",
}


def file_away(path: Path, inbox: Path, outcome: Outcome, sha256: str, at: datetime) -> Path | None:
    """Move the file to its sub-folder and return where it is now; None where it cannot be moved and stays.

    The name keeps the sender's, with the moment and the beginning of the hash: two files never share it.
    A file that stays (open in Excel, read-only share) is known by its hash the next time.
    """
    folder = inbox / _FOLDER[outcome]
    try:
        folder.mkdir(exist_ok=True)
        place = _free_place(folder, path, sha256, at)
        os.link(path, place)  # unlike a rename, a link never replaces what is there
        path.unlink()
    except OSError:
        return _by_rename(path, folder, sha256, at)
    return place


def _free_place(folder: Path, path: Path, sha256: str, at: datetime) -> Path:
    stem = f"{at:%Y%m%d-%H%M%S}_{sha256[:8]}"
    budget = 200 - len(stem.encode()) - len(path.suffix.encode())
    kept = path.stem.encode("utf-8", "surrogateescape")[:budget].decode("utf-8", "ignore")
    first = folder / f"{stem}_{kept}{path.suffix}"
    place, count = first, 1
    while place.exists():
        count += 1
        place = first.with_name(f"{first.stem}_{count}{first.suffix}")
    return place


def _by_rename(path: Path, folder: Path, sha256: str, at: datetime) -> Path | None:
    """Where the file system has no links (FAT, some shares)."""
    try:
        if not path.exists() or not folder.is_dir():
            return None
        place = _free_place(folder, path, sha256, at)
        path.rename(place)
    except OSError:
        return None
    return place


def leave_word(beside: Path, text: str) -> None:
    """Put a short text beside a filed form; where that cannot be written the form is filed all the same."""
    try:
        beside.with_name(beside.name + ".txt").write_text(text, encoding="utf-8-sig")
    except OSError:
        return
