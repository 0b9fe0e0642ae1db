"""`workplan` whose first reader traces itself, so that it dies at its n-th system call of a kind.

    python traced_reader.py ARGUMENTS...      (with WORKPLAN_TORTURE={"call", "at", "log", "once"})

A reader is a worker process that lives for some files only; nobody can trace it from outside in time.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import time
from pathlib import Path

from workplan_xlsx.intake import starting, worker

_ORDER = "WORKPLAN_TORTURE"
_SET_PTRACER, _ANYBODY = 0x59616D61, -1
_PATIENCE_SECONDS = 20.0


def serve(*given):  # type: ignore[no-untyped-def]
    """What a reader does, under trace if it is the first one of the run."""
    order = json.loads(os.environ[_ORDER])
    if _is_first(Path(order["once"])):
        _trace_me(order)
    worker.serve(*given)


def _is_first(mark: Path) -> bool:
    try:
        mark.open("x").close()
    except FileExistsError:
        return False
    return True


def _trace_me(order: dict[str, str]) -> None:
    ctypes.CDLL(None).prctl(_SET_PTRACER, ctypes.c_ulong(_ANYBODY), 0, 0, 0)
    inject = f"inject={order['call']}:signal=KILL:when={order['at']}"
    command = ["strace", "-qq", "-y", "-o", order["log"], "-e", f"trace={order['call']}", "-e", inject]
    subprocess.Popen([*command, "-p", str(os.getpid())], stderr=subprocess.DEVNULL)
    until = time.monotonic() + _PATIENCE_SECONDS
    while "TracerPid:\t0\n" in Path("/proc/self/status").read_text() and time.monotonic() < until:
        time.sleep(0.002)


if __name__ == "__main__":
    import traced_reader

    starting.serve = traced_reader.serve
    from workplan_xlsx.cli import main

    main()
