"""Runs one command and prints what it cost as JSON; a program of its own, so that it is small.

    python -I -S launched.py FILE COMMAND...    its stderr goes into FILE, its stdout nowhere

On Linux a process begins with the peak memory of the one that started it (fork copies it, exec keeps it), so
whoever measures must be smaller than anything that he measures: hence few imports here, and late ones.
"""

import ctypes
import os
import sys
import time

_PR_SET_CHILD_SUBREAPER = 36


def main(said: str, command: list[str]) -> None:
    """Run the command, wait for all that it started, print what they cost together."""
    if sys.platform == "linux":  # adopt orphans: workers whose parent ends first are waited for, and counted
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        _become(said, command)
    cost = _wait_for_all(child, began)
    import json

    print(json.dumps(cost))


def _become(said: str, command: list[str]) -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(said, os.O_WRONLY | os.O_APPEND), 2)
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}".encode())
    finally:
        os._exit(127)


def _wait_for_all(child: int, began: float) -> dict[str, float]:
    """Exit code and seconds of the child; CPU of it and all its descendants; the largest of them."""
    cost = {"code": 0, "cpu_s": 0.0, "wall_s": 0.0, "peak_mb": 0.0}
    while True:
        try:
            ended, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return cost
        cost["cpu_s"] += usage.ru_utime + usage.ru_stime
        cost["peak_mb"] = max(cost["peak_mb"], usage.ru_maxrss / 1024)
        if ended == child:
            cost["code"] = os.waitstatus_to_exitcode(status)
            cost["wall_s"] = time.perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
