"""Every generated attack in one inbox with a district's honest forms: part of `make hostile`.

    python tools/hostile_inbox.py ../shared/hostile/make_hostile.py [--only 01,17] [--folder DIR]

The sample notice's 34 units send their forms; beside them lie all files and odd entries of the generator.
`workplan collect` runs as a process of its own. Printed: time, the main process's memory, outcomes by class.
Exit 1 where an honest form is not accepted, an entry has not exactly one verdict, or a bar is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from workplan_xlsx import pipeline
from workplan_xlsx.demo.clerk import fill
from workplan_xlsx.demo.data import NOTICE
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.steps.workspace import open_office

JUNE = Period.parse("2023-06")
MOST_SECONDS, MOST_MB = 120, 300
HONEST, HOSTILE = "honest", "hostile"


@dataclass(frozen=True)
class Outcome:
    """What `collect` said of the inbox.

    Attributes:
        counts: Class of the generator (or "honest") -> outcome -> number.
        unanswered: Entries without exactly one verdict.
        peak_mb: Of the main process, workers left aside.
        seen: What `collect` says it saw, which must be the sum of its outcomes.
    """

    honest: int
    accepted: int
    hostile: int
    counts: Counter[tuple[str, str]]
    unanswered: list[str]
    wall_s: float
    peak_mb: float
    seen: int

    def equation(self) -> str:
        """As the command prints it to a person."""
        sums = Counter[str]()
        for (_, outcome), number in self.counts.items():
            sums[outcome] += number
        return f"{self.seen} seen = " + " + ".join(
            f"{number} {name}" for name, number in sorted(sums.items())
        )

    def troubles(self) -> Iterator[str]:
        """What is not as it should be."""
        if self.accepted != self.honest:
            yield f"only {self.accepted} of {self.honest} honest forms were accepted"
        if self.unanswered:
            yield f"without exactly one verdict: {self.unanswered}"
        if self.wall_s > MOST_SECONDS:
            yield f"{self.wall_s:.0f} s, more than {MOST_SECONDS}"
        if self.peak_mb > MOST_MB:
            yield f"{self.peak_mb:.0f} MB, more than {MOST_MB}"
        if self.seen != self.counts.total():
            yield f"{self.seen} seen, {self.counts.total()} outcomes"


def office_with_forms(root: Path) -> int:
    """Found the sample office in an empty folder, and let every unit send its form; return how many."""
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime(2023, 5, 24, 9, tzinfo=zone)
    pipeline.found(NOTICE, root, year=2023, rhythm=Rhythm.MONTHLY, now=now, lang="zh")
    with open_office(root, now=datetime(2023, 6, 1, 9, tzinfo=zone), lang="zh") as office:
        forms = pipeline.send_forms(office, JUNE).paths
    for number, form in enumerate(forms):
        to = root / "inbox" / HONEST / f"{form.name.split('_')[1]}6月.xlsx"
        fill(form, to, month="6月", share=0.5, seed=str(number))
    return len(forms)


def drop_attacks(generator: Path, scratch: Path, inbox: Path, only: str = "") -> dict[str, str]:
    """Make the attacks and put them into the inbox; return their class by name below it.

    The odd entries (pipes, links, a file of 100 GiB without content) are moved, never copied.
    """
    command = [sys.executable, str(generator), str(scratch), *(["--only", only] if only else [])]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for folder in ("files", "fs"):
        if (scratch / folder).exists():
            shutil.move(scratch / folder, inbox / HOSTILE / folder)
    with (scratch / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["expect"] != "SKIPPED"]
    return {f"{HOSTILE}/{row['file']}": row["cls"] for row in rows}


def collect(root: Path) -> tuple[list[dict[str, str]], int, float, float]:
    """Run `workplan collect`; return its files, how many it saw, wall seconds and peak memory in MB."""
    command = [sys.executable, "-m", "workplan_xlsx", "-C", str(root), "collect", "--settle", "0"]
    began = time.monotonic()
    with (root / "said.json").open("wb") as said, (root / "talk.txt").open("wb") as talk:
        process = subprocess.Popen(
            [*command, "--json", "--as-of", "2023-06-27T10:00"], stdout=said, stderr=talk
        )
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _peak_mb(process.pid))
            time.sleep(0.02)
    wall = time.monotonic() - began
    if process.returncode not in (0, 1):
        raise RuntimeError((root / "talk.txt").read_text(encoding="utf-8"))
    told = json.loads((root / "said.json").read_text(encoding="utf-8"))
    return told["files"], told["seen"], wall, peak


def _peak_mb(pid: int) -> float:
    """The highest resident memory so far; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if "VmHWM" in line), 0)


def outcome_of(generator: Path, folder: Path, only: str = "") -> Outcome:
    """Do all of it in an empty folder."""
    root = folder / "ws"
    honest = office_with_forms(root)
    classes = drop_attacks(generator, folder / "made", root / "inbox", only)
    lying = [path for path in (root / "inbox").rglob("*") if not path.is_dir() or path.suffix == ".xlsx"]
    files, seen, wall, peak = collect(root)
    named = Counter(each["file"] for each in files)
    names = [path.relative_to(root / "inbox").as_posix() for path in lying]
    accepted = [each for each in files if each["outcome"] == "accepted"]
    return Outcome(
        honest=honest,
        accepted=sum(1 for each in accepted if each["file"].startswith(HONEST)),
        hostile=len(classes),
        counts=Counter((_class(each["file"], classes), each["outcome"]) for each in files),
        unanswered=[name for name in names if named[_as_told(name)] != 1],
        wall_s=wall,
        peak_mb=peak,
        seen=seen,
    )


def _class(name: str, classes: dict[str, str]) -> str:
    if name.startswith(HONEST):
        return HONEST
    while name and name not in classes:
        name = name.rpartition("/")[0]  # a member of an archive
    return classes.get(name, "file system")


def _as_told(name: str) -> str:
    """JSON cannot hold every file name: bytes that are no UTF-8 are told escaped."""
    return json.loads(json.dumps(name))


def main() -> int:
    """Tell what became of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("generator", type=Path)
    asked.add_argument("--only", default="", help="numbers of the generator's cases")
    asked.add_argument("--folder", type=Path, help="where to work; 100 MB")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        made = outcome_of(options.generator.resolve(), Path(folder), options.only)
    print("| class | outcomes |\n|---|---|")
    for kind in sorted({kind for kind, _ in made.counts}):
        told = ", ".join(f"{out} {n}" for (which, out), n in sorted(made.counts.items()) if which == kind)
        print(f"| {kind} | {told} |")
    print(made.equation())
    print(f"{made.hostile} hostile entries beside {made.honest} forms, {made.accepted} accepted;", end=" ")
    print(f"{made.wall_s:.0f} s (bar {MOST_SECONDS}), main process {made.peak_mb:.0f} MB (bar {MOST_MB})")
    troubles = list(made.troubles())
    print("\n".join(troubles))
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
