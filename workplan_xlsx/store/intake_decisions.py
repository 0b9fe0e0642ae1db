"""What was decided about a file after it was judged: by whom, when, and what had been said before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from workplan_xlsx.store.door import Door, next_number
from workplan_xlsx.store.schema import intake_decision


class DecisionKind(StrEnum):
    """What was decided."""

    CONFIRMED = "confirmed"  # a person said whose form it is
    WITHDRAWN = "withdrawn"  # it was a part of a file that came whole later


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision about a file.

    Attributes:
        sha256: Of the file.
        who: The person's name on this machine, or the program's.
        facts: What was decided, and what had been said before.
    """

    kind: DecisionKind
    sha256: str
    decided_at: datetime
    who: str
    facts: Mapping[str, str]


class IntakeDecisions(Door):
    """Decisions about files; never changed, only added to."""

    def decide(self, decision: Decision) -> None:
        """Keep a decision."""
        with self.writing() as connection:
            add_decision(connection, decision)

    def decisions(self, sha256: str | None = None) -> tuple[Decision, ...]:
        """Return all decisions, or those about one file, the first one first."""
        wanted = select(intake_decision).order_by(intake_decision.c.number)
        if sha256 is not None:
            wanted = wanted.where(intake_decision.c.sha256 == sha256)
        with self.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            Decision(
                kind=DecisionKind(row.kind),
                sha256=row.sha256,
                decided_at=row.decided_at,
                who=row.who,
                facts=json.loads(row.facts),
            )
            for row in rows
        )


def add_decision(connection: Connection, decision: Decision) -> None:
    """Add the decision in the transaction that carries it out."""
    row = {
        "number": next_number(connection, intake_decision),
        "kind": decision.kind.value,
        "sha256": decision.sha256,
        "decided_at": decision.decided_at,
        "who": decision.who,
        "facts": json.dumps(dict(decision.facts)),
    }
    connection.execute(insert(intake_decision).values(row))
