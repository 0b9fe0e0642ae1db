"""Which sheets are certainly not the form: they are noted, and their cells are not taken.

A clerk may leave a database of a million cells beside his form. A sheet whose texts name neither enough
columns of ours nor an identity cannot be a table that counts, and nothing of it would be used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workplan_xlsx.books.columns import key_of_header
from workplan_xlsx.books.identity import KEYS
from workplan_xlsx.books.returned.identity_marks import ENOUGH_KEYS
from workplan_xlsx.books.returned.table import HEADERS_OF_A_TABLE

_POINTS_TO_TEXT = re.compile(r' t="s"[^<>]*><v>([0-9]+)</v>')
_TEXT_OF_ITS_OWN = re.compile(r' t="(?:str|inlineStr)"|<is')
_SPELLED_OTHERWISE = re.compile(r"<\w+:|\s=|=\s|='|<v\s")


class Headers:
    """Knows which shared texts of a workbook name our columns, and which an identity."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._columns = {str(index) for index, text in enumerate(texts) if key_of_header(text)}
        self._keys = {str(index) for index, text in enumerate(texts) if text.strip() in KEYS}

    def may_be_table(self, rows: str) -> bool:
        """Whether the rows may hold a table of ours; not ruled out where texts stand in the cells."""
        if _TEXT_OF_ITS_OWN.search(rows) or _SPELLED_OTHERWISE.search(rows):
            return True
        return len(self._columns & self._texts_in(rows)) >= HEADERS_OF_A_TABLE

    def may_be_identity(self, rows: str) -> bool:
        """Whether the rows may say whose form it is."""
        return len(self._keys & self._texts_in(rows)) >= len(ENOUGH_KEYS)

    def _texts_in(self, rows: str) -> set[str]:
        return {number.lstrip("0") or "0" for number in set(_POINTS_TO_TEXT.findall(rows))}
