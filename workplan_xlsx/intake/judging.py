"""From a file's bytes to its verdict: read, then judged. A pure function of the bytes and the plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from workplan_xlsx.books.returned.reading import read_returned
from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.judging.row_identity import with_codes
from workplan_xlsx.domain.returns import ReturnedForm
from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.intake.isolation import FileInHand
from workplan_xlsx.intake.own_rules import OwnRules, own_rules
from workplan_xlsx.intake.worker import Failure
from workplan_xlsx.words import say


@dataclass(frozen=True, slots=True)
class Judged:
    """What a worker answers for one file.

    Attributes:
        form: What the unit had written, to be put into its marked copy; None where none is made.
    """

    verdict: Verdict
    form: ReturnedForm | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """What a worker is asked to do with each file; travels to the worker with its plan."""

    plan: JudgingPlan
    own: Path | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def __call__(self, hand: FileInHand) -> Judged:
        """Read and judge one file."""
        form = read_returned(hand.data, hand.name, hand.sha256, self.plan.lang, self.passwords)
        own = own_rules(self.own) if self.own else OwnRules()
        if own.failed is not None:
            form = replace(form, findings=(*form.findings, own.failed))
        verdict = judge(form, self.plan, own.rules)
        if verdict.outcome is not Outcome.RETURNED:
            return Judged(verdict)
        return Judged(verdict, with_codes(form, self.plan.ledger, verdict.unit)[0])

    def failed(self, hand: FileInHand, failure: Failure) -> Judged:
        """The verdict for a file whose reader died, hung or answered nonsense: kept, nothing taken."""
        why = say(f"reading.{failure.value}", self.plan.lang)
        finding = found(Code.READER_DIED, file=hand.name, why=why)
        return Judged(
            Verdict(file=hand.name, sha256=hand.sha256, outcome=Outcome.QUARANTINED, findings=(finding,))
        )

    def fits(self, result: object, hand: FileInHand) -> bool:
        """Whether it is a verdict, and on this file."""
        if not isinstance(result, Judged) or not isinstance(result.verdict, Verdict):
            return False
        return result.verdict.sha256 == hand.sha256 and result.verdict.file == hand.name
