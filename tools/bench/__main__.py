"""`make bench`: ratios to what others would run, measured side by side; with --check a missed bar fails.

Every figure is the median of several interleaved runs; CPU counts all child processes. What is judged is a
ratio to the peer's figure of the same session, or memory; the two figures that make a ratio stand beside it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import large
import region
from measuring import Contender, Run, as_installed, interleaved, workplan

PEERS = str(Path(__file__).parent / "peers.py")
WORKBOOK = str(Path(__file__).parent / "workbook.py")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a figure, what it may be at most, and what would be better still.

    Attributes:
        made_of: Ours and what it is held against, where the figure is a ratio.
    """

    what: str
    figure: float
    bar: float
    better: float
    unit: str = "x"
    made_of: str = ""

    @property
    def held(self) -> bool:
        """Whether the bar holds."""
        return self.figure <= self.bar

    def told(self) -> str:
        """The line of a Markdown table."""
        state = "better" if self.figure <= self.better else "held" if self.held else "MISSED"
        figures = f"{self.figure:.2f} {self.unit} | {self.bar:.3g} | {self.better:.3g}"
        return f"| {self.what} | {figures} | {state} | {self.made_of} |"


def ratio(
    what: str, ours: float, other: float, bar: float, better: float, *, unit: str = "s", per: float = 1
) -> Line:
    """The line of a ratio; its two figures are shown in this unit, times `per`."""
    made_of = f"{ours * per:.3g} / {other * per:.3g} {unit}"
    return Line(what, ours / other, bar, better, made_of=made_of)


