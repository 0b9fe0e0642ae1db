"""One inbox, one run or several: which files are ours, and when it is our turn to keep them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from workplan_xlsx.errors import OperatorError
from workplan_xlsx.intake.inbox import Entry, stamp_of
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.claims import Claim, Claims
from workplan_xlsx.words import say

_PAUSE_SECONDS = 0.05
_PATIENCE_SECONDS = 600.0
"""How long we wait for another run's turn; reading one batch takes seconds, a harmful one minutes."""


class Share(Protocol):
    """Our share of the inbox."""

    @property
    def left_to_others(self) -> frozenset[str]:
        """Names that another run has claimed, or has taken since we looked."""
        ...

    def claim(self, batch: Sequence[Entry]) -> tuple[Claim, Sequence[Entry]]:
        """Claim the files; return those that are ours."""
        ...

    def orphans_before(self, claim: Claim, /) -> tuple[Claim, Sequence[Entry]]:
        """Wait for our turn; return what has to be taken first because the run that had it is dead."""
        ...

    def left_lying(self) -> Sequence[Entry]:
        """What was left to others and still lies there: they may be dead by now."""
        ...

    def done(self, claim: Claim, /) -> None:
        """The files are finished."""
        ...


_NOTHING = Claim(0, frozenset())


class AllOfIt:
    """No other run is at the inbox: the workspace's lock sees to that."""

    left_to_others: frozenset[str] = frozenset()

    def claim(self, batch: Sequence[Entry]) -> tuple[Claim, Sequence[Entry]]:
        """All of them."""
        return _NOTHING, batch

    def orphans_before(self, _claim: Claim) -> tuple[Claim, Sequence[Entry]]:
        """It is always our turn."""
        return _NOTHING, ()

    def left_lying(self) -> Sequence[Entry]:
        """None."""
        return ()

    def done(self, _claim: Claim) -> None:
        """Nobody has to know."""


class OursOnly:
    """What we claimed before others did."""

    def __init__(self, claims: Claims, office: Office, entries: Sequence[Entry]) -> None:
        self._claims = claims
        self._office = office
        self._entries = {entry.name: entry for entry in entries}
        self._left: set[str] = set()

    @property
    def left_to_others(self) -> frozenset[str]:
        """Names that another run has claimed, or has taken since we looked."""
        return frozenset(self._left)

    def claim(self, batch: Sequence[Entry]) -> tuple[Claim, Sequence[Entry]]:
        """Claim the files; what is gone since we looked was taken by a run that is done with it."""
        claim = self._claims.claim([entry.name for entry in batch])
        ours = [entry for entry in batch if entry.name in claim.names and stamp_of(entry.path) is not None]
        kept = {entry.name for entry in ours}
        self._left |= {entry.name for entry in batch} - kept
        self._left -= kept
        return claim, ours

    def orphans_before(self, claim: Claim) -> tuple[Claim, Sequence[Entry]]:
        """Wait until every earlier claim is done, or take over what a dead run leaves undone."""
        ends = time.monotonic() + _PATIENCE_SECONDS
        while True:
            wait, taken = self._claims.before(claim, self._entries.keys())
            if taken.names or not wait:
                return taken, self._still_there(taken)
            if time.monotonic() > ends:
                raise OperatorError(say("intake.other_run_stands", self._office.lang))
            time.sleep(_PAUSE_SECONDS)

    def _still_there(self, claim: Claim) -> list[Entry]:
        there = [each for name, each in self._entries.items() if name in claim.names and stamp_of(each.path)]
        self._left -= {entry.name for entry in there}
        return there

    def left_lying(self) -> Sequence[Entry]:
        """What was left to others and still lies there, in order of arrival."""
        return [each for each in self._entries.values() if each.name in self._left and stamp_of(each.path)]

    def done(self, claim: Claim) -> None:
        """The files are finished."""
        if claim.names:
            self._claims.done(claim)


@contextmanager
def share_of(office: Office, entries: Sequence[Entry], *, dry_run: bool) -> Iterator[Share]:
    """Yield our share of the inbox; a dry run takes nothing, so it looks at all of it."""
    if dry_run or not office.store.shared:
        yield AllOfIt()
        return
    with office.store.claiming() as claims:
        claims.forget_the_dead([entry.name for entry in entries])
        yield OursOnly(claims, office, entries)
