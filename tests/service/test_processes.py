"""The service as it really runs: processes, signals and locks; what a clerk sends is never taken for damage."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from founded import RIGHT, Desk

from workplan_xlsx.store.lock import SERVICE_LOCK_FILE
from workplan_xlsx.store.opening import open_store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of a process group are POSIX")
PATIENCE_SECONDS = 60  # for a busy machine; on an idle one each wait is one or two


class Service:
    """`workplan run` in a process group of its own."""

    def __init__(self, root: Path) -> None:
        self._said = (root / "said.txt").open("wb+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workplan_xlsx", "-C", str(root), "run"],
            stdout=self._said, stderr=self._said, start_new_session=True,
        )  # fmt: skip
        self._root = root

    def said(self) -> str:
        return (self._root / "said.txt").read_text(encoding="utf-8")

    def until(self, happened: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            assert time.monotonic() < end, f"{what} did not happen; the service said: {self.said()}"
            assert self.process.poll() is None, f"the service ended; it said: {self.said()}"
            time.sleep(0.02)

    def signal_all(self, which: signal.Signals) -> None:
        """As a terminal does at Ctrl+C, and systemd at stopping: to every process of the group."""
        os.killpg(self.process.pid, which)

    def end(self) -> int:
        return self.process.wait(PATIENCE_SECONDS)

    def clear(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._said.close()


@pytest.fixture(scope="module")
def _june(_founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The forms of June are out."""
    root = Path(shutil.copytree(_founded, tmp_path_factory.mktemp("june") / "ws"))
    Desk(root).look("2023-06-01T08:31")
    return root


@pytest.fixture
def june(_june: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_june, tmp_path / "ws"))


@pytest.fixture
def service(june: Path) -> Iterator[Service]:
    running = Service(june)
    try:
        yield running
    finally:
        running.clear()


def outcomes(root: Path) -> list[str]:
    with open_store(root / "workplan.db") as store:
        return [each.verdict.outcome.value for each in store.all_submissions()]


def many_forms(root: Path, count: int) -> None:
    """Corrections upon corrections of one unit: all honest, each other bytes."""
    (root / "inbox" / "送").mkdir()
    desk = Desk(root)
    for number in range(count):
        desk.drop(f"送/{number:03d}.xlsx", "区商务局", {**RIGHT, "1-1": 10 + number})


def test_files_dropped_in_are_answered_and_sigterm_ends_it_well(service, june):
    """The marked copy of a wrong form, the receipt's place of a right one, June's report made up, the page."""
    desk = Desk(june)
    desk.drop("人社局.xlsx", "区人社局", {"4-1": "很多"})
    desk.drop("商务局.xlsx", "区商务局", RIGHT)
    outbox = june / "outbox" / "2023-06"
    service.until(lambda: any(outbox.glob("*退回*.xlsx")), "the marked copy")
    service.until(lambda: any(outbox.glob("排名通报*第1版.xlsx")), "the report")
    service.until((june / "outbox" / "状态.html").exists, "the page")
    service.process.send_signal(signal.SIGTERM)

    assert service.end() == 0, service.said()
    assert sorted(outcomes(june)) == ["accepted", "returned"]
    assert (june / SERVICE_LOCK_FILE).read_text() == ""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="its processes are found in /proc")
@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl+C", "systemd stop"])
def test_a_signal_to_all_its_processes_while_forms_are_read_condemns_no_form(june, which):
    """What is in hand is finished, and nothing honest is put aside; its readers hear the signal many times."""
    many_forms(june, 40)  # one batch
    running = Service(june)
    try:
        running.until(lambda: any(map(has_read, below(running.process.pid))), "reading")
        running.process.send_signal(which)
        while running.process.poll() is None:
            for each in below(running.process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, which)
            time.sleep(0.005)
    finally:
        running.clear()
    left = len([*(june / "inbox" / "送").iterdir()])

    assert running.process.returncode == 0, running.said()
    assert outcomes(june) == ["accepted"] * 40
    assert left == 0


def below(pid: int) -> list[int]:
    """The processes that this one started, and those that they started."""
    parent_of = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent_of[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [child for child, parent in parent_of.items() if parent == pid]
    for each in found:
        found += [child for child, parent in parent_of.items() if parent == each]
    return found


def has_read(pid: int) -> bool:
    """Whether the process has read some forms."""
    try:
        return int(Path(f"/proc/{pid}/io").read_text().split()[1]) > 30_000
    except OSError:
        return False


def test_a_second_service_says_who_runs_and_a_killed_one_is_taken_over(service, june):
    """Exit code 4 with process and machine; after kill -9 the next one takes over and says so."""
    service.until(lambda: (june / SERVICE_LOCK_FILE).exists() and "pid" in lock_text(june), "the lock")
    second = once(june)
    holder = json.loads(lock_text(june))
    service.signal_all(signal.SIGKILL)
    service.process.wait()
    third = once(june)

    assert second.returncode == 4
    assert str(holder["pid"]) in second.stderr
    assert str(holder["host"]) in second.stderr
    assert "Traceback" not in second.stderr
    assert third.returncode == 0, third.stderr
    assert str(holder["pid"]) in third.stderr


def lock_text(root: Path) -> str:
    return (root / SERVICE_LOCK_FILE).read_text(encoding="utf-8")


def once(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workplan_xlsx", "-C", str(root), "run", "--once"],
        capture_output=True, encoding="utf-8", timeout=PATIENCE_SECONDS, check=False,
    )  # fmt: skip
