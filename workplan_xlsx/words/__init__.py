"""The one catalogue of texts that a user reads, in Chinese and English.

Each `*.toml` beside this file is one chapter; an entry is `key = { zh = "...", en = "..." }`.
`say("form.title", lang, unit="区科技局")` reads entry `title` of `form.toml` and fills its `{places}`.
A chapter is read when first asked for: `workplan --help` does not pay for the ranking workbook's words.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

Lang = Literal["zh", "en"]


@cache
def _chapter(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def say(key: str, lang: Lang, /, **facts: object) -> str:
    """Return the catalogue's sentence for `chapter.entry` in the language, with its places filled.

    Raises:
        KeyError: There is no such entry, or a place is not given (both are bugs; a test finds them).
    """
    chapter, entry = key.split(".", 1)
    text: str = _chapter(chapter)[entry][lang]
    return text.format_map(facts) if facts else text


def has(key: str) -> bool:
    """Tell whether the catalogue holds `chapter.entry`."""
    chapter, entry = key.split(".", 1)
    return entry in _chapter(chapter)
