"""One file holds what cannot be made again, and makes the workspace again in an empty folder."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing

import pytest
from founded import RIGHT, settings
from office import SmallOffice


@pytest.fixture
def june(office):
    """June with one form taken in."""
    office.drop("商务局.xlsx", office.form("区商务局"), RIGHT)
    office.run("collect", "--settle", "0", "--as-of", "2023-06-20")
    return office


def test_what_was_backed_up_comes_back_the_same(june, tmp_path, capsys):
    """Figures with their sources, status, ledger: as before."""
    (june.root / "own.py").write_text("# 本单位的规则\n", encoding="utf-8")
    settings(june.root, checks={"own": "own.py"})
    file = tmp_path / "备份.zip"
    told = june.run("backup", str(file))
    again = SmallOffice(tmp_path / "新机器", capsys)
    restored = june.run("restore", str(file), str(again.root))

    assert (told.code, restored.code) == (0, 0)
    assert "含：workplan.toml、ledger.xlsx、rules.py、workplan.db" in told.err
    assert "5 项任务、3 个单位；已下发 2023-06" in restored.err
    assert again.run("figures", "--period", "2023-06", "--json").data == (
        june.run("figures", "--period", "2023-06", "--json").data
    )
    assert again.run("status", "--json").data["received"] == 1
    assert "与现行台账一致" in again.run("ledger", "--check").err
    assert (again.root / "own.py").read_text(encoding="utf-8") == "# 本单位的规则\n"
    assert not list(again.root.glob("*.part"))
    assert sorted(path.name for path in again.root.glob("*.cmd")) == (
        sorted(path.name for path in june.root.glob("*.cmd"))
    )


def test_a_backup_taken_while_somebody_writes_is_one_state_of_the_store(june, tmp_path):
    """Another program writes rows two by two; no backup holds an odd number of them."""
    store = june.root / "workplan.db"
    with closing(sqlite3.connect(store)) as other:
        other.execute("CREATE TABLE pairs (half INTEGER)")
        other.commit()
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(store, timeout=30)) as other:
            while not stop.is_set():
                with other:
                    other.execute("INSERT INTO pairs VALUES (1)")
                    other.execute("INSERT INTO pairs VALUES (2)")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [tmp_path / f"{number}.zip" for number in range(5)]
        codes = [june.run("backup", str(file)).code for file in files]
    finally:
        stop.set()
        writer.join()
    counts = [rows_in(file, tmp_path) for file in files]

    assert codes == [0] * 5
    assert [count % 2 for count in counts] == [0] * 5
    assert counts == sorted(counts)
    assert counts[-1] > 0


def rows_in(file, folder) -> int:
    with zipfile.ZipFile(file) as archive:
        archive.extract("workplan.db", folder)
    with closing(sqlite3.connect(folder / "workplan.db")) as store:
        return int(store.execute("SELECT count(*) FROM pairs").fetchone()[0])


def test_a_folder_gets_a_file_named_by_plan_and_day(june, tmp_path):
    """For the nightly backup onto another disk."""
    folder = tmp_path / "备份盘"
    folder.mkdir()
    assert june.run("backup", str(folder)).code == 0
    (made,) = folder.iterdir()

    assert made.name.startswith("workplan_P2023-")
    assert made.suffix == ".zip"


def test_a_plan_whose_code_holds_signs_that_no_name_may_gets_one_all_the_same(june, tmp_path):
    """The file lies in the folder itself, and could be copied to Windows."""
    toml = june.root / "workplan.toml"
    toml.write_text(
        re.sub(r'(?m)^code = "[^"]*"', 'code = "示政办/2023: 1?"', toml.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    (tmp_path / "存").mkdir()
    june.run("backup", str(tmp_path / "存"))
    (made,) = (tmp_path / "存").iterdir()

    assert re.fullmatch(r"workplan_示政办_2023_1__\d{8}_\d{6}\.zip", made.name)


def test_a_backup_replaces_an_earlier_backup_and_nothing_else(june, tmp_path):
    """`workplan backup ledger.xlsx` must not cost the ledger."""
    file = tmp_path / "b.zip"
    assert june.run("backup", str(file)).code == 0
    assert june.run("backup", str(file)).code == 0

    ledger = june.root / "ledger.xlsx"
    before = ledger.read_bytes()
    told = june.run("backup", str(ledger))
    assert told.code == 2
    assert "“ledger.xlsx”不是本程序的备份" in told.err
    assert ledger.read_bytes() == before


def test_a_form_that_waits_in_the_inbox_is_told(june, tmp_path):
    """It is not in the store, so it is not in the backup."""
    june.drop("科技局.xlsx", june.form("区科技局"), {"1-1": 1})
    told = june.run("backup", str(tmp_path / "b.zip"))

    assert told.code == 1
    assert "还有 1 个文件没有收表，不在备份里" in told.err


def test_what_should_be_in_it_and_is_not_there_is_told(june, tmp_path):
    """ledger.xlsx was renamed, and the file of own rules is not where the settings say."""
    toml = june.root / "workplan.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('own = ""', 'own = "rules.py"'), encoding="utf-8"
    )
    (june.root / "ledger.xlsx").rename(june.root / "台账.xlsx")
    told = june.run("backup", str(tmp_path / "b.zip"))

    assert told.code == 1
    assert "！没有找到 ledger.xlsx、rules.py，不在备份里；请找回后再备份一次。" in told.err


def test_a_workbook_is_no_backup_and_that_is_told_in_the_readers_language(june, tmp_path):
    told = june.run("restore", str(june.root / "ledger.xlsx"), str(tmp_path / "新"))

    assert "“ledger.xlsx”不是本程序的备份（里面没有备份目录 backup.json）" in told.err


def test_restoring_never_touches_what_is_there(june, tmp_path):
    """Neither the workspace itself, nor a store on another disk."""
    store = tmp_path / "另一块盘.db"
    shutil.move(june.root / "workplan.db", store)
    text = (june.root / "workplan.toml").read_text(encoding="utf-8")
    (june.root / "workplan.toml").write_text(
        text.replace('store = "workplan.db"', f'store = "{store.as_posix()}"'), encoding="utf-8"
    )
    file = tmp_path / "b.zip"
    assert june.run("backup", str(file)).code == 0
    before = store.read_bytes()

    same = june.run("restore", str(file))
    elsewhere = june.run("restore", str(file), str(tmp_path / "新"))
    assert (same.code, elsewhere.code) == (2, 3)
    assert "不是空文件夹" in same.err
    assert "已经存在，恢复不会覆盖它" in elsewhere.err
    assert store.read_bytes() == before
    assert not (tmp_path / "新").exists()


@pytest.mark.parametrize("kind", ["cut", "changed", "text", "foreign", "none", "outside"])
def test_a_file_that_is_no_whole_backup_restores_nothing(kind, june, tmp_path):
    """Cut short, changed, another zip, no zip, not there, or with a part that would land elsewhere."""
    file = tmp_path / "b.zip"
    june.run("backup", str(file))
    spoil(file, kind)
    told = june.run("restore", str(file), str(tmp_path / "新"))

    assert told.code == 2
    assert len(told.err.strip().splitlines()) == 1
    assert not (tmp_path / "新").exists()


def spoil(file, kind: str) -> None:
    data = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if kind == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif kind == "text":
        file.write_text("不是压缩包", encoding="utf-8")
    elif kind == "none":
        file.unlink()
    elif kind == "changed":
        rezip(file, parts | {"ledger.xlsx": b"something else"})
    elif kind == "foreign":
        rezip(file, {"a.txt": b"a"})
    elif kind == "outside":
        contents = json.loads(parts["backup.json"])
        contents["sha256"]["../evil.txt"] = "0"
        rezip(file, parts | {"../evil.txt": b"evil", "backup.json": json.dumps(contents).encode()})


def rezip(file, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_store_of_a_newer_program_is_told_and_nothing_is_left(june, tmp_path):
    """Restored on a machine with an older program."""
    with closing(sqlite3.connect(june.root / "workplan.db")) as store, store:
        store.execute("CREATE TABLE kept AS SELECT 1")
    file = tmp_path / "b.zip"
    assert june.run("backup", str(file)).code == 0
    newer(file, tmp_path)
    told = june.run("restore", str(file), str(tmp_path / "新"))

    assert told.code == 3
    assert "由更新版本的程序建立" in told.err
    assert not (tmp_path / "新").exists()


def newer(file, folder) -> None:
    """As if the backup had been made by a program of next year."""
    import hashlib

    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    store = folder / "newer.db"
    store.write_bytes(parts["workplan.db"])
    with closing(sqlite3.connect(store)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    parts["workplan.db"] = store.read_bytes()
    contents = json.loads(parts["backup.json"])
    contents["sha256"]["workplan.db"] = hashlib.sha256(parts["workplan.db"]).hexdigest()
    rezip(file, parts | {"backup.json": json.dumps(contents).encode()})


def test_a_store_on_a_server_is_backed_up_by_its_own_tools(june, tmp_path):
    """PostgreSQL has pg_dump; this command says so."""
    from dataclasses import replace

    from workplan_xlsx import pipeline
    from workplan_xlsx.errors import UsageError
    from workplan_xlsx.steps.workspace import open_office

    with open_office(june.root, now=None, lang="zh") as office:
        served = replace(office, config=replace(office.config, store="postgresql+psycopg://u@h/d"))
        with pytest.raises(UsageError, match="pg_dump"):
            pipeline.back_up(served, tmp_path / "b.zip")
