"""What a file's name says before anybody looks inside: ours, a lock, a leftover, still on its way."""

from __future__ import annotations

import re

FILED_FOLDERS = ("已收", "退回", "未识别")
"""Sub-folders of inbox/ into which taken files are moved: taken, returned, not recognised."""

_FILED = re.compile(r"\.?\d{8}-\d{6}_[0-9a-f]{12}_")
_LOCKS = re.compile(r"^(~\$|\.~)")
_LEFTOVERS = re.compile(
    r"^(\.|~WRL|~syncthing~|Thumbs\.db$|ehthumbs\.db$|desktop\.ini$|README\.md$|__MACOSX$)|"
    r"(\.tmp|\.temp|\.part|\.partial|\.crdownload|\.download|\.downloading|\.td|\.xltd|\.baiduyun\.p|"
    r"\.opdownload|\.filepart|\.swp|\.lnk|\.url|~)$",
    re.IGNORECASE,
)
_SAVE_IN_PROGRESS = re.compile(r"^(?=.*[A-F])[0-9A-F]{8}$")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def is_filed(name: str) -> bool:
    """Whether a file in one of the sub-folders was put there by us, or is a text beside such a file.

    Anything else there was put there by a person, and is a return like any other.
    """
    return _FILED.match(name) is not None


def is_lock_or_leftover(name: str) -> bool:
    """Whether it is a lock or a temporary file of an office, download or sync program, or our own note."""
    return bool(_LOCKS.search(name) or _LEFTOVERS.search(name))


def is_save_in_progress(name: str) -> bool:
    """Whether Excel may be saving under this name: eight hexadecimal digits, renamed when it is done."""
    return _SAVE_IN_PROGRESS.match(name) is not None


def locks_of(name: str) -> tuple[str, ...]:
    """The names of the lock files that stand beside a file while Excel, WPS or LibreOffice has it open.

    WPS leaves out the first one or two characters of the name.
    """
    return (f"~${name}", f"~${name[2:]}", f".~lock.{name}#", f".~{name}", f".~{name[1:]}", f".~{name[2:]}")


def legible(name: str, longest_bytes: int) -> str:
    """The name without what turns a line round, ends it, or is forbidden somewhere; cut where too long."""
    kept = _FORBIDDEN.sub("_", name)
    if not kept.isprintable():
        kept = "".join(sign if sign.isprintable() else "_" for sign in kept)
    return kept.encode("utf-8", "replace")[:longest_bytes].decode("utf-8", "ignore")