class Bench:
    """The measurements; each makes its material in a scratch folder and returns its lines."""

    def __init__(self, scratch: Path, rounds: int) -> None:
        self.scratch = scratch
        self.rounds = rounds

    def workspace(self, units: int) -> tuple[Path, Path]:
        """A workspace with its forms out, and a folder of all of them filled; made once for each size."""
        root, filled = self.scratch / f"region-{units}", self.scratch / f"filled-{units}"
        if not root.exists():
            region.found(root, units)
            region.send_out(root)
            region.fill_in(root, filled)
            (root / "templates").rename(self.scratch / f"sent-{units}")
        return root, filled

    def collecting(self, units: int, *options: str, name: str = "") -> Contender:
        """`collect` over an inbox of that many forms, each time from the same state."""
        master, filled = self.workspace(units)
        root = self.scratch / f"run-{units}{name}"

        def prepare() -> None:
            region.again(master, root)
            region.drop(filled, root)

        command = workplan(
            "-C", root, "collect", "--settle", "0", "--json", "--as-of", "2023-06-27T10:00", *options
        )
        return Contender(f"collect {units}{name}", command, prepare, codes=(0,), per=units)

    def peer(self, name: str, argument: Path, per: int = 1) -> Contender:
        """One of the peers."""
        return Contender(name, [sys.executable, PEERS, name, str(argument)], per=per)

    def intake(self) -> list[Line]:
        """1,000 forms taken in, against loops that only read them."""
        names = ("pandas+openpyxl", "pandas+calamine", "calamine")
        _, filled = self.workspace(1000)
        ours = self.collecting(1000)
        runs = interleaved([ours, *(self.peer(name, filled, 1000) for name in names)], self.rounds)
        cost = runs[ours.name].cpu_s
        whole, bars = "intake of 1,000 forms, CPU, against", ((1 / 3, 1 / 5), (1.5, 1.0), (8, 5))
        told = ("pandas + openpyxl, reading only", "pandas + calamine, reading only", "calamine alone")
        return [
            ratio(f"{whole} {peer}", cost, runs[name].cpu_s, *bar, unit="ms a form", per=1000)
            for name, peer, bar in zip(names, told, bars, strict=True)
        ]

    def growth(self) -> list[Line]:
        """5,000 forms against 500; once more over the same inbox; and the same 5,000 dropped once more."""
        small, large_ = self.collecting(500), self.collecting(5000)
        unchanged = Contender("unchanged", large_.command, per=5000)
        again = Contender(
            "again",
            large_.command,
            lambda: region.drop(self.workspace(5000)[1], self.scratch / "run-5000"),
            per=5000,
        )
        rounds = max(1, self.rounds - 2)
        runs = interleaved([small, large_, unchanged, again], rounds)
        first = runs[large_.name]
        return [
            ratio(
                "CPU a form at 5,000 against 500",
                first.cpu_s,
                runs[small.name].cpu_s,
                1.2,
                1.1,
                unit="ms a form",
                per=1000,
            ),
            Line("peak memory at 5,000 forms", first.peak_mb, 150, 100, "MB"),
            ratio(
                "second run over the unchanged inbox of 5,000 against the first",
                runs["unchanged"].cpu_s,
                first.cpu_s,
                1 / 20,
                1 / 50,
                per=5000,
            ),
            ratio(
                "the same 5,000 dropped in once more: read, hashed and put away again",
                runs["again"].cpu_s,
                first.cpu_s,
                1 / 4,
                1 / 10,
                per=5000,
            ),
        ]

    def one_large_form(self) -> list[Line]:
        """A form with a sheet of 50,000 x 20 cells beside the table."""
        master, filled = self.workspace(20)
        form = large.form_with_large_sheet(next(filled.iterdir()), self.scratch / "large", 50_000, 20)
        root = self.scratch / "run-large"

        def prepare() -> None:
            region.again(master, root)
            shutil.copy(form, root / "inbox" / form.name)

        command = workplan("-C", root, "collect", "--settle", "0", "--json", "--as-of", "2023-06-27T10:00")
        ours = Contender("large form", command, prepare, codes=(0, 1))
        runs = interleaved([ours, self.peer("calamine-all", form.parent)], self.rounds)
        cost, other = runs[ours.name].cpu_s, runs["calamine-all"].cpu_s
        return [
            ratio("a form with a 50,000 x 20 sheet, CPU, against calamine alone", cost, other, 2.5, 1.6),
            Line("memory for it", runs[ours.name].peak_mb, 300, 200, "MB"),
        ]

    def ranking(self) -> list[Line]:
        """The ranking workbook of 100,000 rows, against plain xlsxwriter writing the same cells."""
        master = large.workspace_with_figures(self.scratch / "ranking", rows=100_000)
        root = self.scratch / "run-ranking"
        command = workplan("-C", root, "report", "--period", region.PERIOD, "--as-of", region.CLOSED_AT)
        ours = Contender("report", command, lambda: region.again(master, root), codes=(0, 1))
        first = interleaved([ours], 1)
        book = max((root / "outbox" / region.PERIOD).glob("*.xlsx"), key=lambda path: path.stat().st_size)
        kept = shutil.copy(book, self.scratch / "ranking.xlsx")
        cells = large.cells_as_pickle(Path(kept), self.scratch / "ranking.pickle")
        runs = interleaved([ours, self.peer("xlsxwriter", cells)], max(1, self.rounds - 2)) or first
        cost, other = runs[ours.name].cpu_s, runs["xlsxwriter"].cpu_s
        alone = subprocess.check_output([sys.executable, WORKBOOK, str(master), str(self.rounds)])
        book_s, plain_s = map(float, alone.split())
        against = "CPU, against plain xlsxwriter of the same cells"
        return [
            ratio(f"ranking workbook of 100,000 rows, {against}", book_s, plain_s, 1.3, 0.6),
            ratio(f"all of `report` for it, store to last file, {against}", cost, other, 2.6, 1.3),
            Line("memory for it", runs[ours.name].peak_mb, 300, 150, "MB"),
            ratio(
                "memory for it, against that peer",
                runs[ours.name].peak_mb,
                runs["xlsxwriter"].peak_mb,
                1,
                0.5,
                unit="MB",
            ),
        ]

    def province(self) -> list[Line]:
        """`report` of 5,440 units with 65,280 targets as one process, from the store to the last file."""
        master = large.workspace_with_figures(self.scratch / "province", rows=65_280)
        root = self.scratch / "run-province"
        command = workplan("-C", root, "report", "--period", region.PERIOD, "--as-of", region.CLOSED_AT)
        ours = Contender("province", command, lambda: region.again(master, root))
        as_data = Contender("province as data", [*command, "--json"], lambda: region.again(master, root))
        runs = interleaved([ours, as_data], max(1, self.rounds - 2))
        return [
            Line("report of a province, CPU", runs[ours.name].cpu_s, 60, 40, "s"),
            Line("report of a province, wall, idle cores", _wall(runs, ours.name), 60, 40, "s"),
            Line("memory for it", runs[ours.name].peak_mb, 400, 380, "MB"),
            Line("memory for it with --json", runs[as_data.name].peak_mb, 400, 380, "MB"),
        ]

    def start(self) -> list[Line]:
        """`workplan --help`, against a Python that does nothing."""
        ours = Contender("help", workplan("--help"))
        bare = Contender("pass", [sys.executable, "-c", "pass"])
        runs = interleaved([ours, bare], self.rounds * 3)
        return [
            ratio(
                "workplan --help, wall, against python -c pass",
                _wall(runs, "help"),
                _wall(runs, "pass"),
                5,
                3,
                unit="ms",
                per=1000,
            ),
            Line("workplan --help, wall", _wall(runs, "help") * 1000, 150, 100, "ms"),
        ]

    def two_jobs(self) -> list[Line]:
        """`collect --jobs 2` of a province's forms, wall time: 1 / 1.5 of one job's is the bar."""
        one = self.collecting(5000, "--jobs", "1", name=" by one")
        two = self.collecting(5000, "--jobs", "2", name=" by two")
        runs = interleaved([one, two], max(1, self.rounds - 2))
        what = "collect --jobs 2 of 5,000 forms against 1, wall, idle cores"
        return [ratio(what, _wall(runs, two.name), _wall(runs, one.name), 1 / 1.5, 1 / 1.8, per=5000)]


def _wall(runs: dict[str, Run], name: str) -> float:
    return runs[name].wall_s


MEASUREMENTS: dict[str, Callable[[Bench], list[Line]]] = {
    "start": Bench.start,
    "intake": Bench.intake,
    "growth": Bench.growth,
    "large": Bench.one_large_form,
    "ranking": Bench.ranking,
    "province": Bench.province,
    "jobs": Bench.two_jobs,
}


def main() -> int:
    """Print the table; return 1 where --check finds a bar missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=MEASUREMENTS, action="append", help="only these measurements")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true", help="fail where a bar is missed")
    options = parser.parse_args()
    as_installed()
    print("| what | measured | bar | better | | of |\n|---|---|---|---|---|---|", flush=True)
    held = True
    with tempfile.TemporaryDirectory(prefix="workplan-bench-") as scratch:
        bench = Bench(Path(scratch), options.rounds)
        for name in options.only or MEASUREMENTS:
            for line in MEASUREMENTS[name](bench):
                print(line.told(), flush=True)
                held = held and line.held
    return 1 if options.check and not held else 0


if __name__ == "__main__":
    sys.exit(main())
