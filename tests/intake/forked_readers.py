"""An office of one thread, as a process of its own: its readers are forked from it.

    python forked_readers.py FOLDER JOBS FILE...

It has what an office has: a lock, an open file, a line half printed, and objects whose end is noticed. It says
last, as JSON, what became of the files, and which processes read them.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import sys
from pathlib import Path

from bad_readers import BadReader, hands

from workplan_xlsx.intake import starting
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.worker import MEBIBYTE, Limits

QUICK = Limits(seconds=1.5, memory_bytes=600 * MEBIBYTE, answer_bytes=MEBIBYTE)


class Noticed:
    """Leaves a mark with the number of the process in which it ends."""

    def __init__(self, folder: Path, what: str) -> None:
        self._mark, self.itself = folder / f"{what} ended", self

    def __del__(self) -> None:
        self._mark.with_name(f"{self._mark.name} {os.getpid()}").touch()


def main(folder: Path, jobs: int, *files: str) -> None:
    """Read them."""
    atexit.register(lambda: (folder / f"office ended {os.getpid()}").touch())
    held, garbage = Noticed(folder, "held"), Noticed(folder, "garbage")
    del garbage  # it refers to itself: only a search for cycles finds it
    with (folder / "lock").open("w") as lock, (folder / "open").open("w+") as _:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        sys.stdout.write("said once\n")
        with Workers(BadReader(str(folder)), jobs=jobs, limits=QUICK) as workers:
            workers.fork(len(files))
            readers = [each._process.pid for each in workers._idle]
            (folder / "readers").write_text(json.dumps(readers))
            told = [each.form_version or each.outcome.value for each in workers.results(hands(*files))]
    del held
    print(json.dumps({"told": told, "readers": readers, "pid": os.getpid(), "alone": starting.alone()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
