"""Does a workbook that was just written open again: every part of it whole, the parts that must be there."""

from __future__ import annotations

import errno
import zipfile
import zlib
from pathlib import Path

_ZIPPED = (".xlsx", ".xlsm", ".docx")
_MUST_HOLD = {".xlsx": "xl/workbook.xml", ".xlsm": "xl/workbook.xml", ".docx": "word/document.xml"}


def check_opens_again(path: Path) -> None:
    """Read the side file of a zipped output to its end; other kinds are not looked into.

    Raises:
        OSError: A part is missing, or disagrees with its checksum: what was written is not there.
    """
    suffix = _suffix(path)
    if suffix not in _ZIPPED:
        return
    try:
        with zipfile.ZipFile(path) as package:
            damaged = package.testzip()
            if damaged is None and _MUST_HOLD[suffix] in package.namelist():
                return
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise OSError(errno.EIO, str(error)) from error
    raise OSError(errno.EIO, damaged or _MUST_HOLD[suffix])


def _suffix(path: Path) -> str:
    """The suffix that the file will have in its place: `.x.xlsx.part` is an xlsx."""
    return Path(path.name.removesuffix(".part")).suffix.lower()
