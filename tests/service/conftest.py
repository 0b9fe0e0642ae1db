"""Workspaces for the service, founded once and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from founded import Desk, found_workspace


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = found_workspace(tmp_path_factory.mktemp("founded") / "ws")
    text = (root / "workplan.toml").read_text(encoding="utf-8")
    (root / "workplan.toml").write_text(
        text.replace("settle_seconds = 2", "settle_seconds = 0"), encoding="utf-8"
    )
    return root


@pytest.fixture
def root(_founded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_founded, tmp_path / "ws"))


@pytest.fixture
def desk(root: Path) -> Desk:
    return Desk(root)
