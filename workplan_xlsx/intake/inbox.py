"""What lies in the inbox: every entry, and whether it can be a return at all. Nothing is opened here."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.intake.file_names import (
    FILED_FOLDERS,
    is_filed,
    is_lock_or_leftover,
    is_save_in_progress,
)
from workplan_xlsx.words import Lang, say

LARGEST_BYTES = 50 * 1024 * 1024
PATIENCE_SECONDS = 600
"""How long a file may look unfinished, from its last change on, before it is judged as it is."""

Stamp = tuple[int, ...]
"""What must stay the same while nobody writes: device, inode, size, time of change, of status change (ns)."""
_BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the inbox.

    Attributes:
        name: Path below inbox/, with / between folders.
        stamp: Empty where it was gone before it could be looked at.
        why_not: Why it is no return (IGNORED_ENTRY) or cannot be taken in (NOT_A_FILE, TOO_LARGE ...);
            None where it may be one.
    """

    name: str
    path: Path
    stamp: Stamp
    why_not: Finding | None = None


def scan(inbox: Path, lang: Lang, *, now_ns: int) -> tuple[Entry, ...]:
    """Return everything below inbox/ in order of arrival (time of last change, then name), folders walked.

    Raises:
        OSError: The inbox cannot be reached: that is not "nothing came".
    """
    entries = list(_walk(inbox, lang, now_ns))
    return tuple(sorted(entries, key=lambda entry: (entry.stamp[3:4], entry.name)))


def _walk(inbox: Path, lang: Lang, now_ns: int) -> Iterator[Entry]:
    folders = [inbox]
    while folders:
        folder = folders.pop()
        try:
            items = sorted(os.scandir(folder), key=lambda item: item.name)
        except OSError as error:
            if folder == inbox:
                raise
            yield _closed(folder, inbox, error)
            continue
        filed = folder.parent == inbox and folder.name in FILED_FOLDERS
        begin = "" if folder == inbox else f"{_name(folder, inbox)}/"
        for item in items:
            path = folder / item.name
            if _is_folder(item):
                folders.append(path)
                if path.suffix.lower() in _BOOKS:
                    yield _entry(begin + item.name, path, lang, now_ns)
            elif not (filed and is_filed(item.name)):
                yield _entry(begin + item.name, path, lang, now_ns)


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _closed(folder: Path, inbox: Path, error: OSError) -> Entry:
    """A folder that may not be looked into: said, and looked at again next time."""
    name = _name(folder, inbox)
    finding = found(Code.CANNOT_OPEN, file=name, why=error.strerror or str(error))
    return Entry(name=name, path=folder, stamp=stamp_of(folder) or (), why_not=finding)


def _entry(name: str, path: Path, lang: Lang, now_ns: int) -> Entry:
    try:
        status = path.lstat()
    except OSError:
        return Entry(name=name, path=path, stamp=(), why_not=_ignored(name, "gone", lang))
    stamp = _stamp(status)
    return Entry(name=name, path=path, stamp=stamp, why_not=_why_not(name, path, status, lang, now_ns))


def _name(path: Path, inbox: Path) -> str:
    return path.relative_to(inbox).as_posix()


def _why_not(name: str, path: Path, status: os.stat_result, lang: Lang, now_ns: int) -> Finding | None:
    if is_lock_or_leftover(path.name):
        return _ignored(name, "lock_or_leftover", lang)
    if not stat.S_ISREG(status.st_mode):
        return found(Code.NOT_A_FILE, file=name, kind=say(f"intake.{_kind(status.st_mode)}", lang))
    if is_save_in_progress(path.name) and changed_lately(_stamp(status), now_ns):
        return _ignored(name, "lock_or_leftover", lang)
    if status.st_size > LARGEST_BYTES:
        size, limit = f"{status.st_size // 2**20} MB", f"{LARGEST_BYTES // 2**20} MB"
        return found(Code.TOO_LARGE, file=name, size=size, limit=limit)
    return None


def _ignored(name: str, why: str, lang: Lang) -> Finding:
    return found(Code.IGNORED_ENTRY, file=name, why=say(f"intake.{why}", lang))


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "kind_link"
    return "kind_folder" if stat.S_ISDIR(mode) else "kind_device"


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def stamp_of(path: Path | str) -> Stamp | None:
    """The stamp now; None where there is no such file."""
    try:
        return _stamp(os.lstat(path))
    except OSError:
        return None


def same_content(one: Stamp, other: Stamp) -> bool:
    """Whether both are of the same file with the same content; being moved changes only the last part."""
    return one[:4] == other[:4]


def changed_lately(stamp: Stamp, now_ns: int, *, within_seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether it was changed within these seconds; a stamp in the future proves nothing and counts as so."""
    return max(stamp[3:]) > now_ns - within_seconds * 10**9
