"""How things stand at a moment: what `workplan status` says and the status page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rounds import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState:
    """One unit's report of the period.

    Attributes:
        received_at: When the form that counts, or the last returned one, came; None when none did.
        version: Which form of the unit that was; 0 when none came.
        why_returned: What is to be mended in the form that was returned last; empty unless it is RETURNED.
        lights: (light, how many of its tasks) in the last report; empty before there is one.
    """

    unit: str
    state: Punctuality
    received_at: datetime | None = None
    version: int = 0
    times_returned: int = 0
    late_workdays: int = 0
    why_returned: tuple[str, ...] = ()
    lights: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodState:
    """The period that is being reported.

    Attributes:
        edition_period, edition: The last report: this period's, or that of the period before as long as there
            is none; None and 0 before the first.
        edition_file: Its file in the period's folder of outbox/.
        stand_ins: The place's own words and colours of the lights.
    """

    period: Period
    deadline: datetime
    deadline_moved: bool
    units: tuple[UnitState, ...]
    edition_period: Period | None
    edition: int
    edition_file: str
    edition_as_of: datetime | None
    stand_ins: tuple[State, ...] = ()

    def named(self, *states: Punctuality) -> tuple[str, ...]:
        """The units in these states."""
        return tuple(each.unit for each in self.units if each.state in states)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that failed and is not well yet.

    Attributes:
        what: The round, the job or the letter, in words.
        since: When it failed (first, for a job of every look).
        retry_at: When it is tried again by itself; None: a person must look.
    """

    what: str
    since: datetime
    why: str
    attempts: int
    retry_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """Who works on the workspace now.

    Attributes:
        host, pid: On which machine, and which process there; "?" where the lock does not tell.
        since: As it was written into the lock, in the workspace's time.
        command: "run" for the service.
    """

    host: str
    pid: str
    since: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How things stand.

    Attributes:
        title: The plan's title.
        period: None before the first forms went out.
        coming: The next rounds, the nearest first.
        lapsed: Rounds of the period that were missed for good, with the reason.
        warnings: What is not as it should be without having failed (no holiday table, a round on no day).
        mail: (state, number) of the letters in the outbox; empty where no mail is sent.
        service: The service that runs on the workspace; None where none does.
        command: The command that holds the workspace at this moment, a look of the service included.
    """

    title: str
    at: datetime
    period: PeriodState | None
    coming: tuple[Round, ...]
    lapsed: tuple[tuple[str, str], ...]
    troubles: tuple[Trouble, ...]
    warnings: tuple[str, ...]
    mail: tuple[tuple[str, int], ...] = ()
    service: AtWork | None = None
    command: AtWork | None = None
