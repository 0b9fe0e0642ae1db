"""The real LibreOffice, headless, with a profile of its own so that two runs do not meet."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

PROGRAM = shutil.which("soffice")


class LibreOffice:
    """Opens, recalculates and saves files as LibreOffice does for a clerk who uses it."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def save_as(self, kind: str, folder: Path, *files: Path) -> list[Path]:
        """Open each file and save it in `folder` as xlsx, ods, xls, pdf, docx ...; return the new paths."""
        folder.mkdir(parents=True, exist_ok=True)
        command = [
            str(PROGRAM),
            f"-env:UserInstallation=file://{self._home}",
            "--headless",
            "--convert-to",
            _FILTER.get(kind, kind),
            "--outdir",
            str(folder),
            *map(str, files),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return [folder / f"{file.stem}.{kind}" for file in files]


_FILTER = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
}
