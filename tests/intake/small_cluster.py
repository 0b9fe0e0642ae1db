"""A real dask cluster on this machine: a scheduler and workers, each a process that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
_STARTS_WITHIN_SECONDS = 300.0
"""On a core that others use as well a scheduler and a worker took 46; an idle one needs three."""
_SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
_WORKER = "from distributed.cli.dask_worker import main; main()"


@dataclass
class SmallCluster:
    """A scheduler, and the workers started so far; `folder` holds what they say."""

    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> SmallCluster:
        self._scheduler = self._start(
            _SCHEDULER, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", self._file
        )
        self._wait(self._is_written)
        return self

    def __exit__(self, *_: object) -> None:
        for each in (*self.workers, self._scheduler):
            each.kill()
            each.wait()

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        import json

        return json.loads(self._file.read_text())["address"]

    def start(self, count: int, paths: str = str(HERE)) -> None:
        """Have so many workers alive; those started now find modules in `paths`."""
        from distributed import Client

        alive = [each for each in self.workers if each.poll() is None]
        for _ in range(count - len(alive)):
            options = ("--scheduler-file", self._file, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            self.workers.append(self._start(_WORKER, *options, paths=paths))
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=_STARTS_WITHIN_SECONDS)

    def kill_one(self) -> None:
        """SIGKILL to the worker that was started last."""
        self.workers[-1].kill()
        self.workers[-1].wait()

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    def _is_written(self) -> bool:
        """The file is there before what it says is."""
        return self._file.exists() and self._file.read_text().rstrip().endswith("}")

    def _start(self, program: str, *options: object, paths: str = str(HERE)) -> subprocess.Popen[bytes]:
        with (self.folder / "said.txt").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, "-c", program, *map(str, options)],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": paths},
                stdout=said,
                stderr=said,
            )

    def _wait(self, ready) -> None:
        ends = time.monotonic() + _STARTS_WITHIN_SECONDS
        while not ready():
            assert time.monotonic() < ends, (self.folder / "said.txt").read_text()
            time.sleep(0.05)
