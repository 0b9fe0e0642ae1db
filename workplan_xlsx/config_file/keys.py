"""What a key of workplan.toml may hold, and the reading of it; every mistake is told at once, none is raised.

A table is a class in which each key stands with what it may hold: `day: int = whole(1, 31, 28)`. The last
argument is what holds where the key is missing; without one it must be there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

_MISSING = object()
_YES = frozenset(("true", "t", "yes", "y", "on", "1"))
_NO = frozenset(("false", "f", "no", "n", "off", "0"))


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in the file.

    Attributes:
        path: Keys from the top, places in a list counted from 0.
        said: The entry of config.toml that says what is expected there.
        got: What is there; "" where that is not worth repeating.
        known: The keys that the table knows, where this one is not among them.
    """

    path: tuple[str, ...]
    said: str
    got: object = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the file, and the mistakes that were found so far."""

    told: list[Mistake]
    path: tuple[str, ...] = ()

    def below(self, part: object) -> Place:
        """The place of a key, or of an item of a list."""
        return Place(self.told, (*self.path, str(part)))

    def wrong(self, said: str, got: object = "", **facts: object) -> None:
        """Tell a mistake."""
        self.told.append(Mistake(self.path, said, got, facts))


Read = Callable[[Any, Place], Any]
"""What is meant by a value of the file; whatever it returns for one with a mistake is not used."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a key may hold, and what holds where it is missing."""

    read: Read
    otherwise: Any

    def of(self, raw: Mapping[str, Any], name: str, place: Place) -> Any:
        """Its value in the table."""
        if name in raw:
            return self.read(raw[name], place.below(name))
        if self.otherwise is _MISSING:
            place.below(name).wrong("expect_present")
        return self.otherwise


class Table:
    """A table in which every key is known."""

    _keys: ClassVar[dict[str, Key]]

    def __init_subclass__(cls) -> None:
        cls._keys = {name: each for name, each in vars(cls).items() if isinstance(each, Key)}

    def __init__(self, raw: Mapping[str, Any], place: Place) -> None:
        found = len(place.told)
        for name, key in self._keys.items():
            setattr(self, name, key.of(raw, name, place))
        for name in raw:
            if name not in self._keys:
                place.told.append(Mistake((*place.path, name), "unknown_key", known=tuple(self._keys)))
        for said in self.contradictions() if len(place.told) == found else ():
            place.wrong(said)

    def contradictions(self) -> Iterator[str]:
        """What does not go together though each key may hold what it holds: an entry of config.toml each."""
        yield from ()


def text(otherwise: Any = _MISSING, *, like: str = "", expected: str = "expect_other", most: int = 0) -> Any:
    """A text, of a shape; one that must be there must not be empty either."""

    def read(value: Any, place: Place) -> Any:
        if not isinstance(value, str):
            place.wrong("expect_text", value)
        elif not value and otherwise is _MISSING:
            place.wrong("expect_present")
        elif (like and not re.search(like, value)) or (most and len(value) > most):
            place.wrong(expected, value)
        return value

    return Key(read, otherwise)


def one_of(*words: str, otherwise: Any = _MISSING) -> Any:
    """One of the words."""
    quoted = [f"'{word}'" for word in words]

    def read(value: Any, place: Place) -> Any:
        if value not in words:
            place.wrong("expect_one_of", value, expected=" or ".join((", ".join(quoted[:-1]), quoted[-1])))
        return value

    return Key(read, otherwise)


def whole(least: int, most: int, otherwise: Any = _MISSING) -> Any:
    """A whole number, both ends included; one in quotes, or with zeros after its point, is one, too."""
    return Key(_number(int, "expect_whole", least, most), otherwise)


def number(least: float, most: float, otherwise: Any = _MISSING, *, above: bool = False) -> Any:
    """A number of something measured; `above` leaves the lower end out."""
    return Key(_number(float, "expect_number", least, most, above=above), otherwise)


def exact(
    least: int | None = None, most: int | None = None, otherwise: Any = _MISSING, *, above: bool = False
) -> Any:
    """A decimal as it is written, between the ends if any."""
    return Key(_number(Decimal, "expect_number", least, most, above=above), otherwise)


def _number(
    kind: Callable[[Decimal], int | float | Decimal],
    expected: str,
    least: float | None,
    most: float | None,
    *,
    above: bool = False,
) -> Read:
    def read(value: Any, place: Place) -> Any:
        exactly = _exactly(value)
        if exactly is None or (kind is int and exactly % 1):
            return place.wrong(expected, value)
        if above and least is not None and exactly <= least:
            return place.wrong("expect_more_than", value, gt=least)
        if least is not None and exactly < least:
            return place.wrong("expect_at_least", value, ge=least)
        if most is not None and exactly > most:
            return place.wrong("expect_at_most", value, le=most)
        return kind(exactly)

    return read


def _exactly(value: Any) -> Decimal | None:
    """The number to the last digit of its spelling; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        exactly = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return exactly if exactly.is_finite() else None


def flag(*, otherwise: bool) -> Any:
    """true or false; also as a word."""

    def read(value: Any, place: Place) -> Any:
        word = str(value).lower()
        if word not in _YES | _NO:
            place.wrong("expect_other", value)
        return word in _YES

    return Key(read, otherwise)


def day() -> Any:
    """A date, in quotes or not."""

    def read(value: Any, place: Place) -> Any:
        if isinstance(value, datetime) and value.time() == time():
            return value.date()
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (ValueError, TypeError):
            place.wrong("expect_date", value)

    return Key(read, _MISSING)


def several(of: Any, otherwise: Any = ()) -> Any:
    """A list; each item is what `of` says."""

    def read(value: Any, place: Place) -> Any:
        if not isinstance(value, list):
            place.wrong("expect_other", value)
            return ()
        return tuple(of.read(each, place.below(at)) for at, each in enumerate(value))

    return Key(read, otherwise)


def one_or_several(otherwise: Any = _MISSING) -> Any:
    """A text, or a list of texts."""
    one, many = text(""), several(text(""))
    return Key(lambda value, place: (many if isinstance(value, list) else one).read(value, place), otherwise)


def table(kind: type[Table], *, needed: bool = False) -> Any:
    """A table within this one; where it is missing all its keys are."""

    def read(value: Any, place: Place) -> Any:
        if isinstance(value, dict):
            return kind(value, place)
        return place.wrong("expect_table", value)

    return Key(read, _MISSING if needed else kind({}, Place([])))


def by_name(of: Any) -> Any:
    """A table whose keys are free names; each value is what `of` says."""

    def read(value: Any, place: Place) -> Any:
        if isinstance(value, dict):
            return {name: of.read(each, place.below(name)) for name, each in value.items()}
        return place.wrong("expect_table", value)

    return Key(read, {})
