"""One command measured from outside: CPU of it and of everything that it started, peak memory, wall time."""

from __future__ import annotations

import compileall
import ctypes
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost.

    Attributes:
        cpu_s: User and system seconds of the process and of all its descendants.
        peak_mb: Resident memory of the largest single process among them.
    """

    cpu_s: float
    wall_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Contender:
    """A command to be measured; `prepare` is called before each run and is not counted.

    Attributes:
        per: What the cost is divided by, e.g. the number of forms.
    """

    name: str
    command: Sequence[str]
    prepare: Callable[[], None] = lambda: None
    codes: tuple[int, ...] = (0,)
    per: int = 1


def as_installed() -> None:
    """Compile the product's modules, as an installation does; else it would be compiled in every run."""
    compileall.compile_dir(ROOT / "workplan_xlsx", quiet=2)


def become_reaper() -> None:
    """Adopt orphans: workers whose parent ends first are waited for, and counted, here."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measure(contender: Contender) -> Run:
    """Run the command once.

    Raises:
        RuntimeError: It failed; its last words are told.
    """
    contender.prepare()
    _wait_for_others()
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(list(contender.command), stdout=subprocess.DEVNULL, stderr=said)
        code, run = _wait_for_all(child.pid, began)
        child.returncode = code
        if code not in contender.codes:
            said.seek(0)
            raise RuntimeError(f"{contender.name} ended with {code}: {said.read()[-2000:].decode()}")
    return run


def _wait_for_others() -> None:
    """Let go of what preparing started and left to us: it is nobody's cost."""
    while True:
        try:
            os.wait4(-1, 0)
        except ChildProcessError:
            return


def _wait_for_all(pid: int, began: float) -> tuple[int, Run]:
    cpu, peak, wall, code = 0.0, 0.0, 0.0, 0
    while True:
        try:
            ended, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return code, Run(cpu_s=cpu, wall_s=wall, peak_mb=peak)
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss / 1024)
        if ended == pid:
            code, wall = os.waitstatus_to_exitcode(status), time.perf_counter() - began


def interleaved(contenders: Sequence[Contender], rounds: int) -> dict[str, Run]:
    """Measure the contenders in turn, A B C A B C ..., and return the median of each figure by name."""
    runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            runs[contender.name].append(measure(contender))
    per = {contender.name: contender.per for contender in contenders}
    return {
        name: Run(
            cpu_s=statistics.median(run.cpu_s for run in each) / per[name],
            wall_s=statistics.median(run.wall_s for run in each) / per[name],
            peak_mb=statistics.median(run.peak_mb for run in each),
        )
        for name, each in runs.items()
    }


def workplan(*arguments: str | Path) -> list[str]:
    """The command line of the product, in this Python."""
    return [sys.executable, "-m", "workplan_xlsx", *map(str, arguments)]
