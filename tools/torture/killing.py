"""Running a command of the product and killing it, or one of its readers: where, and about to do what."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CHANGES = (
    "fsync",
    "rename",
    "fdatasync",
    "unlink",
    "ftruncate",
    "mkdir",
    "pwrite64",
    "write",
    "unlinkat",
    "link",
)
"""Calls by which a command changes files; strace counts the calls of each kind by itself."""

OF_A_READER = (
    "read",
    "write",
    "setitimer",
    "prlimit64",
    "mmap",
    "openat",
    "close",
    "lseek",
    "setsid",
    "newfstatat",
    "dup2",
    "getrusage",
)
"""Calls of a worker process from its birth on."""

_HERE = Path(__file__).parent
_WORKPLAN = (sys.executable, "-m", "workplan_xlsx")
_PATIENCE_SECONDS = 120
_ABOUT = (
    (r"pipe:|socket:", "a message between processes"),
    (r"workplan\.db", "the store"),
    (r"\.workplan\.lock", "the lock"),
    (r"ledger\.xlsx", "ledger.xlsx"),
    (r"inbox", "the inbox (filing)"),
    (r"outbox", "an output"),
    (r"pymp-|listener-", "the socket of the server"),
)


@dataclass(frozen=True, slots=True)
class Kill:
    """Where to kill: a process (`collect`, `report`, `reader`, `server`), a call of a kind, its number.

    `call` "" is any moment: after so many seconds.
    """

    who: str
    call: str = ""
    at: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a run: its exit code, whether something was killed, and what that was about to touch."""

    code: int
    killed: bool
    about: str = ""


def run(root: Path, command: tuple[str, ...], kill: Kill | None = None) -> Ran:
    """Run the command in the workspace.

    Raises:
        AssertionError: It showed a traceback, or ended with a code that no trouble of ours explains.
    """
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        log = Path(folder) / "log"
        process = subprocess.Popen(
            [*_tracer(kill, log), *_program(kill), "-C", str(root), *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env=_environment(kill, log),
        )
        killed = kill is not None and not kill.call and _kill_at_any_moment(process, kill)
        _, told = process.communicate(timeout=_PATIENCE_SECONDS)
        said = log.read_text(errors="replace") if log.exists() else ""
    dead = process.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    if not dead and (b"Traceback" in told or process.returncode not in (0, 1)):
        raise AssertionError(f"exit {process.returncode}: {told.decode(errors='replace')}")
    return Ran(process.returncode, killed or dead or "killed by SIGKILL" in said, _about(said))


def _program(kill: Kill | None) -> tuple[str, ...]:
    if kill is not None and kill.who == "reader" and kill.call:
        return sys.executable, str(_HERE / "traced_reader.py")
    return _WORKPLAN


def _tracer(kill: Kill | None, log: Path) -> list[str]:
    if kill is None or not kill.call or kill.who == "reader":
        return []
    inject = f"inject={kill.call}:signal=KILL:when={kill.at}"
    return ["strace", "-qq", "-y", "-o", str(log), "-e", f"trace={kill.call}", "-e", inject]


def _environment(kill: Kill | None, log: Path) -> dict[str, str]:
    order = {"log": str(log), "once": f"{log}.once"}
    if kill is not None:
        order |= {"call": kill.call, "at": str(kill.at)}
    return {**os.environ, "WORKPLAN_TORTURE": json.dumps(order)}


def _about(log: str) -> str:
    last = [line for line in log.splitlines() if "(" in line][-1:]
    return next((what for pattern, what in _ABOUT if last and re.search(pattern, last[0])), "something else")


def _kill_at_any_moment(process: subprocess.Popen[bytes], kill: Kill) -> bool:
    """Kill the command with all that it started, or one of its helpers alone, once the time has come.

    A server of readers is there once a reader had to be replaced: for its sake those forked are killed, too.
    """
    until = time.monotonic() + kill.seconds
    while time.monotonic() < until and process.poll() is None:
        time.sleep(0.005)
    while process.poll() is None:
        target = _target(process.pid, kill.who)
        if target is not None:
            _kill(target, group=target == process.pid)
            return True
        if kill.who == "server" and (reader := _target(process.pid, "reader")) is not None:
            _kill(reader, group=False)
        time.sleep(0.001)
    return False


def _kill(pid: int, *, group: bool) -> None:
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(pid, signal.SIGKILL)


def _target(command: int, who: str) -> int | None:
    if who not in ("reader", "server"):
        return command
    children = _children(command)
    servers = [pid for pid in children if "forkserver" in _called(pid)]
    if who == "server":
        return random.choice(servers) if servers else None
    itself = _called(command)
    readers = [pid for pid in children if _called(pid) == itself]  # forked from the command
    readers += [each for server in servers for each in _children(server)]
    return random.choice(readers) if readers else None


def _children(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(each) for each in told.split()]


def _called(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
