"""Values of workplan.toml that can be written in several ways, or must mean something."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field

from workplan_xlsx.domain.editions.light import fill_of


class Mistake(ValueError):
    """What is wrong with a value: the entry of words/config.toml that says so, and its facts."""

    def __init__(self, entry: str, **facts: object) -> None:
        super().__init__(entry)
        self.entry, self.facts = entry, facts


def _whole(value: object) -> object:
    """true would be taken for 1."""
    if isinstance(value, bool):
        raise Mistake("expect_whole")
    return value


def _number(value: object) -> object:
    if isinstance(value, bool) or (isinstance(value, float) and not isfinite(value)):
        raise Mistake("expect_number")
    return value


def _texts(value: object) -> object:
    if isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value)):
        return value
    raise Mistake("value_texts")


def _curve(value: object) -> object:
    """Two names, or four percents that never fall and end at 100."""
    if value in ("straight", "quarters") or (isinstance(value, list | tuple) and _rises_to_100(value)):
        return value
    raise Mistake("value_curve")


def _rises_to_100(percents: list[object] | tuple[object, ...]) -> bool:
    numbers = [each for each in percents if isinstance(each, int | float) and not isinstance(each, bool)]
    if not len(numbers) == len(percents) == 4:
        return False
    return numbers == sorted(numbers) and numbers[0] >= 0 and numbers[-1] == 100


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Mistake("value_zone") from None
    return name


def _colour(name: str) -> str:
    if name and not fill_of(name):
        raise Mistake("value_colour")
    return name


def _address(url: str) -> str:
    if url and not _WEB.fullmatch(url):
        raise Mistake("expect_address")
    try:
        whole = not url or bool(urlsplit(url).hostname and urlsplit(url).port != 0)
    except ValueError:  # a port that is none, a bracket that is not closed
        whole = False
    if not whole:
        raise Mistake("value_url")
    return url


def _host(name: str) -> str:
    """The name of a server alone: its port has a key of its own."""
    if name and (_NO_HOST.search(name) or name.count(":") == 1):
        raise Mistake("value_host")
    return name


def _store(where: str) -> str:
    """A file or a database server; of an address of SQLite its file.

    The library would look for that file from the folder in which the command happens to be typed.
    """
    if not _OF_SQLITE.match(where):
        return where
    address = _SQLITE_FILE.fullmatch(where)
    if address is None:
        raise Mistake("value_store")
    return address["file"]


_OF_SQLITE = re.compile(r"sqlite(\+\w+)?:", re.IGNORECASE)
_SQLITE_FILE = re.compile(r"sqlite(\+pysqlite)?:///(?!:memory:|file:)(?P<file>[^?]+)", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+")
_NO_HOST = re.compile(r"[\s/@\\]")
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[float, BeforeValidator(_number)]
Points = Annotated[Decimal, Field(ge=0, le=100)]
Words = Annotated[str | tuple[str, ...], BeforeValidator(_texts)]
Curve = Annotated[
    Literal["straight", "quarters"] | tuple[Points, Points, Points, Points], BeforeValidator(_curve)
]
Address = Annotated[str, AfterValidator(_address)]
Host = Annotated[str, AfterValidator(_host)]
Place = Annotated[str, Field(min_length=1), AfterValidator(_store)]
Zone = Annotated[str, AfterValidator(_zone)]
Colour = Annotated[str, AfterValidator(_colour)]
