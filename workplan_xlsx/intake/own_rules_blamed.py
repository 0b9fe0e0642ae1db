"""Whose fault it is that a file has no result: its own, or the own rules' that were asked about it.

What stops an own rule inside its process cannot stop all of them: one may swallow that, wait, crash, or run
where there is no such clock (Windows). So a file that failed with own rules is read again without: where that
goes well they were to blame, and it is judged by all other rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.judging import Judge, Judged
from workplan_xlsx.intake.readers import Readers, Results


@contextmanager
def blaming_own_rules(readers: Readers[Judged], judge: Judge) -> Iterator[Readers[Judged]]:
    """Yield the readers so that own rules which end or hang them cost no form its place."""
    if judge.own is None:
        yield readers
        return
    with Workers(replace(judge, own=None)) as without:
        yield _Blaming(readers, without, judge.own.path.name)


@dataclass(frozen=True, slots=True)
class _Blaming:
    """Readers that ask again."""

    readers: Readers[Judged]
    without: Workers[Judged]
    file: str

    @property
    def batches_ahead(self) -> int:
        """As many as theirs."""
        return self.readers.batches_ahead

    def begin(self, hands: Sequence[FileInHand]) -> Results[Judged]:
        """Begin with the files; those that failed are read again when they are asked for."""
        results = self.readers.begin(hands)
        return lambda: [self._blamed(hand, judged) for hand, judged in zip(hands, results(), strict=True)]

    def _blamed(self, hand: FileInHand, judged: Judged) -> Judged:
        died = _died(judged)
        if died is None:
            return judged
        (again,) = self.without.results([hand])
        if _died(again) is not None:
            return judged
        facts = {"rule": self.file, "where": self.file, "why": dict(died.facts)["why"]}
        told = (*again.verdict.findings, found(Code.OWN_RULE_FAILED, **facts))
        return replace(again, verdict=replace(again.verdict, findings=told))


def _died(judged: Judged) -> Finding | None:
    return next((each for each in judged.verdict.findings if each.code is Code.READER_DIED), None)
