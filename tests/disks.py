"""Real disks in trouble: small ones that fill up, folders that turn read-only or vanish, files in use.

Mounting needs root; tests that cannot have it are skipped with that reason.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NO_RIGHT = "no right to mount a disk here: this test needs root"


def mount(*arguments: str | Path) -> None:
    """Mount, or skip the test where that is not allowed."""
    if shutil.which("mount") is None:
        pytest.skip(NO_RIGHT)
    if subprocess.run(["mount", *map(str, arguments)], check=False, capture_output=True).returncode:
        pytest.skip(NO_RIGHT)


def unmount(folder: Path, *, still_there: bool = True) -> None:
    """Take it away at once, whoever uses it; `still_there` False where the test may have done so."""
    subprocess.run(["umount", "-l", str(folder)], check=still_there, capture_output=True)


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[Path]:
    """A disk of that size at the folder, which is made."""
    folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={kib}k", "none", folder)
    try:
        yield folder
    finally:
        unmount(folder)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder cannot be written to meanwhile, not even by root."""
    mount("--bind", folder, folder)
    try:
        mount("-o", "remount,bind,ro", folder)
        yield
    finally:
        unmount(folder)


@contextmanager
def in_use(file: Path) -> Iterator[None]:
    """The file can be read and cannot be replaced meanwhile, as when Excel has it open on Windows."""
    mount("--bind", file, file)
    try:
        yield
    finally:
        unmount(file)


@contextmanager
def share(folder: Path, elsewhere: Path) -> Iterator[None]:
    """The folder is a share: what it holds lies elsewhere, and is out of sight once it is unmounted."""
    elsewhere.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    mount("--bind", elsewhere, folder)
    try:
        yield
    finally:
        unmount(folder, still_there=False)
