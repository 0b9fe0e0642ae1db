"""The same store on a PostgreSQL server; skipped where none can be started."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from returned_files import JUNE, NOON, sent
from server import databases
from sqlalchemy import create_engine

from workplan_xlsx.domain.submission import IssuedForm
from workplan_xlsx.store.editions import RecordedEdition
from workplan_xlsx.store.opening import open_store
from workplan_xlsx.store.schema import metadata


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database on a server of our own."""
    with databases(tmp_path_factory.mktemp("pg")) as made:
        yield made("workplan")


def test_everything_is_kept_there_as_well(url: str):
    """Ledger-free cycle: forms out, files in, edition published, round finished; all as given."""
    strange = replace(sent("六月")[0], file="a\x00b\udcff.xlsx")
    form = IssuedForm(period=JUNE, unit="区科技局", version="0123", issued_at=NOON, path="a.xlsx")
    edition = RecordedEdition(
        period=JUNE, number=1, as_of=NOON, digest="ab", path="b.xlsx", ranks=(("区科技局", 1),)
    )
    with open_store(url) as store:
        store.issue([form])
        store.keep([(strange, sent("六月")[1]), sent("改正")], NOON)
        store.record_edition(edition)
        assert store.claim("P", JUNE, "collect", NOON, NOON)
        store.fail("P", JUNE, "collect", NOON, message="", retry_at=NOON + timedelta(hours=1))

    with open_store(url) as store:
        assert store.issued(JUNE) == (form,)
        assert [each.verdict for each in store.submissions(JUNE)] == [strange, sent("改正")[0]]
        assert [each.version for each in store.submissions(JUNE)] == [1, 2]
        assert store.original(strange.sha256) == sent("六月")[1]
        assert store.editions(JUNE) == (edition,)
        assert not store.claim("P", JUNE, "collect", NOON, NOON)


def test_the_migrations_make_the_same_tables_there(url: str):
    """One schema for both."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with open_store(url):
        pass
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_two_that_keep_the_same_files_at_once_keep_them_once(url: str):
    """Writers queue on the server as they do on a file."""
    batch = [sent(f"第{number}份", "区教体局") for number in range(30)]

    def keep() -> None:
        with open_store(url) as store:
            for each in batch:
                store.keep([each], NOON)

    both = [Thread(target=keep) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    with open_store(url) as store:
        versions = [each.version for each in store.submissions(JUNE) if each.verdict.unit == "区教体局"]
        assert versions == list(range(1, 31))


def test_a_server_that_does_not_answer_is_told_without_the_password():
    """One sentence on the screen; the password stays where it was."""
    pytest.importorskip("psycopg")
    from workplan_xlsx.errors import StoreError

    nowhere = Path("/nonexistent")
    with (
        pytest.raises(StoreError) as told,
        open_store(f"postgresql+psycopg://clerk:s3cret@/db?host={nowhere}"),
    ):
        pass
    assert "s3cret" not in str(told.value)
