"""The history of the ledger: which wording was in force from when on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from workplan_xlsx import cycles
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.store.door import Door, next_number
from workplan_xlsx.store.ledger_text import digest_of, ledger_from_text, ledger_to_text
from workplan_xlsx.store.schema import ledger_text, ledger_version

_MOST_READ = 4
_READ: dict[str, Ledger] = {}
"""The ledgers read last, by digest: a run, and each look of the service, asks for the same ones again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerVersion:
    """One entry of the ledger's history; in force from `recorded_at` until the next one."""

    number: int
    digest: str
    recorded_at: datetime


class Ledgers(Door):
    """The ledger in force and the ones before it."""

    def record_ledger(self, ledger: Ledger, at: datetime) -> str:
        """Put the ledger in force and return its digest; nothing happens when it is in force already."""
        content = ledger_to_text(ledger)
        digest = digest_of(content)
        with self.writing() as connection:
            if newest_digest(connection) == digest:
                return digest
            known = select(ledger_text.c.digest).where(ledger_text.c.digest == digest)
            if connection.execute(known).first() is None:
                connection.execute(insert(ledger_text).values(digest=digest, content=content))
            number = next_number(connection, ledger_version)
            row = {"number": number, "digest": digest, "recorded_at": at}
            connection.execute(insert(ledger_version).values(row))
        return digest

    def ledger_in_force(self) -> Ledger | None:
        """Return the ledger recorded last; None before the first."""
        with self.reading() as connection:
            digest = newest_digest(connection)
        return self.ledger_by_digest(digest) if digest else None

    def ledger_by_digest(self, digest: str) -> Ledger | None:
        """Return the ledger with the digest, or with a digest that begins so (12 digits stand in a form).

        None when there is none, or more than one.
        """
        wanted = select(ledger_text.c.digest).where(ledger_text.c.digest.startswith(digest, autoescape=True))
        with self.reading() as connection:
            found = connection.execute(wanted.limit(2)).scalars().all()
            return _read(connection, found[0]) if len(found) == 1 else None

    def ledger_versions(self) -> tuple[LedgerVersion, ...]:
        """Return the history, the first ledger first."""
        with self.reading() as connection:
            rows = connection.execute(select(ledger_version).order_by(ledger_version.c.number)).all()
        return tuple(
            LedgerVersion(number=row.number, digest=row.digest, recorded_at=row.recorded_at) for row in rows
        )


def _read(connection: Connection, digest: str) -> Ledger:
    """The ledger with that very digest."""
    if digest not in _READ:
        content = select(ledger_text.c.content).where(ledger_text.c.digest == digest)
        text = connection.execute(content).scalar_one()
        with cycles.not_looked_for():
            read = ledger_from_text(text)
        for oldest in list(_READ)[: 1 - _MOST_READ]:
            del _READ[oldest]
        _READ[digest] = read
    return _READ[digest]


def newest_digest(connection: Connection) -> str | None:
    """The digest of the ledger in force; None before the first."""
    newest = select(ledger_version.c.digest).order_by(ledger_version.c.number.desc()).limit(1)
    return connection.execute(newest).scalar()
