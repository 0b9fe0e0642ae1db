"""What the rows of one form say together: parts against their whole, blank accounts, a blank head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.written_dates import read_date
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Answer, CellKind, Content, ReturnedForm, SignOff
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_SIGNED_BY = (SignOff.FILLED_BY, SignOff.PHONE, SignOff.REVIEWED_BY, SignOff.FILLED_ON)


def parts_exceed(rows: Iterable[RowInHand]) -> Iterator[tuple[RowInHand, Finding]]:
    """Yield (row, finding) where the parts (其中...) of a figure add up to more than the figure itself."""
    for _, of_task in groupby(rows, key=lambda row: row.task.code):
        whole: RowInHand | None = None
        parts: list[RowInHand] = []
        for row in [*of_task, None]:
            if row is not None and row.target.name.startswith("其中"):
                parts.append(row)
                continue
            yield from _exceed(whole, parts)
            whole, parts = row, []


def _exceed(whole: RowInHand | None, parts: Sequence[RowInHand]) -> Iterator[tuple[RowInHand, Finding]]:
    if whole is None or whole.value is None:
        return
    alike = [part for part in parts if part.target.unit == whole.target.unit and part.value is not None]
    total = sum((part.value or Decimal(0) for part in alike), Decimal(0))
    if alike and total > whole.value:
        codes = listed((part.target.code for part in alike), whole.lang)
        facts = {"got": plain(whole.value), "total": plain(total), "codes": codes}
        yield whole, whole.finding(Code.PARTS_EXCEED, Answer.ACTUAL, **facts)


def accounts_blank(form: ReturnedForm, rows: Iterable[RowInHand], lang: Lang) -> Iterator[Finding]:
    """Rows without an account of progress: listed, not returned for."""
    silent = [row.target.code for row in rows if not row.progress]
    if silent:
        codes = listed(silent, lang)
        yield found(Code.ACCOUNT_BLANK, sheet=form.sheet, count=len(silent), rows=codes)


def head(form: ReturnedForm, year: int, lang: Lang) -> Iterator[Finding]:
    """What the head lacks, and the day it gives in a spelling of its own."""
    blank = [key for key in _SIGNED_BY if key not in form.head or form.head[key].is_blank]
    if blank:
        fields = listed((say(f"checks.{key.value}", lang) for key in blank), lang)
        yield found(Code.SIGN_OFF_BLANK, sheet=form.sheet, fields=fields)
    day = form.head.get(SignOff.FILLED_ON)
    if day is not None and not day.is_blank and day.kind is not CellKind.DATE:
        yield from _day(day, year)


def filled_later(
    form: ReturnedForm, period: Period, issued: Iterable[Period], year: int
) -> Iterator[Finding]:
    """An old form used again: by its date it was filled in when a later period was being reported on."""
    content = form.head.get(SignOff.FILLED_ON)
    day = None if content is None or content.is_blank else read_date(content.text, year)
    if content is None or day is None or day <= period.ends_on:
        return
    for later in issued:
        if later > period and _middle_of(later) <= day <= later.ends_on:
            at = {"sheet": content.sheet, "cell": content.cell}
            yield found(Code.FILLED_LATER, **at, day=day, period=period, later=later)


def _middle_of(period: Period) -> date:
    """Before it, forms of the last period come in late; from it on, this one is reported on."""
    return period.starts_on + (period.ends_on - period.starts_on) / 2


def _day(content: Content, year: int) -> Iterator[Finding]:
    got = content.text.strip()
    read = read_date(got, year)
    if read is None:
        yield found(Code.DATE_UNCLEAR, sheet=content.sheet, cell=content.cell, got=got, year=year)
    elif read.isoformat() != got:
        yield found(Code.DATE_CONVERTED, sheet=content.sheet, cell=content.cell, got=got, taken=read)


def filled_on(content: Content, year: int) -> str:
    """The day of the head as it is kept: ISO where it is certain, else as written."""
    got = content.text.strip()
    read = read_date(got, year) if content.kind is not CellKind.DATE else None
    return read.isoformat() if read else got
