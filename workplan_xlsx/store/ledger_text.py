"""A ledger as canonical JSON and back, exactly: equal ledgers have equal texts, whatever made them.

Fields that hold their default are left out, so a field that is added later does not change old digests.
"""

from __future__ import annotations

import hashlib
import json
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


def ledger_to_text(ledger: Ledger) -> str:
    """Return the ledger as JSON with sorted keys; decimals stand as text without needless zeros."""
    return json.dumps(_told(ledger), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def ledger_from_text(text: str) -> Ledger:
    """Return the ledger that `ledger_to_text` was given."""
    ledger = _read(json.loads(text), Ledger)
    assert isinstance(ledger, Ledger)
    return ledger


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


def _read(told: Any, kind: Any) -> Any:
    """The value of the annotated kind that `told` stands for."""
    if get_origin(kind) in (Union, UnionType):
        if told is None:
            return None
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is tuple:
        return _read_tuple(told, get_args(kind))
    if kind is Decimal:
        return Decimal(told)
    if kind is Period:
        return Period.parse(told)
    if kind is date:
        return date.fromisoformat(told)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(told)
    return _read_object(told, kind) if is_dataclass(kind) else told


def _read_object(told: dict[str, Any], kind: Any) -> Any:
    hints = _hints(kind)
    return kind(**{name: _read(each, hints[name]) for name, each in told.items()})


def _read_tuple(told: list[Any], kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(each, kinds[0]) for each in told)
    return tuple(_read(each, kind) for each, kind in zip(told, kinds, strict=True))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
