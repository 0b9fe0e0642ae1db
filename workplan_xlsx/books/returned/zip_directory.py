"""A zip's directory, believed only where the bytes agree with it.

Readers of zips disagree on what a contradictory archive holds (the last of two equal names, the first, the
one that the local headers name); an archive that leaves room for disagreement is refused before any of them
sees it.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from workplan_xlsx.books.returned.unreadable import damaged, unsafe

MOST_MEMBERS = 1_000

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
_PADDING = b"\0\r\n\t "  # what mail gateways append
_UTF8, _ENCRYPTED = 0x800, 0x1
_MADE_ON_UNIX = 3
_LONGEST_KEPT = 200
"""Bytes of a name that is remembered; programs write 50 at most."""


class Member(NamedTuple):
    """One member as the directory names it.

    Attributes:
        name: With / between folders, as written otherwise.
        offset, begins: Where its local header begins, and after it the packed bytes.
        packed, size: Bytes in the archive, and as announced after inflating.
    """

    name: str
    raw_name: bytes
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    offset: int
    begins: int
    attributes: int
    made_by: int

    @property
    def is_encrypted(self) -> bool:
        """Whether a password is asked for."""
        return bool(self.flags & _ENCRYPTED)

    @property
    def is_folder(self) -> bool:
        """Whether it is only a folder's entry."""
        return self.name.endswith("/") and self.size == 0


class _End(NamedTuple):
    entries: int
    size: int
    offset: int
    at: int


def read_directory(data: bytes) -> tuple[Member, ...]:
    """Return the members in the directory's order.

    Raises:
        Unreadable: The end is missing (a half copy), entries and announcement differ, names are double or
            lead out of the archive, members overlap, or something stands before the first.
    """
    end = _find_end(data)
    if end.offset + end.size != end.at:
        raise unsafe("directory_elsewhere")
    if end.entries > MOST_MEMBERS:
        raise unsafe("too_many_members", count=end.entries, limit=MOST_MEMBERS)
    members = tuple(_entries(data, end))
    if len(members) != end.entries:
        raise damaged("directory_incomplete")
    _check_names(members)
    _check_places(members, end)
    return members


def _find_end(data: bytes) -> _End:
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _FULL_16))
    if at < 0 or at + _END.size > len(data):
        raise damaged("breaks_off")
    _, disk, _, _, entries, size, offset, comment = _END.unpack_from(data, at)
    if disk or data[at + _END.size + comment :].strip(_PADDING) or at + _END.size + comment > len(data):
        raise damaged("breaks_off")
    if entries != _FULL_16 and size != _FULL_32 and offset != _FULL_32:
        return _End(entries, size, offset, at)
    return _find_end64(data, at, _End(entries, size, offset, at))


def _find_end64(data: bytes, at: int, small: _End) -> _End:
    """The large record that stands before the small one; a full 16 bits without it is just 65,535 entries."""
    place = at - _LOCATOR64.size
    if place < 0 or data[place : place + 4] != b"PK\x06\x07":
        return small
    _, _, offset64, _ = _LOCATOR64.unpack_from(data, place)
    if offset64 + _END64.size > place or data[offset64 : offset64 + 4] != b"PK\x06\x06":
        raise damaged("directory_incomplete")
    _, _, _, _, _, _, _, entries, size, offset = _END64.unpack_from(data, offset64)
    return _End(entries, size, offset, offset64)


def _entries(data: bytes, end: _End) -> Iterator[Member]:
    at = end.offset
    while at + _ENTRY.size <= end.at:
        fields = _ENTRY.unpack_from(data, at)
        if fields[0] != b"PK\x01\x02":
            raise damaged("directory_incomplete")
        name_size, extra_size, comment_size = fields[10], fields[11], fields[12]
        name_at = at + _ENTRY.size
        extra_at = name_at + name_size
        at = extra_at + extra_size + comment_size
        if at > end.at:
            raise damaged("directory_incomplete")
        extra = data[extra_at : extra_at + extra_size]
        yield _member(data, data[name_at:extra_at], fields, extra)
    if at != end.at:
        raise damaged("directory_incomplete")


