"""What a command loads before it begins: nothing that another command needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

_TELLING = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=open(sys.argv[1], "w")))
from workplan_xlsx.cli import main
main(sys.argv[2:])
"""
HEAVY = {"alembic", "pandas", "docx", "pdfplumber", "rich", "schedule", "multiprocessing.forkserver"}


def loaded(folder, *arguments: str) -> set[str]:
    """The modules that the command has loaded when it ends."""
    told = folder / "modules.txt"
    subprocess.run([sys.executable, "-c", _TELLING, str(told), *arguments], check=False, capture_output=True)
    return set(told.read_text().split())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere readers come from a server")
def test_a_collect_of_a_clean_form_loads_no_server_and_no_room_of_another_command(office, tmp_path):
    """Its reader is forked, its plan is in the store, and there is nothing to send back."""
    office.drop("商务.xlsx", office.form("区商务局"), {"1-1": 16, "1-2": 0.6, "3-1": "推进中"})
    there = loaded(
        tmp_path, "-C", str(office.root), "collect", "--settle", "0", "--as-of", "2023-06-27T10:00"
    )

    assert (office.root / "inbox" / "已收").exists()
    assert not there & HEAVY
    assert not there & {f"workplan_xlsx.steps.{name}" for name in ("ledger_keeping", "standing", "editions")}
