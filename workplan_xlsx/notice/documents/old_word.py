"""Old and foreign files (.doc, .rtf, .odt; .xls, .ods, .xlsb), made into new ones by LibreOffice."""

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
def as_docx(path: Path, data: bytes, lang: Lang, suffix: str = "") -> Iterator[Path]:
    """Yield a .docx with the same text; it is gone when the block ends. `suffix`: the kind, if it is known.

    Raises:
        NoticeError: LibreOffice is not installed, or cannot read the file in time.
    """
    kind = suffix or (".rtf" if data.startswith(b"{\\rt") else ".doc")
    with _converted(path, data, lang, kind, "docx:Office Open XML Text", "notice.legacy_word") as made:
        yield made


@contextmanager
def as_xlsx(path: Path, data: bytes, lang: Lang, suffix: str) -> Iterator[Path]:
    """Yield an .xlsx with the same cells, in the same way."""
    with _converted(
        path, data, lang, suffix, "xlsx:Calc MS Excel 2007 XML", "notice.legacy_workbook"
    ) as made:
        yield made


@contextmanager
def _converted(
    path: Path, data: bytes, lang: Lang, suffix: str, target: str, without_libreoffice: str
) -> Iterator[Path]:
    program = libreoffice()
    if program is None:
        raise NoticeError(say(without_libreoffice, lang, file=path.name))
    with tempfile.TemporaryDirectory(prefix="workplan-") as folder:
        place = Path(folder)
        source = place / f"notice{suffix}"
        source.write_bytes(data)
        _convert(program, source, place, target)
        made = place / "out" / f"notice.{target.partition(':')[0]}"
        if not made.exists():
            raise NoticeError(say("notice.damaged", lang, file=path.name))
        yield made


def _convert(program: str, source: Path, place: Path, target: str) -> None:
    """A profile of its own, so that an open LibreOffice is not disturbed; what it prints is not ours."""
    command = [
        program,
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(place / "out"),
        str(source),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=_LONGEST_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return
