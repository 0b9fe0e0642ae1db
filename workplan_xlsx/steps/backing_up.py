"""`workplan backup`: what cannot be made again (store, settings, ledger, own rules) in one checked file."""

from __future__ import annotations

import errno
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.books.whole_file import whole_file
from workplan_xlsx.errors import UsageError
from workplan_xlsx.intake.inbox import scan
from workplan_xlsx.steps import backup_file
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.copying import copy_store
from workplan_xlsx.words import say

_IN_NO_NAME = re.compile(r'[\s/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What was put where.

    Attributes:
        missing: What should be in it and is not there.
        waiting: How many files lie in the inbox that the store does not hold yet: they are not in the backup.
    """

    path: Path
    parts: tuple[str, ...]
    missing: tuple[str, ...]
    size_bytes: int
    waiting: int


def back_up(office: Office, target: Path) -> BackedUp:
    """Put the backup in place, whole or not at all; a folder as target gets a file named by plan and day.

    Raises:
        UsageError: The store is no SQLite file, or the target is a file that is no backup.
        OutputError: It cannot be written; an earlier backup of that name is intact.
    """
    store = office.config.store
    if isinstance(store, str):
        raise UsageError(say("backup.not_sqlite", office.lang))
    path = target / _name(office) if target.is_dir() else target
    if path.exists():
        backup_file.read_contents(path, office.lang)  # another file of that name is not ours to replace
    wanted = _parts(office)
    parts = {name: file for name, file in wanted.items() if file.is_file()}
    missing = tuple(file.name for name, file in wanted.items() if name not in parts)
    with (
        whole_file(path, office.lang, check=lambda partial: _check(partial, office)) as partial,
        tempfile.TemporaryDirectory(prefix=".backup.", dir=path.parent) as room,
    ):
        parts[backup_file.STORE] = Path(room) / "store"
        copy_store(store, parts[backup_file.STORE], office.lang)
        backup_file.write_archive(partial, parts, office.config.plan_code, office.now)
    size = path.stat().st_size
    return BackedUp(path=path, parts=tuple(parts), missing=missing, size_bytes=size, waiting=_waiting(office))


def _waiting(office: Office) -> int:
    """A share that is away must not keep anybody from backing up."""
    if not office.folders.inbox.is_dir():
        return 0
    entries = scan(office.folders.inbox, office.lang, now_ns=int(office.now.timestamp() * 10**9))
    return sum(entry.why_not is None for entry in entries)


def _name(office: Office) -> str:
    plan = _IN_NO_NAME.sub("_", office.config.plan_code)
    return f"workplan_{plan}_{office.now:%Y%m%d_%H%M%S}.zip"


def _parts(office: Office) -> dict[str, Path]:
    root = office.folders.root
    parts = {backup_file.SETTINGS: root / "workplan.toml", backup_file.LEDGER: office.folders.ledger}
    if office.config.checks.own:
        parts[backup_file.OWN_RULES] = root / office.config.checks.own
    return parts


def _check(partial: Path, office: Office) -> None:
    try:
        backup_file.read_contents(partial, office.lang)
    except UsageError as error:
        raise OSError(errno.EIO, str(error)) from error
