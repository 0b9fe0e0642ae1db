"""One command measured from outside: CPU of it and of everything that it started, peak memory, wall time."""

from __future__ import annotations

import compileall
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LAUNCHER = Path(__file__).with_name("launched.py")


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


def measure(contender: Contender) -> Run:
    """Run the command once, started by a small process: how large this one is must not count.

    Raises:
        RuntimeError: It failed; its last words are told.
    """
    contender.prepare()
    with tempfile.NamedTemporaryFile() as said:
        launched = [sys.executable, "-I", "-S", str(_LAUNCHER), said.name, *contender.command]
        told = json.loads(subprocess.run(launched, check=True, stdout=subprocess.PIPE).stdout)
        if (code := told.pop("code")) not in contender.codes:
            raise RuntimeError(f"{contender.name} ended with {code}: {said.read()[-2000:].decode()}")
    return Run(**told)


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
