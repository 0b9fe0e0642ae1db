"""`workplan restore`: a workspace from a backup, in an empty folder, checked before it is one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workplan_xlsx.config import Config
from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.period import Period
from workplan_xlsx.errors import OperatorError, OutputError, StoreError, UsageError
from workplan_xlsx.steps import backup_file
from workplan_xlsx.steps.backup_file import Contents
from workplan_xlsx.steps.double_clicks import double_clicks, write_double_clicks
from workplan_xlsx.store.opening import open_store
from workplan_xlsx.words import Lang, say

_FOLDERS = ("templates", "inbox", "outbox")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What the backup held.

    Attributes:
        periods: For which forms had gone out: make their files anew with `templates`.
    """

    root: Path
    made_at: datetime
    tasks: int
    units: int
    periods: tuple[Period, ...]


def restore(file: Path, root: Path, lang: Lang) -> Restored:
    """Make the workspace; when anything is not as it should be, the folder is as empty as before.

    workplan.toml comes last: a folder without it is no workspace.

    Raises:
        UsageError: The folder is not empty, or the file is no whole backup.
        StoreError: The store in it does not open (made by a newer program), or its place is taken.
        OutputError: The folder cannot be written.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(say("backup.not_empty", lang, folder=root))
    contents = backup_file.read_contents(file, lang)
    made: list[Path] = []
    try:
        return _restore(file, root, contents, lang, made)
    except OSError as error:
        _take_back(made)
        raise OutputError(say("backup.cannot_write", lang, folder=root, why=error)) from error
    except OperatorError:
        _take_back(made)
        raise


def _restore(file: Path, root: Path, contents: Contents, lang: Lang, made: list[Path]) -> Restored:
    for folder in (root, *(root / name for name in _FOLDERS)):
        if not folder.is_dir():
            folder.mkdir(parents=True)
            made.append(folder)
    unfinished = root / "workplan.toml.part"
    _unpack(file, backup_file.SETTINGS, unfinished, made)
    config = load_config(root, file=unfinished)
    for name, target in _places(root, config, contents, lang).items():
        target.parent.mkdir(parents=True, exist_ok=True)
        _unpack(file, name, target, made)
    restored = _looked_at(root, config, contents, lang)
    made += double_clicks(root, config.language)
    write_double_clicks(root, config.language)
    unfinished.replace(root / "workplan.toml")
    return restored


def _unpack(file: Path, name: str, target: Path, made: list[Path]) -> None:
    """Write the part where nothing is yet: whatever is there already is never replaced, nor taken back."""
    with target.open("xb"):
        made.append(target)
    target.unlink()
    backup_file.unpack(file, name, target)


def _places(root: Path, config: Config, contents: Contents, lang: Lang) -> dict[str, Path]:
    """Where each part belongs; the settings may put the store on another disk, and nothing out of here."""
    if isinstance(config.store, str):
        raise StoreError(say("backup.not_sqlite", lang))
    if config.store.exists():
        raise StoreError(say("backup.store_there", lang, store=config.store))
    places = {
        backup_file.LEDGER: root / "ledger.xlsx",
        backup_file.OWN_RULES: root / (config.checks.own or backup_file.OWN_RULES),
        backup_file.STORE: config.store,
    }
    if not places[backup_file.OWN_RULES].resolve().is_relative_to(root.resolve()):
        places[backup_file.OWN_RULES] = root / backup_file.OWN_RULES
    return {name: place for name, place in places.items() if name in contents.digests}


def _looked_at(root: Path, config: Config, contents: Contents, lang: Lang) -> Restored:
    """Open the store as every command will; an older one is brought to this program's tables."""
    with open_store(config.store, lang=lang) as store:
        ledger = store.ledger_in_force()
        return Restored(
            root=root,
            made_at=contents.made_at,
            tasks=len(ledger.tasks) if ledger else 0,
            units=len(ledger.units) if ledger else 0,
            periods=store.issued_periods(),
        )


def _take_back(made: list[Path]) -> None:
    """Only what was made here goes; a store that was opened has left its -wal and -shm."""
    for path in reversed(made):
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
                continue
            for each in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
                each.unlink(missing_ok=True)
