"""`make service-soak`: the service in real time for some minutes; forms are dropped in and answers must come.

    python tools/soak.py [--minutes 5] [--every 20]

`workplan run` as a process of its own on a small workspace whose forms are out. Every so many seconds a form
is dropped in, each third one wrong. Each must be kept and answered, the wrong ones with a marked copy, within
three looks; the report and the page must appear; memory must stay flat; SIGTERM must end it well.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))
sys.path.insert(0, str(TESTS / "service"))

LONGEST_SECONDS, MOST_MB = 90.0, 5.0
OUTBOX = Path("outbox") / "2023-06"


def soak(root: Path, minutes: float, every: float) -> dict[str, object]:
    """Serve so long; return what was sent, how soon it was answered, and what it cost."""
    from founded import Desk, found_workspace

    found_workspace(root)
    Desk(root).look("2023-06-01T08:31")
    with (root / "said.txt").open("wb") as said:
        service = subprocess.Popen(
            [sys.executable, "-m", "workplan_xlsx", "-C", str(root), "run"], stdout=said, stderr=said
        )
        try:
            told = _feed(Desk(root), service.pid, time.monotonic() + 60 * minutes, every)
            service.send_signal(signal.SIGTERM)
            assert service.wait(120) == 0, (root / "said.txt").read_text(encoding="utf-8")
        finally:
            service.kill()
    return told | _afterwards(root, int(str(told["sent"])))


def _feed(desk: object, pid: int, end: float, every: float) -> dict[str, object]:
    from founded import RIGHT, Desk

    assert isinstance(desk, Desk)
    waits: list[float] = []
    sizes: list[float] = []
    number = 0
    while time.monotonic() < end:
        number += 1
        wrong = number % 3 == 0
        value = "很多" if wrong else 10 + number
        path = desk.drop(f"第{number}份.xlsx", "区商务局", {**RIGHT, "1-1": value})
        dropped = time.monotonic()
        while path.exists():
            assert time.monotonic() - dropped < LONGEST_SECONDS, f"{path.name} lies there still"
            time.sleep(0.2)
        waits.append(time.monotonic() - dropped)
        sizes.append(_resident_mb(pid))
        time.sleep(max(0.0, every - waits[-1]))
    return {
        "sent": number,
        "longest_wait_seconds": round(max(waits), 1),
        "memory_mb": round(sizes[-1], 1),
        "growth_mb": round(sizes[-1] - sizes[len(sizes) // 3], 2),
    }


def _resident_mb(pid: int) -> float:
    statm = Path(f"/proc/{pid}/statm").read_text(encoding="ascii")
    return int(statm.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _afterwards(root: Path, sent: int) -> dict[str, object]:
    """Every form once with its outcome; as many marked copies as wrong ones; report and page are there."""
    from workplan_xlsx.store.opening import open_store

    with open_store(root / "workplan.db") as store:
        outcomes = Counter(each.verdict.outcome.value for each in store.all_submissions())
    wrong = sent // 3
    assert outcomes == Counter({"accepted": sent - wrong, "returned": wrong}), outcomes
    marked = len(list((root / OUTBOX).glob("退回_*.xlsx")))
    assert marked == wrong, f"{marked} marked copies of {wrong} wrong forms"
    assert list((root / OUTBOX).glob("排名通报_*第1版.xlsx"))
    assert (root / "outbox" / "状态.html").exists()
    return {"returned": wrong, "marked_copies": marked}


def main() -> int:
    """Soak, tell, judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--every", type=float, default=20)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = soak(Path(folder) / "ws", options.minutes, options.every)
    print(json.dumps({"minutes": options.minutes, **told}))
    return int(float(str(told["growth_mb"])) > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
