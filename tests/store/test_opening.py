"""Opening the store: made when absent, fast when current, one sentence when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from returned_files import JUNE, NOON, sent
from servers import free_port
from sqlalchemy import create_engine

from workplan_xlsx.errors import StoreError
from workplan_xlsx.store.opening import open_store
from workplan_xlsx.store.schema import SCHEMA_VERSION, metadata


def test_a_new_store_is_made_and_remembers(path: Path):
    """What was kept is there when the store is opened the next day."""
    with open_store(path) as store:
        store.keep([sent("六月")], NOON)

    with open_store(path) as store:
        assert [each.verdict.file for each in store.submissions(JUNE)] == ["六月.xlsx"]


def test_the_migrations_make_exactly_the_tables_of_the_schema(path: Path):
    """Nobody changes schema.py without a migration."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with open_store(path):
        pass
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)

        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == SCHEMA_VERSION
    engine.dispose()


def test_a_store_that_is_current_is_opened_without_alembic(path: Path):
    """Every command opens the store; only the first pays for migrations."""
    with open_store(path):
        pass
    opening = (
        "import sys; from workplan_xlsx.store.opening import open_store\n"
        "with open_store(sys.argv[1]): pass\n"
        "print('alembic' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", opening, str(path)], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "False"


def test_each_commit_is_on_the_disk_and_references_are_checked(path: Path):
    """WAL with synchronous=FULL (2): a receipt that was given survives the power cut."""
    with open_store(path) as store, store.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def _refusal(location: Path | str) -> str:
    with pytest.raises(StoreError) as told, open_store(location):
        pass
    return str(told.value)


def test_a_store_of_a_newer_program_is_left_alone(path: Path):
    """The old program on the second desk must not write into tables it does not know."""
    with open_store(path):
        pass
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0099'")

    assert _refusal(path) == (
        f"数据文件 {path} 由更新版本的程序建立（结构版本 0099）。请升级本程序后再使用；数据未作任何改动。"
    )


def test_a_file_that_is_no_database_is_told_as_damaged(path: Path):
    """After a power cut a file can be full of zeros."""
    path.write_bytes(b"\0" * 8192)

    assert "已损坏" in _refusal(path)
    assert path.read_bytes() == b"\0" * 8192, "a damaged store must stay as it is, for the expert"


def test_damage_inside_is_told_when_it_is_met(path: Path):
    """A page in the middle is garbage: a sentence, not a traceback."""
    with open_store(path) as store:
        store.keep([sent(f"第{number}份") for number in range(200)], NOON)
    with path.open("r+b") as raw:
        size = raw.seek(0, os.SEEK_END)
        raw.seek(4096 * 2)
        raw.write(b"\xa5" * (size - 4096 * 3))

    with pytest.raises(StoreError, match="已损坏"), open_store(path) as store:
        store.submissions(JUNE)


def test_another_programs_database_is_not_touched(path: Path):
    """workplan.toml points at the wrong file."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE stock (item TEXT)")

    assert "别的程序" in _refusal(path)


def test_places_where_no_store_can_be(tmp_path: Path):
    """Each is told with what to do."""
    assert "是一个文件夹" in _refusal(tmp_path)
    assert "不存在" in _refusal(tmp_path / "没有" / "workplan.db")
    assert "数据库地址" in _refusal("://")
    assert "数据库地址" in _refusal("firebird://host/db")


def test_a_password_in_the_address_is_never_told(monkeypatch: pytest.MonkeyPatch):
    """The sentence goes to the screen and the log."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    told = _refusal("postgresql+psycopg://clerk:s3cret@host/db")

    assert "s3cret" not in told
    assert "host" in told


@pytest.mark.parametrize(
    "address", ["clerk:s3cret@host:abc/db", "clerk:s3/cret@host:abc/db", "clerk:@s3cret@h:1:2/db"]
)
def test_an_address_that_is_none_is_one_sentence_without_its_password(address: str):
    """A port that is no number; a password with a slash or an @ in it."""
    told = _refusal(f"postgresql+psycopg://{address}")

    assert "不是有效的数据库地址" in told
    assert "cret" not in told


def test_a_server_that_does_not_answer_is_named_with_what_to_look_at():
    """Nobody listens at that port; "run the doctor" is no help when it is the doctor who says so."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    told = _refusal(f"postgresql+psycopg://clerk:s3cret@127.0.0.1:{free_port()}/db")

    assert told.startswith("连不上数据库 postgresql+psycopg://clerk:***@127.0.0.1:")
    assert "请检查网络、地址、用户名和密码，并确认数据库服务器正在运行" in told


def test_a_move_that_fails_half_way_leaves_no_half_made_store(path: Path, monkeypatch: pytest.MonkeyPatch):
    """The migrations are one transaction: the next opening starts afresh."""
    from alembic import op

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(op, "create_index", full)
        with pytest.raises(sqlite3.OperationalError), open_store(path):
            pass

    with open_store(path) as store:
        assert store.submissions(JUNE) == ()
