"""The records of a binary part (.bin) of an .xlsb: a number for the kind, a length, the bytes."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct

from workplan_xlsx.books.returned.unreadable import damaged

_LONG = Struct("<I")
_OTHER_VERSIONS = {35: 36, 37: 38}
"""Records that open and close what only other versions of Excel read."""


def records(content: bytes, part: str) -> Iterator[tuple[int, bytes]]:
    """Yield (kind, bytes) of every record that every version reads.

    Raises:
        Unreadable: One reaches beyond the end.
    """
    at, size = 0, len(content)
    closes: list[int] = []
    while at < size:
        kind = content[at]
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[at + 1] & 0x7F) << 7 if at + 1 < size else -1
            at += 1
        length, at = _length(content, at + 1)
        if kind < 0 or at + length > size:
            raise damaged("breaks_off_in", name=part)
        if closes and kind == closes[-1]:
            closes.pop()
        elif kind in _OTHER_VERSIONS:
            closes.append(_OTHER_VERSIONS[kind])
        elif not closes:
            yield kind, content[at : at + length]
        at += length


def _length(content: bytes, at: int) -> tuple[int, int]:
    """(the length that stands there, where the bytes begin)."""
    length = shift = 0
    for byte in content[at : at + 4]:
        at += 1
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    return length, at


def text_at(record: bytes, at: int) -> tuple[str, int]:
    """(the text that stands there, where it ends).

    Raises:
        struct.error, ValueError: The record is too short, or it is no text.
    """
    (characters,) = _LONG.unpack_from(record, at)
    begins = at + 4
    ends = begins + 2 * characters
    if ends > len(record):
        raise ValueError(characters)
    return record[begins:ends].decode("utf-16-le"), ends
