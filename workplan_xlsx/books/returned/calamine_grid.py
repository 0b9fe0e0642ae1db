"""What calamine reads: the second opinion on every workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from workplan_xlsx.books.returned.number_formats import serial_of
from workplan_xlsx.books.returned.unreadable import Unreadable, damaged
from workplan_xlsx.domain.findings import Code

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Value = str | float | int | bool | date | datetime | time | timedelta


@contextmanager
def foreign_reader() -> Iterator[None]:
    """Turn what calamine raises into a finding; its panics are no `Exception`."""
    import python_calamine

    try:
        yield
    except python_calamine.PasswordError:
        raise Unreadable(Code.PASSWORD, "password") from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise damaged("container") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged("container") from None


def open_calamine(data: bytes) -> CalamineWorkbook:
    """The workbook as calamine sees it, told by content.

    Raises:
        Unreadable: It refuses or panics.
    """
    from python_calamine import CalamineWorkbook

    with foreign_reader():
        return CalamineWorkbook.from_filelike(BytesIO(data))


def rows_from_top(sheet: CalamineSheet) -> Sequence[Sequence[Value]]:
    """The sheet's values from A1 on, "" for blank cells and for errors.

    Raises:
        Unreadable: It panics.
    """
    with foreign_reader():
        return sheet.to_python(skip_empty_area=False)


def serial_of_value(value: date | datetime | time | timedelta, *, epoch_1904: bool) -> float:
    """The serial number that calamine made a date, a time or a duration of."""
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86_400
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a sheet's dates have no zone
    return serial_of(value, epoch_1904=epoch_1904)
