"""Short texts by the dozen, each there whole or not at all; they come to the disk together."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from workplan_xlsx.books.whole_file import flush_folder, flush_together, side_name, what_to_do
from workplan_xlsx.words import Lang, say

_OPENED = os.O_RDWR | os.O_CREAT | os.O_TRUNC
for _name in ("O_BINARY", "O_CLOEXEC"):
    _OPENED |= getattr(os, _name, 0)


def write_texts_whole(folder: Path, texts: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """Write some dozens of texts into the folder, by file name; return why one could not be, by its name.

    Each is written beside and read back; all are brought to the disk, and only then put in place. Every
    editor on Windows can read them.
    """
    texts_here = _Texts(folder, lang)
    try:
        for name, text in texts.items():
            texts_here.write(name, text.encode("utf-8-sig", "backslashreplace"))
        texts_here.flush()
        texts_here.put_in_place()
    finally:
        texts_here.clear_away()
    return {name: what_to_do(folder / name, error, lang) for name, error in texts_here.troubles.items()}


class _Texts:
    """Texts on their way into a folder.

    Attributes:
        troubles: What the system said, by name.
    """

    def __init__(self, folder: Path, lang: Lang) -> None:
        self.troubles: dict[str, OSError] = {}
        self._folder = folder
        self._lang = lang
        self._open: dict[str, int] = {}
        self._beside: set[str] = set()

    def write(self, name: str, data: bytes) -> None:
        self._beside.add(name)
        try:
            self._open[name] = number = self._opened(name)
            _write_all(number, data)
            os.lseek(number, 0, os.SEEK_SET)
            if os.read(number, len(data) + 1) != data:
                raise OSError(errno.EIO, say("books.reads_back_differently", self._lang))
        except OSError as error:
            self.troubles[name] = error

    def _opened(self, name: str) -> int:
        path = self._path(side_name(name))
        try:
            return os.open(path, _OPENED, 0o666)
        except FileNotFoundError:  # the first text in this folder
            self._folder.mkdir(parents=True, exist_ok=True)
            return os.open(path, _OPENED, 0o666)

    def _path(self, name: str) -> str:
        return f"{self._folder}{os.sep}{name}"

    def flush(self) -> None:
        whole = [name for name in self._open if name not in self.troubles]
        try:
            flush_together([self._open[name] for name in whole])
        except OSError as error:
            self.troubles.update(dict.fromkeys(whole, error))
        self._close()

    def put_in_place(self) -> None:
        placed = [name for name in self._beside if name not in self.troubles]
        for name in placed:
            try:
                os.replace(self._path(side_name(name)), self._path(name))  # noqa: PTH105 - once a form
                self._beside.discard(name)
            except OSError as error:
                self.troubles[name] = error
        try:
            if placed:
                flush_folder(self._folder)
        except OSError as error:
            self.troubles.update(dict.fromkeys(placed, error))

    def clear_away(self) -> None:
        self._close()
        for name in self._beside:
            with suppress(OSError):  # every reader ignores a left-over .part
                os.unlink(self._path(side_name(name)))  # noqa: PTH108

    def _close(self) -> None:
        while self._open:
            os.close(self._open.popitem()[1])


def _write_all(number: int, data: bytes) -> None:
    while data:
        data = data[os.write(number, data) :]
