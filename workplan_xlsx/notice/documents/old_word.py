"""Old Word files (.doc, .wps, .rtf) made into .docx by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.words import Lang, say

_LONGEST_SECONDS = 120
_WINDOWS = Path("C:/Program Files/LibreOffice/program/soffice.exe")


def libreoffice() -> str | None:
    """Where LibreOffice is, None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and sys.platform == "win32" and _WINDOWS.exists():
        return str(_WINDOWS)
    return found


@contextmanager
def as_docx(path: Path, data: bytes, lang: Lang) -> Iterator[Path]:
    """Yield a .docx with the same text; it is gone when the block ends.

    Raises:
        NoticeError: LibreOffice is not installed, or cannot read the file in time.
    """
    program = libreoffice()
    if program is None:
        raise NoticeError(say("notice.legacy_word", lang, file=path.name))
    with tempfile.TemporaryDirectory(prefix="workplan-") as folder:
        place = Path(folder)
        source = place / ("notice.rtf" if data.startswith(b"{\\rt") else "notice.doc")
        source.write_bytes(data)
        _convert(program, source, place)
        made = place / "out" / "notice.docx"
        if not made.exists():
            raise NoticeError(say("notice.damaged", lang, file=path.name))
        yield made


def _convert(program: str, source: Path, place: Path) -> None:
    """A profile of its own, so that an open LibreOffice is not disturbed; what it prints is not ours."""
    command = [
        program,
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "docx:Office Open XML Text",
        "--outdir",
        str(place / "out"),
        str(source),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=_LONGEST_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return
