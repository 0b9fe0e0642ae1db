"""winmail.dat, in which Outlook packs the attachments of its "rich text" letters (TNEF, [MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_SIGNATURE = struct.pack("<I", 0x223E9F78)
_NEXT_ATTACHMENT, _NAME, _DATA = 0x9002, 0x8010, 0x800F
_FIRST = 6  # the signature, and a key of two bytes


def is_winmail(data: bytes) -> bool:
    """Whether the bytes are such a packet."""
    return data.startswith(_SIGNATURE)


def packed_in(data: bytes) -> list[tuple[str, bytes]]:
    """The (name, bytes) of its attachments; of one that is cut off as many as are whole."""
    found: list[tuple[str, bytes]] = []
    name, content = "", b""
    for kind, value in _attributes(data):
        if kind == _NEXT_ATTACHMENT:
            found.append((name, content))
            name, content = "", b""
        elif kind == _NAME:
            name = value.rstrip(b"\0").decode("gb18030", "replace")
        elif kind == _DATA:
            content = value
    return [each for each in [*found, (name, content)] if each[1]]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Level (1 byte), kind (2), type (2), length (4), the value, a checksum (2); as many as are whole."""
    at = _FIRST
    while at + 9 <= len(data):
        kind, _, length = struct.unpack_from("<HHI", data, at + 1)
        start, end = at + 9, at + 9 + length
        if end > len(data):
            return
        yield kind, data[start:end]
        at = end + 2
