"""A mistake in workplan.toml in words: key and line, what is there, what is expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from workplan_xlsx.config_file.keys import Mistake
from workplan_xlsx.words import say
from workplan_xlsx.words.written_in import language_of


def mistake(each: Mistake, text: str) -> str:
    """One mistake: where (key and line), what is there, what is expected."""
    lang = language_of(text)
    where = placed(each.path, text)
    if each.known:
        near = get_close_matches(each.path[-1], each.known, n=1, cutoff=0.5)
        hint = say("config.did_you_mean", lang, name=near[0]) if near else ""
        return where + say("config.unknown_key", lang, hint=hint)
    got = "" if each.got == "" else say("config.got", lang, got=each.got)
    return where + got + say(f"config.{each.said}", lang, **(each.facts or {"-": "-"}))


def placed(path: Sequence[str], text: str) -> str:
    """Where a mistake stands: rules.light.2.when（第 31 行）; places in a list are counted from 1."""
    lang = language_of(text)
    shown = ".".join(str(int(part) + 1) if part.isdecimal() else part for part in path)
    return say("config.where", lang, key=shown or "-", line=_line_of(path, text) or "-")


def _line_of(path: Sequence[str], text: str) -> int | None:
    """1-based line of the key, or of its table where the key is missing."""
    table, index = _table_and_index(path)
    found = _key_under(table, index, path[len(table) + (index is not None) :][:1], text)
    if found is None and index is not None:  # the list may be written as light = [ { ... }, ... ]
        return _key_under(table[:-1], None, table[-1:], text)
    return found


def _key_under(table: Sequence[str], index: int | None, wanted: Sequence[str], text: str) -> int | None:
    """The line of the key under the header; that of the header where the key is missing."""
    here, seen, found = "", -1, None
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*(\[\[?)([^\]]+)\]", line)
        if header:
            here = header[2].strip()
            seen += here == ".".join(table)
            if here == ".".join(table) and index in (None, seen):
                found = found or number
            continue
        key = re.match(r"\s*([\w-]+)\s*=", line)
        inside = here == ".".join(table) and index in (None, seen)
        if key and inside and [key[1]] == list(wanted):
            return number
    return found


def _table_and_index(path: Sequence[str]) -> tuple[list[str], int | None]:
    """The header that the path lies under: [rules], or the n-th [[rules.light]]; [] for the top."""
    place = next((at for at, part in enumerate(path) if part.isdecimal()), None)
    if place is not None:
        return list(path[:place]), int(path[place])
    return list(path[:1]) if len(path) > 1 or list(path) == ["rules"] else [], None
