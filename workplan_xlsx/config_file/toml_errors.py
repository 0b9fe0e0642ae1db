"""Why a file is no TOML, in the reader's words: the parser tells it in English only."""

from __future__ import annotations

import re

from workplan_xlsx.words import Lang, say

_PLACE = re.compile(r"\s*\((?:at line (?P<line>\d+), column (?P<column>\d+)|at end of document)\)$")
# What the parser's sentence holds -> the entry of config.toml that says it.
_SAID = (
    (("Cannot declare", "Cannot overwrite", "Cannot mutate", "Duplicate", "defined"), "toml_twice"),
    (("Expected '='",), "toml_no_equals"),
    (("Unclosed", "Unterminated", "Expected ']'", "Illegal character"), "toml_unclosed"),
    (("Invalid date",), "toml_date"),
    (("Invalid value", "Unescaped", "Expected newline"), "toml_value"),
)


def told_error(said: str, lang: Lang) -> str:
    """Return the parser's sentence in the language, with the line it names."""
    place = _PLACE.search(said)
    bare = said[: place.start()] if place else said
    entry = next((entry for parts, entry in _SAID if any(part in bare for part in parts)), "toml_other")
    why = say(f"config.{entry}", lang)
    if place is None:
        return why
    if place["line"] is None:
        return say("config.toml_at_end", lang, why=why)
    return say("config.toml_at", lang, line=place["line"], column=place["column"], why=why)
