"""Which run takes which file, where several share one inbox: claims on a server, which die with their run.

A claim is as good as the session of its run: the run holds a lock of the server while it lives, and who finds
that lock free may take its claims over. No clock is asked. Tickets are given in the order of claiming, and
what a run has claimed is kept only when every lower ticket is done: the order of receipt, on which it depends
which version of a form counts, is the one that a single run would have had.
"""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, text, update

from workplan_xlsx.store.door import Door, in_parts
from workplan_xlsx.store.schema import inbox_claim

_CLASS_OF_RUNS, _ALONE = 0x776F726C, 0x776F726D
_NOTICED_DEAD_AFTER = {"idle": 30, "interval": 10, "count": 3}
"""Seconds, seconds and probes: a run whose machine lost its power is taken for dead in about a minute."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Files that are ours until they are done; ticket 0 claims nothing."""

    ticket: int
    names: frozenset[str]


class Claims:
    """The claims of one run."""

    def __init__(self, door: Door, session: Connection, holder: int) -> None:
        self._door = door
        self._session = session
        self._holder = holder
        self._who = f"{platform.node()} pid {os.getpid()}"

    def claim(self, names: Sequence[str]) -> Claim:
        """Claim those of the names that no living run has claimed."""
        with self._door.writing() as connection:
            others = self._of_the_living(connection, names)
            ours = frozenset(names) - others
            if not ours:
                return Claim(0, ours)
            ticket = (connection.execute(select(func.max(inbox_claim.c.ticket))).scalar() or 0) + 1
            self._delete(connection, ours)
            told = {"ticket": ticket, "holder": self._holder, "who": self._who}
            connection.execute(insert(inbox_claim), [{"name": name, **told} for name in sorted(ours)])
        return Claim(ticket, ours)

    def _of_the_living(self, connection: Connection, names: Sequence[str]) -> frozenset[str]:
        claimed = {row.name: row.holder for row in _rows(connection, names) if row.holder != self._holder}
        living = {holder for holder in set(claimed.values()) if not _is_dead(connection, holder)}
        return frozenset(name for name, holder in claimed.items() if holder in living)

    def before(self, claim: Claim, known: Collection[str]) -> tuple[bool, Claim]:
        """Tell whether living runs have to finish something first, and take over what dead ones cannot.

        Only files that are `known` (lay there when this run looked) matter to it. The claim that was taken
        over keeps its place in the order; it has no names where there is nothing to take over.

        Raises:
            StoreError: The session, and with it our claims, is lost.
        """
        lower = (inbox_claim.c.ticket < claim.ticket) & (inbox_claim.c.holder != self._holder)
        if not self._ask_our_session(lower):
            return False, Claim(0, frozenset())
        with self._door.writing() as connection:
            rows = [row for row in connection.execute(select(inbox_claim).where(lower)) if row.name in known]
            dead = {holder for holder in {row.holder for row in rows} if _is_dead(connection, holder)}
            orphans = [row for row in rows if row.holder in dead]
            first = min((row.ticket for row in orphans), default=0)
            taken = frozenset(row.name for row in orphans if row.ticket == first)
            self._take_over(connection, taken)
        return len(rows) > len(orphans), Claim(first, taken)

    def _ask_our_session(self, which: ColumnElement[bool]) -> bool:
        with self._door.told_plainly():
            return self._session.execute(select(inbox_claim.c.name).where(which).limit(1)).first() is not None

    def _take_over(self, connection: Connection, names: Iterable[str]) -> None:
        for part in in_parts(names):
            taken = update(inbox_claim).where(inbox_claim.c.name.in_(part))
            connection.execute(taken.values(holder=self._holder, who=self._who))

    def done(self, claim: Claim) -> None:
        """The files are finished, or will be looked at by another run."""
        with self._door.writing() as connection:
            self._delete(connection, claim.names)

    def forget_the_dead(self, names: Collection[str]) -> None:
        """Forget what dead runs had claimed and what is there no more (it is not among the names)."""
        with self._door.writing() as connection:
            rows = connection.execute(select(inbox_claim)).all()
            dead = {holder for holder in {row.holder for row in rows} if _is_dead(connection, holder)}
            self._delete(connection, {row.name for row in rows if row.holder in dead} - set(names))

    def _delete(self, connection: Connection, names: Iterable[str]) -> None:
        for part in in_parts(names):
            connection.execute(delete(inbox_claim).where(inbox_claim.c.name.in_(part)))


class InboxClaims(Door):
    """Several runs at one inbox; only where the store is on a server."""

    @property
    def shared(self) -> bool:
        """Whether several runs may share the store; where it is a file, the workspace's lock lets in one."""
        return self._engine.dialect.name == "postgresql"

    @contextmanager
    def claiming(self) -> Iterator[Claims]:
        """Yield the claims of this run; whatever ends it, they end with it."""
        holder = secrets.randbelow(2**31 - 1) + 1
        with self.told_plainly(), self._session() as session:
            for name, value in _NOTICED_DEAD_AFTER.items():
                session.execute(text(f"SET tcp_keepalives_{name} = {value}"))
            session.execute(select(func.pg_advisory_lock(_CLASS_OF_RUNS, holder)))
            claims = Claims(self, session, holder)
            yield claims
            with self.writing() as connection:
                connection.execute(delete(inbox_claim).where(inbox_claim.c.holder == holder))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one run at a time into the block, where several share the store."""
        if not self.shared:
            yield
            return
        with self.told_plainly(), self._session() as session:
            session.execute(select(func.pg_advisory_lock(_ALONE, 0)))
            yield

    def _session(self) -> Connection:
        """A connection of its own that is in no transaction; its locks end with it."""
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        return connection


def _rows(connection: Connection, names: Iterable[str]) -> Iterator[Row[Any]]:
    for part in in_parts(names):
        yield from connection.execute(select(inbox_claim).where(inbox_claim.c.name.in_(part)))


def _is_dead(connection: Connection, holder: int) -> bool:
    """Whether its lock is free; trying holds it until the end of the transaction, which harms nobody."""
    return bool(connection.execute(select(func.pg_try_advisory_xact_lock(_CLASS_OF_RUNS, holder))).scalar())
