"""Which version a store is of, looked at without changing it: opening one brings it to this program's."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DatabaseError

from workplan_xlsx.errors import StoreError
from workplan_xlsx.store.door import told_sentence
from workplan_xlsx.store.migrating import known_versions, version_in
from workplan_xlsx.store.opening import url_of
from workplan_xlsx.store.schema import SCHEMA_VERSION
from workplan_xlsx.words import Lang, say


class StoreVersion(StrEnum):
    """How a store stands to this program."""

    ABSENT = "absent"
    OLDER = "older"
    CURRENT = "current"


def version_of(location: Path | str, lang: Lang) -> StoreVersion:
    """Return how it stands; a database server is not asked, it is opened as ever.

    Raises:
        StoreError: It is newer than this program, damaged, no store of ours, or cannot be opened.
    """
    if isinstance(location, str) and "://" in location:
        return StoreVersion.CURRENT
    path = Path(location)
    if not path.is_dir() and (not path.is_file() or path.stat().st_size == 0):
        return StoreVersion.ABSENT
    engine = create_engine(url_of(path, lang))
    try:
        with engine.connect() as connection:
            version = version_in(connection)
            whole = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
    except DatabaseError as error:
        raise StoreError(told_sentence(error, str(path), lang)) from error
    finally:
        engine.dispose()
    if not whole:
        raise StoreError(say("store.damaged", lang, location=path, why="quick_check"))
    if version is None:
        raise StoreError(say("store.foreign", lang, location=path))
    if version == SCHEMA_VERSION:
        return StoreVersion.CURRENT
    if version not in known_versions():
        raise StoreError(say("store.newer", lang, location=path, version=version))
    return StoreVersion.OLDER
