"""A mistake in workplan.toml in words: key and line, what is there, what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from workplan_xlsx.config_file.places import placed
from workplan_xlsx.config_file.values import Mistake
from workplan_xlsx.words import Lang, say

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
    "finite_number": "config.expect_number",
    "bool_parsing": "config.expect_truth",
    "bool_type": "config.expect_truth",
    "string_type": "config.expect_text",
    "string_pattern_mismatch": "config.expect_time",
    "string_too_short": "config.expect_present",
    "string_too_long": "config.expect_not_longer",
    "greater_than_equal": "config.expect_at_least",
    "greater_than": "config.expect_more_than",
    "less_than_equal": "config.expect_at_most",
    "date_parsing": "config.expect_date",
    "date_from_datetime_parsing": "config.expect_date",
    "date_from_datetime_inexact": "config.expect_date",
    "date_type": "config.expect_date",
    "tuple_type": "config.expect_list",
    "model_type": "config.expect_table",
    "dict_type": "config.expect_table",
}
_CLOSE_ZONE = 0.8


def mistake(error: ErrorDetails, text: str, model: type[BaseModel], lang: Lang) -> str:
    """One mistake: where (key and line), what is there, what is expected."""
    path = [str(part) for part in error["loc"] if "[" not in str(part)]  # not which way of writing was tried
    return placed(path, text, lang) + _told(error, path, model, lang)


def _told(error: ErrorDetails, path: list[str], model: type[BaseModel], lang: Lang) -> str:
    kind, got = error["type"], error["input"]
    if kind == "extra_forbidden":
        return _unknown_key(path, model, lang)
    if kind == "value_error":
        return _value(error["ctx"]["error"], got, lang)
    if kind == "missing" and len(path) == 1:
        return say("config.expect_section", lang, key=path[0])
    if kind == "tuple_type" and isinstance(got, dict):
        return say("config.expect_double_brackets", lang, key=".".join(path))
    if kind == "finite_number" and _table_at(path, model).model_fields[path[-1]].annotation is int:
        kind = "int_type"
    key = _EXPECTED.get(kind, "config.expect_other")
    return _got("" if kind == "missing" else got, lang) + say(key, lang, **_bounds(error))


def _value(said: Mistake, got: object, lang: Lang) -> str:
    """A value that means nothing, or one that another value forbids; then the whole table was looked at."""
    shown = "" if isinstance(got, dict) else _got(got, lang)
    if said.entry == "value_zone":
        from zoneinfo import available_timezones

        near = get_close_matches(str(got), sorted(available_timezones()), n=1, cutoff=_CLOSE_ZONE)
        if near:
            return shown + say("config.value_zone_near", lang, name=near[0])
    return shown + say(f"config.{said.entry}", lang, **(said.facts or {"-": "-"}))


def _got(value: object, lang: Lang) -> str:
    """What is there, nothing where nothing is."""
    return "" if value == "" else say("config.got", lang, got=_as_typed(value))


def _as_typed(value: object) -> str:
    """As it stands in the file: true, not True; texts without quotes unless they stand in a list."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_quoted(each) for each in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_quoted(each)}" for key, each in value.items()) + "}"
    return str(value)


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else _as_typed(value)


def _bounds(error: ErrorDetails) -> dict[str, str]:
    """What the sentence needs of the limit that was broken; where none was, what no sentence has."""
    context = {
        key: f"{value:g}" if isinstance(value, float) else str(value)
        for key, value in error.get("ctx", {}).items()
    }
    if "expected" in context:  # 'same' or 'next'
        context["expected"] = re.sub(r"'(?:, | or )'", "' / '", context["expected"]).replace("'", '"')
    return context or {"-": "-"}


def _unknown_key(path: list[str], model: type[BaseModel], lang: Lang) -> str:
    """It belongs elsewhere, or is misspelt."""
    if path[-1] in model.model_fields and _table_in(model.model_fields[path[-1]].annotation) is None:
        return say("config.key_at_top", lang)
    homes = [name for name, field in model.model_fields.items() if path[-1] in _keys_in(field.annotation)]
    if len(homes) == 1 and len(path) > 1:
        return say("config.key_of_table", lang, table=homes[0])
    near = get_close_matches(path[-1], _table_at(path, model).model_fields, n=1, cutoff=0.5)
    return say("config.unknown_key_near", lang, name=near[0]) if near else say("config.unknown_key", lang)


def _keys_in(annotation: Any) -> Iterator[str]:
    table = _table_in(annotation)
    yield from table.model_fields if table is not None else ()


def _table_at(path: list[str], model: type[BaseModel]) -> type[BaseModel]:
    """The table that the key at the end of the path stands in; a list of tables is walked through."""
    inner = model
    for part in path[:-1]:
        if not part.isdecimal():
            inner = _table_in(inner.model_fields[part].annotation) or inner
    return inner


def _table_in(annotation: Any) -> type[BaseModel] | None:
    """The table that an annotation names, alone or as tuple[Table, ...]."""
    if hasattr(annotation, "model_fields"):
        return annotation  # type: ignore[no-any-return]
    return next((each for each in getattr(annotation, "__args__", ()) if hasattr(each, "model_fields")), None)
