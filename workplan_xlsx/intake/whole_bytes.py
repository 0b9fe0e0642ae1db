"""A file's bytes, read once, and whether their end is there: a copy that is under way lacks it.

Only the places where a format says how long it is are looked at; nothing is parsed. The size is no sign of
being whole: Windows gives a copy its final size first.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.intake.inbox import Entry, stamp_of

_HOLE_BYTES = 4096
_HOLE = bytes(_HOLE_BYTES)
_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
    _FLAGS |= getattr(os, _name, 0)
_END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 0xFFFF
_IN_ZIP64 = 0xFFFFFFFF
_ZIP = b"PK"
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES, _IN_HEADER, _FREE = 512, 109, 0xFFFFFFFF


def read_whole(entry: Entry) -> bytes | None:
    """Return the file's bytes; None when it changed or went away while being read.

    Raises:
        OSError: It is there and cannot be opened.
    """
    try:
        data = _first_bytes(entry.path, entry.stamp[2])
    except OSError:
        if stamp_of(entry.path) != entry.stamp:
            return None
        raise
    return data if stamp_of(entry.path) == entry.stamp else None


def _first_bytes(path: Path, size: int) -> bytes:
    """So many bytes, or all that there are: whether there are more now, the stamp says."""
    file = os.open(path, _FLAGS)
    try:
        data = os.read(file, size)
        while len(data) < size and (more := os.read(file, size - len(data))):
            data += more
    finally:
        os.close(file)
    return data


def breaks_off(data: bytes) -> str:
    """Return the entry of intake.toml that says why the bytes look unfinished; "" where they do not."""
    if not data:
        return "unfinished_empty"
    if not data[:8].strip(b"\0"):
        return "unfinished_zeros"  # no format begins so
    if data[:2] == _ZIP[: len(data[:2])]:
        return _zip_breaks_off(data)
    if _CONTAINER.startswith(data[:8]):
        return "" if len(data) >= _HEADER_BYTES and _container_ends(data) else "unfinished_end"
    return "unfinished_zeros" if data.endswith(_HOLE) else ""


@dataclass(frozen=True, slots=True)
class ZipEnd:
    """Where a zip says that its directory stands."""

    size: int
    offset: int


def end_of_zip(data: bytes) -> ZipEnd | None:
    """Return what the record at the end of a zip says; None where there is none, or not all of it."""
    at = data.rfind(b"PK\5\6", max(0, len(data) - _END_OF_DIRECTORY.size - _LONGEST_COMMENT))
    if at < 0 or at + _END_OF_DIRECTORY.size > len(data):
        return None
    *_, size, offset, comment = _END_OF_DIRECTORY.unpack_from(data, at)
    return ZipEnd(size, offset) if at + _END_OF_DIRECTORY.size + comment <= len(data) else None


def _zip_breaks_off(data: bytes) -> str:
    """The directory's end stands last, the directory before it; a copy with gaps has runs of zeros."""
    end = end_of_zip(data)
    if end is None:
        return "unfinished_end"
    told = _IN_ZIP64 in (end.size, end.offset) or end.size == 0
    if not told and data[end.offset : end.offset + 4] != b"PK\1\2":
        return "unfinished_end"
    return "unfinished_zeros" if _has_hole(data) else ""


def _has_hole(data: bytes) -> bool:
    """Whether so many zeros follow one another; one of them would stand at one of the places looked at."""
    return 0 in data[_HOLE_BYTES - 1 :: _HOLE_BYTES] and _HOLE in data


def _container_ends(data: bytes) -> bool:
    """Whether every sector that the allocation table uses is there, and the directory where it should be."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        return True  # not for us to say what is wrong with it
    sector = 1 << shift
    tables = struct.unpack_from("<L", data, 44)[0]
    listed = struct.unpack_from(f"<{_IN_HEADER}L", data, 76)[: min(tables, _IN_HEADER)]
    highest = -1
    for number, place in enumerate(listed):
        table = data[(place + 1) * sector : (place + 2) * sector]
        if len(table) < sector or not table.strip(b"\0"):
            return False
        following = struct.unpack(f"<{sector // 4}L", table)
        used = [index for index, sign in enumerate(following) if sign != _FREE]
        highest = number * (sector // 4) + used[-1] if used else highest
    directory = struct.unpack_from("<L", data, 48)[0]
    begins = data[(directory + 1) * sector :][:2]
    return begins.strip(b"\0") != b"" and len(data) > (highest + 1) * sector
