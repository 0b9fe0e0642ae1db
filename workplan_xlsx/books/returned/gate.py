"""Before any parser: a zipped workbook's parts, inflated within limits, whole, unambiguous, free of DTDs.

The limits stand far above every honest file that was ever measured (largest seen: 188 parts, 6.5 MiB
inflated, ratio 97) and far below what harms the machine. Styled blank cells cost nothing here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workplan_xlsx.books.returned.quick_search import declares
from workplan_xlsx.books.returned.same_parts import read_once
from workplan_xlsx.books.returned.unreadable import Unreadable, damaged, too_large, unsafe
from workplan_xlsx.books.returned.zip_directory import Member
from workplan_xlsx.domain.findings import Code

MEBIBYTE = 2**20
LARGEST_PART_BYTES = 128 * MEBIBYTE
LARGEST_WHOLE_BYTES = 256 * MEBIBYTE
_HIGHEST_RATIO = 200
_RATIO_COUNTS_FROM_BYTES = MEBIBYTE
_TOKEN_WINDOW = MEBIBYTE // 2
_SMALL_BYTES = 64 * 1024
_STORED, _DEFLATED = 0, 8
_XML = (".xml", ".rels", ".vml")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


@dataclass(frozen=True, slots=True)
class Package:
    """A zipped workbook that passed: its XML and binary parts by lower-case name, / between folders.

    Attributes:
        names: Every member, media and macros included, in the directory's order.
        parts: Content of the members that a reader may need; media are checked and left out.
    """

    names: tuple[str, ...]
    parts: Mapping[str, bytes]

    def part(self, name: str) -> bytes | None:
        """The part of that name, upper and lower case alike as the format has it; None when absent."""
        return self.parts.get(name.lower())

    def has_folder(self, prefix: str) -> bool:
        """Whether any member's name begins so."""
        return any(name.lower().startswith(prefix) for name in self.names)


def open_package(data: bytes, members: tuple[Member, ...]) -> Package:
    """Return the checked parts of a zipped workbook (xlsx, xlsm, xlsb, ods) with this directory.

    Raises:
        Unreadable: DAMAGED (breaks off, wrong checksum), UNSAFE (ambiguous, a bomb, a DTD), TOO_LARGE or
            PASSWORD.
    """
    if any(member.is_encrypted for member in members):
        raise Unreadable(Code.PASSWORD, "password")
    check_sizes(members)
    keys = [member.name.lower() for member in members]
    if _MANIFEST in keys and b"encryption-data" in inflate(data, members[keys.index(_MANIFEST)]):
        raise Unreadable(Code.PASSWORD, "password")
    parts = {}
    for key, member in zip(keys, members, strict=True):
        content = _content(data, key, member)
        if content is not None and not member.is_folder:
            parts[key] = content
    return Package(names=tuple([member.name for member in members]), parts=parts)


_MANIFEST = "meta-inf/manifest.xml"
"""OpenDocument packs an encrypted workbook as an ordinary zip and says so there."""


