"""Bringing a store to this program's schema; Alembic is imported only when something is to be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from workplan_xlsx.errors import StoreError
from workplan_xlsx.store.door import Door
from workplan_xlsx.store.schema import SCHEMA_VERSION
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent / "migrations"


def bring_up_to_date(door: Door, lang: Lang) -> None:
    """Run the migrations that the store lacks, in one transaction; nothing when it is up to date.

    Raises:
        StoreError: It was made by a newer program, or the database holds something else.
    """
    with door.reading() as connection:
        if version_in(connection) == SCHEMA_VERSION:
            return
    with door.writing() as connection:
        version = version_in(connection)
        if version == SCHEMA_VERSION:
            return
        if version is None and connection.dialect.get_table_names(connection):
            raise StoreError(say("store.foreign", lang, location=door.location))
        _upgrade(connection, version, door.location, lang)


def version_in(connection: Connection) -> str | None:
    """The version that the store says it is of; None where it says nothing."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, version: str | None, location: str, lang: Lang) -> None:
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    if version is not None and version not in known_versions():
        raise StoreError(say("store.newer", lang, location=location, version=version))
    command.upgrade(config, "head")


def known_versions() -> frozenset[str]:
    """Every version that this program can bring to its own."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return frozenset(script.revision for script in scripts)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
