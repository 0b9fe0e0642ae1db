"""From a file's bytes to its verdict: read, then judged. A pure function of the bytes and the plan."""

from __future__ import annotations

from dataclasses import dataclass

from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.intake.isolation import FileInHand


@dataclass(frozen=True, slots=True)
class Judge:
    """What a worker is asked to do with each file; travels to the worker with its plan."""

    plan: JudgingPlan

    def __call__(self, hand: FileInHand) -> Verdict:
        """Read and judge one file."""
        return judge(read_returned(hand.data, hand.name, hand.sha256), self.plan)


def verdict_of_dead_worker(hand: FileInHand) -> Verdict:
    """The verdict for a file whose reader died, hung or answered nonsense: kept, nothing taken from it."""
    return Verdict(
        file=hand.name,
        sha256=hand.sha256,
        outcome=Outcome.QUARANTINED,
        findings=(found(Code.READER_DIED, file=hand.name),),
    )
