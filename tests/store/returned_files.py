"""Short ways to say what a unit sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.store.opening import Store, open_store

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2023, 6, 28, 12, 0, tzinfo=CHINA)
JUNE = Period.parse("2023-06")


def sent(
    content: str, unit: str = "区科技局", *, value: str = "12", outcome: Outcome = Outcome.ACCEPTED
) -> tuple[Verdict, bytes]:
    """A form with one figure, judged: (verdict, bytes)."""
    data = content.encode()
    entry = Entry(
        target_code="39-1",
        value=Decimal(value),
        stage="",
        sheet="填报",
        cell="H12",
        counts=True,
        progress="已签约",
    )
    accepted = outcome is Outcome.ACCEPTED
    verdict = Verdict(
        file=f"{content}.xlsx",
        sha256=hashlib.sha256(data).hexdigest(),
        outcome=outcome,
        unit=unit,
        period=JUNE if unit else None,
        form_version="0123456789ab",
        identified_by="hidden sheet",
        entries=(entry,) if accepted else (),
        findings=() if accepted else (found(Code.NUMBER_IS_TEXT, sheet="填报", cell="H12", got="3家"),),
        sign_off=(("filled_by", "张三"), ("phone", "0537-1234567")),
    )
    return verdict, data


@contextmanager
def fresh_store() -> Iterator[Store]:
    """An empty store for one example of a property; the migrations are run once for all of them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workplan.db"
        path.write_bytes(_empty_store())
        with open_store(path) as store:
            yield store


@cache
def _empty_store() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workplan.db"
        with open_store(path):
            pass
        return path.read_bytes()
