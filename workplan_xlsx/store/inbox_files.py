"""What lay in the inbox: every file that was taken, under every name, and where it was put."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from sqlalchemy import Connection, delete, insert, select

from workplan_xlsx.store.door import Door, next_number
from workplan_xlsx.store.many_rows import insert_many, set_many
from workplan_xlsx.store.schema import inbox_file, unfinished_file

_GONE = ""
_LYING = select(inbox_file.c.number, inbox_file.c.name).where(inbox_file.c.place.is_(None))
_IN_ORDER = attrgetter(*inbox_file.columns.keys()[1:])
"""Of a name, as they stand after its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenName:
    """A file that was taken from the inbox under a name.

    Attributes:
        stamp: What its file looked like from outside; "" where that does not tell it from another.
        place: Where it was put, below inbox/; None while it lies where it lay, "" when it is gone.
    """

    name: str
    stamp: str
    sha256: str
    seen_at: datetime
    place: str | None = None


class InboxFiles(Door):
    """The inbox as it was met."""

    def lying(self) -> dict[str, TakenName]:
        """Return, by name, the files that were taken and not put away: they may still lie in the inbox."""
        wanted = select(inbox_file).where(inbox_file.c.place.is_(None)).order_by(inbox_file.c.number)
        with self.reading() as connection:
            return {row.name: _taken(row) for row in connection.execute(wanted)}

    def put_away(self, places: Mapping[str, str]) -> None:
        """Record where files were put, by the name under which they lay; "" where they are gone."""
        if not places:
            return
        with self.writing() as connection:
            _put_away(connection, places)

    def places_of(self, sha256: str) -> tuple[TakenName, ...]:
        """Return every name under which these bytes came, the first one first."""
        wanted = select(inbox_file).where(inbox_file.c.sha256 == sha256).order_by(inbox_file.c.number)
        with self.reading() as connection:
            return tuple(_taken(row) for row in connection.execute(wanted))

    def was_ever_put_away(self) -> bool:
        """Whether any file was ever moved into a sub-folder of the inbox."""
        wanted = select(inbox_file.c.number).where(inbox_file.c.place > _GONE).limit(1)
        with self.reading() as connection:
            return connection.execute(wanted).first() is not None

    def unfinished_since(self, name: str, stamp: str, now: datetime) -> datetime:
        """Return since when the file has looked just so, and remember it; now if it looked otherwise before.

        A moment that lies ahead (the clock was set back) is forgotten: waiting begins again, and ends.
        """
        same_name = unfinished_file.c.name == name
        with self.writing() as connection:
            row = connection.execute(select(unfinished_file).where(same_name)).first()
            if row is not None and row.stamp == stamp and row.since <= now:
                since: datetime = row.since
                return since
            connection.execute(delete(unfinished_file).where(same_name))
            connection.execute(insert(unfinished_file).values(name=name, stamp=stamp, since=now))
        return now

    def forget_unfinished(self, names: Collection[str]) -> None:
        """Forget all but these: the others have been finished, or are gone."""
        with self.writing() as connection:
            known = connection.execute(select(unfinished_file.c.name)).scalars().all()
            for name in set(known) - set(names):
                connection.execute(delete(unfinished_file).where(unfinished_file.c.name == name))


def take_names(connection: Connection, names: Sequence[TakenName]) -> None:
    """Record the names in the transaction that keeps their bytes; an older file of a name is gone by then."""
    if not names:
        return
    _put_away(connection, {each.name: _GONE for each in names})
    numbered = enumerate(names, start=next_number(connection, inbox_file))
    insert_many(connection, inbox_file, [(number, *_IN_ORDER(each)) for number, each in numbered])


def _put_away(connection: Connection, places: Mapping[str, str]) -> None:
    """All in one statement; names that do not lie there are passed over."""
    lying = connection.execute(_LYING)
    moved = {row.number: places[row.name] for row in lying if row.name in places}
    set_many(connection, inbox_file.c.place, moved)


def _taken(row: object) -> TakenName:
    return TakenName(**{key: getattr(row, key) for key in TakenName.__slots__})
