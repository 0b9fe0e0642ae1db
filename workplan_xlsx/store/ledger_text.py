"""A ledger as canonical JSON and back, exactly: equal ledgers have equal texts, whatever made them.

Fields that hold their default are left out, so a field that is added later does not change old digests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.store import held_once


def ledger_to_text(ledger: Ledger) -> str:
    """Return the ledger as JSON with sorted keys; decimals stand as text without needless zeros."""
    return json.dumps(_told(ledger), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def ledger_from_text(text: str) -> Ledger:
    """Return the ledger that `ledger_to_text` was given.

    Its lists are read item by item: all of a province's plan as JSON would be thrice the plan itself.
    """
    readers = {field.name: get_type_hints(Ledger)[field.name] for field in fields(Ledger)}
    told: dict[str, Any] = {}
    at = 0
    while text[at] != "}":  # it stands before the next field, on "{" or ","
        name, at = _scan(text, at + 1)
        told[name], at = _value(text, at + 1, readers[name])
    return Ledger(**told)


_scan = json.JSONDecoder().raw_decode


def _value(text: str, at: int, kind: Any) -> tuple[Any, int]:
    """The value of that kind that begins there, and where the text goes on."""
    if get_origin(kind) is not tuple:
        told, at = _scan(text, at)
        return _reader(kind)(told), at
    read, items = _reader(get_args(kind)[0]), []
    while text[at] != "]":  # it stands before the next item, on "[" or ","
        if text[at + 1] == "]":
            return (), at + 2
        told, at = _scan(text, at + 1)
        items.append(read(told))
    return tuple(items), at + 1


def digest_of(text: str) -> str:
    """Return the sha256 of the text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _told(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value) if value else "0"
    if isinstance(value, Period | Enum):
        return str(value) if isinstance(value, Period) else value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if is_dataclass(value):
        return {
            field.name: _told(held)
            for field in fields(value)
            if (held := getattr(value, field.name)) != _default(field)
        }
    return value


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


Reader = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> Reader:
    """What turns JSON into a value of the annotated kind; worked out once a kind, since plans are large."""
    if get_origin(kind) in (Union, UnionType):
        (held,) = (each for each in get_args(kind) if each is not NoneType)
        read = _reader(held)
        return lambda told: None if told is None else read(told)
    if get_origin(kind) is tuple:
        return _tuple_reader(get_args(kind))
    if kind in (Decimal, Period, date):
        plain_readers: dict[Any, Reader] = {
            Decimal: held_once.number,
            Period: Period.parse,
            date: date.fromisoformat,
        }
        return plain_readers[kind]
    if kind is str:
        return held_once.text
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {each.value: each for each in kind}.__getitem__
    return _object_reader(kind) if is_dataclass(kind) else _as_it_is


def _as_it_is(told: Any) -> Any:
    return told


def _tuple_reader(kinds: tuple[Any, ...]) -> Reader:
    readers = [_reader(kind) for kind in kinds if kind is not Ellipsis]
    if Ellipsis in kinds:
        return lambda told: tuple(map(readers[0], told))
    return lambda told: tuple(read(each) for read, each in zip(readers, told, strict=True))


def _object_reader(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    if not hasattr(kind, "__slots__") or hasattr(kind, "__post_init__"):
        return lambda told: kind(**{name: readers[name](each) for name, each in told.items()})
    return _slots_reader(kind, readers)


def _slots_reader(kind: Any, readers: Mapping[str, Reader]) -> Reader:
    """Fill the slots one by one: what a frozen dataclass does for itself took most of the time."""
    slots = {field.name: (kind.__dict__[field.name].__set__, _default(field)) for field in fields(kind)}

    @cache
    def ways(told: tuple[str, ...]) -> tuple[Sequence[Any], Sequence[Any]]:
        """For such names: how each is read and put, and what is put for the names that are left out."""
        left_out = [slot for name, slot in slots.items() if name not in told]
        if any(default is MISSING for _, default in left_out):
            raise TypeError(f"{kind.__name__}: {told}")
        return [(slots[name][0], readers[name]) for name in told], left_out

    def read(told: dict[str, Any]) -> Any:
        made = kind.__new__(kind)
        given, left_out = ways(tuple(told))
        for (put, reader), each in zip(given, told.values(), strict=True):
            put(made, reader(each))
        for put, default in left_out:
            put(made, default)
        return made

    return read
