"""Where in workplan.toml a key stands: its path as it is shown, and its line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workplan_xlsx.words import Lang, say


def placed(path: Sequence[str], text: str, lang: Lang) -> str:
    """Where a mistake stands: rules.light.2.when（第 31 行）; places in a list are counted from 1."""
    shown = ".".join(str(int(part) + 1) if part.isdecimal() else part for part in path)
    line = _line_of(path, text) or _line_of_table(path, text) or _key_under([], None, path, text)
    if line is None:
        return say("config.where_unknown", lang, key=shown or "workplan.toml")
    return say("config.where", lang, key=shown or "-", line=line)


def _line_of_table(path: Sequence[str], text: str) -> int | None:
    """1-based line of the first header, [rulez] or [rulez.light], that the path itself names."""
    header = re.compile(rf"\s*\[\[?\s*{re.escape('.'.join(path))}\s*[.\]]")
    return next((at for at, line in enumerate(text.splitlines(), start=1) if header.match(line)), None)


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
