"""What a command does before it begins: it loads nothing that only another command needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

_TELLING = """
import atexit, gc, sys
from workplan_xlsx.cli import main
searches, told = [], sys.argv[1]
gc.callbacks.append(lambda phase, _: searches.append(phase))
atexit.register(lambda: print(len(searches), *sys.modules, file=open(told, "w")))
main(sys.argv[2:])
"""
HEAVY = {"alembic", "pandas", "docx", "pdfplumber", "rich", "schedule", "multiprocessing.forkserver"}


def looked_and_loaded(folder, *arguments: str) -> tuple[int, set[str]]:
    """How often the command looked for cycles of objects, and the modules that it had loaded in the end."""
    told = folder / "told.txt"
    subprocess.run([sys.executable, "-c", _TELLING, str(told), *arguments], check=False, capture_output=True)
    searches, *modules = told.read_text().split()
    return int(searches), set(modules)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere readers come from a server")
def test_a_collect_of_a_clean_form_loads_no_server_and_no_room_of_another_command(office, tmp_path):
    """Its reader is forked, its plan is in the store, there is nothing to send back; garbage is not made."""
    office.drop("商务.xlsx", office.form("区商务局"), {"1-1": 16, "1-2": 0.6, "3-1": "推进中"})
    command = ["-C", str(office.root), "collect", "--settle", "0", "--as-of", "2023-06-27T10:00"]
    searches, there = looked_and_loaded(tmp_path, *command)

    assert (office.root / "inbox" / "已收").exists()
    assert not there & HEAVY
    assert not there & {f"workplan_xlsx.steps.{name}" for name in ("ledger_keeping", "standing", "editions")}
    assert searches == 0
