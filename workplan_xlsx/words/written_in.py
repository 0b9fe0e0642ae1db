"""The language that a workspace is written in, found without reading its settings: they may hold mistakes."""

from __future__ import annotations

import re
from pathlib import Path

from workplan_xlsx.words import Lang

_ENGLISH = re.compile(r"""^\s*language\s*=\s*["']en["']""", re.MULTILINE)
_FAR_ENOUGH = 20_000


def language_of(settings: str) -> Lang:
    """What `language = ...` says in the text of a workplan.toml; Chinese where it says nothing."""
    return "en" if _ENGLISH.search(settings) else "zh"


def language_in(root: Path) -> Lang:
    """The language of the workspace in the folder; Chinese where there is none."""
    try:
        with (root / "workplan.toml").open(encoding="utf-8-sig", errors="replace") as file:
            return language_of(file.read(_FAR_ENOUGH))
    except (OSError, ValueError):
        return "zh"
