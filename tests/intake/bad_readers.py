"""Readers that behave as badly as a foreign file can make them; the file's bytes say how."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import multiprocessing.forkserver
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import spawn
from pathlib import Path
from typing import ClassVar

from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.intake import starting
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.worker import Failure

VERDICTS = {
    "hang": "TIME",
    "hang_in_c": "TIME",
    "half_a_message": "NONSENSE",
    "abort": "DIED",
    "segfault": "DIED",
    "is_killed": "KILLED",
    "exit_well": "DIED",
    "memory": "MEMORY",
    "panic": "ERROR",
    "leave": "ERROR",
    "bug": "ERROR",
    "floods": "NONSENSE",
    "other_file": "NONSENSE",
    "other_type": "NONSENSE",
    "evil": "NONSENSE",
    "garbage": "NONSENSE",
    "writes": "ERROR",
    "children": "TIME",
}
"""What is said of the file that makes its reader behave so, whoever started the reader."""


class Panic(BaseException):
    """calamine's panics are no Exception."""


class Evil:
    """Unpickles to a call."""

    def __reduce__(self):
        return os.system, ("touch /tmp/workplan-was-here",)


@dataclass(frozen=True)
class BadReader:
    """Does what the file's bytes say: `hang`, `abort`, `exit`, `memory` ...; otherwise reads it."""

    folder: str = ""
    plan: bytes = b""
    read_before: ClassVar[bool] = False

    def __call__(self, hand: FileInHand) -> Verdict:
        what = hand.data.decode()
        behave = getattr(self, what, None)
        answer = behave(hand) if behave else None
        BadReader.read_before = True
        return answer or _verdict(hand, Outcome.ACCEPTED)

    def failed(self, hand: FileInHand, failure: Failure) -> Verdict:
        return _verdict(hand, Outcome.QUARANTINED, failure.name)

    def fits(self, result: object, hand: FileInHand) -> bool:
        return isinstance(result, Verdict) and result.sha256 == hand.sha256

    def hang(self, _):
        while True:
            time.sleep(1)

    def hang_in_c(self, _):
        int("9" * 4000) ** (10**7)

    def abort(self, _):
        os.abort()

    def takes_its_keeper_along(self, _):
        """Kills the worker of the pool or cluster that keeps it, and then itself."""
        for pid in Path(self.folder, "keepers").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        os.abort()

    def segfault(self, _):
        ctypes.string_at(0)

    def is_killed(self, _):
        """By somebody else, as by the system when memory runs short."""
        os.kill(os.getpid(), signal.SIGKILL)

    def is_killed_twice(self, hand):
        marks = len(list(Path(self.folder).glob("killed*")))
        if marks < 2:
            Path(self.folder, f"killed{marks}").touch()
            self.is_killed(hand)

    def is_killed_while_answering(self, hand):
        """Twice, with half of its answer sent."""
        if len(list(Path(self.folder).glob("killed*"))) < 2:
            for descriptor in range(3, 64):
                with contextlib.suppress(OSError):
                    os.write(descriptor, b"\0\0\x10\0half")
        self.is_killed_twice(hand)

    def exit_well(self, _):
        os._exit(0)

    def memory(self, _):
        return [bytes(2**20) for _ in range(4096)]

    def panic(self, _):
        raise Panic

    def leave(self, _):
        sys.exit(0)

    def bug(self, _):
        raise KeyError("a bug of ours")

    def floods(self, hand):
        return _verdict(hand, Outcome.ACCEPTED, "x" * 2**26)

    def other_file(self, hand):
        return Verdict(file=hand.name, sha256="0" * 64, outcome=Outcome.ACCEPTED)

    def other_type(self, _):
        return {"outcome": "accepted"}

    def evil(self, _):
        return Evil()

    def garbage(self, _):
        """Writes into the pipe itself, past our own loop."""
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, b"\0\0\0\x05hello" * 3)
            except OSError:
                continue

    def half_a_message(self, _):
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, b"\0\0\x10\0" + pickle.dumps("half")[:4])
            except OSError:
                continue
        time.sleep(60)

    def shouts(self, _):
        os.write(1, b"thread panicked at /root/.cargo/registry/src\n" * 100)
        os.write(2, b"thread panicked at /root/.cargo/registry/src\n" * 100)

    def writes(self, _):
        Path(self.folder, "written").write_bytes(b"x")

    def children(self, hand):
        """Starts others, which would live on, and hangs."""
        for _ in range(5):
            subprocess.Popen(["sleep", "300"], env={"MARK": self.folder, "PATH": os.environ["PATH"]})
        self.hang(hand)

    def dies_once(self, _):
        """Only in a worker that has read something before."""
        if BadReader.read_before:
            os.abort()

    def tells_its_pid(self, _):
        Path(self.folder, str(os.getpid())).touch()

    def tells_its_files(self, hand):
        """What it has open, its streams that lead nowhere aside."""
        names = [name.partition(":")[0] for name in open_files() if name != os.devnull]
        return _verdict(hand, Outcome.ACCEPTED, " ".join(names))

    def looks_for_garbage(self, _):
        gc.collect()

    def grows(self, _):
        b"x" * (300 * 2**20)


def open_files() -> list[str]:
    """What this process has open, by number."""
    told = {}
    for each in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one by which they are listed
            told[int(each.name)] = str(each.readlink())
    return [told[number] for number in sorted(told)]


@contextlib.contextmanager
def no_reader_starts() -> Iterator[None]:
    """Whatever starts readers ends at once, as where a security program does not let it; nothing is forked."""
    before = spawn.get_executable()
    ends = threading.Event()
    beside = threading.Thread(target=ends.wait)  # a process of two threads is not forked
    beside.start()
    kill_server()
    spawn.set_executable("/bin/false")
    patience, starting._PATIENCE_SECONDS = starting._PATIENCE_SECONDS, 1.0
    try:
        yield
    finally:
        starting._PATIENCE_SECONDS = patience
        spawn.set_executable(before)
        ends.set()
        beside.join()


@contextlib.contextmanager
def first_are_killed(folder: Path, count: int) -> Iterator[None]:
    """The first so many processes that should start readers, or help with that, are killed at once."""
    before, script = spawn.get_executable(), folder / "python"
    left = " ".join(f"{folder}/{number}" for number in range(count))
    script.write_text(
        f'#!/bin/sh\nfor n in {left}; do [ -e $n ] || {{ : > $n; kill -9 $$; }}; done\nexec {sys.executable} "$@"\n'
    )
    script.chmod(0o755)
    kill_server()
    spawn.set_executable(str(script))
    try:
        yield
    finally:
        spawn.set_executable(before)


def kill_server() -> None:
    """The one that forks readers, if there is one."""
    server = multiprocessing.forkserver._forkserver._forkserver_pid
    if server is not None:
        os.kill(server, signal.SIGKILL)


def hands(*files: str) -> list[FileInHand]:
    """Files that say how they are read."""
    return [
        FileInHand(f"{number}.xlsx", hashlib.sha256(f"{number}{what}".encode()).hexdigest(), what.encode())
        for number, what in enumerate(files)
    ]


def _verdict(hand: FileInHand, outcome: Outcome, why: str = "") -> Verdict:
    return Verdict(file=hand.name, sha256=hand.sha256, outcome=outcome, form_version=why)
