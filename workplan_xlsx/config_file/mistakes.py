"""A mistake in workplan.toml in words: key and line, what is there, what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.written_in import language_of

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_EXPECTED = {
    "missing": "config.expect_present",
    "literal_error": "config.expect_one_of",
    "int_parsing": "config.expect_whole",
    "int_type": "config.expect_whole",
    "int_from_float": "config.expect_whole",
    "float_parsing": "config.expect_number",
    "float_type": "config.expect_number",
    "decimal_parsing": "config.expect_number",
    "decimal_type": "config.expect_number",
    "string_type": "config.expect_text",
    "string_pattern_mismatch": "config.expect_time",
    "string_too_short": "config.expect_present",
    "greater_than_equal": "config.expect_at_least",
    "greater_than": "config.expect_more_than",
    "less_than_equal": "config.expect_at_most",
    "date_parsing": "config.expect_date",
    "date_from_datetime_parsing": "config.expect_date",
    "date_type": "config.expect_date",
    "model_type": "config.expect_table",
}


def mistake(error: ErrorDetails, text: str, model: type[BaseModel]) -> str:
    """One mistake: where (key and line), what is there, what is expected."""
    lang = language_of(text)
    path = [str(part) for part in error["loc"] if "[" not in str(part)]  # not which way of writing was tried
    where = placed(path, text)
    if error["type"] == "extra_forbidden":
        near = get_close_matches(path[-1], list(_known_keys(path, model)), n=1, cutoff=0.5)
        told = say("config.unknown_key_near", lang, name=near[0]) if near else say("config.unknown_key", lang)
        return where + told
    if error["type"] == "value_error":
        return where + say(f"config.value_{error['ctx']['error']}", lang)
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    if "expected" in context:  # 'same' or 'next'
        context["expected"] = re.sub(r"'(?:, | or )'", "' / '", context["expected"]).replace("'", '"')
    if path[-1:] == ["url"] and error["type"] == "string_pattern_mismatch":
        return where + say("config.got", lang, got=error["input"]) + say("config.expect_address", lang)
    expected = say(_EXPECTED.get(error["type"], "config.expect_other"), lang, **(context or {"-": "-"}))
    got = (
        ""
        if error["type"] == "missing" or error["input"] == ""
        else say("config.got", lang, got=error["input"])
    )
    return where + got + expected


def placed(path: Sequence[str], text: str, lang: Lang | None = None) -> str:
    """Where a mistake stands: rules.light.2.when（第 31 行）; places in a list are counted from 1."""
    lang = lang or language_of(text)
    shown = ".".join(str(int(part) + 1) if part.isdecimal() else part for part in path)
    line = _line_of(path, text) or _line_of_table(path, text)
    if line is None:
        return say("config.where_unknown", lang, key=shown or "workplan.toml")
    return say("config.where", lang, key=shown or "-", line=line)


def _line_of_table(path: Sequence[str], text: str) -> int | None:
    """1-based line of the header [rulez] that the path itself names."""
    header = re.compile(rf"\s*\[\[?\s*{re.escape('.'.join(path))}\s*\]")
    return next((at for at, line in enumerate(text.splitlines(), start=1) if header.match(line)), None)


def _known_keys(path: list[str], model: type[BaseModel]) -> Iterator[str]:
    """The keys that the table at this path knows; a list of tables is walked through."""
    inner: type[BaseModel] | None = model
    for part in path[:-1]:
        if inner is not None and not part.isdecimal():
            inner = _table_in(inner.model_fields[part].annotation)
    yield from inner.model_fields if inner is not None else ()


def _table_in(annotation: Any) -> type[BaseModel] | None:
    """The table that an annotation names, alone or as tuple[Table, ...]."""
    if hasattr(annotation, "model_fields"):
        return annotation  # type: ignore[no-any-return]
    return next((each for each in getattr(annotation, "__args__", ()) if hasattr(each, "model_fields")), None)


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
