"""A file is there whole or not at all; the previous one stays until the new one is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workplan_xlsx.errors import OutputError
from workplan_xlsx.words import Lang, say


@contextmanager
def whole_file(path: Path, lang: Lang = "zh") -> Iterator[Path]:
    """Yield a side path; it is put in place of `path` only if the block succeeds.

    Raises:
        OutputError: It cannot be written or put in place (open in Excel, disk full, read-only folder); what
            was there before is intact.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        _flush(partial)
        partial.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(say("books.cannot_write", lang, file=path, why=why)) from error
    finally:
        with suppress(OSError):  # the sentence above is what matters; every reader ignores a left-over .part
            partial.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name durable, where the system knows folders as files."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_bytes_whole(path: Path, data: bytes, lang: Lang = "zh") -> None:
    """Put the bytes in place, whole or not at all.

    Raises:
        OutputError: As `whole_file`.
    """
    with whole_file(path, lang) as partial:
        partial.write_bytes(data)


def write_text_whole(path: Path, text: str, lang: Lang = "zh") -> None:
    """Write a short text, readable by every editor on Windows.

    Raises:
        OutputError: As `whole_file`.
    """
    write_bytes_whole(path, text.encode("utf-8-sig"), lang)
