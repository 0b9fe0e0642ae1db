"""Shared by all tests: where the material beside the checkout lies, if it does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

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