def _member(data: bytes, raw_name: bytes, fields: tuple[int, ...], extra: bytes) -> Member:
    packed, size, offset = _large_fields(fields[8], fields[9], fields[16], extra)
    _, made_by, _, flags, method, _, _, crc, _, _, _, _, _, _, _, attributes, _ = fields
    text = _text if len(raw_name) <= _LONGEST_KEPT else _text.__wrapped__
    name = text(raw_name, flags & _UTF8)
    begins = _begins(data, offset, raw_name, name, method, flags)
    return Member(name, raw_name, method, flags, crc, packed, size, offset, begins, attributes, made_by >> 8)


@lru_cache(maxsize=256)
def _text(raw_name: bytes, is_utf8: int) -> str:
    """The name as text; all forms of an office program have the same few."""
    return raw_name.decode("utf-8" if is_utf8 else "cp437", "replace").replace("\\", "/")


def _large_fields(packed: int, size: int, offset: int, extra: bytes) -> tuple[int, int, int]:
    """Take from the zip64 extra field what does not fit into 32 bits."""
    if _FULL_32 not in (packed, size, offset):
        return packed, size, offset
    large = iter(_zip64_numbers(extra))
    try:
        size = next(large) if size == _FULL_32 else size
        packed = next(large) if packed == _FULL_32 else packed
        offset = next(large) if offset == _FULL_32 else offset
    except StopIteration:
        raise damaged("directory_incomplete") from None
    return packed, size, offset


def _zip64_numbers(extra: bytes) -> list[int]:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            count = min(size, len(extra) - at - 4) // 8
            return list(struct.unpack_from(f"<{count}Q", extra, at + 4))
        at += 4 + size
    return []


def _check_names(members: tuple[Member, ...]) -> None:
    names = tuple([member.name for member in members])
    check = _check_each if sum(map(len, names)) <= _LONGEST_KEPT * len(names) else _check_each.__wrapped__
    check(names)
    for member in members:
        if member.made_by == _MADE_ON_UNIX and stat.S_ISLNK(member.attributes >> 16):
            raise unsafe("member_leads_out", name=member.name)


@lru_cache(maxsize=64)
def _check_each(names: tuple[str, ...]) -> None:
    """No name twice, and none that would leave the folder it is unpacked into."""
    seen: set[str] = set()
    for name in names:
        key = name.casefold()
        if key in seen:
            raise unsafe("double_member", name=name)
        seen.add(key)
        if name.startswith("/") or "\0" in name or name[1:2] == ":" or ".." in name.split("/"):
            raise unsafe("member_leads_out", name=name)


def _check_places(members: tuple[Member, ...], end: _End) -> None:
    """Members follow each other without overlap, from the first byte to the directory."""
    reached = 0
    for member in sorted(members, key=_by_offset):
        if member.offset < reached or (reached == 0 and member.offset):
            raise unsafe("members_overlap")
        reached = member.begins + member.packed
        if reached > end.offset:
            raise damaged("breaks_off")


_by_offset = attrgetter("offset")


def _begins(data: bytes, at: int, raw_name: bytes, name: str, method: int, flags: int) -> int:
    """Where a member's packed bytes begin, if its local header says what the directory says.

    Raises:
        Unreadable: There is no local header of that name.
    """
    if at + _LOCAL.size > len(data) or data[at : at + 4] != b"PK\x03\x04":
        raise damaged("directory_incomplete")
    _, _, there, packed_by, _, _, _, _, _, name_size, extra_size = _LOCAL.unpack_from(data, at)
    name_at = at + _LOCAL.size
    same = data[name_at : name_at + name_size] == raw_name and packed_by == method
    if not same or (there ^ flags) & _ENCRYPTED:
        raise unsafe("headers_disagree", name=name)
    begins: int = name_at + name_size + extra_size
    return begins
