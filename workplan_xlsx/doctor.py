"""`workplan doctor`: is this machine and this workspace fit for the work; each line says what to do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workplan_xlsx.config import Config
from workplan_xlsx.config_file import load_config
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.words import Lang, say

FINE, BAD, LOOK = "√", "×", "！"
_LEAST_FREE_BYTES = 500 * 2**20
_NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "fuse.sshfs", "9p")


@dataclass(frozen=True, slots=True)
class Health:
    """One thing that was looked at: √ fine, × must be mended, ！ worth a look."""

    state: str
    what: str
    told: str


def examine(root: Path, lang: Lang) -> list[Health]:
    """Return everything that was looked at, the installation first."""
    return [*_machine(root, lang), *_workspace(root, lang)]


def _machine(root: Path, lang: Lang) -> Iterator[Health]:
    version = ".".join(map(str, sys.version_info[:3]))
    state = FINE if sys.version_info >= (3, 11) else BAD
    yield Health(state, "Python", say("doctor.python", lang, version=version))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    key = "doctor.libreoffice" if office else "doctor.no_libreoffice"
    yield Health(FINE if office else LOOK, "LibreOffice", say(key, lang))
    free = shutil.disk_usage(root if root.exists() else Path.cwd()).free
    state = FINE if free > _LEAST_FREE_BYTES else BAD
    yield Health(state, say("doctor.disk", lang), say("doctor.free", lang, megabytes=free // 2**20))


def _workspace(root: Path, lang: Lang) -> Iterator[Health]:
    what = say("doctor.workspace", lang)
    try:
        config = load_config(root)
    except OperatorError as error:
        yield Health(BAD, what, str(error))
        return
    yield Health(FINE, what, str(root.resolve()))
    for name in ("templates", "inbox", "outbox"):
        yield _folder(root / name, lang)
    yield _store(root, config, lang)
    known = config.workdays().known(config.year)
    key = "doctor.holidays" if known else "doctor.no_holidays"
    yield Health(FINE if known else LOOK, say("doctor.calendar", lang), say(key, lang, year=config.year))


def _folder(folder: Path, lang: Lang) -> Health:
    if not folder.is_dir():
        return Health(BAD, folder.name, say("doctor.no_folder", lang, folder=folder))
    if not os.access(folder, os.W_OK):
        return Health(BAD, folder.name, say("doctor.read_only", lang, folder=folder))
    return Health(FINE, folder.name, say("doctor.writable", lang))


def _store(root: Path, config: Config, lang: Lang) -> Health:
    """WAL does not work on a network share: the store must lie on a disk of this machine."""
    from workplan_xlsx.steps.workspace import open_office

    what = say("doctor.store", lang)
    if isinstance(config.store, Path) and _file_system(config.store.parent) in _NETWORK_FILE_SYSTEMS:
        return Health(BAD, what, say("doctor.on_a_share", lang, file=config.store))
    try:
        with open_office(root, now=datetime.now(config.zone), lang=lang) as office:
            ledger = office.store.ledger_in_force()
    except OperatorError as error:
        return Health(BAD, what, str(error))
    if ledger is None:
        return Health(BAD, what, say("cli.no_ledger", lang))
    return Health(FINE, what, say("doctor.ledger", lang, tasks=len(ledger.tasks), units=len(ledger.units)))


def _file_system(folder: Path) -> str:
    """The type of the file system that holds the folder; "" where the system does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        if len(fields) > 2 and str(folder.resolve()).startswith(fields[1]) and len(fields[1]) >= len(best):
            best, kind = fields[1], fields[2]
    return kind
