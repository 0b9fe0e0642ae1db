"""`make year`: a year of the service under a clock of ours: crashes, power cuts, a week off, a full disk.

    python tools/year [--months 12] [--seed 1] [--kills 0.25] [--small]

The sample plan's 34 units (`--small`: three) send their forms, some wrong at first, some late. `workplan run
--once` runs as a process of its own at every round and every workday, and is killed with -9 now and then,
alone (a crash) or with all its processes (a power cut). For a week nobody looks; for a day the disk is full
(a small tmpfs, which needs root); for a day the mail server is away. In the end everything must be as in a
year in which nothing happened. Prints what was done and what was checked, as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[2] / "tests"
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(TESTS))
sys.path.insert(0, str(TESTS / "service"))

from checks import check  # noqa: E402
from disturbed import live_through  # noqa: E402
from plan import plan_year  # noqa: E402
from undisturbed import live_in_peace  # noqa: E402


def main() -> int:
    """Live it twice, compare, tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--months", type=int, default=12)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--kills", type=float, default=0.25)
    asked.add_argument("--small", action="store_true")
    options = asked.parse_args()
    began = time.monotonic()
    plan = plan_year(options.months, options.seed, small=options.small)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        peace = live_in_peace(plan, Path(folder) / "peace")
        lived = live_through(plan, Path(folder) / "ws", kills=options.kills)
        told = check(plan, lived, peace)
    print(json.dumps({**told, "seed": plan.seed, "minutes": round((time.monotonic() - began) / 60, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
