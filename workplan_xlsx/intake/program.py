"""Which program this is, to the letter: a worker with another one would judge by other rules."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from workplan_xlsx import __version__

_SHORT = 12


@cache
def program() -> str:
    """Return the version and a digest of the code and the words, the same on every machine that has them."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(each for each in root.rglob("*") if each.suffix in (".py", ".toml")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"{__version__} {digest.hexdigest()[:_SHORT]}"
