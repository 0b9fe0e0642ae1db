"""From a file's bytes to its verdict: read, then judged. A pure function of the bytes and the plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.judging.row_identity import with_codes
from workplan_xlsx.domain.returns import IdentityMark, ReturnedForm
from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.own_rules import OwnFile, OwnRules, own_rules
from workplan_xlsx.intake.worker import Failure
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, slots=True)
class Judged:
    """What a worker answers for one file.

    Attributes:
        form: What the unit had written, to be put into its marked copy; None where none is made.
    """

    verdict: Verdict
    form: ReturnedForm | None = None


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One file of an archive; `finding` where it is not to be read, because of its name or kind."""

    name: str
    data: bytes
    finding: Finding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedArchive:
    """What a worker answers for an archive: its members, or why it is refused whole."""

    sha256: str
    members: tuple[ArchiveMember, ...] = ()
    refused: Finding | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """What a worker is asked to do with each file; travels to the worker with its plan.

    Attributes:
        always_form: Give the form back whatever the verdict: a marked copy is to be made up for.
        confirmed: Whose form it is, where a person has said so.
    """

    plan: JudgingPlan
    own: OwnFile | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)
    always_form: bool = False
    confirmed: IdentityMark | None = None

    @property
    def lang(self) -> Lang:
        """That of the plan."""
        return self.plan.lang

    def __call__(self, hand: FileInHand) -> Judged:
        """Read and judge one file."""
        # only readers need it, and have it from the server that starts them
        from workplan_xlsx.books.returned.reading import read_returned

        form = read_returned(hand.data, hand.name, hand.sha256, self.plan.lang, self.passwords)
        if self.confirmed is not None:
            form = replace(form, marks=(self.confirmed, *form.marks))
        own = own_rules(self.own, self.lang) if self.own else OwnRules()
        if own.failed is not None:
            form = replace(form, findings=(*form.findings, own.failed))
        verdict = judge(form, self.plan, own.rules)
        if verdict.outcome is not Outcome.RETURNED and not self.always_form:
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