def check_sizes(members: tuple[Member, ...]) -> None:
    """Refuse by what is announced; `inflate` holds each member to its announcement.

    Raises:
        Unreadable: A part or the whole is too large, or packed as only a bomb is.
    """
    whole = 0
    for member in members:
        whole += member.size
        if member.size > LARGEST_PART_BYTES or whole > LARGEST_WHOLE_BYTES:
            limit = f"{LARGEST_WHOLE_BYTES // MEBIBYTE} MB"
            raise too_large("inflates_to", size=max(member.size, whole) // MEBIBYTE, limit=limit)
        if member.size > _RATIO_COUNTS_FROM_BYTES and member.size > _HIGHEST_RATIO * max(member.packed, 1):
            raise unsafe("bomb", name=member.name)


def _content(data: bytes, key: str, member: Member) -> bytes | None:
    """The member's content where a reader may need it, checked in any case."""
    if key.endswith(_XML):
        return _known_before(data, member) or _xml(data, member)
    if key.endswith(".bin") or "/" not in key:
        return inflate(data, member)
    for _ in _inflated(data, member):
        pass
    return None


def _known_before(data: bytes, member: Member) -> bytes | None:
    is_small = member.method == _DEFLATED and member.size <= _SMALL_BYTES
    return _plain_xml(_packed(data, member), member.size, member.crc) if is_small else None


def _xml(data: bytes, member: Member) -> bytes:
    content = inflate(data, member)
    _check_xml(content, member.name)
    return content


def inflate(data: bytes, member: Member) -> bytes:
    """Return the member's content, exactly as long as announced and with the right checksum.

    Raises:
        Unreadable: It is not.
    """
    if member.method == _DEFLATED and member.size < MEBIBYTE:
        content = _inflated_at_once(_packed(data, member), member.size, member.crc)
        if content is not None:
            return content
    return b"".join(_inflated(data, member))


def _inflated_at_once(packed: bytes, size: int, crc: int) -> bytes | None:
    """A small member in one step; None where anything is not as announced: then the long way says what."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = machine.decompress(packed, size + 1)
    except zlib.error:
        return None
    ends_well = machine.eof and not machine.unused_data and len(content) == size
    return content if ends_well and zlib.crc32(content) == crc else None


@read_once
def _plain_xml(packed: bytes, size: int, crc: int) -> bytes | None:
    """The same, and without any declaration; None where that is to be looked at."""
    content = _inflated_at_once(packed, size, crc)
    return content if content is not None and not _may_declare(content) else None


def _packed(data: bytes, member: Member) -> bytes:
    return data[member.begins : member.begins + member.packed]


def _inflated(data: bytes, member: Member) -> Iterator[bytes]:
    packed = _packed(data, member)
    if member.method == _STORED:
        chunks: Iterator[bytes] = iter((packed,))
    elif member.method == _DEFLATED:
        chunks = _deflated(packed, member)
    else:
        raise damaged("packed_strangely", name=member.name)
    size = crc = 0
    for chunk in chunks:
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        if size > member.size:
            raise unsafe("size_lies", name=member.name)
        yield chunk
    if size != member.size or crc != member.crc:
        raise damaged("checksum", name=member.name)


def _deflated(packed: bytes, member: Member) -> Iterator[bytes]:
    """Inflate in steps: what a header announces is never allocated on its word."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        rest = packed
        while not machine.eof:
            chunk = machine.decompress(rest, MEBIBYTE)
            rest = machine.unconsumed_tail
            if not chunk and not rest and not machine.eof:
                raise damaged("checksum", name=member.name)
            yield chunk
    except zlib.error:
        raise damaged("checksum", name=member.name) from None
    if machine.unused_data:
        raise unsafe("size_lies", name=member.name)


def _check_xml(content: bytes, name: str) -> None:
    """No document type, no entities, no token that makes a parser slow."""
    plain = _plainly(content)
    has_declarations = declares(plain)
    if has_declarations and _DECLARES.search(plain):
        raise unsafe("document_type", name=name)
    if len(plain) > _TOKEN_WINDOW:
        _check_tokens(plain, name, _LONG_TOKENS if has_declarations else _INSTRUCTIONS)


def _may_declare(content: bytes) -> bool:
    return declares(_plainly(content))


def _plainly(content: bytes) -> bytes:
    """The content so that an ASCII word can be found in it, in UTF-16 and UTF-32 as well."""
    if content[:2] in _UTF16_MARKS or content[:4].count(0) >= 2:
        return content.replace(b"\0", b"")
    return content


_INSTRUCTIONS = ((b"<?", b"?>"),)
_LONG_TOKENS = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), *_INSTRUCTIONS)


def _check_tokens(content: bytes, name: str, long_tokens: Iterable[tuple[bytes, bytes]]) -> None:
    """A token of a mebibyte leaves at least one aligned window of half of it without any "<"."""
    for at in range(0, len(content) - _TOKEN_WINDOW, _TOKEN_WINDOW):
        if content.find(b"<", at, at + _TOKEN_WINDOW) < 0:
            raise unsafe("huge_token", name=name)
    for opens, closes in long_tokens:
        at = content.find(opens)
        last = content.rfind(opens[1:2]) + len(opens)  # of a rare byte: found at once
        while at >= 0:
            ends = content.find(closes, at)
            if ends < 0 or ends - at > 2 * _TOKEN_WINDOW:
                raise unsafe("huge_token", name=name)
            at = content.find(opens, ends, last)
