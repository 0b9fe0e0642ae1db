"""What the service costs while nothing happens: idle looks under a clock of our own.

    python tools/ticks.py [--ticks 10000]

Three units, one form taken in; then looks every 30 seconds of that clock. Fails where an idle look takes more
than 3 ms of processor time on average, or memory grows by more than 5 MB after the first tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
TICK = timedelta(seconds=30)
MOST_MS, MOST_MB = 3.0, 5.0


def resident_mb() -> float:
    """The memory of this process that is not on the disk."""
    statm = Path("/proc/self/statm").read_text(encoding="ascii")
    return int(statm.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure(root: Path, ticks: int) -> dict[str, float]:
    """Found a workspace, take in a form, look so often; return what it cost."""
    from founded import RIGHT, Desk, at, found_workspace

    found_workspace(root)
    desk = Desk(root)
    desk.look("2023-06-01T08:31")
    desk.drop("商务局.xlsx", "区商务局", RIGHT)
    desk.look("2023-06-01T08:32")
    moment, early = at("2023-06-01T08:33"), 0.0
    before, spent = desk.watch.looks, time.process_time()
    for number in range(ticks):
        desk.look(f"{moment:%Y-%m-%dT%H:%M:%S}")
        moment += TICK
        if number == ticks // 10:
            early = resident_mb()
    return {
        "ticks": ticks,
        "looks": desk.watch.looks - before,
        "cpu_ms_a_tick": round((time.process_time() - spent) / ticks * 1000, 2),
        "memory_mb": round(resident_mb(), 1),
        "growth_mb": round(resident_mb() - early, 2),
    }


def main() -> int:
    """Measure, tell, judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--ticks", type=int, default=10_000)
    options = asked.parse_args()
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "service")]
    with tempfile.TemporaryDirectory() as folder:
        told = measure(Path(folder) / "ws", options.ticks)
    print(json.dumps(told))
    return int(told["cpu_ms_a_tick"] > MOST_MS or told["growth_mb"] > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
