"""The folders of the workspace: there, writable, on this machine or a share; and who is at work in them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from workplan_xlsx.doctor.health import BAD, FINE, LOOK, Health
from workplan_xlsx.store.lock import SERVICE_LOCK_FILE, lock_holder, service_holder
from workplan_xlsx.words import Lang, say

_NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "fuse.sshfs", "9p")
_MOUNTS = Path("/proc/mounts")


def examine(root: Path, lang: Lang) -> Iterator[Health]:
    """Yield the workspace's own folder, then the three in it."""
    yield _folder(root, say("doctor.root", lang), lang)
    for name in ("templates", "inbox", "outbox"):
        yield _folder(root / name, name, lang)


def _folder(folder: Path, what: str, lang: Lang) -> Health:
    """Whether it can be written to is tried: what the system says of rights is often not so on a share."""
    if not folder.is_dir():
        return Health(BAD, what, say("doctor.no_folder", lang, folder=folder))
    try:
        with tempfile.NamedTemporaryFile(prefix=".doctor.", dir=folder):
            pass
    except OSError as error:
        facts = {"folder": folder, "why": error.strerror or str(error)}
        return Health(BAD, what, say("doctor.read_only", lang, **facts))
    share = share_of(folder)
    return Health(FINE, what, say("doctor.writable_share" if share else "doctor.writable", lang, kind=share))


def share_of(folder: Path) -> str:
    """The kind of network share that the folder lies on; "" for a disk of this machine."""
    kind = _file_system(folder)
    return kind if kind.startswith(_NETWORK_FILE_SYSTEMS) else ""


def _file_system(folder: Path) -> str:
    """The type of the file system that holds the folder; "" where the system does not tell."""
    place = str(folder.resolve())
    if place.startswith("\\\\"):
        return "smb"
    if not _MOUNTS.exists():
        return ""
    best, kind = "", ""
    for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        if len(fields) > 2 and _lies_in(place, fields[1]) and len(fields[1]) >= len(best):
            best, kind = fields[1], fields[2]
    return kind


def _lies_in(place: str, mount: str) -> bool:
    """A blank in the name of a mount is written as an octal number."""
    return Path(place).is_relative_to(mount.replace("\\040", " "))


def at_work(root: Path, lang: Lang) -> Iterator[Health]:
    """Yield who holds the workspace, and whether the service runs or died."""
    holder, service = lock_holder(root), service_holder(root)
    what = say("doctor.lock", lang)
    if holder:
        yield Health(LOOK, what, say("doctor.held", lang, **holder))
    else:
        yield Health(FINE, what, say("doctor.free_to_use", lang))
    what = say("doctor.service", lang)
    if service:
        yield Health(FINE, what, say("doctor.service_runs", lang, **service))
    elif _left_behind(root / SERVICE_LOCK_FILE):
        yield Health(LOOK, what, say("doctor.service_died", lang))
    else:
        yield Health(FINE, what, say("doctor.no_service", lang))


def _left_behind(lock: Path) -> bool:
    """Whoever ends well wipes his name out of the lock."""
    try:
        return lock.stat().st_size > 0
    except OSError:
        return False
