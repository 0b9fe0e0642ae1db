"""Characters that nobody sees: zero width, soft hyphens, byte order marks, marks of direction.

Pasting from web pages, chats and PDF leaves them in cells. What two texts differ by is told to people: a
difference that they cannot see must not be one. Those that turn round what is shown (U+202E) are kept.
"""

from __future__ import annotations

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u202a\u202c\u202d\u2060\u2066\u2069\ufeff"
_NOTHING = dict.fromkeys(map(ord, UNSEEN))


def without_unseen(text: str) -> str:
    """The text without them."""
    return text if text.isprintable() else text.translate(_NOTHING)


def as_seen(text: str) -> str:
    """The text without them and without white space, as codes and names are compared."""
    return without_unseen("".join(text.split()))
