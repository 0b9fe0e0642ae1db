"""The one way to the tables: a reading or a writing transaction, and what can go wrong in one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import disk_usage
from typing import Any, cast

from sqlalchemy import Column, Connection, Engine, Select, Table, event, func, select
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from workplan_xlsx.errors import StoreError
from workplan_xlsx.words import Lang, say

WAIT_SECONDS = 30
_AT_ONCE = 500
_WRITES = "workplan_writes"
_WRITERS_LOCK = 0x776F726B  # any number that no other program on the server uses
_LEAST_ROOM_BYTES = 256 * 1024
"""With less room than this SQLite cannot even make the files that stand beside a store while it is open."""
# What SQLite says, and the sentence that helps.
_KNOWN_TROUBLE = (
    ("locked", "busy"),
    ("disk is full", "disk_full"),
    ("readonly", "read_only"),
    ("unable to open", "cannot_open"),
    ("not a database", "damaged"),
    ("malformed", "damaged"),
    ("corrupt", "damaged"),
    ("connection failed", "no_server"),  # PostgreSQL's driver
)


class Door:
    """What every room of the store shares: the engine, and transactions that end whole or not at all."""

    def __init__(self, engine: Engine, location: str, lang: Lang) -> None:
        self.location = location
        self._engine = engine
        if engine.dialect.name == "postgresql":
            self._engine = engine.execution_options(isolation_level="REPEATABLE READ")
        self._writing_engine = engine.execution_options(**{_WRITES: True})
        self._lang = lang

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the store throughout.

        Raises:
            StoreError: The store is damaged, busy or cannot be reached.
        """
        with self.told_plainly(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield the only connection that may write now; commits at the end, undoes all after an exception.

        Raises:
            StoreError: The store is damaged, busy, read-only, or the disk is full; nothing was changed.
        """
        with self.told_plainly(), self._writing_engine.begin() as connection:
            yield connection

    def let_go(self) -> None:
        """Close what is open of the store between two questions; the next one opens it again.

        A process that is forked meanwhile has no part in it.
        """
        self._engine.dispose()

    @contextmanager
    def told_plainly(self) -> Iterator[None]:
        """Turn what the database raises in the block into one sentence.

        Raises:
            StoreError: As `reading` and `writing`.
        """
        try:
            yield
        except IntegrityError:
            raise
        except (OperationalError, DatabaseError) as error:
            # SQLite reports damage as a bare DatabaseError; its subclasses are mistakes of ours.
            if type(error) not in (OperationalError, DatabaseError):
                raise
            raise StoreError(told_sentence(error, self.location, self._lang)) from error


def told_sentence(error: DatabaseError, location: str, lang: Lang) -> str:
    """What the database said of the store, in one sentence with what to do."""
    why = " ".join(str(error.orig).split())
    key = next((key for words, key in _KNOWN_TROUBLE if words in why.lower()), "failed")
    if key == "failed" and _is_disk_full(location):
        key = "disk_full"
    return say(f"store.{key}", lang, location=location, why=why)


def _is_disk_full(location: str) -> bool:
    """SQLite calls it a plain "I/O error" where the files beside the store find no room."""
    folder = Path(location).parent
    return folder.is_dir() and disk_usage(folder).free < _LEAST_ROOM_BYTES


def in_parts(values: Iterable[str]) -> Iterator[list[str]]:
    """The values, sorted, a few hundred at a time: databases limit how many one question may name."""
    asked = sorted(values)
    for start in range(0, len(asked), _AT_ONCE):
        yield asked[start : start + _AT_ONCE]


def next_number(connection: Connection, table: Table) -> int:
    """Return the number for the next row; only inside a writing transaction."""
    highest: int | None = connection.execute(_highest_number(table)).scalar()
    return (highest or 0) + 1


@cache
def _highest_number(table: Table) -> Select[Any]:
    return select(func.max(cast("Column[int]", table.c.number)))


def one_writer_at_a_time(engine: Engine) -> None:
    """Let writers queue from their first statement on, instead of failing half-way through."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        elif writes:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def keep_sqlite_safe(engine: Engine) -> None:
    """Make each commit durable, and leave the beginning of transactions to us (the driver begins late)."""

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        raw = cast("sqlite3.Connection", connection)
        raw.isolation_level = None
        for pragma in (
            "page_size=8192",  # of a store that is made now: originals have some tens of kilobytes
            "journal_mode=WAL",  # a reader never waits for the writer
            "synchronous=FULL",  # a commit is on the disk when it returns
            "foreign_keys=ON",
        ):
            raw.execute(f"PRAGMA {pragma}").close()
