"""Attachments put into the inbox under the sender's name for them, in the order in which they came."""

from __future__ import annotations

import hashlib
import os
import re
import time

from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.intake.file_names import is_lock_or_leftover
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_LONGEST_NAME_BYTES = 120
_APART_NS = 10_000_000


class AttachmentsIn:
    """Puts one after the other into the inbox.

    The inbox takes files in by the time of their last change, and the later form of a unit counts: two that
    were written within one tick of the disk's clock must not change places.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._last_ns = 0

    def put(self, name: str, data: bytes) -> None:
        """Write it whole; the same bytes under the same name again are the same file.

        Raises:
            OutputError: The inbox cannot be written.
        """
        start = hashlib.sha256(data).hexdigest()[:8]
        path = self._office.folders.inbox / f"{start}_{self._file_name(name)}"
        write_bytes_whole(path, data, self._office.lang)
        self._last_ns = max(time.time_ns(), self._last_ns + _APART_NS)
        os.utime(path, ns=(self._last_ns, self._last_ns))

    def _file_name(self, name: str) -> str:
        """The name without what a file name must not hold; its ending is kept."""
        plain = _NOT_IN_A_NAME.sub("_", name).strip(" .")
        stem, dot, ending = plain.rpartition(".")
        while len(plain.encode()) > _LONGEST_NAME_BYTES and stem:
            stem = stem[:-1]
            plain = f"{stem}{dot}{ending}"
        if len(plain.encode()) > _LONGEST_NAME_BYTES:
            plain = ""
        nameless = say("mail.nameless", self._office.lang)
        return f"{plain}_{nameless}" if is_lock_or_leftover(f"_{plain}") else plain or nameless
