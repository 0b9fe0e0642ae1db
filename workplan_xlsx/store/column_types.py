"""How the domain's values stand in a column, exactly: text of any kind, decimals, moments, periods."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from workplan_xlsx.domain.period import Period
from workplan_xlsx.store import held_once

_ESCAPED = "\\u:"


class AnyText(TypeDecorator[str]):
    """Text as it came, also what UTF-8 or PostgreSQL refuse: NUL, surrogates of undecodable file names."""

    impl = Text
    cache_ok = True

    def all_storable(self, values: Iterable[str | None]) -> bool:
        """Whether every one of the texts is stored as it is."""
        together = "".join(value for value in values if value is not None)
        return _is_storable(together) and _ESCAPED not in together

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text itself, or its escaped spelling where it could not be stored."""
        if value is None or (_is_storable(value) and not value.startswith(_ESCAPED)):
            return value
        return _ESCAPED + value.encode("unicode_escape").decode("ascii")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text as it was given."""
        if value is None:
            return None
        if not value.startswith(_ESCAPED):
            return held_once.text(value)
        return str(value.removeprefix(_ESCAPED).encode("ascii").decode("unicode_escape"))


def _is_storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal as its own text: no column type of SQLite keeps one exactly."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The decimal's text."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """The same decimal, digit for digit."""
        return None if value is None else held_once.number(value)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone; one without is refused, since nobody could say when it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """ISO 8601 with the offset.

        Raises:
            ValueError: The moment has no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value}")
        return value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The same moment."""
        return None if value is None else datetime.fromisoformat(value)


class PeriodText(TypeDecorator[Period]):
    """A period by its spelling, e.g. 2023-06."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Period | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The period's spelling."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Period | None:  # noqa: ARG002
        """The same period."""
        return None if value is None else Period.parse(value)
