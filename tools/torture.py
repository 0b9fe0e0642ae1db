"""kill -9 at any moment, again and again: nothing lost, nothing doubled, nothing half-published.

    python tools/torture.py [--kills 1000] [--seed 1] [--folder DIR]

A workspace with three units; their forms are copied into the inbox in four ways (at once, slowly, with the
size set first, under a temporary name) while `workplan collect` and `workplan report` run as processes of
their own and are killed: at the n-th system call that changes something, for every n in turn (with strace),
and at random moments. After each kill the published files must be whole; in the end every form must have been
taken in exactly once, with its figures, and no whole form may ever have been called damaged.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHANGES = (
    "write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,"
    "unlink,unlinkat,link,linkat,mkdir,mkdirat"
)
WORKPLAN = (sys.executable, "-m", "workplan_xlsx")
COLLECT = ("collect", "--settle", "0.3", "--as-of", "2023-06-27T10:00")
REPORT = ("report", "--period", "2023-06", "--as-of", "2023-07-03")
FORMS_A_ROUND = 4


@dataclass
class Torture:
    """One workspace under torture, and what was sent to it."""

    root: Path
    random: random.Random
    form: Callable[[Path, int], None]
    sent: dict[str, int] = field(default_factory=dict)
    arrived: list[str] = field(default_factory=list)
    kills: int = 0
    runs: int = 0

    def send(self, number: int) -> None:
        """Copy one more form into the inbox, in one of four ways."""
        made = self.root / f"made{number}.xlsx"
        self.form(made, number)
        data = made.read_bytes()
        made.unlink()
        name = f"第{number}份.xlsx"
        self.sent[name] = number
        (_at_once, _slowly, _size_first, _renamed)[number % 4](self.root / "inbox" / name, data)
        self.arrived.append(name)

    def run(self, command: tuple[str, ...], *, kill_at: int | None = None, after: float | None = None) -> int:
        """Run a command, killed at its n-th change or after some seconds; return its exit code."""
        self.runs += 1
        process = subprocess.Popen(
            [*_tracer(kill_at), *WORKPLAN, "-C", str(self.root), *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            _, told = process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            _, told = process.communicate()
        if b"Traceback" in told:
            raise AssertionError(told.decode(errors="replace"))
        killed = process.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        self.kills += killed
        if not killed and process.returncode not in (0, 1):
            raise AssertionError(f"exit {process.returncode}: {told.decode(errors='replace')}")
        return process.returncode

    def look(self) -> None:
        """What is published is whole, and what was sent is in the inbox or in the store, or both."""
        arrived = list(self.arrived)
        for path in (self.root / "outbox").rglob("[!.]*.xlsx"):
            with zipfile.ZipFile(path) as book:
                assert book.testzip() is None, path
        with sqlite3.connect(self.root / "workplan.db") as store:
            assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept = {row[0] for row in store.execute("SELECT file FROM submission")}
            rows = store.execute("SELECT count(*), count(DISTINCT sha256) FROM submission").fetchone()
        store.close()
        assert rows[0] == rows[1], "a file was taken in twice"
        lying = {path.name for path in (self.root / "inbox").rglob("*.xlsx")}
        for name in arrived:
            here = name in kept or any(each.endswith(name) for each in lying)
            assert here, f"{name} is lost"

    def end(self) -> None:
        """After two undisturbed runs everything is as if nobody had killed anything."""
        deadline = time.monotonic() + 60
        while self.run(COLLECT) and time.monotonic() < deadline:
            time.sleep(0.2)
        self.run(COLLECT)
        self.run(REPORT)
        self.look()
        with sqlite3.connect(self.root / "workplan.db") as store:
            rows = store.execute("SELECT file, outcome, sha256 FROM submission").fetchall()
            values = dict(
                store.execute(
                    "SELECT s.file, v.value FROM submission s JOIN reported_value v "
                    "ON v.submission = s.number WHERE v.target_code = '1-1'"
                )
            )
            original = store.execute("SELECT sha256, content FROM original").fetchall()
            lying = store.execute("SELECT count(*) FROM inbox_file WHERE place IS NULL").fetchone()[0]
        store.close()
        told = {file: outcome for file, outcome, _ in rows}
        assert told == dict.fromkeys(self.sent, "accepted"), "every form once, none called damaged"
        assert values == {name: str(number) for name, number in self.sent.items()}, "every figure its own"
        assert lying == 0
        self._every_original_is_filed(original)
        receipts = list((self.root / "outbox" / "2023-06").glob("回执*.txt"))
        assert len(receipts) == len(self.sent), "every form has its receipt"

    def _every_original_is_filed(self, original: list[tuple[str, bytes]]) -> None:
        filed = sorted(path.read_bytes() for path in (self.root / "inbox" / "已收").glob("*.xlsx"))
        assert filed == sorted(content for _, content in original), "every original is filed, byte for byte"
        left = [path.name for path in (self.root / "inbox").iterdir() if path.suffix == ".xlsx"]
        assert left == []


def _tracer(kill_at: int | None) -> list[str]:
    if kill_at is None:
        return []
    inject = f"inject={CHANGES}:signal=KILL:when={kill_at}"
    return ["strace", "-qq", "-o", os.devnull, "-e", f"trace={CHANGES}", "-e", inject]


def _at_once(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _slowly(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        for at in range(0, len(data), len(data) // 3 + 1):
            file.write(data[at : at + len(data) // 3 + 1])
            time.sleep(0.4)  # longer than the pause between two looks: only the missing end tells


def _size_first(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        file.truncate(len(data))
        for at in range(0, len(data), len(data) // 2 + 1):
            time.sleep(0.4)
            file.seek(at)
            file.write(data[at : at + len(data) // 2 + 1])


def _renamed(path: Path, data: bytes) -> None:
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data[: len(data) // 2])
    time.sleep(0.3)
    partial.write_bytes(data)
    partial.rename(path)


def torture(root: Path, form: Callable[[Path, int], None], *, kills: int, seed: int) -> Torture:
    """Kill as often as asked, feeding forms all the while; raise AssertionError where anything went wrong."""
    under = Torture(root, random.Random(seed), form)
    traced = shutil.which("strace") is not None
    number, at = 0, 1
    while under.kills < kills:
        first = number + 1
        number += FORMS_A_ROUND
        feeder = threading.Thread(
            target=lambda a=first, b=number: [under.send(each) for each in range(a, b + 1)]
        )
        feeder.start()
        for step in range(10):
            command = REPORT if step % 5 == 4 else COLLECT
            if traced and step % 2:
                ended = under.run(command, kill_at=at)
                at = 1 if ended in (0, 1) else at + 1
            else:
                under.run(command, after=under.random.uniform(0.2, 2.0))
            under.look()
            if under.kills >= kills:
                break
        feeder.join()
    under.end()
    return under


def _send_all(under: Torture, numbers: range) -> None:
    for number in numbers:
        under.send(number)


def main() -> int:
    """Found a workspace, torture it, tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--folder", type=Path)
    options = asked.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    from office import NOTICE, fill

    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        notice, root = Path(folder) / "通知.txt", Path(folder) / "ws"
        notice.write_text(NOTICE, encoding="utf-8")
        for command in (
            ["init", str(notice), str(root)],
            ["-C", str(root), "templates", "--period", "2023-06", "--as-of", "2023-06-01"],
        ):
            subprocess.run([*WORKPLAN, *command], check=True, capture_output=True)
        blank = next((root / "templates" / "2023-06").glob("*区商务局*.xlsx"))

        def form(path: Path, number: int) -> None:
            fill(blank, path, {"1-1": number, "1-2": 0.6, "3-1": "推进中"})

        done = torture(root, form, kills=options.kills, seed=options.seed)
    told = {"kills": done.kills, "runs": done.runs, "forms": len(done.sent), "lost": 0, "doubled": 0}
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
