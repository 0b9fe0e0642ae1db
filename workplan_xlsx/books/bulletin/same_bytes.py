"""A zip package whose bytes depend on its content only: fixed times, fixed order."""

from __future__ import annotations

import zipfile
from pathlib import Path

_THEN = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(path: Path) -> None:
    """Rewrite the package in place with the same entries, all of one fixed time."""
    with zipfile.ZipFile(path) as package:
        entries = [(each.filename, package.read(each)) for each in package.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, _THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, data)
