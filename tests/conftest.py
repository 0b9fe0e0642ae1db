"""Shared by all tests: where the material beside the checkout lies, if it does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a busy machine is not a wrong answer
settings.load_profile("any machine")

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

for folder in sorted({path.parent for path in Path(__file__).parent.rglob("*.py")}):
    sys.path.insert(0, str(folder))


@pytest.fixture
def shared() -> Path:
    """The folder of real material; tests on it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: this test reads real material that is not part of the repository")
    return SHARED


@pytest.fixture
def office(tmp_path, capsys):
    """A small workspace with June's forms sent out."""
    from office import NOTICE, SmallOffice

    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    made = SmallOffice(tmp_path / "ws", capsys)
    assert made.run("init", str(notice), str(made.root)).code == 0
    assert made.run("templates", "--period", "2023-06", "--as-of", "2023-06-01").code == 0
    return made


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory):
    """The real LibreOffice; tests that need it are skipped where it is not installed."""
    from libreoffice import PROGRAM, LibreOffice

    if PROGRAM is None:
        pytest.skip("LibreOffice is not installed: this test re-saves files as a clerk who uses it would")
    return LibreOffice(tmp_path_factory.mktemp("libreoffice"))
