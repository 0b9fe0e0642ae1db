"""The editions that were published: what each said in short, for changes, streaks and editions to come."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from workplan_xlsx.domain.period import Period
from workplan_xlsx.store.door import Door
from workplan_xlsx.store.schema import edition


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEdition:
    """A published edition as remembered.

    Attributes:
        number: 1 for the period's first edition, then 2 ...
        as_of: The moment whose data it shows.
        digest: Of all that it says; equal data, equal digest.
        path: Where its workbook was put.
        ranks: (unit, rank) of every unit listed; None without a rank.
        lights: (task code, TrafficLight value) of every task; also of each lead measured by itself.
        file_sha256: Of the workbook as it was written; "" for editions of earlier versions.
        ledger_digest, rules_digest: Of what it rests on; "" for editions of earlier versions.
        rules: The rules as told, one sentence each.
        papers: (file, SHA-256) of what was written beside it; empty for editions of earlier versions.
        figures_digest: Of the figures that it told; "" for editions of earlier versions.
    """

    period: Period
    number: int
    as_of: datetime
    digest: str
    path: str
    ranks: tuple[tuple[str, int | None], ...] = ()
    lights: tuple[tuple[str, str], ...] = ()
    file_sha256: str = ""
    ledger_digest: str = ""
    rules_digest: str = ""
    rules: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    figures_digest: str = ""


class Editions(Door):
    """What was published."""

    def record_edition(self, published: RecordedEdition) -> None:
        """Remember an edition; the same one again is no news.

        Raises:
            ValueError: Another edition of the period has this number.
        """
        with self.writing() as connection:
            same = (edition.c.period == published.period) & (edition.c.number == published.number)
            digest = connection.execute(select(edition.c.digest).where(same)).scalar()
            if digest is None:
                connection.execute(insert(edition).values(_row(published)))
            elif digest != published.digest:
                raise ValueError(f"edition {published.number} of {published.period} says something else")

    def editions(self, period: Period) -> tuple[RecordedEdition, ...]:
        """Return the period's editions, the first one first."""
        wanted = select(edition).where(edition.c.period == period).order_by(edition.c.number)
        with self.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            RecordedEdition(
                period=row.period,
                number=row.number,
                as_of=row.as_of,
                digest=row.digest,
                path=row.path,
                ranks=tuple((unit, rank) for unit, rank in json.loads(row.ranks)),
                lights=tuple((code, light) for code, light in json.loads(row.lights)),
                file_sha256=row.file_sha256,
                ledger_digest=row.ledger_digest,
                rules_digest=row.rules_digest,
                rules=tuple(json.loads(row.rules)),
                papers=tuple((file, digest) for file, digest in json.loads(row.papers)),
                figures_digest=row.figures_digest,
            )
            for row in rows
        )


def _row(published: RecordedEdition) -> dict[str, object]:
    return {
        "period": published.period,
        "number": published.number,
        "as_of": published.as_of,
        "digest": published.digest,
        "path": published.path,
        "ranks": json.dumps(published.ranks),
        "lights": json.dumps(published.lights),
        "file_sha256": published.file_sha256,
        "ledger_digest": published.ledger_digest,
        "rules_digest": published.rules_digest,
        "rules": json.dumps(published.rules),
        "papers": json.dumps(published.papers),
        "figures_digest": published.figures_digest,
    }
