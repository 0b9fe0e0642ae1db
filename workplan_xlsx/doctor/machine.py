"""The machine: Python, LibreOffice, fonts, room on the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from workplan_xlsx.doctor.health import BAD, FINE, LOOK, Health
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

LEAST_FREE_BYTES = 500 * 2**20
_LEAST_PYTHON = (3, 11)
_FONT_SECONDS = 10


def examine(root: Path, lang: Lang) -> Iterator[Health]:
    """Yield what does not depend on the workspace, but for the disk that it lies on."""
    version = ".".join(map(str, sys.version_info[:3]))
    state = FINE if sys.version_info >= _LEAST_PYTHON else BAD
    yield Health(state, "Python", say("doctor.python", lang, version=version))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    key = "doctor.libreoffice" if office else "doctor.no_libreoffice"
    yield Health(FINE if office else LOOK, "LibreOffice", say(key, lang))
    yield _fonts(lang)
    free = shutil.disk_usage(root if root.exists() else Path.cwd()).free
    state = FINE if free > LEAST_FREE_BYTES else BAD
    key = "doctor.free" if state is FINE else "doctor.too_little"
    yield Health(state, say("doctor.disk", lang), say(key, lang, megabytes=free // 2**20))


def _fonts(lang: Lang) -> Health:
    """Without a Chinese font a workbook printed here shows boxes; the files themselves are right."""
    what, names = say("doctor.fonts", lang), _chinese_fonts()
    if names is None:
        return Health(LOOK, what, say("doctor.fonts_unknown", lang))
    if not names:
        return Health(LOOK, what, say("doctor.no_fonts", lang))
    return Health(FINE, what, say("doctor.fonts_there", lang, names=listed(names[:3], lang)))


def _chinese_fonts() -> list[str] | None:
    """The families that hold Chinese; None where nobody can be asked."""
    if os.name == "nt":
        folder = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return [each.stem for each in folder.glob("sim*.tt[cf]")]
    if shutil.which("fc-list") is None:
        return None
    asked = ["fc-list", ":lang=zh", "family"]
    try:
        told = subprocess.run(asked, capture_output=True, timeout=_FONT_SECONDS, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    return sorted({line.split(",")[0].strip() for line in told.decode("utf-8", "replace").splitlines()})
