"""Why a file's bytes cannot be taken as a workbook; known only to the rooms that read."""

from __future__ import annotations

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.words import Lang, say

_FACT_OF_CODE = {Code.NOT_A_WORKBOOK: "kind", Code.HOLDS_OTHER_FILES: "kind", Code.TOO_LARGE: "size"}


class Unreadable(Exception):
    """Reading stops here; the form gets this as its finding and nothing is taken from it.

    Attributes:
        code: EMPTY_FILE, NOT_A_WORKBOOK, HOLDS_OTHER_FILES, PASSWORD, DAMAGED, UNSAFE or TOO_LARGE.
        because: Entry of reading.toml that says what was met.
    """

    def __init__(self, code: Code, because: str, **facts: object) -> None:
        super().__init__(code.name, because, facts)
        self.code = code
        self.because = because
        self._facts = facts

    def finding(self, file: str, lang: Lang) -> Finding:
        """What the sender is told."""
        why = say(f"reading.{self.because}", lang, **self._facts)
        facts = {_FACT_OF_CODE.get(self.code, "why"): why}
        if self.code is Code.TOO_LARGE:
            facts["limit"] = say("reading.limit", lang, limit=self._facts["limit"])
        return found(self.code, file=file, **facts)


def damaged(because: str, **facts: object) -> Unreadable:
    """The bytes contradict themselves or break off."""
    return Unreadable(Code.DAMAGED, because, **facts)


def unsafe(because: str, **facts: object) -> Unreadable:
    """The file is made to harm or to mislead its reader."""
    return Unreadable(Code.UNSAFE, because, **facts)


def too_large(because: str, *, limit: object, **facts: object) -> Unreadable:
    """More than an honest form ever holds; `limit` is told."""
    return Unreadable(Code.TOO_LARGE, because, limit=limit, **facts)
