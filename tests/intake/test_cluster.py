"""Forms read by a real dask cluster, or by any executor: equal to what this machine alone comes to."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from bad_readers import BadReader
from many_forms import NOON, came_to, collected, filed, fill_inbox
from office import SmallOffice
from small_cluster import SmallCluster

from workplan_xlsx import pipeline
from workplan_xlsx.intake.cluster import reach_cluster
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.readers_of_executor import ReadersOfExecutor
from workplan_xlsx.steps.workspace import open_office

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed as Linux does it")
FORMS = 130


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler; each test says how many workers it wants alive."""
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with SmallCluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture
def full(office, tmp_path, capsys):
    """Makes offices that are equal: three batches in the inbox, wrong, harmful and repeated files among them."""
    fill_inbox(office, FORMS)

    def made(name: str) -> SmallOffice:
        shutil.copytree(office.root, tmp_path / name)
        return SmallOffice(tmp_path / name, capsys)

    return made


def test_a_cluster_comes_to_what_this_machine_comes_to(full, cluster):
    """Every outcome with its findings, every figure to the last digit, every receipt and marked copy."""
    cluster.start(2)
    alone, shared = full("alone"), full("shared")

    assert came_to(shared, collected(shared, "--cluster", cluster.address)) == came_to(
        alone, collected(alone)
    )


def test_a_worker_killed_in_mid_run_changes_nothing(full, cluster):
    """SIGKILL when the first of three batches is done; one worker is left."""
    cluster.start(2)
    alone, shared = full("alone"), full("shared")
    killed = []

    def kill(_what: str, done: int, of: int) -> None:
        if done and not killed:
            assert done < of
            killed.append(cluster.kill_one())

    with reach_cluster(cluster.address, "zh") as workers:
        take_in(shared.root, workers, kill)
    collected(alone)

    assert killed
    assert figures(shared) == figures(alone)
    assert filed(shared.root) == filed(alone.root)


def take_in(root: Path, executor, progress=lambda *_: None):
    """`collect` by the Python door."""
    with open_office(root, now=datetime.fromisoformat(NOON), lang="zh", lock="collect") as opened:
        return pipeline.take_in(opened, executor=executor, settle_seconds=0, progress=progress)


def figures(office: SmallOffice):
    return office.run("figures", "--period", "2023-06", "--json").data


