"""A file in hand: its bytes, read once, and how they go to a reader, which nobody copies on the way."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from multiprocessing.connection import Connection

from workplan_xlsx.domain.quick_to_pickle import quick_to_pickle

_MOST_AT_ONCE_BYTES = 2**20
_LENGTHS = struct.Struct("<II")
_NAMES = "utf-8", "surrogatepass"  # a file's name need not be text


@quick_to_pickle
@dataclass(frozen=True, slots=True)
class FileInHand:
    """A file's bytes, read once, with the name it had and its hash."""

    name: str
    sha256: str
    data: bytes


def hand_over(hand: FileInHand, to: Connection) -> None:
    """Send the file to a reader.

    Raises:
        OSError: The reader is gone.
    """
    told = f"{hand.sha256}\n{hand.name}".encode(*_NAMES)
    if os.name == "nt":
        to.send_bytes(told)
        to.send_bytes(hand.data)
        return
    pieces = [_LENGTHS.pack(len(told), len(hand.data)), told, hand.data]
    sent = os.writev(to.fileno(), pieces)
    if sent < sum(map(len, pieces)):
        left = memoryview(b"".join(pieces))[sent:]
        while left:
            left = left[os.write(to.fileno(), left) :]


def taken_over(from_office: Connection) -> FileInHand:
    """Wait for the next file.

    Raises:
        EOFError, OSError: There comes none any more.
    """
    if os.name == "nt":
        told, data = from_office.recv_bytes(), from_office.recv_bytes()
    else:
        pipe = from_office.fileno()
        lengths = _LENGTHS.unpack(_exactly(pipe, _LENGTHS.size))
        told, data = (_exactly(pipe, length) for length in lengths)
    sha256, _, name = told.decode(*_NAMES).partition("\n")
    return FileInHand(name, sha256, data)


def _exactly(pipe: int, length: int) -> bytes:
    pieces = []
    while length:
        piece = os.read(pipe, min(length, _MOST_AT_ONCE_BYTES))
        if not piece:
            raise EOFError
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
