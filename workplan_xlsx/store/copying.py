"""The SQLite store copied while others may use it: one state of it, in one file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from workplan_xlsx.errors import StoreError
from workplan_xlsx.words import Lang, say


def copy_store(source: Path, target: Path, lang: Lang) -> None:
    """Copy the store at `source` by SQLite's online backup; `target` needs no -wal and -shm beside it.

    Raises:
        StoreError: It is damaged, or there is no room for the copy; the store itself is untouched.
    """
    try:
        with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(target)) as copy:
            ours.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").close()
            trouble = _integrity(copy)
    except sqlite3.Error as error:
        raise StoreError(say("store.not_copied", lang, location=source, why=error)) from error
    if trouble:
        raise StoreError(say("store.damaged", lang, location=source, why=trouble))


def _integrity(copy: sqlite3.Connection) -> str:
    """What SQLite finds wrong in the file; "" for nothing."""
    (told,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if told == "ok" else str(told)
