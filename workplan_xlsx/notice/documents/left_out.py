"""What of a document was not read, or was read as an editor left it: told once, with what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.words import Lang
from workplan_xlsx.words.listing import listed

_MOST_TOLD, _LONGEST_TOLD = 12, 40


def struck_through(where: str, texts: Sequence[str], lang: Lang) -> Finding:
    """Return the finding on text that is struck through: withdrawn, and not read."""
    return found(Code.NOTICE_STRUCK_THROUGH, where=where, count=len(texts), what=_told(texts, lang))


def quoted(texts: Iterable[str]) -> list[str]:
    """Return the texts in quotes, each cut to a length that still tells which it is."""
    return [f"“{_short(each)}”" for each in texts]


def revised(inserted: int, deleted: Sequence[str], lang: Lang) -> Finding:
    """Return the finding on changes that nobody has accepted yet: read as if they were."""
    what = _told(deleted, lang) or "—"
    return found(Code.NOTICE_REVISED, inserted=inserted, deleted=len(deleted), what=what)


def _told(texts: Sequence[str], lang: Lang) -> str:
    return listed(texts[:_MOST_TOLD], lang) + ("……" if len(texts) > _MOST_TOLD else "")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_TOLD else f"{flat[:_LONGEST_TOLD]}……"


def filled(texts: Iterable[str]) -> list[str]:
    """The texts that say something."""
    return [each.strip() for each in texts if each.strip()]
