"""A period from end to end through the real commands: forms out, filled, in, merged, ranked.

    python tools/province.py                      a province: 5,440 units, each step with its cost
    python tools/province.py 34 340 3400 34000    growth: one line for each size

The forms are filled by writing figures and accounts into the files that were sent out, faster than any clerk;
what that costs stands in a line of its own and is not part of the product's time. Every command is a process
of its own, measured from outside with all that it starts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "bench"))

import region
from measuring import Contender, Run, measure, workplan

PROVINCE = 5440
MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the period, and whether it is the product's."""

    name: str
    run: Run
    ours: bool = True

    def told(self) -> str:
        """The line of a Markdown table."""
        run = self.run
        return f"| {self.name} | {run.wall_s:.1f} | {run.cpu_s:.1f} | {run.peak_mb:.0f} |"


def period(units: int, scratch: Path, jobs: int) -> Iterator[Step]:
    """Run the period of so many units, yielding each step when it is done."""
    root, filled = scratch / f"region-{units}", scratch / f"filled-{units}"
    yield _beside("(ledger into the store)", lambda: region.found(root, units))
    sent = ("--period", region.PERIOD, "--as-of", region.SENT_AT, "--jobs", str(jobs))
    yield _command(root, "templates", *sent)
    yield _beside("(filled, instead of clerks)", lambda: region.fill_in(root, filled))
    yield _beside("(dropped into the inbox)", lambda: region.drop(filled, root))
    shutil.rmtree(filled)
    yield _command(root, "collect", "--jobs", str(jobs), "--as-of", "2023-06-27T10:00", "--json")
    yield _command(root, "collect", "--as-of", "2023-06-27T11:00", name="collect, nothing new")
    yield _command(root, "status", "--period", region.PERIOD)
    yield _command(root, "figures", "--period", region.PERIOD, "--json")
    yield _command(root, "report", "--period", region.PERIOD, "--as-of", region.CLOSED_AT)


def _command(root: Path, verb: str, *options: str, name: str = "") -> Step:
    command = workplan("-C", root, "-q", verb, *options)
    return Step(name or verb, measure(Contender(verb, command, codes=(0, 1))))


def _beside(name: str, action: Callable[[], object]) -> Step:
    """What others do in a real period; measured in this process, its children's CPU not counted."""
    began, cpu = time.perf_counter(), time.process_time()
    action()
    run = Run(cpu_s=time.process_time() - cpu, wall_s=time.perf_counter() - began, peak_mb=0)
    return Step(name, run, ours=False)


def store_mb(root: Path) -> float:
    """How large the store is on the disk."""
    return sum(path.stat().st_size for path in root.glob("workplan.db*")) / MEBIBYTE


def one_period(units: int, scratch: Path, jobs: int) -> None:
    """Print each step, then the sum of what is ours."""
    print("| step | wall s | CPU s | largest process MB |\n|---|---|---|---|", flush=True)
    steps = []
    for step in period(units, scratch, jobs):
        steps.append(step)
        print(step.told(), flush=True)
    ours = [step.run for step in steps if step.ours]
    whole = Run(
        cpu_s=sum(run.cpu_s for run in ours),
        wall_s=sum(run.wall_s for run in ours),
        peak_mb=max(run.peak_mb for run in ours),
    )
    print(Step(f"**{units} units, the product's steps**", whole).told())
    print(f"\nstore: {store_mb(scratch / f'region-{units}'):.0f} MB; {os.cpu_count()} cores, --jobs {jobs}")


def growth(sizes: list[int], scratch: Path, jobs: int) -> None:
    """Print one line for each size: CPU of the steps in all and a unit, memory, store."""
    names = ("templates", "collect", "collect, nothing new", "report")
    heads = "".join(f" {name}: CPU s | ms a unit | MB |" for name in names)
    print(f"| units |{heads} store MB | KB a unit |\n|{'---|' * (3 * len(names) + 3)}", flush=True)
    for units in sizes:
        runs = {step.name: step.run for step in period(units, scratch, jobs)}
        root = scratch / f"region-{units}"
        stored = store_mb(root)
        cells = "".join(
            f" {runs[name].cpu_s:.1f} | {runs[name].cpu_s / units * 1000:.1f} | {runs[name].peak_mb:.0f} |"
            for name in names
        )
        print(f"| {units} |{cells} {stored:.1f} | {stored * 1024 / units:.1f} |", flush=True)
        shutil.rmtree(root)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("units", type=int, nargs="*", help=f"sizes; {PROVINCE} if none is given")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="workplan-province-") as scratch:
        if len(options.units) > 1:
            growth(options.units, Path(scratch), options.jobs)
        else:
            one_period((options.units or [PROVINCE])[0], Path(scratch), options.jobs)


if __name__ == "__main__":
    main()