def test_a_cluster_whose_last_worker_dies_leaves_the_rest_to_this_machine(full, cluster, monkeypatch):
    """Nobody waits for ever; the operator is told, and nothing is missing."""
    monkeypatch.setattr("workplan_xlsx.intake.cluster._PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr("workplan_xlsx.intake.readers_of_executor._LOOK_SECONDS", 0.2)
    cluster.start(1)
    alone, shared = full("alone"), full("shared")

    def kill(_what: str, done: int, _of: int) -> None:
        if done == 50:
            for each in cluster.workers:
                each.kill()
                each.wait()

    with reach_cluster(cluster.address, "zh") as workers:
        told = take_in(shared.root, workers, kill)
    collected(alone)

    assert "改由本机读取" in "".join(told.warnings)
    assert filed(shared.root) == filed(alone.root)


def hands(*files: str) -> list[FileInHand]:
    return [
        FileInHand(f"{number}.xlsx", hashlib.sha256(f"{number}{what}".encode()).hexdigest(), what.encode())
        for number, what in enumerate(files)
    ]


def read_by(executor, folder: Path, *files: str) -> list[str]:
    with ReadersOfExecutor(executor, BadReader(str(folder))) as readers:
        results = readers.begin(hands(*files))()
    return [each.form_version or each.outcome.value for each in results]


BAD = ("good", "abort", "good", "garbage", "panic", "good", "evil", "exit_well", "good")
VERDICTS = ["accepted", "DIED", "accepted", "NONSENSE", "ERROR", "accepted", "NONSENSE", "DIED", "accepted"]


def test_a_harmful_file_ends_no_worker_of_the_cluster(cluster, tmp_path):
    """It is read in an isolated child of the worker, there as here."""
    cluster.start(1)
    with reach_cluster(cluster.address, "zh") as workers:
        assert read_by(workers, tmp_path, *BAD) == VERDICTS
        assert len(workers.everywhere(os.getpid)) == 1
    assert cluster.workers[-1].poll() is None


def test_any_executor_will_do(tmp_path):
    """Threads or a pool of processes; both read in isolated children."""
    with ThreadPoolExecutor(2) as threads:
        assert read_by(threads, tmp_path, *BAD, *BAD) == [*VERDICTS, *VERDICTS]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
        assert read_by(processes, tmp_path, *BAD, *BAD) == [*VERDICTS, *VERDICTS]


def test_a_file_that_kills_the_worker_itself_condemns_only_itself(tmp_path):
    """A pool that has lost a process is of no more use: the files around the guilty one are read here."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        keepers = {pool.submit(os.getpid).result() for _ in range(20)}
        (tmp_path / "keepers").write_text(" ".join(map(str, keepers)))
        files = ("good",) * 12 + ("takes_its_keeper_along",) + ("good",) * 12
        verdicts = read_by(pool, tmp_path, *files)

    assert verdicts == ["accepted"] * 12 + ["DIED"] + ["accepted"] * 12


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "http://x/"])
def test_a_scheduler_that_does_not_answer_is_one_sentence(office, address, monkeypatch):
    monkeypatch.setattr("workplan_xlsx.intake.cluster._CONNECT_SECONDS", 1)
    told = office.run("collect", "--cluster", address)

    assert told.code == 3
    assert f"集群调度器 {address} 没有应答" in told.err
    assert "Traceback" not in told.err


def test_without_the_extra_the_next_step_is_named(office, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = office.run("collect", "--cluster", "tcp://127.0.0.1:8786")

    assert told.code == 2
    assert 'pip install "workplan-xlsx[cluster]"' in told.err


def test_workers_with_another_program_or_none_are_named(office, tmp_path):
    """They would judge by other rules, so nothing is begun."""
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with SmallCluster(tmp_path) as other:
        none = office.run("collect", "--cluster", other.address)
        copy_of_the_program(tmp_path / "older")
        other.start(1, paths=str(tmp_path / "older"))
        older = office.run("collect", "--cluster", other.address)

    assert (none.code, older.code) == (3, 3)
    assert "没有工作进程" in none.err
    assert "不是同一版本：tcp://127.0.0.1" in older.err


def test_workers_without_the_program_are_told_in_one_sentence(office, tmp_path):
    """dask is there, our program is not: what to install where, and the inbox as it was."""
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    fill_inbox(office, 3)
    before = sorted(path.name for path in (office.root / "inbox").iterdir())
    without_the_program(tmp_path / "bare")
    with SmallCluster(tmp_path) as bare:
        bare.start(1, paths=str(tmp_path / "bare"))
        told = office.run("collect", "--cluster", bare.address)

    assert told.code == 3
    assert "集群的工作进程不能运行本程序（tcp://127.0.0.1" in told.err
    assert "请在每台机器上安装相同版本的 workplan-xlsx" in told.err
    assert "Traceback" not in told.err
    assert sorted(path.name for path in (office.root / "inbox").iterdir()) == before


@pytest.mark.parametrize("kind", ["older", "bare"])
def test_a_worker_that_joins_later_with_another_program_or_none_reads_nothing(full, tmp_path, kind):
    """It was not there when the programs were compared; each chunk is asked of the right one, or read here."""
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    {"older": a_program_that_judges_wrongly, "bare": without_the_program}[kind](tmp_path / kind)
    alone, shared = full("alone"), full("shared")
    with SmallCluster(tmp_path) as joined:
        joined.start(1)
        with reach_cluster(joined.address, "zh") as workers:
            joined.start(2, paths=str(tmp_path / kind))
            take_in(shared.root, workers)
    collected(alone)

    assert figures(shared) == figures(alone)
    assert filed(shared.root) == filed(alone.root)


def without_the_program(folder: Path) -> None:
    """Where Python finds no program of ours, wherever it may be installed."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import sys\nsys.modules['workplan_xlsx'] = None\n")


def a_program_that_judges_wrongly(folder: Path) -> None:
    """An older one, say: to it no form is anybody's."""
    copy_of_the_program(folder)
    judging = folder / "workplan_xlsx/intake/judging.py"
    judging.write_text(f"{judging.read_text(encoding='utf-8')}{WRONGLY}", encoding="utf-8")


WRONGLY = """
_rightly = Judge.__call__
Judge.__call__ = lambda self, hand: Judged(replace(_rightly(self, hand).verdict, unit=""))
"""


def copy_of_the_program(folder: Path) -> None:
    """A program with one other word."""
    import workplan_xlsx

    shutil.copytree(Path(workplan_xlsx.__file__).parent, folder / "workplan_xlsx")
    words = folder / "workplan_xlsx/words/intake.toml"
    words.write_text(words.read_text(encoding="utf-8") + "\n", encoding="utf-8")
