"""A mistake in workplan.toml in words: key and line, what is there, what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from workplan_xlsx.words import say

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
    path = [str(part) for part in error["loc"]]
    where = say("config.where", "zh", key=".".join(path) or "-", line=_line_of(path, text) or "-")
    if error["type"] == "extra_forbidden":
        near = get_close_matches(path[-1], list(_known_keys(path, model)), n=1, cutoff=0.5)
        hint = say("config.did_you_mean", "zh", name=near[0]) if near else ""
        return where + say("config.unknown_key", "zh", hint=hint)
    if error["type"] == "value_error":
        return where + say(f"config.value_{error['ctx']['error']}", "zh")
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    expected = say(_EXPECTED.get(error["type"], "config.expect_other"), "zh", **(context or {"-": "-"}))
    got = "" if error["type"] == "missing" else say("config.got", "zh", got=error["input"])
    return where + got + expected


def _known_keys(path: list[str], model: type[BaseModel]) -> Iterator[str]:
    fields = model.model_fields
    for part in path[:-1]:
        fields = fields[part].annotation.model_fields  # type: ignore[union-attr]
    yield from fields


def _line_of(path: list[str], text: str) -> int | None:
    """1-based line of the key, or of its table where the key is missing."""
    table, found = "", None
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[([^\]]+)\]", line)
        if header:
            table = header[1].strip()
            found = number if path[:1] == [table] and found is None else found
            continue
        key = re.match(r"\s*([\w-]+)\s*=", line)
        if key and ([table, key[1]] if table else [key[1]]) == path[: 2 if table else 1]:
            return number
    return found
