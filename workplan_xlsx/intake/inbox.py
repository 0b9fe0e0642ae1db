"""What lies in the inbox: which entries are returns at all, and which of them are whole."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.words import Lang, say

FILED_FOLDERS = ("已收", "退回", "未识别")
"""Sub-folders of inbox/ into which taken files are moved; never looked into again."""

LARGEST_BYTES = 50 * 1024 * 1024
_LONG_UNCHANGED_SECONDS = 60
_LOCKS_AND_LEFTOVERS = re.compile(
    r"^(~\$|\.~|\.|Thumbs\.db$|desktop\.ini$|README\.md$)|"
    r"(\.tmp|\.part|\.crdownload|\.partial|\.download|\.swp|\.lnk|~)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the inbox.

    Attributes:
        name: Path below inbox/, with / between folders.
        ignored_because: Why it is no return, in words; "" where it may be one.
        stamp: What must stay the same while it is whole: device, inode, size, both times in ns.
    """

    name: str
    path: Path
    ignored_because: str
    stamp: tuple[int, ...]

    @property
    def size_bytes(self) -> int:
        """Its size when looked at."""
        return self.stamp[2] if self.stamp else 0


def scan(inbox: Path, lang: Lang) -> tuple[Entry, ...]:
    """Return everything below inbox/ in order of arrival (time of last change, then name), folders walked.

    Raises:
        NotADirectoryError, FileNotFoundError: The inbox cannot be reached: that is not "nothing came".
    """
    entries = list(_walk(inbox, inbox, lang))
    return tuple(sorted(entries, key=lambda entry: (entry.stamp[3:4], entry.name)))


def _walk(folder: Path, inbox: Path, lang: Lang) -> Iterator[Entry]:
    for item in os.scandir(folder):
        path = Path(item.path)
        if item.is_dir(follow_symlinks=False):
            if path.parent != inbox or path.name not in FILED_FOLDERS:
                yield from _walk(path, inbox, lang)
        else:
            yield _entry(path, inbox, lang)


def _entry(path: Path, inbox: Path, lang: Lang) -> Entry:
    try:
        status = path.lstat()
    except OSError:
        status = None
    stamp = _stamp(status) if status else ()
    why = _not_a_return(path, status, lang)
    return Entry(name=path.relative_to(inbox).as_posix(), path=path, ignored_because=why, stamp=stamp)


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _not_a_return(path: Path, status: os.stat_result | None, lang: Lang) -> str:
    if status is None:
        return say("intake.gone", lang)
    if not stat.S_ISREG(status.st_mode):
        return say("intake.not_a_file", lang)
    if _LOCKS_AND_LEFTOVERS.search(path.name):
        return say("intake.lock_or_leftover", lang)
    return ""


def settle(
    entries: Sequence[Entry],
    seconds: float,
    *,
    now_ns: int,
    wait: Callable[[float], None] = time.sleep,
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return (whole, still changing): an entry is whole when two looks `seconds` apart find it unchanged.

    Does not wait when every entry has been unchanged for a minute, or when `seconds` is 0.
    """
    if not entries or seconds <= 0 or all(_long_unchanged(entry, now_ns) for entry in entries):
        return tuple(entries), ()
    wait(seconds)
    whole = tuple(entry for entry in entries if _unchanged(entry))
    return whole, tuple(entry for entry in entries if entry not in whole)


def _long_unchanged(entry: Entry, now_ns: int) -> bool:
    """A stamp in the future proves nothing about being unchanged."""
    latest = max(entry.stamp[3:])
    return 0 <= latest <= now_ns - _LONG_UNCHANGED_SECONDS * 10**9


def _unchanged(entry: Entry) -> bool:
    try:
        return _stamp(entry.path.lstat()) == entry.stamp
    except OSError:
        return False


def read_whole(entry: Entry) -> bytes | None:
    """Return the file's bytes; None when it changed or went away while being read."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        with os.fdopen(os.open(entry.path, flags), "rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError:
        return None
    return data if _unchanged(entry) else None
