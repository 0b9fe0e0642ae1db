"""A zip package whose bytes depend on its content only: fixed times, fixed order."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_THEN = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(path: Path) -> None:
    """Rewrite the package in place with the same entries, all of one fixed time."""
    as_made = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(as_made) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for each in made.infolist():
            entry = zipfile.ZipInfo(each.filename, _THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, made.read(each))
