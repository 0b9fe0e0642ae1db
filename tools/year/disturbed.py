"""The year as it comes: processes that are killed, a week off, a full disk, a mail server that is away."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from aiosmtpd.controller import Controller
from plan import Plan, Sending
from servers import PostOffice, free_port
from workspace import found, mail_through, send

from workplan_xlsx.store.lock import SERVICE_LOCK_FILE

DIED = "died holding the lock"
_DISK = "900m"
_LEFT_BYTES = 64 * 1024
_LONGEST_SECONDS = 600


@dataclass
class Lived:
    """What happened.

    Attributes:
        said: What each look said, and its exit code; None for one that was killed, which says DIED where it
            held the lock of the service.
        cut_off: (period, round) that was under way when its process was killed.
        ran_while_full: Exit codes of the looks while the disk was full.
        disk: Whether there was a disk to fill.
    """

    root: Path
    units: tuple[str, ...] = ()
    post: PostOffice = field(default_factory=PostOffice)
    said: list[tuple[datetime, int | None, str]] = field(default_factory=list)
    cut_off: list[tuple[str, str]] = field(default_factory=list)
    crashes: int = 0
    power_cuts: int = 0
    ran_while_full: list[int] = field(default_factory=list)
    disk: bool = False
    seconds: list[float] = field(default_factory=lambda: [1.5])


def live_through(plan: Plan, root: Path, *, kills: float) -> Lived:
    """Live the year; `kills` is the share of looks that are killed."""
    lived = Lived(root)
    chance = random.Random(plan.seed)
    with ExitStack() as stack:
        lived.disk = stack.enter_context(_small_disk(root))
        lived.units = found(plan, root)
        server = _Server(lived.post)
        stack.callback(server.away)
        mail_through(root, server.port, lived.units)
        waiting = list(plan.sendings)
        for moment in plan.looks:
            server.be(there=not plan.mail_away.holds(moment))
            full = lived.disk and plan.full_disk.holds(moment)
            _fill_disk(root, full=full)
            waiting = _send(lived, waiting, moment)
            if not plan.off.holds(moment):
                _look_until_done(lived, moment, chance, kills, full=full)
        for later in range(1, 3):
            _send(lived, waiting, plan.looks[-1])
            _look(lived, plan.looks[-1] + timedelta(hours=later))
        yielded = _copy_out(root)
    lived.root = yielded
    return lived


def _send(lived: Lived, waiting: list[Sending], moment: datetime) -> list[Sending]:
    """Send what is due; what cannot be sent now is sent the next time."""
    left = []
    for sending in sorted(waiting, key=lambda each: each.at):
        if sending.at >= moment or not send(lived.root, sending, lived.units):
            left.append(sending)
    return left


def _look_until_done(
    lived: Lived, moment: datetime, chance: random.Random, kills: float, *, full: bool
) -> None:
    """Killed now and then; the timer starts the next one ten minutes later."""
    for attempt in range(3):
        at = moment + timedelta(minutes=10 * attempt)
        after = chance.uniform(0.2, 1.1) * statistics.median(lived.seconds[-9:])
        cut = chance.random() < 0.5
        spared = attempt == 2 or chance.random() >= kills
        code = _look(lived, at) if spared else _killed(lived, at, after, power_cut=cut)
        if code is not None:
            if full:
                lived.ran_while_full.append(code)
            return


def _look(lived: Lived, moment: datetime) -> int:
    """Look undisturbed; a traceback, or a code that nobody can explain, is a failure of the year."""
    began = time.monotonic()
    process = _start(lived.root, moment)
    _, told = process.communicate(timeout=_LONGEST_SECONDS)
    lived.seconds.append(time.monotonic() - began)
    text = told.decode("utf-8", "replace")
    lived.said.append((moment, process.returncode, text))
    assert "Traceback" not in text, text
    assert process.returncode in (0, 1, 3), f"exit {process.returncode}: {text}"
    assert process.returncode == 0 or text.strip(), "it failed and said nothing"
    return process.returncode


def _killed(lived: Lived, moment: datetime, after: float, *, power_cut: bool) -> int | None:
    """Kill it after so many seconds, alone or with all its processes; its exit code where it was faster."""
    process = _start(lived.root, moment)
    try:
        _, told = process.communicate(timeout=after)
        lived.said.append((moment, process.returncode, told.decode("utf-8", "replace")))
        return process.returncode
    except subprocess.TimeoutExpired:
        if power_cut:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate(timeout=_LONGEST_SECONDS)
    lived.power_cuts += power_cut
    lived.crashes += not power_cut
    lock = lived.root / SERVICE_LOCK_FILE
    held = lock.exists() and lock.stat().st_size > 0
    lived.said.append((moment, None, DIED if held else ""))
    lived.cut_off += _running(lived.root)
    return None


def _start(root: Path, moment: datetime) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-m", "workplan_xlsx", "-C", str(root), "run", "--once")
    return subprocess.Popen(
        [*command, "--as-of", f"{moment:%Y-%m-%dT%H:%M:%S}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _running(root: Path) -> list[tuple[str, str]]:
    """The rounds that the store has as under way; looked at as any other program would."""
    with closing(sqlite3.connect(root / "workplan.db", timeout=30)) as store:
        return store.execute("SELECT period, kind FROM run WHERE state = 'running'").fetchall()


class _Server:
    """A mail server that is there or away, always at the same port."""

    def __init__(self, post: PostOffice) -> None:
        self._post, self.port = post, free_port()
        self._running: Controller | None = None

    def be(self, *, there: bool) -> None:
        if there and self._running is None:
            self._running = Controller(self._post, hostname="127.0.0.1", port=self.port)
            self._running.start()
        elif not there:
            self.away()

    def away(self) -> None:
        if self._running is not None:
            self._running.stop()
            self._running = None


@contextmanager
def _small_disk(root: Path) -> Iterator[bool]:
    """A disk of its own for the workspace, if we may mount one."""
    root.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "none", str(root)]
    if (
        os.name == "nt"
        or os.geteuid() != 0
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", "-l", str(root)], check=False)


def _fill_disk(root: Path, *, full: bool) -> None:
    ballast = root / "ballast.bin"
    if not full:
        ballast.unlink(missing_ok=True)
    elif not ballast.exists():
        status = os.statvfs(root)
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, status.f_bavail * status.f_frsize - _LEFT_BYTES)


def _copy_out(root: Path) -> Path:
    """What is looked at afterwards, from before the disk goes."""
    import shutil

    return Path(shutil.copytree(root, root.with_name("lived")))
