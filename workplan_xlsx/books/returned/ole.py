"""The container of .xls, WPS .et and encrypted workbooks: streams by name, loops and lies refused."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workplan_xlsx.books.returned.unreadable import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE_FROM = 0xFFFFFFFE, 0xFFFFFFFA
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class Container:
    """An OLE compound file over its bytes.

    Raises:
        Unreadable: The header, a sector chain or the directory is damaged.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise damaged("breaks_off")
        self._data = data
        shift, mini_shift = struct.unpack_from("<2H", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged("container")
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        self._table = self._allocation_table()
        first_directory, _, self._cutoff, first_mini = struct.unpack_from("<4L", data, 48)
        self._entries = tuple(self._directory(first_directory))
        self._mini_table = self._numbers(self._chain(first_mini)) if first_mini < _FREE_FROM else ()
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        self._mini_stream = self._chain(root.start)[: root.size] if root and root.start < _FREE_FROM else b""

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams, in lower case."""
        return frozenset(entry.name.lower() for entry in self._entries if entry.kind == _STREAM)

    def stream(self, name: str) -> bytes:
        """The stream's bytes.

        Raises:
            Unreadable: There is none of that name, or it breaks off.
        """
        for entry in self._entries:
            if entry.kind == _STREAM and entry.name.lower() == name.lower():
                return self._content(entry)
        raise damaged("container")

    def _content(self, entry: _Entry) -> bytes:
        chain = self._chain if entry.size >= self._cutoff else self._mini_chain
        content = chain(entry.start)
        if len(content) < entry.size:
            raise damaged("breaks_off")
        return content[: entry.size]

    def _allocation_table(self) -> tuple[int, ...]:
        data = self._data
        (count,) = struct.unpack_from("<L", data, 44)
        extra_at, extra_count = struct.unpack_from("<2L", data, 68)
        places = list(struct.unpack_from("<109L", data, 76))
        seen: set[int] = set()
        while extra_at < _FREE_FROM and extra_count:
            if extra_at in seen:
                raise damaged("container")
            seen.add(extra_at)
            numbers = self._numbers(self._at(extra_at))
            places += numbers[:-1]
            extra_at = numbers[-1]
        places = [place for place in places[:count] if place < _FREE_FROM]
        return self._numbers(b"".join(self._at(place) for place in places))

    def _at(self, sector: int) -> bytes:
        """One sector; the last one of a file may be cut short by writers that do not fill it up."""
        begins = (sector + 1) * self._sector
        content = self._data[begins : begins + self._sector]
        if not content:
            raise damaged("breaks_off")
        return content.ljust(self._sector, b"\0")

    def _numbers(self, content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}L", content[: len(content) // 4 * 4])

    def _chain(self, start: int) -> bytes:
        return b"".join(self._at(sector) for sector in _follow(start, self._table))

    def _mini_chain(self, start: int) -> bytes:
        size = self._mini
        pieces = (self._mini_stream[at * size : (at + 1) * size] for at in _follow(start, self._mini_table))
        return b"".join(pieces)

    def _directory(self, first: int) -> Iterator[_Entry]:
        content = self._chain(first)
        for at in range(0, len(content) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            name_size, kind = struct.unpack_from("<HB", content, at + 64)
            start, size = struct.unpack_from("<2L", content, at + 116)
            if kind in (_STREAM, _ROOT) and 2 <= name_size <= 64:
                raw = content[at : at + name_size - 2]
                yield _Entry(raw.decode("utf-16-le", "replace"), kind, start, size)


def _follow(start: int, table: Mapping[int, int] | tuple[int, ...]) -> Iterator[int]:
    """The sectors of a chain; one that is longer than the table goes in circles."""
    sector, steps = start, 0
    while sector < _FREE_FROM:
        steps += 1
        if sector >= len(table) or steps > len(table):
            raise damaged("container")
        yield sector
        sector = table[sector]
